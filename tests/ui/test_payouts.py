"""The screen of commission: owed, listed, agreed to, paid; what a role may not is not offered."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.text import Text
from functions.core.workspace import Approval, Editor, Workspace
from functions.storage import campaigns as life
from functions.storage import commissions, payouts, workspace
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, press, published, words
from ui.components.payouts import books
from ui.components.payouts.ledger import Ledger
from ui.components.payouts.sheets import payments_sheet
from ui.components.sheet import as_csv

DAY = 86_400
AT = int(NOW.timestamp())


def earns(store: MemoryStore, campaign: str, who: str, order: str, amount: int, paid: int = 0, frees: int = 0) -> None:
    row = {"amount": amount, "net": amount * 10, "paid": paid, "currency": "CNY", "order": order, "level": 1}
    key = keys.commission(campaign, f"mem_{who:0>26}", f"ord_{order}")
    store.write([Change(key, put={**row, "at": AT - DAY, "frees_at": AT + frees * DAY})])


@pytest.fixture
def live(store: MemoryStore) -> Campaign:
    """A promoter programme with two promoters."""
    campaign = published(store, begun(store, template="promoters"))
    earns(store, campaign.id, "ada", "A-1", 800)
    earns(store, campaign.id, "ada", "A-2", 300, frees=9)
    earns(store, campaign.id, "bo", "=1+1", 1200)
    return campaign


def page(open_app: Open, campaign: Campaign, role: str = "admin", **more: Any) -> Any:
    return open_app(f"app_pages/payouts.py?c={campaign.id}", st_person=role, **more)


def figures(app: Any) -> list[str]:
    return [str(one.value) for one in app.metric]


def test_from_what_is_owed_to_what_is_paid(open_app: Open, store: MemoryStore, live: Campaign) -> None:
    app = page(open_app, live)
    assert figures(app) == ["¥20.00", "¥3.00", "¥0.00", "2"]

    made = words(press(app, "btn_payout_make"))
    earns(store, live.id, "ada", "A-1", 0)  # refunded meanwhile
    moved = words(app.run())
    assert app.button(key="btn_payout_agree_1").disabled
    press(app, "btn_payout_drop_1")
    again = words(press(app, "btn_payout_make"))
    agreed = words(press(app, "btn_payout_agree_2"))
    app.text_input(key="payout_reference_2").set_value("bank 7").run()
    paid = words(press(app, "btn_payout_pay_2"))

    assert "第 1 份：2 人，共 ¥20.00" in made
    assert "做完这份之后订单有变化：A-1。请作废重做" in moved
    assert "第 2 份：1 人，共 ¥12.00" in again
    assert "按打款表打款" in agreed
    assert "已登记：¥12.00 已打款" in paid
    assert "凭证号 bank 7" in paid
    assert figures(app) == ["¥0.00", "¥3.00", "¥12.00", "2"]
    assert app.button(key="btn_payout_make").disabled


def test_who_agrees_to_a_list_that_gave_way_to_another_is_told_so(
    open_app: Open, store: MemoryStore, live: Campaign
) -> None:
    head, who = life.load(store, live.id).campaign, Editor("Ming", "admin", "ming@pond.example")
    seen = payouts.make(store, live.id, head.name, "CNY", who, NOW)
    app = page(open_app, live, "approver")
    payouts.drop(store, seen, head.name, who, NOW)
    earns(store, live.id, "ada", "A-3", 99_000)
    payouts.make(store, live.id, head.name, "CNY", who, NOW)

    said = words(press(app, "btn_payout_agree_1"))

    assert "这份结算单已经走到别的步骤了" in said
    assert "第 2 份：2 人，共 ¥1,010.00" in said
    assert payouts.newest(store, live.id, 1)[0].agreed == []


def test_a_reason_or_a_reference_that_did_not_go_out_is_shown(
    open_app: Open, store: MemoryStore, live: Campaign
) -> None:
    head, who = life.load(store, live.id).campaign, Editor("Ming", "admin", "ming@pond.example")
    first = payouts.make(store, live.id, head.name, "CNY", who, NOW)
    declines, pays = page(open_app, live, "approver"), page(open_app, live, "approver")
    payouts.drop(store, first, head.name, who, NOW)
    declines.text_input(key="payout_note_1").set_value("Bo 的单算错了")
    declined = words(press(declines, "btn_payout_decline_1"))
    second = payouts.make(store, live.id, head.name, "CNY", who, NOW)
    press(pays.run(), "btn_payout_agree_2")
    pays.text_input(key="payout_reference_2").set_value("bank 7").run()
    payouts.drop(store, second, head.name, who, NOW)
    paid = words(press(pays, "btn_payout_pay_2"))

    assert "没有发出：Bo 的单算错了" in declined
    assert "没有发出：bank 7" in paid


def test_who_ends_it_is_told_of_rewards_that_are_held(open_app: Open, store: MemoryStore, live: Campaign) -> None:
    store.write([Change(keys.due(live.id, AT + 3 * DAY, keys.MEMBER, "mem_ada"), put={"until": AT + 3 * DAY})])
    app = open_app("app_pages/campaigns.py", st_turn=(live.id, "end"))

    assert "1 份已经赢得的奖励还在等待期，最晚到 2026-12-04 10" in words(app)


def test_results_tell_what_is_owed(open_app: Open, store: MemoryStore, live: Campaign) -> None:
    day = life.load(store, live.id).campaign.created_at.date()
    counts = {"version": 1, "counts": {"participants": 3, "events": 3}, "at": AT}
    store.write([Change(keys.counter(live.id, f"{day}.000001"), put=counts)])

    app = open_app(f"app_pages/results.py?c={live.id}", st_person="admin")

    assert figures(app)[-4:] == ["¥20.00", "¥3.00", "¥0.00", "2"]
    assert "生成结算单" in [one.label for one in press(app, "btn_payouts").button]


def test_four_eyes_and_roles_on_the_screen(open_app: Open, store: MemoryStore, live: Campaign) -> None:
    workspace.save(store, Workspace(approval=Approval(needed=True)), 0)
    own = press(page(open_app, live, "admin"), "btn_payout_make")
    editor = page(open_app, live, "editor")
    approvals = open_app("app_pages/approvals.py", st_person="approver")
    assert "“推广员计划”的佣金：2 人，共 ¥20.00" in words(approvals)
    homes = [words(open_app(st_person=role)) for role in ("admin", "editor")]
    leads = press(open_app(st_person="approver"), f"btn_todo_0_payout_{live.id}")
    assert ["没有待办" in said for said in homes] == [True, True]
    assert "第 1 份：2 人，共 ¥20.00" in words(leads)
    viewer = page(open_app, live, "viewer")

    assert own.button(key="btn_payout_agree_1").disabled
    assert "要请另一位同事来审" in words(own)
    assert not [one for one in editor.button if str(one.key).startswith("btn_payout_agree")]
    assert not viewer.metric
    app = press(page(open_app, live, "approver"), "btn_payout_agree_1")
    assert "按打款表打款" in words(app)
    assert "2 人的佣金共 ¥20.00，已同意，等你打款" in words(open_app(st_person="admin"))


def test_each_order_says_where_its_commission_stands(live: Campaign, store: MemoryStore) -> None:
    earns(store, live.id, "bo", "A-9", 100, paid=400)
    ledger = Ledger(books.read(commissions.rows(store, live.id), NOW).standings["CNY"], "CNY", "Asia/Shanghai", NOW)
    theirs = [[row for _, row in commissions.rows(store, live.id, f"mem_{who:0>26}")] for who in ("bo", "ada")]

    ada, bo = (list(line.values()) for line in reversed(ledger.promoters(ledger.names)))
    stands = [list(line.values())[-1] for rows in theirs for line in ledger.orders(rows)]

    assert (ada[2], ada[3], bo[2], bo[5]) == ("¥8.00", "¥3.00", "¥9.00", "¥4.00")
    assert stands == ["待结算", "结算后退款，要扣回 ¥3.00", "待结算", "冻结到 12\u00a0月\u00a010\u00a0日"]


def test_a_press_reads_the_orders_of_one_promoter_and_nobody_elses(
    open_app: Open, store: MemoryStore, live: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, asked, query = page(open_app, live), [], store.query

    def noted(kind: str, *parts: str, **more: Any) -> Any:
        asked.append((kind, more.get("prefix", "")))
        return query(kind, *parts, **more)

    monkeypatch.setattr(store, "query", noted)
    app.run()

    assert {prefix for kind, prefix in asked if kind == "commissions"} == {f"mem_{'bo':0>26}#"}


def test_more_orders_than_one_look_reads_are_told(store: MemoryStore, live: Campaign) -> None:
    rows = list(commissions.rows(store, live.id))

    some, whole = books.read(rows, NOW, most=2), books.read(rows, NOW, most=3)

    assert (some.whole, whole.whole) == (False, True)
    assert sum(one.orders for one in some.standings["CNY"].values()) == 2


def test_the_payments_file_opens_in_a_spreadsheet_and_runs_nothing(store: MemoryStore, live: Campaign) -> None:
    made = payouts.make(store, live.id, Text(en="P"), "CNY", Editor("Bo", "admin"), NOW)
    rows = payments_sheet(made, payouts.lines(store, made))

    read = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"))))

    assert sorted((line[3], line[5]) for line in read[1:]) == [("12.00", "'=1+1"), ("8.00", "A-1")]

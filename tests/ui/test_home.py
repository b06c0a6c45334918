"""Home: what waits, what runs, and the way to begin."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.approval import Request
from functions.core.campaign import Campaign
from functions.core.change import create
from functions.core.text import Text
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from infra.problems import Problem
from tests.ui.conftest import NOW, SETTINGS, Open, begun, press, published, words
from ui.components.campaigns.spark import bars
from ui.components.jobs import Job, jobs
from ui.glance import read
from ui.sign_in import CHOSEN
from ui.templates import gallery
from ui.todos import Queue, starts_of, todos


def head(**changes: Any) -> Campaign:
    """A running campaign."""
    made = {"id": "c1", "mechanic": "checkin", "name": Text(zh="早安", en="Morning"), "state": "published", "live": 1}
    return Campaign(**{**made, "created_at": NOW, "changed_at": NOW, **changes})


def leave(store: MemoryStore, campaign: Campaign, left: int) -> None:
    """So many coupons are left."""
    store.rows[f"T#demo#C#{campaign.id}#P#coupon#0", "POOL"]["remaining"] = left


def test_an_empty_shop_has_templates_and_three_steps_and_no_list_of_nothing(open_app: Open) -> None:
    app = open_app()

    assert "选一个模板" in words(app) or "模板" in words(app)
    assert "待办" not in words(app)
    offered = [one.key.removeprefix("btn_template_") for one in app.button if one.key.startswith("btn_template_")]
    assert offered[0] == "seven-mornings"
    assert {gallery()[name].mechanic for name in offered} == {one.mechanic for one in gallery().values()}


@pytest.mark.parametrize("campaigns_already", [False, True])
def test_all_templates_are_one_press_away(open_app: Open, store: MemoryStore, campaigns_already: bool) -> None:
    if campaigns_already:
        begun(store)

    app = press(open_app(), "btn_all_templates")

    offered = {one.key for one in app.button if one.key.startswith("btn_template_")}
    assert offered >= {f"btn_template_{name}" for name in gallery()}


def test_a_running_campaign_shows_its_people_and_money(open_app: Open, store: MemoryStore) -> None:
    campaign = published(store, begun(store))
    store.write(
        [create(keys.counter(campaign.id, "2026-12-01.000001"), {"version": 1, "counts": {"participants": 41}})]
    )
    leave(store, campaign, 58)

    app = open_app()

    assert [(one.label, one.value) for one in app.metric] == [("人数", "41")]
    assert [one.proto.text for one in app.get("progress")] == ["已花 ¥420 / ¥1,000"]
    assert "没有待办" in words(app)


def test_a_card_leads_to_the_numbers(open_app: Open, store: MemoryStore) -> None:
    campaign = published(store, begun(store))

    app = press(open_app(), f"btn_results_{campaign.id}")

    assert app.query_params["c"] in (campaign.id, [campaign.id])


@pytest.mark.parametrize(("left", "says"), [(0, "已经发完了"), (9, "只剩 9 份"), (60, "没有待办")])
def test_stock_that_runs_out_is_a_to_do(open_app: Open, store: MemoryStore, left: int, says: str) -> None:
    leave(store, published(store, begun(store)), left)

    assert says in words(open_app())


def test_stock_that_lasts_less_than_two_days_at_this_pace_is_low(store: MemoryStore) -> None:
    campaign = published(store, begun(store))
    leave(store, campaign, 40)
    row = {"version": 1, "counts": {"granted.coupon": 75}}
    store.write([create(keys.counter(campaign.id, "2026-11-30.000001"), row)])

    seen = read(store, [campaign], NOW, days=True)
    slower = read(store, [campaign], NOW + timedelta(days=9), days=True)

    assert [(one.kind, one.count) for one in todos([campaign], seen, {}, {}, NOW, "zh")] == [("low", 40)]
    assert todos([campaign], slower, {}, {}, NOW, "zh") == []


def test_the_pace_is_that_of_the_campaigns_whole_days_and_not_of_those_elsewhere(store: MemoryStore) -> None:
    """At 02:00 in Shanghai the campaign's yesterday is over, though in UTC it still goes on."""
    campaign = published(store, begun(store))
    for day, given in (("2026-11-28", 300), ("2026-11-29", 30), ("2026-12-01", 60)):
        row = {"version": 1, "counts": {"granted.coupon": given}}
        store.write([create(keys.counter(campaign.id, f"{day}.000001"), row)])

    seen = read(store, [campaign], datetime(2026, 12, 1, 18, 0, tzinfo=UTC), days=True)

    assert [stock.pace for stock in seen[campaign.id].stocks] == [30]


NEW_YORK = {
    "zone": "America/New_York",
    "starts_at": "2026-12-01T00:00:00-05:00",
    "ends_at": "2026-12-15T00:00:00-05:00",
}


def test_hours_of_a_campaign_are_by_its_own_clock_which_is_named_where_one_looks_from_elsewhere(
    open_app: Open, store: MemoryStore
) -> None:
    published(store, begun(store, 1, name={"zh": "纽约", "en": "New York"}, schedule=NEW_YORK))
    published(store, begun(store, 2, name={"zh": "上海", "en": "Shanghai"}))
    soon = NOW + timedelta(days=12)

    zh, en = (words(open_app(now=soon, language=tongue)).replace("\\", "") for tongue in ("zh", "en"))

    assert "**纽约** 将在 New York 时间 2026-12-14 24:00 结束" in zh
    assert "**上海** 将在 2026-12-14 24:00 结束" in zh
    assert "**New York** ends at 14 Dec 2026, 24:00 (New York time)" in en
    assert "**Shanghai** ends at 14 Dec 2026, 24:00" in en


def test_an_old_drafts_start_is_the_day_that_was_chosen_for_it(open_app: Open, store: MemoryStore) -> None:
    begun(store, schedule=NEW_YORK | {"starts_at": "2026-11-30T20:00:00-05:00"})

    assert "原定 11 月 30 日开始" in words(open_app(now=NOW + timedelta(days=4)))


def test_an_old_draft_whose_start_has_passed_is_a_to_do_and_leads_to_the_composer(
    open_app: Open, store: MemoryStore
) -> None:
    campaign = begun(store)

    early = words(open_app(now=NOW + timedelta(days=2)))
    app = open_app(now=NOW + timedelta(days=4))
    late = words(app)
    press(app, f"btn_todo_0_overdue_{campaign.id}")

    assert "还是草稿" not in early
    assert "还是草稿，原定 12 月 1 日开始" in late
    assert app.query_params["c"] in (campaign.id, [campaign.id])


def test_a_draft_without_a_readable_start_is_no_to_do(store: MemoryStore) -> None:
    draft = keys.draft("c1")

    for said in ("", None, 7, "2026-02-31T00:00:00+08:00", "soon"):
        assert starts_of({draft: {"content": f'{{"schedule": {{"starts_at": {json.dumps(said)}}}}}'}}) == {}
    assert starts_of({draft: None}) == starts_of({draft: {"content": '{"schedule": []}'}}) == {}


def test_the_most_pressing_comes_first() -> None:
    waits = head(id="c1", waiting=True)
    reviews = head(id="c2")
    ends = head(id="c3", ends_at=NOW + timedelta(days=2))
    over = head(id="c4", ends_at=NOW - timedelta(days=2))
    queue = Queue(3, datetime(2026, 11, 30, tzinfo=UTC))

    request = Request(id="1", campaign="c1", content_hash="h", by="Ming", mark="ming", at=NOW)

    found = todos([ends, over, reviews, waits], {}, {"c2": queue}, {}, NOW, "zh", asked={"c1": request})

    assert [(one.kind, one.campaign.id) for one in found] == [("approval", "c1"), ("reviews", "c2"), ("ending", "c3")]


def test_what_one_may_not_do_is_not_asked_of_one(open_app: Open, store: MemoryStore) -> None:
    leave(store, published(store, begun(store)), 0)

    app = open_app(**{CHOSEN: "viewer"})

    assert "已经发完了" in words(app)
    assert not [one.key for one in app.button if one.key.startswith(("btn_todo", "btn_template", "btn_edit"))]


def test_home_reads_a_few_rows_however_many_campaigns_there_are(open_app: Open, store: MemoryStore) -> None:
    for number in range(30):
        published(store, begun(store, number))
    asked: list[str] = []
    plain = store.query

    def counted(kind: str, *parts: str, **more: Any) -> Any:
        asked.append(kind)
        return plain(kind, *parts, **more)

    store.query = counted  # type: ignore[method-assign]
    open_app()

    assert asked.count("campaigns") == 1
    assert asked.count("counters") <= 12
    assert campaigns.campaigns(store)


def test_bars_are_as_tall_as_the_days_were_busy_and_a_quiet_day_is_a_line() -> None:
    drawn = bars([0, 5, 10])

    assert re.findall(r'height="(\d+)" rx', drawn) == ["2", "22", "44"]
    assert len(re.findall("<rect", bars(range(40)))) == 14
    assert "nan" not in bars([0, 0]) + bars([])


@pytest.mark.parametrize(("role", "shown"), [("admin", True), ("editor", False)])
def test_a_deployment_that_failed_waits_for_who_may_deploy(
    open_app: Open, store: MemoryStore, role: str, shown: bool
) -> None:
    begun(store)
    name = f"deploy:{SETTINGS.region}:{SETTINGS.stack}"

    def fails(_job: Job) -> None:
        raise Problem("deploy_failed")

    jobs().start(name, job := Job("deploy", "王敏", NOW), fails)
    assert job.thread
    job.thread.join()

    app = open_app(**{CHOSEN: role})
    told = words(app)
    led = press(app, "btn_todo_deploy").title[0].value if shown else ""
    jobs().forget(name)

    assert ("王敏 的部署失败了" in told) is shown
    assert led == ("部署" if shown else "")

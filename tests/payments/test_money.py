"""Money through the real handlers: paid in the sandbox or at the counter, given back when a group fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.payment import Notice
from functions.group_buy.group import Group
from functions.payments import money
from functions.payments.providers import chooser
from functions.storage import audit, payments
from infra import reconcile_command
from tests.edge.stream import Stream
from tests.edge.test_groups import opened, post, sweep
from tests.edge.world import CAMPAIGN, Phone, World
from tests.pages.serve import answer_of, gateway_event

PRICE = 900


@pytest.fixture
def world() -> World:
    world = World()
    world.service.settings = replace(world.service.settings, stage="local")
    return world


def asks(phone: Phone, event: str = "pay-00001") -> Any:
    return phone.post("/api/payments", {"event_id": event, "campaign": CAMPAIGN})


def decides(phone: Phone, pay_at: str, verdict: str = "approve") -> Any:
    token = pay_at.rpartition("/")[2]
    return phone.post("/api/payments/sandbox", {"event_id": "verdict-1", "pay": token, "verdict": verdict})


def pays(phone: Phone) -> str:
    asked = asks(phone)
    assert asked.code == "asked", asked.text
    return str(decides(phone, asked.body["pay_at"]).code)


def payment_of(world: World, phone: Phone) -> dict[str, Any]:
    return next(row for _, row in payments.everything(world.store) if row["member"] == phone.member)


def refusals(world: World) -> list[str]:
    return [line.note for line in audit.entries(world.store) if line.what == "refuse_payment"]


def test_three_phones_pay_in_the_sandbox_and_form_a_group(world: World) -> None:
    group = opened(world, price=PRICE)
    leader, a, b = (world.phone(name) for name in ("leader", "a", "b"))

    assert pays(leader) == "paid"
    for phone in (a, b):
        assert post(phone, "join", "event-join", group=group) == "seat_held"
        assert pays(phone) == "paid"

    for phone in (leader, a, b):
        assert "coupon" in [line["kind"] for line in phone.get("/api/me/wallet").body["entries"]]
    assert payments.waiting(world.store, payments.TOLD) == []


def test_a_group_that_expires_gives_back_what_was_paid_once(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    assert pays(leader) == "paid"

    world.clock.pass_(hours=24)
    sweep(world)
    sweep(world)

    row = payment_of(world, leader)
    assert sum(row["refunds"].values()) == row["amount"] == PRICE
    assert payments.waiting(world.store, payments.REFUND) == []


def test_the_stream_gives_back_at_once_what_the_sweeper_would_find(world: World) -> None:
    stream = Stream(world)
    opened(world, price=PRICE)
    leader = world.phone("leader")
    assert pays(leader) == "paid"
    stream.take()

    assert post(leader, "leave", "event-leave") == "left_group"
    assert stream.deliver() == []
    assert world.queue.deliver(world) == []

    assert sum(payment_of(world, leader)["refunds"].values()) == PRICE


def test_asking_twice_asks_for_the_same_payment_and_paying_twice_pays_once(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    first, second = asks(leader), asks(leader, "pay-00002")

    assert first.body["payment"] == second.body["payment"]
    assert [decides(leader, first.body["pay_at"]).code for _ in range(3)] == ["paid", "known", "known"]
    assert asks(leader, "pay-00003").code == "nothing_owed"


def test_a_refused_payment_frees_the_seat_and_nothing_is_owed(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    asked = asks(leader)

    assert decides(leader, asked.body["pay_at"], "refuse").code == "refused"
    assert asks(leader, "pay-00002").code == "nothing_owed"


def test_money_that_comes_after_the_seat_is_gone_goes_back(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    asked = asks(leader)
    assert post(leader, "leave", "event-leave") == "left_group"

    assert decides(leader, asked.body["pay_at"]).code == "paid"
    sweep(world)

    assert sum(payment_of(world, leader)["refunds"].values()) == PRICE


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [(PRICE - 1, "CNY", "amount_differs"), (PRICE, "USD", "currency_differs"), (0, "CNY", "amount_differs")],
)
def test_a_notice_for_another_amount_or_currency_books_nothing_and_is_noted(
    world: World, amount: int, currency: str, code: str
) -> None:
    opened(world, price=PRICE)
    asked = asks(world.phone("leader"))

    said = Notice(asked.body["payment"], "trade-1", amount, currency)
    assert money.notice(world.service, said, "sandbox", lambda _: True) == code

    assert payment_of(world, world.phone("leader"))["state"] == "asked"
    assert refusals(world) == [code]


def test_a_second_trade_for_one_payment_and_an_unknown_payment_are_noted(world: World) -> None:
    opened(world, price=PRICE)
    asked = asks(world.phone("leader"))
    for payment, trade in ((asked.body["payment"], "t1"), (asked.body["payment"], "t2"), ("pay_" + "0" * 26, "t3")):
        money.notice(world.service, Notice(payment, trade, PRICE, "CNY"), "sandbox", lambda _: True)

    assert sorted(refusals(world)) == ["paid_twice", "unknown_payment"]


def test_money_that_fits_no_payment_is_listed_until_somebody_has_settled_it(world: World) -> None:
    opened(world, price=PRICE)
    payment = asks(world.phone("leader")).body["payment"]

    def comes(trade: str, amount: int = PRICE, paid: bool = True, to: str = payment) -> str:
        return money.notice(world.service, Notice(to, trade, amount, "CNY", paid), "wechat", lambda _: True)

    told = [comes("t1", PRICE - 1), comes("t1"), comes("t2"), comes("t2"), comes("t3", 5, to="pay_x")]
    assert told == ["amount_differs", "paid", "paid_twice", "paid_twice", "unknown_payment"]
    assert comes("t4", paid=False, to="pay_x") == "unknown_payment"
    now, found = world.clock.now, reconcile_command.found(world.store, world.clock.now)

    assert {(one.code, one.where, one.amount, one.since) for one in found} == {
        ("money_unmatched", f"wechat t2 > {payment}: paid_twice", PRICE, now.isoformat()),
        ("money_unmatched", "wechat t3 > pay_x: unknown_payment", 5, now.isoformat()),
    }
    assert not reconcile_command.settled(world.store, found[0].about, "Li", "", now)
    assert not reconcile_command.settled(world.store, "unm_other", "Li", "bank 7", now)
    for one in (*found, *found):
        assert reconcile_command.settled(world.store, one.about, "Li", "bank 7", now)
    assert comes("t2") == "paid_twice"
    assert reconcile_command.found(world.store, now) == []
    settled = [(line.by, line.note) for line in audit.entries(world.store) if line.what == "settle_payment"]
    assert settled == [("Li", "bank 7")] * 2


def test_a_refund_larger_than_what_is_left_is_refused_and_noted(world: World) -> None:
    opened(world, price=PRICE)
    assert pays(world.phone("leader")) == "paid"
    name = asks(world.phone("leader"))
    payment = next(name for name, _ in payments.everything(world.store))
    row = {"payment": payment, "amount": PRICE + 1}

    assert name.code == "nothing_owed"
    assert money.give_back(world.service, chooser(world.service), "ref_1", row, lambda _: True) == "refused"
    assert refusals(world) == ["refund_exceeds_payment"]


def test_staff_confirm_what_was_paid_at_the_counter_and_only_staff(world: World) -> None:
    world.service.settings = replace(world.service.settings, payments="offline")
    opened(world, price=PRICE)
    leader = world.phone("leader")
    asked = asks(leader)
    body = {"event_id": "confirm-1", "payment": asked.body["payment"], "amount": PRICE}

    assert leader.post("/api/payments/confirm", body).code == "not_yours"
    clerk = world.clerk()
    assert clerk.post("/api/payments/confirm", body | {"amount": PRICE - 1}).code == "amount_differs"
    assert [clerk.post("/api/payments/confirm", body).code for _ in range(2)] == ["paid", "known"]


def test_there_is_no_sandbox_but_in_a_local_cloud(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    pay_at = asks(leader).body["pay_at"]
    world.service.settings = replace(world.service.settings, stage="prod")

    assert decides(leader, pay_at).code == "not_found"
    page = answer_of(world, gateway_event("GET", f"/pay/{pay_at.rpartition('/')[2]}", {}, b""))
    assert page["statusCode"] == 404


def test_the_sandboxs_page_shows_the_sum_and_a_form_leads_there_and_back(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")

    sent = leader.form("/api/payments", event_id="pay-00001", campaign=CAMPAIGN, next=f"/c/{CAMPAIGN}")
    page = answer_of(world, gateway_event("GET", sent.headers["Location"].partition("?")[0], {}, b""))
    token = sent.headers["Location"].partition("?")[0].rpartition("/")[2]
    back = leader.form("/api/payments/sandbox", event_id="verdict-1", pay=token, verdict="approve")

    assert "¥9.00" in page["body"]
    assert back.headers["Location"].startswith(f"/c/{CAMPAIGN}")


@pytest.mark.parametrize("provider", ["wechat", "sandbox", "nobody"])
def test_a_notice_that_nobody_signed_is_refused(world: World, provider: str) -> None:
    answer = world.stranger().post(f"/hooks/payments/{provider}", {"any": "thing"})

    assert answer.code in ("not_found", "signature_refused")


def test_what_was_paid_and_never_told_is_told_by_the_sweeper(world: World) -> None:
    group = opened(world, price=PRICE)
    leader = world.phone("leader")
    asked = asks(leader)
    payments.settle(world.store, Notice(asked.body["payment"], "t1", PRICE, "CNY"), world.clock.now, lambda _: True)

    sweep(world)

    (row,) = world.store.read([keys.unit(CAMPAIGN, "G", group)]).values()
    assert row is not None
    assert [(seat.member, seat.confirmed) for seat in Group.of(group, row["record"]).seats] == [(leader.member, True)]
    assert asks(leader, "pay-00002").code == "nothing_owed"


def test_whoever_is_erased_exports_their_payment_first_and_leaves_no_trace_in_it(world: World) -> None:
    opened(world, price=PRICE)
    leader = world.phone("leader")
    assert pays(leader) == "paid"

    exported = leader.get("/api/me/export").body["payments"]
    assert leader.call("DELETE", "/api/me").code == "erased"
    sweep(world)

    assert [row["amount"] for row in exported] == [PRICE]
    (_, row), *_ = payments.everything(world.store)
    assert (row["member"], sum(row["refunds"].values())) == ("", PRICE)


def test_what_cannot_go_back_by_itself_holds_up_no_other_refund(world: World) -> None:
    """A provider that is there no more, and hundreds that wait for a clerk's hand, lie before it in the list."""
    opened(world, price=PRICE)
    leader = world.phone("leader")
    assert pays(leader) == "paid"
    gone = payment_of(world, leader) | {"provider": "wechat", "refunds": {}, "member": ""}
    wanted = {"amount": PRICE, "at": world.clock.now.isoformat(), "state": "wanted"}
    left = {f"ref_{number:026d}": {**wanted, "payment": "pay_x", "state": payments.AT_COUNTER} for number in range(501)}
    world.store.write([Change(keys.payment("pay_gone"), put=gone)])
    for name, row in {**left, "ref_0": {**wanted, "payment": "pay_gone"}}.items():
        world.store.write([Change(keys.intent(payments.REFUND, name), put=row)])

    world.clock.pass_(hours=24)
    sweep(world)
    sweep(world)

    assert sum(payment_of(world, leader)["refunds"].values()) == PRICE
    assert {row["payment"] for _, row in payments.every_intent(world.store, payments.REFUND)} == {"pay_x", "pay_gone"}

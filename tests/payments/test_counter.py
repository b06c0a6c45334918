"""Money at the counter: found by its number, taken once, given back by hand with a receipt; and only by staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from functions.core.payment import number
from functions.payments import money
from functions.payments.providers import chooser
from functions.storage import audit, payments
from tests.edge.test_groups import opened, post, sweep
from tests.edge.world import Phone, World
from tests.pages.page_reader import read
from tests.pages.test_visits import visit
from tests.payments.test_money import PRICE, asks


@pytest.fixture
def world() -> World:
    """A shop that takes money at the counter."""
    world = World()
    world.service.settings = replace(world.service.settings, payments="offline")
    opened(world, price=PRICE)
    return world


def owed(world: World, phone: Phone) -> str:
    asked = asks(phone)
    assert asked.code == "asked", asked.text
    return str(asked.body["payment"])


def page(world: World, phone: Phone | None, path: str = "/staff/pay", language: str = "en") -> str:
    answer = visit(world, f"{path}{'&' if '?' in path else '?'}lang={language}", phone, language)
    assert answer["statusCode"] == 200
    assert read(answer["body"]).faults == []
    return " ".join(read(answer["body"]).text)


def sends(clerk: Phone, path: str, **fields: Any) -> str:
    """What a page's own form does, without any script: where it leads."""
    return str(clerk.form(f"/api/payments/{path}", event_id="counter-1", **fields).headers["Location"])


def test_a_clerk_finds_a_payment_by_its_number_and_takes_the_money_once(world: World) -> None:
    leader, clerk = world.phone("leader"), world.clerk()
    asked = asks(leader)
    name, code = asked.body["payment"], number(asked.body["payment"])
    shown = page(world, leader, "/pay/" + asked.body["pay_at"].rpartition("/")[2])
    assert f"{code[:4]}-{code[4:]}" in shown

    asked_for = page(world, clerk, f"/staff/pay?code={code[:4].lower()}%20{code[4:]}")
    here = f"/staff/pay?code={code}"
    led = sends(clerk, "confirm", payment=name, amount=PRICE, next=here)
    paid = page(world, clerk, led)
    world.clock.pass_(minutes=6)
    later = page(world, clerk, led)

    assert "To be paid" in asked_for
    assert "¥9.00 received" in asked_for
    assert led == f"{here}&o=paid"
    assert "✓ Paid" in " ".join(paid.split())
    assert "This one was paid before" in later
    assert (payments.load(world.store, name) or {})["by"] == "Clerk"
    assert "It is paid" in page(world, leader, "/pay/" + asked.body["pay_at"].rpartition("/")[2])


def test_two_clerks_who_both_took_the_money_are_told_and_it_is_written_down(world: World) -> None:
    name = owed(world, world.phone("leader"))
    body = {"event_id": "confirm-1", "payment": name, "amount": PRICE}

    assert world.clerk().post("/api/payments/confirm", body).code == "paid"
    assert world.clerk("second").post("/api/payments/confirm", body).code == "paid_twice"

    assert [one.note for one in audit.entries(world.store) if one.what == "refuse_payment"] == ["paid_twice"]


def test_a_refund_is_given_back_by_hand_once_with_who_when_and_the_receipt(world: World) -> None:
    leader, clerk = world.phone("leader"), world.clerk()
    name = owed(world, leader)
    clerk.post("/api/payments/confirm", {"event_id": "confirm-1", "payment": name, "amount": PRICE})
    assert "There is nothing to pay back" in page(world, clerk)
    world.clock.pass_(hours=24)
    sweep(world)
    sweep(world)
    [(refund, _)] = payments.waiting(world.store, payments.REFUND)
    assert "I gave back ¥9.00" in page(world, world.clerk())

    back = {"event_id": "back-0001", "payment": name, "refund": refund, "reference": "receipt 88"}
    said = [world.clerk().post("/api/payments/hand-back", back).code for _ in range(2)]
    sweep(world)

    assert said == ["handed_back", "known"]
    row = payments.load(world.store, name) or {}
    assert row["refunds"] == {refund: PRICE}
    assert (row["handed"][refund]["by"], row["handed"][refund]["reference"]) == ("Clerk", "receipt 88")
    assert [one.note for one in audit.entries(world.store) if one.what == "hand_back"] == ["receipt 88"]
    assert payments.waiting(world.store, payments.REFUND) == []
    assert "There is nothing to pay back" in page(world, world.clerk())


def test_what_is_no_refund_or_no_payment_is_refused_in_words(world: World) -> None:
    clerk = world.clerk()
    back = {"payment": "pay_" + "0" * 26, "refund": "ref_" + "0" * 26, "reference": "x", "next": "/staff/pay"}

    assert "No such payment number" in page(world, clerk, "/staff/pay?code=ZZZZZZZZ")
    assert "No such payment number" in page(world, clerk, "/staff/pay?code=%3Cb%3E")
    led = sends(clerk, "hand-back", **back)
    assert led.endswith("o=unknown_refund")
    assert "There is no such refund" in page(world, clerk, led)


def test_only_staff_see_the_counter_or_act_at_it(world: World) -> None:
    leader = world.phone("leader")
    name = owed(world, leader)
    back = {"event_id": "back-0001", "payment": name, "refund": "ref_" + "0" * 26, "reference": "x"}

    assert leader.post("/api/payments/hand-back", back).code == "not_yours"
    for who in (leader, None):
        shown = page(world, who, f"/staff/pay?code={number(name)}")
        assert "Invitation code" in shown
        assert "¥9.00" not in shown


def test_a_payment_elsewhere_is_not_taken_at_the_counter(world: World) -> None:
    world.service.settings = replace(world.service.settings, stage="local", payments="sandbox")
    name = owed(world, world.phone("leader"))

    assert "not paid at the counter" in page(world, world.clerk(), f"/staff/pay?code={number(name)}")


def test_what_staff_gave_back_already_is_written_down_and_no_provider_asked(world: World) -> None:
    world.service.settings = replace(world.service.settings, stage="local", payments="sandbox")
    leader = world.phone("leader")
    name = owed(world, leader)
    settled = money.notice(world.service, money.Notice(name, "t1", PRICE, "CNY"), "sandbox", lambda _: True)
    row = {"payment": name, "amount": PRICE, "state": payments.BY_HAND}

    class Never:
        """A provider that must not be asked."""

        def give_back(self, *_: Any) -> None:
            raise AssertionError("given back twice")

    assert settled == "paid"
    assert money.give_back(world.service, lambda _: Never(), "ref_1", row, lambda _: True) == "done"  # type: ignore[arg-type, return-value]
    assert (payments.load(world.store, name) or {})["refunds"] == {"ref_1": PRICE}
    assert post(leader, "leave", "event-leave")
    assert chooser(world.service)("sandbox").name == "sandbox"

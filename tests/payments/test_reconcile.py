"""The reconciliation lists each planted difference, and nothing where the books agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.payout import Payout
from functions.payments.reconcile import differences
from functions.storage import payments
from infra import reconcile_command
from tests.edge.test_groups import opened, sweep
from tests.edge.world import CAMPAIGN, World
from tests.payments.test_money import PRICE, pays

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OLD = (NOW - timedelta(days=2)).isoformat()
PAID: dict[str, Any] = {
    "state": "paid", "amount": 900, "currency": "CNY", "refunds": {}, "provider": "sandbox", "campaign": "camp_1",
    "at": OLD, "settled_at": OLD,
}  # fmt: skip
BY_HAND = {**PAID, "provider": "offline"}
REFUND: dict[str, Any] = {"payment": "pay_1", "amount": 900, "at": OLD}
NEW_REFUND = {**REFUND, "at": NOW.isoformat()}
ORDER: dict[str, Any] = {
    "order": "A-1", "status": "paid", "total": 100, "refunded": 0, "currency": "CNY", "lines": [["", "", 1, 100]],
}  # fmt: skip
SHORT = {**ORDER, "total": 90}
EARNED = {"amount": 50, "paid": 0, "currency": "CNY", "net": 100}
PROMOTED = "camp_1#mem_1#ord_1"  # who earned of which order


def found(
    kept: dict[str, int] | None = None, lists: Sequence[Payout] = (), **books: dict[str, Any]
) -> list[tuple[str, str, int]]:
    whole: dict[str, dict[str, Any]] = {
        "paid": {"pay_1": PAID},
        "orders": {"ord_1": ORDER},
        "earned": {PROMOTED: EARNED},
    } | books
    rows = {name: list(whole.get(name, {}).items()) for name in ("orders", "paid", "refunds", "untold", "earned")}
    told = differences(**rows, at=NOW, lists=lists, kept=kept or {})
    return [(one.code, one.about, one.amount) for one in told]


def payout(total: int, **said: Any) -> Payout:
    whole: dict[str, Any] = {"number": 3, "campaign": "camp_1", "currency": "CNY", "people": 1, "lines": 1}
    return Payout(**whole, total=total, content_hash="x", by="M", mark="m", at=NOW, **said)


def test_books_that_agree_have_no_difference() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("books", "code", "about", "amount"),
    [
        ({"paid": {"pay_1": {**PAID, "state": "asked"}}}, "never_settled", "pay_1", 900),
        ({"paid": {"pay_1": {**PAID, "refunds": {"a": 901}}}}, "refunded_more_than_paid", "pay_1", 1),
        ({"paid": {"pay_1": {**PAID, "state": "refused", "refunds": {"a": 5}}}}, "refunded_and_never_paid", "pay_1", 5),
        ({"refunds": {"ref_1": {**REFUND, "payment": "pay_9"}}}, "refund_of_no_payment", "ref_1", 900),
        ({"refunds": {"ref_1": {**REFUND, "state": "refused"}}}, "refund_refused", "ref_1", 900),
        ({"refunds": {"ref_1": REFUND}}, "refund_waits", "ref_1", 900),
        (
            {"paid": {"pay_1": BY_HAND}, "refunds": {"ref_1": NEW_REFUND}},
            "refund_by_hand", "ref_1", 900,
        ),
        ({"untold": {"pay_1": {"at": OLD}}}, "campaign_not_told", "pay_1", 0),
        ({"orders": {"ord_1": {**ORDER, "total": 90}}, "earned": {}}, "lines_above_total", "A-1", 10),
        ({"orders": {"ord_1": {**ORDER, "refunded": 101}}, "earned": {}}, "order_below_zero", "A-1", 1),
        ({"earned": {"camp_1#mem_1#ord_9": EARNED}}, "commission_of_no_order", "camp_1#mem_1#ord_9", 50),
        ({"earned": {PROMOTED: {**EARNED, "net": 70}}}, "commission_behind_order", PROMOTED, 30),
        ({"earned": {PROMOTED: {**EARNED, "paid": 20}}}, "payouts_differ", "camp_1", 20),
        ({"lists": [payout(30, state="booked")]}, "payouts_differ", "camp_1", 30),
        (
            {"earned": {PROMOTED: {**EARNED, "paid": 60}}, "lists": [payout(60, state="booked")]},
            "commission_to_take_back", PROMOTED, 10,
        ),
        (
            {"lists": [payout(700, state="paid", paid_at=NOW - timedelta(hours=1))]},
            "payout_not_booked", "camp_1#3", 700,
        ),
        ({"kept": {"pay_1": 600}}, "refund_missing", "pay_1", 300),
        ({"kept": {"pay_1": 900}, "paid": {"pay_1": {**PAID, "refunds": {"a": 9}}}}, "refunded_too_much", "pay_1", 9),
        ({"kept": {"pay_1": 900}, "refunds": {"ref_1": NEW_REFUND}}, "refunded_too_much", "pay_1", 900),
    ],
)  # fmt: skip
def test_each_difference_is_listed(books: dict[str, Any], code: str, about: str, amount: int) -> None:
    assert found(**books) == [(code, about, amount)]


def test_what_is_on_its_way_is_no_difference_yet() -> None:
    now = NOW.isoformat()

    assert found(refunds={"ref_1": {**REFUND, "at": now}}, untold={"pay_1": {"at": now}}) == []
    assert found(kept={"pay_1": 0}, refunds={"ref_1": NEW_REFUND}) == []
    assert found(kept={"pay_1": 0}, paid={"pay_1": {**PAID, "settled_at": now}}) == []
    assert found(kept={"pay_1": 0}, untold={"pay_1": {"at": now}}) == []
    assert found(lists=[payout(9, state="paid", paid_at=NOW)], earned={PROMOTED: {**EARNED, "paid": 5}}) == []


def test_the_whole_books_are_read_from_the_table() -> None:
    world = World()
    world.service.settings = replace(world.service.settings, stage="local")
    opened(world, price=PRICE)
    assert pays(world.phone("leader")) == "paid"
    world.clock.pass_(hours=25)
    sweep(world)
    agreed = reconcile_command.found(world.store, world.clock.now)
    [(name, _)] = payments.everything(world.store)

    world.store.write([Change(keys.payment(name), set={"refunds": {}}), Change(keys.order("ord_1"), put=SHORT)])
    for number in range(payments.PAGE + 1):
        world.store.write([Change(keys.intent("refund", f"ref_{number:04d}"), put=REFUND)])
    world.store.write([Change(keys.commission(CAMPAIGN, "mem_1", "ord_1"), put=EARNED)])
    differ = reconcile_command.found(world.store, world.clock.now)

    assert agreed == []
    assert Counter(one.code for one in differ) == {
        "refund_missing": 1, "lines_above_total": 1, "refund_of_no_payment": payments.PAGE + 1,
        "commission_behind_order": 1,
    }  # fmt: skip
    assert '"code": "refund_missing"' in "".join(map(reconcile_command.line, differ))

"""The reconciliation lists each planted difference, and nothing where the books agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.payout import Payout
from functions.payments.reconcile import differences
from infra import reconcile_command
from tests.edge.world import World

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OLD = (NOW - timedelta(days=2)).isoformat()
PAID: dict[str, Any] = {
    "state": "paid", "amount": 900, "currency": "CNY", "refunds": {}, "provider": "sandbox", "at": OLD,
}  # fmt: skip
BY_HAND = {**PAID, "provider": "offline"}
REFUND: dict[str, Any] = {"payment": "pay_1", "amount": 900, "at": OLD}
ORDER: dict[str, Any] = {
    "order": "A-1", "status": "paid", "total": 100, "refunded": 0, "currency": "CNY", "lines": [["", "", 1, 100]],
}  # fmt: skip
EARNED = {"amount": 50, "paid": 0, "currency": "CNY"}


def found(**books: dict[str, Any]) -> list[tuple[str, str, int]]:
    whole: dict[str, dict[str, Any]] = {
        "paid": {"pay_1": PAID},
        "orders": {"ord_1": ORDER},
        "earned": {"c": EARNED},
    } | books
    lists = {name: list(whole.get(name, {}).items()) for name in ("orders", "paid", "refunds", "untold", "earned")}
    return [(one.code, one.about, one.amount) for one in differences(**lists, at=NOW)]


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
            {"paid": {"pay_1": BY_HAND}, "refunds": {"ref_1": {**REFUND, "at": NOW.isoformat()}}},
            "refund_by_hand", "ref_1", 900,
        ),
        ({"untold": {"pay_1": {"at": OLD}}}, "campaign_not_told", "pay_1", 0),
        ({"orders": {"ord_1": {**ORDER, "total": 90}}}, "lines_above_total", "A-1", 10),
        ({"orders": {"ord_1": {**ORDER, "refunded": 101}}}, "order_below_zero", "A-1", 1),
        ({"earned": {"c": {**EARNED, "paid": 60}}}, "commission_to_take_back", "c", 10),
    ],
)  # fmt: skip
def test_each_difference_is_listed(books: dict[str, Any], code: str, about: str, amount: int) -> None:
    assert found(**books) == [(code, about, amount)]


def test_a_payout_that_was_sent_and_is_not_booked_is_listed() -> None:
    said: dict[str, Any] = {"number": 3, "campaign": "camp_1", "currency": "CNY", "total": 700, "people": 1, "lines": 1}
    sent = Payout(**said, content_hash="x", by="M", mark="m", at=NOW, state="paid", paid_at=NOW - timedelta(hours=1))

    [one] = differences([], [], [], [], [], NOW, [sent, sent.model_copy(update={"state": "booked"})])

    assert (one.code, one.about, one.amount) == ("payout_not_booked", "camp_1#3", 700)


def test_what_is_on_its_way_is_no_difference_yet() -> None:
    now = NOW.isoformat()

    assert found(refunds={"ref_1": {**REFUND, "at": now}}, untold={"pay_1": {"at": now}}) == []


def test_the_whole_books_are_read_from_the_table() -> None:
    world = World()
    world.store.write(
        [Change(keys.payment("pay_1"), put=PAID), Change(keys.order("ord_1"), put={**ORDER, "total": 90})]
    )
    world.store.write([Change(keys.intent("refund", "ref_1"), put=REFUND)])

    codes = [one.code for one in reconcile_command.found(world.store, NOW)]

    assert codes == ["lines_above_total", "refund_waits"]
    assert '"code": "refund_waits"' in reconcile_command.line(reconcile_command.found(world.store, NOW)[1])

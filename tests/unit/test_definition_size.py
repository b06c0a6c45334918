"""A definition may not owe more at once than one write holds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from functions.core.discovery import discover
from functions.core.parsing import parse
from functions.core.room import room

COUPON: dict[str, Any] = {
    "id": "c",
    "kind": "coupon",
    "name": {"zh": "券", "en": "Coupon"},
    "config": {"value": {"kind": "amount_off", "amount": 100}, "validity": {"kind": "relative", "days": 7}},
}
POINTS = {"id": "p", "kind": "points", "name": {"zh": "积分", "en": "Points"}}


def content(mechanic: str, when: str, then: list[dict[str, Any]]) -> dict[str, Any]:
    """With a rule for each of `then`."""
    return {
        "mechanic": mechanic,
        "name": {"zh": "活动", "en": "Campaign"},
        "schedule": {"starts_at": datetime(2026, 12, 1, tzinfo=UTC).isoformat()},
        "rewards": [COUPON, POINTS],
        "rules": [{"id": f"r{n}", "when": when, "then": [one]} for n, one in enumerate(then)],
    }


def codes(rules: int, amount: int) -> list[str]:
    said = content("checkin", "checkin.recorded", [{"reward": "c", "amount": amount}] * rules)
    return [fault.code for fault in parse(said, discover())[1]]


def test_rules_that_could_overflow_one_write_are_a_fault_before_they_are_published() -> None:
    assert codes(rules=12, amount=5) == []
    assert codes(rules=13, amount=5) == ["too_much_at_once"]


@pytest.mark.parametrize(
    ("given", "people"), [([], (95, 95)), (["c"], (47, 31)), (["c", "p"], (31, 23)), (["c", "c", "p"], (23, 19))]
)
def test_what_the_rules_give_to_each_says_how_many_one_write_settles(given: list[str], people: tuple[int, int]) -> None:
    """Of a group: where nothing goes back to its members, and where something does."""
    said = content("group_buy", "group.completed", [{"reward": one, "to": "group"} for one in given])
    definition, _ = parse(said, discover())
    assert definition is not None

    left = room(definition, discover())

    assert (left.people(more=0), left.people(more=1)) == people

"""A definition may not owe more at once than one write holds."""

from datetime import UTC, datetime
from typing import Any

from functions.core.discovery import discover
from functions.core.parsing import parse

COUPON: dict[str, Any] = {
    "id": "c",
    "kind": "coupon",
    "name": {"zh": "券", "en": "Coupon"},
    "config": {"value": {"kind": "amount_off", "amount": 100}, "validity": {"kind": "relative", "days": 7}},
}


def codes(rules: int, amount: int) -> list[str]:
    content = {
        "mechanic": "checkin",
        "name": {"zh": "打卡", "en": "Check-in"},
        "schedule": {"starts_at": datetime(2026, 12, 1, tzinfo=UTC).isoformat()},
        "rewards": [COUPON],
        "rules": [
            {"id": f"r{n}", "when": "checkin.recorded", "then": [{"reward": "c", "amount": amount}]}
            for n in range(rules)
        ],
    }
    return [fault.code for fault in parse(content, discover())[1]]


def test_rules_that_could_overflow_one_write_are_a_fault_before_they_are_published() -> None:
    assert codes(rules=12, amount=5) == []
    assert codes(rules=13, amount=5) == ["too_much_at_once"]

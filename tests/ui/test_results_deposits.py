"""What the results say of deposits: paid, given back, kept, and still held."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from functions.insights.numbers import Numbers
from ui.components.results import deposits


def view(*days: dict[str, int]) -> Any:
    budget = SimpleNamespace(currency="CNY")
    everything = [Numbers(day=f"2026-12-0{place}", money=money) for place, money in enumerate(days, 1)]
    return SimpleNamespace(everything=everything, definition=SimpleNamespace(budget=budget))


def test_the_four_sums_add_up() -> None:
    told = deposits.sums(view({"deposit": 19800}, {"back": 4950, "kept": 4950}))

    assert list(told.values()) == ["¥198", "¥49.50", "¥49.50", "¥99"]


def test_nothing_is_said_where_nobody_paid_one() -> None:
    assert deposits.sums(view({})) == {}

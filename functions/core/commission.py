"""Commission: what an order earns a promoter, frozen at first, then due, then paid out. Pure.

Amounts are minor units. A commission row says what an order earns its promoter by now (`amount`) and what of it was
paid out before (`paid`). What is due is the difference: below zero where an order was refunded after its payout, so the
next list takes it off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NUMBER_CHARACTERS = 8  # of a made-up id, enough to tell people apart by eye: 40 bits


@dataclass(frozen=True)
class Statement:
    """What was earned in one currency: frozen still, due now, and paid out. `due` may be below zero."""

    frozen: int = 0
    due: int = 0
    paid: int = 0

    @property
    def earned(self) -> int:
        """All of it, as the orders are worth now."""
        return self.frozen + self.due + self.paid

    def plus(self, row: Mapping[str, Any], at: datetime) -> Statement:
        """With one more commission row, of the same currency."""
        frozen = row["amount"] if is_frozen(row, at) else 0
        return Statement(self.frozen + frozen, self.due + due(row, at), self.paid + row["paid"])


def is_frozen(row: Mapping[str, Any], at: datetime) -> bool:
    """Whether nothing of it may be paid out yet."""
    return not row["paid"] and bool(row["frees_at"] > at.timestamp())


def due(row: Mapping[str, Any], at: datetime) -> int:
    """What is to be paid of an order now, or taken back."""
    return 0 if is_frozen(row, at) else int(row["amount"] - row["paid"])


def number(promoter: str) -> str:
    """What a promoter and the shop that pays them call the promoter by: the last characters of the member's id."""
    return promoter[-NUMBER_CHARACTERS:].upper()


def statement(rows: Iterable[Mapping[str, Any]], at: datetime) -> Statement:
    """The sum of commission rows, all in one currency."""
    whole = Statement()
    for row in rows:
        whole = whole.plus(row, at)
    return whole

"""A campaign's commission as the screens show it: a line for each promoter, for each order, for a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from functions.core import payout
from functions.core.keys import Row
from functions.core.money import DECIMALS
from functions.core.payout import Line, Payout, Statement
from ui.components.charts import Rows
from ui.i18n import _, language
from ui.words import date_words, signed_money

TAIL = 8  # of a made-up id, enough to tell people apart by eye


@dataclass(frozen=True)
class Ledger:
    """All commission of a campaign in one currency, rows by `{promoter}#{order}`, as it stands `at`."""

    rows: Sequence[tuple[str, Row]]
    currency: str
    zone: str
    at: datetime

    @cached_property
    def by_promoter(self) -> Mapping[str, list[Row]]:
        """Each promoter's rows."""
        found: dict[str, list[Row]] = {}
        for name, row in self.rows:
            found.setdefault(name.partition("#")[0], []).append(row)
        return found

    @property
    def whole(self) -> Statement:
        """All promoters together."""
        return payout.statement((row for _, row in self.rows), self.at)

    @cached_property
    def names(self) -> list[str]:
        """The promoters, who is owed most first."""
        told = {name: payout.statement(rows, self.at) for name, rows in self.by_promoter.items()}
        return sorted(told, key=lambda name: (-told[name].due, -told[name].frozen, name))

    @property
    def has_payable(self) -> bool:
        """Whether somebody would be on a list now."""
        return any(payout.statement(rows, self.at).due > 0 for rows in self.by_promoter.values())

    def promoters(self) -> Rows:
        """A line for each promoter, who is owed most first."""
        told = {name: payout.statement(rows, self.at) for name, rows in self.by_promoter.items()}
        return [
            {
                _("Promoter"): tail(name),
                _("Orders"): f"{len(self.by_promoter[name]):,}",
                _("Due now"): self._money(told[name].due),
                _("Frozen"): self._money(told[name].frozen),
                _("Next one is free on"): self._frees(self.by_promoter[name]),
                _("Paid out"): self._money(told[name].paid),
            }
            for name in self.names
        ]

    def orders(self, promoter: str) -> Rows:
        """From which orders a promoter earned, the newest first."""
        newest = sorted(self.by_promoter.get(promoter, []), key=lambda row: -row["at"])
        levels = any(row["level"] > 1 for _, row in self.rows)
        return [
            {
                _("Order number"): row["order"],
                _("Paid on"): self._day(row["at"]),
                _("Worth now"): self._money(row["net"]),
                **({_("Level"): f"{row['level']}"} if levels else {}),
                _("Commission"): self._money(row["amount"]),
                _("Stands"): self._stands(row),
            }
            for row in newest
        ]

    def _stands(self, row: Row) -> str:
        if payout.is_frozen(row, self.at):
            return _("frozen until {day}").format(day=self._day(row["frees_at"])) if row["amount"] else _("refunded")
        owed = payout.due(row, self.at)
        if owed < 0:
            return _("refunded after the payout: {amount} to take off").format(amount=self._money(-owed))
        if owed:
            return _("due now")
        return _("paid out") if row["amount"] else _("refunded")

    def _frees(self, rows: Iterable[Row]) -> str:
        waits = [row["frees_at"] for row in rows if payout.is_frozen(row, self.at) and row["amount"]]
        return self._day(min(waits)) if waits else "—"

    def _day(self, seconds: int) -> str:
        words = date_words(datetime.fromtimestamp(seconds, UTC), self.zone, language(), self.at)
        return words.replace(" ", "\u00a0")  # a narrow column would break a date at each of its spaces

    def _money(self, minor: int) -> str:
        return signed_money(minor, self.currency)


def tail(promoter: str) -> str:
    """A member as the screens name one without a name."""
    return promoter[-TAIL:].upper()


def people(which: Payout, lines: Sequence[Line]) -> Rows:
    """What a list pays, a line for each person."""
    return [
        {
            _("Promoter"): tail(promoter),
            _("Orders"): f"{len(theirs):,}",
            _("Taken off for refunds"): signed_money(sum(min(0, one.amount) for one in theirs), which.currency),
            _("To pay"): signed_money(sum(one.amount for one in theirs), which.currency),
        }
        for promoter, theirs in payout.by_promoter(lines).items()
    ]


def payments_sheet(which: Payout, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """For whoever sends the money: one row a person, amounts as numbers."""
    return [
        {
            _("List"): which.number,
            _("Promoter"): promoter,
            _("To pay"): _amount(sum(one.amount for one in theirs), which.currency),
            _("Currency"): which.currency,
            _("Orders"): " ".join(one.told for one in theirs),
        }
        for promoter, theirs in payout.by_promoter(lines).items()
    ]


def lines_sheet(which: Payout, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """For whoever checks it: one row an order."""
    return [
        {
            _("List"): which.number,
            _("Promoter"): one.promoter,
            _("Order number"): one.told,
            _("Commission"): _amount(one.amount, which.currency),
            _("Currency"): which.currency,
        }
        for one in lines
    ]


def _amount(minor: int, currency: str) -> Decimal:
    decimals = DECIMALS.get(currency, 2)
    return Decimal(minor).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals))

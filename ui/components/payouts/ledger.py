"""A campaign's commission as the screens show it: a line for each promoter, for each order. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from functions.core import commission
from functions.core.commission import Statement, number
from functions.core.keys import Row
from ui.components.charts import Rows
from ui.components.payouts.books import Standing
from ui.i18n import _, language
from ui.words import date_words, signed_money


@dataclass(frozen=True)
class Ledger:
    """All commission of a campaign in one currency, a standing for each promoter, as it stood `at`."""

    standings: Mapping[str, Standing]
    currency: str
    zone: str
    at: datetime

    @property
    def whole(self) -> Statement:
        """All promoters together."""
        told = [one.told for one in self.standings.values()]
        return Statement(sum(one.frozen for one in told), sum(one.due for one in told), sum(one.paid for one in told))

    @cached_property
    def names(self) -> list[str]:
        """The promoters, who is owed most first."""
        told = {name: one.told for name, one in self.standings.items()}
        return sorted(told, key=lambda name: (-told[name].due, -told[name].frozen, name))

    @property
    def has_payable(self) -> bool:
        """Whether somebody would be on a list now."""
        return any(one.told.due > 0 for one in self.standings.values())

    def promoters(self, names: Sequence[str]) -> Rows:
        """A line for each of these promoters."""
        return [self._promoter(name, self.standings[name]) for name in names]

    def orders(self, rows: Sequence[Row]) -> Rows:
        """From which orders somebody earned, the newest first."""
        levels = any(row["level"] > 1 for row in rows)
        return [
            {
                _("Order number"): row["order"],
                _("Paid on"): self._day(row["at"]),
                _("Order amount now"): self._money(row["net"]),
                **({_("Level"): f"{row['level']}"} if levels else {}),
                _("Commission"): self._money(row["amount"]),
                _("Status"): self._stands(row),
            }
            for row in sorted(rows, key=lambda row: -row["at"])
        ]

    def _promoter(self, name: str, one: Standing) -> dict[str, str]:
        return {
            _("Promoter"): number(name),
            _("Orders"): f"{one.orders:,}",
            _("Due now"): self._money(one.told.due),
            _("Frozen"): self._money(one.told.frozen),
            _("Next release"): self._day(one.frees_at) if one.frees_at else "—",
            _("Paid out"): self._money(one.told.paid),
        }

    def _stands(self, row: Row) -> str:
        if commission.is_frozen(row, self.at):
            return _("Frozen until {day}").format(day=self._day(row["frees_at"])) if row["amount"] else _("Refunded")
        owed = commission.due(row, self.at)
        if owed < 0:
            return _("Refunded after the payout: {amount} to take off").format(amount=self._money(-owed))
        if owed:
            return _unbroken(_("Due now"))
        return _unbroken(_("Paid out")) if row["amount"] else _("Refunded")

    def _day(self, seconds: int) -> str:
        return _unbroken(date_words(datetime.fromtimestamp(seconds, UTC), self.zone, language(), self.at))

    def _money(self, minor: int) -> str:
        return signed_money(minor, self.currency)


def _unbroken(words: str) -> str:
    """In one line: a narrow column would break a date at each of its spaces."""
    return words.replace(" ", "\u00a0")

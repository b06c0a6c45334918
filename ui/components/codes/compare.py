"""Printed codes beside one another: who came by each, who stayed, who bought, and what that cost. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.core.money import DECIMALS
from functions.insights import outlook
from functions.insights.numbers import Numbers
from ui.components.charts import Rows
from ui.i18n import _
from ui.words import percent, plain_words, signed_money

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """One code's numbers. `earned` and `cost` are minor units; `own` are members whose first code it was."""

    name: str
    code: str = ""
    scans: int = 0
    people: int = 0
    own: int = 0
    back1: int = 0
    back7: int = 0
    buyers: int = 0
    orders: int = 0
    earned: int = 0
    cost: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was counted of it."""
        counted = (name for name in self.__dataclass_fields__ if _is_sum(name) and name != "cost")
        return not any(getattr(self, name) for name in counted)

    @property
    def value(self) -> int | None:
        """What one of its own members has paid so far (LTV), in minor units."""
        return round(self.earned / self.own) if self.own else None


def line(counted: Numbers, name: str, code: str, currency: str, cost: int = 0) -> Line:
    """A code's numbers out of all; of orders those in `currency`."""
    groups = {name: getattr(counted, name).get(code, 0) for name in ("own", "back1", "back7", "buyers", "orders")}
    earned = counted.earned.get(f"{code}.{currency}", 0)
    scans = counted.scans.get(code, 0) + counted.went.get(code, 0)
    return Line(name, code, scans=scans, people=counted.channels.get(code, 0), earned=earned, cost=cost, **groups)


def together(lines: Sequence[Line], name: str) -> Line:
    """Several codes as one: a guide's, a partner's."""
    sums = {field: sum(getattr(one, field) for one in lines) for field in Line.__dataclass_fields__ if _is_sum(field)}
    return Line(name, ", ".join(one.code for one in lines), **sums)


def shown(lines: Sequence[Line], title: str, whole: int, currency: str, priced: bool) -> Rows:
    """As a page shows them; `whole` people came in all. Columns of which nothing is known are left out, and of who came

    by no code it is not known what they did.

    Costs, what a member is worth, and shares of who came back or bought are for all days: people of one day came by
    before it. `priced` says whether all are chosen.
    """
    known = {name for name in Line.__dataclass_fields__ if _is_sum(name) and any(getattr(one, name) for one in lines)}
    rows = [
        {
            title: plain_words(one.name),
            **({_("Scans"): f"{one.scans:,}"} if "scans" in known else {}),
            _("Participants"): f"{one.people:,}",
            **({_("Share"): percent(outlook.share(one.people, whole))} if whole else {}),
            **({_("New members"): f"{one.own:,}"} if "own" in known else {}),
            **(_came_back(one) if priced and "back1" in known else {}),
            **(_bought(one, priced) if "orders" in known else {}),
            **({_("Revenue"): signed_money(one.earned, currency)} if "orders" in known else {}),
            **(_costs(one, currency, "cost" in known, "orders" in known) if priced else {}),
        }
        for one in lines
    ]
    told = {title, _("Participants"), _("Share")}
    return _rounded(
        [
            row if one.code else {name: said if name in told else NOTHING for name, said in row.items()}
            for one, row in zip(lines, rows, strict=True)
        ]
    )


def _rounded(rows: Rows) -> Rows:
    """Money without decimals where a whole column has none: one format all down it."""
    money = [_("Revenue"), _("Cost"), _("Cost each"), _("Value each")]
    whole = {name for name in money if all(row.get(name, NOTHING).endswith((".00", NOTHING)) for row in rows)}
    return [{name: said.removesuffix(".00") if name in whole else said for name, said in row.items()} for row in rows]


def _came_back(one: Line) -> dict[str, str]:
    return {_("Back next day"): _of(one.back1, one.people), _("After a week"): _of(one.back7, one.people)}


def _bought(one: Line, is_whole: bool) -> dict[str, str]:
    buyers = _of(one.buyers, one.own) if is_whole else f"{one.buyers:,}"
    return {_("New buyers"): buyers, _("Orders"): f"{one.orders:,}"}


def _costs(one: Line, currency: str, is_priced: bool, is_bought: bool) -> dict[str, str]:
    each = signed_money(round(one.cost / one.people), currency) if one.cost and one.people else NOTHING
    value = NOTHING if one.value is None else signed_money(one.value, currency)
    costs = {_("Cost"): signed_money(one.cost, currency) if one.cost else NOTHING, _("Cost each"): each}
    return {**(costs if is_priced else {}), **({_("Value each"): value} if is_bought else {})}


def table(lines: Sequence[Line], title: str, currency: str) -> Rows:
    """The same for a spreadsheet: plain numbers, money in whole units."""
    unit = 10 ** DECIMALS.get(currency, 2)
    return [
        {
            **plain(one, title, currency),
            f"{_('Cost')} ({currency})": one.cost / unit,
            f"{_('Cost per person')} ({currency})": round(one.cost / one.people / unit, 2) if one.people else "",
            f"{_('Value per member')} ({currency})": "" if one.value is None else one.value / unit,
        }
        for one in lines
    ]


def plain(one: Line, title: str, currency: str) -> dict[str, str | int | float]:
    """What was counted of one code, for a spreadsheet."""
    return {
        title: one.name,
        _("Code"): one.code,
        _("Scans"): one.scans,
        _("Participants"): one.people,
        _("New members"): one.own,
        _("Back next day"): one.back1,
        _("After a week"): one.back7,
        _("New members who bought"): one.buyers,
        _("Orders"): one.orders,
        f"{_('Revenue')} ({currency})": one.earned / 10 ** DECIMALS.get(currency, 2),
    }


def _is_sum(name: str) -> bool:
    return name not in ("name", "code")


def _of(part: int, whole: int) -> str:
    """A number with its share in one line, as `12 (34.0%)`."""
    return f"{part:,}\u00a0({percent(part / whole)})" if part and whole else f"{part:,}"

"""The promoter centre: what a member earned by what friends bought, frozen, due and paid out. Reads only.

It names no friend and no order: only when somebody paid, and what of it is the promoter's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from functions.core import commission, keys
from functions.core.campaign import Version
from functions.core.keys import Row
from functions.core.money import Money
from functions.pages.ask import Ask
from functions.storage import commissions

SHOWN = 10
State = Literal["frozen", "due", "paid", "back", "none"]


@dataclass(frozen=True)
class Sums:
    """A promoter's money in one currency, as it is read."""

    frozen: str
    due: str
    paid: str


@dataclass(frozen=True)
class Earned:
    """One order: when it was paid, what of it is the promoter's, where that stands, and until when it is frozen."""

    at: int
    amount: str
    state: State
    until: int


@dataclass(frozen=True)
class Centre:
    """`may` is whether the member holds the right to earn; `more` counts orders that are not shown.

    `number` is what the shop knows the promoter by when it pays: nothing here names an account.
    """

    may: bool
    number: str
    sums: Sequence[Sums] = ()
    lines: Sequence[Earned] = ()
    more: int = 0


def centre(ask: Ask, version: Version, mechanic: Any) -> Centre | None:
    """The member's own statement; None where a campaign pays no commission."""
    config = ask.service.config_of(version)
    if not hasattr(mechanic, "earns") or (right := mechanic.earns(config)) is None:
        return None
    found = [row for _, row in commissions.rows(ask.service.store, version.campaign, ask.member)]
    found.sort(key=lambda row: -row["at"])
    currencies = sorted({row["currency"] for row in found} or {version.definition.budget.currency})
    sums = [_sums(ask, [row for row in found if row["currency"] == one], one) for one in currencies]
    return Centre(
        _may(ask, right),
        commission.number(ask.member),
        sums,
        [_line(ask, row) for row in found[:SHOWN]],
        max(0, len(found) - SHOWN),
    )


def _may(ask: Ask, right: str) -> bool:
    if not right:
        return True
    key = keys.entitlement(ask.member, right)
    row = ask.service.store.read([key])[key]
    return row is not None and bool(row.get("valid_until", 0) >= ask.at.timestamp())


def _sums(ask: Ask, found: Sequence[Row], currency: str) -> Sums:
    told = commission.statement(found, ask.at)
    return Sums(*(_money(minor, currency) for minor in (told.frozen, told.due, told.paid)))


def _line(ask: Ask, row: Mapping[str, Any]) -> Earned:
    state = _state(ask, row)
    shown = commission.due(row, ask.at) if state == "back" else row["amount"]
    return Earned(row["at"], _money(shown, row["currency"]), state, row["frees_at"])


def _state(ask: Ask, row: Mapping[str, Any]) -> State:
    if commission.is_frozen(row, ask.at):
        return "frozen" if row["amount"] else "none"
    owed = commission.due(row, ask.at)
    if owed:
        return "due" if owed > 0 else "back"
    return "paid" if row["paid"] else "none"


def _money(minor: int, currency: str) -> str:
    """An amount that may be below zero: what is to come back is taken off the next one."""
    said = str(Money.model_validate({"minor": abs(minor), "currency": currency}))
    return f"−{said}" if minor < 0 else said

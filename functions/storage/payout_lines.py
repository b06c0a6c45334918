"""The lines of a payout list beside what they rest on: the commission rows, and their orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from functions.core import keys, payout
from functions.core.commission import due
from functions.core.keys import Row
from functions.core.money import Currency
from functions.core.order import net
from functions.core.payout import Line, Payout
from functions.storage import commissions
from functions.storage.payout_rows import lines
from functions.storage.store import READ_MAX, Store

One = TypeVar("One")
Paid = tuple[Line, Row | None]


def payable(store: Store, campaign: str, currency: Currency, at: datetime) -> list[Line]:
    """The lines of the next list; without orders that are worth less by now than what was earned of them.

    A campaign is told of that within seconds, but never where the buyer was erased: then it is for somebody to look
    at (`pond reconcile`: `commission_behind_order`).
    """
    rows = dict(commissions.rows(store, campaign))
    while True:
        found = payout.payable(rows.items(), currency, at)
        behind = _behind(store, [(line, rows[_name(line)]) for line in found])
        if not behind:
            return found
        for line in behind:
            del rows[_name(line)]


def moved(store: Store, which: Payout, at: datetime) -> list[Line]:
    """Lines of a list that would read otherwise by now: their orders have changed since."""
    every = [pair for some in parts(lines(store, which), READ_MAX) for pair in with_rows(store, which, some)]
    behind = set(_behind(store, every))
    return [
        line
        for line, row in every
        if row is None or line in behind or (due(row, at), row["amount"]) != (line.amount, line.after)
    ]


def with_rows(store: Store, which: Payout, some: Sequence[Line]) -> list[Paid]:
    """Each line with its commission row."""
    named = {line: keys.commission(which.campaign, line.promoter, line.order) for line in some}
    found = store.read(list(named.values()))
    return [(line, found[key]) for line, key in named.items()]


def parts(found: Sequence[One], size: int) -> Iterator[Sequence[One]]:
    """So many at a time."""
    return (found[start : start + size] for start in range(0, len(found), size))


def _behind(store: Store, every: Sequence[Paid]) -> list[Line]:
    """Lines that pay for more than the shop kept of their order; what takes back is right whatever the order says."""
    behind: list[Line] = []
    for some in parts([pair for pair in every if pair[0].amount > 0], READ_MAX):
        orders = store.read(list({keys.order(line.order) for line, _ in some}))
        for line, row in some:
            order = orders[keys.order(line.order)]
            if row is not None and order is not None and row["net"] > net(order):
                behind.append(line)
    return behind


def _name(line: Line) -> str:
    return f"{line.promoter}#{line.order}"

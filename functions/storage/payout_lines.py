"""The lines of a payout list beside what they rest on: the commission rows, and their orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from functions.core import keys
from functions.core.commission import due
from functions.core.keys import Row
from functions.core.payout import Line, Payout
from functions.storage.payout_rows import lines
from functions.storage.store import READ_MAX, Store


def moved(store: Store, which: Payout, at: datetime) -> list[Line]:
    """Lines of a list that would read otherwise by now: their orders have changed since."""
    return [
        line
        for some in parts(lines(store, which), READ_MAX)
        for line, row in with_rows(store, which, some)
        if row is None or (due(row, at), row["amount"]) != (line.amount, line.after)
    ]


def with_rows(store: Store, which: Payout, some: Sequence[Line]) -> list[tuple[Line, Row | None]]:
    """Each line with its commission row."""
    named = {line: keys.commission(which.campaign, line.promoter, line.order) for line in some}
    found = store.read(list(named.values()))
    return [(line, found[key]) for line, key in named.items()]


def parts(found: Sequence[Line], size: int) -> Iterator[Sequence[Line]]:
    """The lines, so many at a time."""
    return (found[start : start + size] for start in range(0, len(found), size))

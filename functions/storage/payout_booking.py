"""Booking a payout list that was paid: into each order's row, guarded by the list's number, so that it happens once."""

from __future__ import annotations

from collections.abc import Sequence

from functions.core import keys
from functions.core.change import Below, Change
from functions.core.payout import Line, Payout
from functions.storage.engine import ATTEMPTS_MAX, Pause, at_once
from functions.storage.payout_lines import parts, with_rows
from functions.storage.payout_rows import lines, moved_on, read, row
from functions.storage.refusals import BUSY, Refused
from functions.storage.store import Busy, Store, Unknown

BOOKED_AT_ONCE = 50  # rows of one write


def book(store: Store, which: Payout, pause: Pause = at_once) -> Payout:
    """Write into each order's row what was paid of it, and that the list is over; what is done stays as it is.

    Raises Refused `busy`: then it is told again.
    """
    for some in parts(lines(store, which), BOOKED_AT_ONCE):
        _book(store, which, some, pause)
    after = moved_on(which, state="booked")
    _settled(store, which, after, pause)
    return after


def _book(store: Store, which: Payout, some: Sequence[Line], pause: Pause) -> None:
    for attempt in range(ATTEMPTS_MAX):
        try:
            todo = [
                Change(
                    keys.commission(which.campaign, line.promoter, line.order),
                    (Below("payout", which.number),),
                    set={"paid": line.after, "payout": which.number},
                )
                for line, earned in with_rows(store, which, some)
                if earned is not None and earned.get("payout", 0) < which.number
            ]
            if not todo or not store.write(todo):
                return
        except (Busy, Unknown):
            pass  # read again: what was written is not written twice
        if not pause(attempt):
            break
    raise Refused("busy", BUSY)


def _settled(store: Store, before: Payout, after: Payout, pause: Pause) -> None:
    """The list is over, whoever finished it."""
    for attempt in range(ATTEMPTS_MAX):
        try:
            if not store.write([row(before, after)]) or _is_booked(store, before):
                return
        except (Busy, Unknown):
            pass  # the next attempt writes it, or reads that it is written
        if not pause(attempt):
            break
    raise Refused("busy", BUSY)


def _is_booked(store: Store, which: Payout) -> bool:
    now = read(store, which.campaign, which.number)
    return now is not None and now.state == "booked"

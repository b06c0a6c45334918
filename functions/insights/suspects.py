"""Items that somebody should look at: each waits once in its batch's list, from the stream, until it was looked at.

What rang stands in the item's own row, so a scan pays nothing for the list, and however often or late the stream tells
of it, it is listed once: the row `suspect` keeps what is known of an item already. It names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from functions.codes.place import region
from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.keys import Row
from functions.insights.reading import Written
from functions.storage import audit
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

LISTED, LISTED_MAX = "AT#", 1000
FAR_APART = "far_apart"
UNHEARD: Row = {"revision": 0, "alarms": [], "places": [], "listed": 0}


@dataclass(frozen=True)
class Suspect:
    """An item that waits, counted from 0, since `at`: what rang, and of two places far apart their whole degrees."""

    number: int
    at: datetime
    alarms: tuple[str, ...]
    places: tuple[str, ...]
    revision: int


def note(store: Store, write: Written, pause: Pause) -> None:
    """List the item of a write that made something ring. Raises TooBusy."""
    rang = _rang(write)
    if not rang or write.after is None:
        return
    batch, number = write.key.parts
    at, told, places = write.after["at"], write.after["alarms"], _places(write) if FAR_APART in rang else []
    key = keys.suspect(batch, int(number))

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        was = row or UNHEARD
        alarms, where = sorted({*was["alarms"], *told}), was["places"] or places
        if (alarms, where) == (was["alarms"], was["places"]):
            return None, []
        listed = was["listed"] or (at if alarms != was["alarms"] else 0)
        after = {"revision": was["revision"] + 1, "alarms": alarms, "places": where, "listed": listed}
        guard = Is("revision", was["revision"]) if row else Absent()
        line = [Change(keys.suspected(batch, listed, int(number)), put=after)] if listed else []
        return None, [Change(key, (guard,), put=after), *line]

    alter(store, key, decide, pause)


def waiting(store: Store, batch: str) -> list[Suspect]:
    """A batch's items that wait to be looked at, the newest first, a thousand at most. One query."""
    rows = store.query("suspects", batch, prefix=LISTED, limit=LISTED_MAX, newest_first=True)
    return [_read(name, row) for name, row in rows]


def clear(store: Store, batch: str, seen: Suspect, entry: Entry) -> bool:
    """Take an item that somebody found fine off the list, and write that down; what rings anew brings it back.

    Doing it twice changes nothing. False where something rang that they have not seen. Raises TooBusy.
    """
    key = keys.suspect(batch, seen.number)

    def decide(row: Row | None) -> tuple[bool, Sequence[Change]]:
        if row is None or not row["listed"]:
            return True, []
        if row["revision"] != seen.revision:
            return False, []
        after = row | {"revision": seen.revision + 1, "listed": 0}
        line = Change(keys.suspected(batch, row["listed"], seen.number), delete=True)
        guard = Is("revision", seen.revision)
        return True, [Change(key, (guard,), put=after), line, *audit.lines(entry, f"{batch}.{seen.number}")]

    return alter(store, key, decide, lambda _: True)


def _rang(write: Written) -> set[str]:
    if write.key.kind != "item":
        return set()
    after, before = ((row or {}).get("alarms", []) for row in (write.after, write.before))
    return set(after) - set(before)


def _places(write: Written) -> list[str]:
    """Where the last two were, to a whole degree."""
    taps = [(row or {}).get("last", {}) for row in (write.before, write.after)]
    return [region(tap["place"]) for tap in taps if "place" in tap]


def _read(name: str, row: Row) -> Suspect:
    number = int(name.rpartition(".")[2])
    at = datetime.fromtimestamp(row["listed"], UTC)
    return Suspect(number, at, tuple(row["alarms"]), tuple(row["places"]), row["revision"])

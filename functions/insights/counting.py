"""Numbers of a campaign's day and version: one row, and each write counted in it once, however often delivered.

A stream delivers at least once. So a counter's row remembers the marks of what it counted, in the same guarded write:
those of the last hour, `MARKS_MAX` at most (3 KB, four write units a batch). A delivery is repeated when a function
stopped between its write and its answer, a moment later. It would count twice only if more than `MARKS_MAX` other
writes of that row had been counted in between. Stock, budget and limits never rest on these numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.keys import Key, Row
from functions.insights.reading import MARK_BYTES, Counted
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

MARKS_MAX = 512
SLOT_SECONDS, SLOTS_KEPT = 600, 6


def count(store: Store, campaign: str, name: str, news: Sequence[Counted], at: datetime, pause: Pause) -> int:
    """Add `news` to the row `name`: one write for all of it. Returns how many were new. Raises TooBusy."""
    key = keys.counter(campaign, name)
    return alter(store, key, lambda row: _added(key, row, news, at), pause)


def _added(key: Key, row: Row | None, news: Sequence[Counted], at: datetime) -> tuple[int, list[Change]]:
    slots = [(int(slot), bytes(marks)) for slot, marks in (row or {}).get("marks", [])]
    known = {mark for _, marks in slots for mark in _split(marks)}
    fresh = {one.mark: one for one in news if one.mark not in known}
    if not fresh:
        return 0, []
    counts = Counter((row or {}).get("counts", {}))
    for one in fresh.values():
        counts.update(one.counts)
    version = (row or {}).get("version", 0)
    marks = _kept(slots, b"".join(fresh), at)
    after = {"version": version + 1, "counts": dict(counts), "marks": marks, "at": int(at.timestamp())}
    guard = Is("version", version) if row else Absent()
    return len(fresh), [Change(key, (guard,), put=after)]


def _kept(slots: list[tuple[int, bytes]], fresh: bytes, at: datetime) -> list[list[int | bytes]]:
    """The marks with the new ones, without those that are old or too many."""
    now = int(at.timestamp()) // SLOT_SECONDS
    together = dict(slots)
    together[now] = together.get(now, b"") + fresh
    kept: list[list[int | bytes]] = []
    room = MARKS_MAX * MARK_BYTES
    for slot in sorted(together, reverse=True):
        marks = together[slot][-room:] if room else b""
        if marks and slot > now - SLOTS_KEPT:
            kept.insert(0, [slot, marks])
            room -= len(marks)
    return kept


def _split(marks: bytes) -> list[bytes]:
    return [marks[place : place + MARK_BYTES] for place in range(0, len(marks), MARK_BYTES)]

"""What a member's row keeps of check-ins, and what follows from it: runs, streak, total. Pure.

The days lie in bitmaps counted from the first day (366 days are 62 characters), so that a plain check-in
stays one write unit of 1 KB to the last day.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from functions.checkin.deposit import Deposit
from functions.core.calendar import ONE_DAY, days

BITMAPS = ("days", "made_up", "uncounted", "pending", "appealed")
Days = frozenset[date]
Skips = Callable[[date], bool]


class Returned(NamedTuple):
    """Why a day's proof was returned, how often it had been handed in by then, and until when it may be again.

    `note` is what the clerk wrote to the member.
    """

    reason: str
    attempts: int
    until: date
    note: str = ""


class Run(NamedTuple):
    """Days in a row, with nothing missed between them."""

    first: date
    last: date
    length: int


@dataclass(frozen=True)
class Record:
    """A member's check-ins. `made_up` are days bought, `uncounted` those of them that no streak counts.

    `appealed` are days whose return the member asked to have looked at again, which each may once. `untaken` counts
    deposits that came and were not taken.
    """

    first: date | None = None
    days: Days = frozenset()
    made_up: Days = frozenset()
    uncounted: Days = frozenset()
    pending: Days = frozenset()
    appealed: Days = frozenset()
    returned: Mapping[date, Returned] = field(default_factory=dict)
    deposit: Deposit | None = None
    untaken: int = 0

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Record:
        """The record as the member's row keeps it; an empty mapping is a member who has not begun."""
        deposit = Deposit.of(stored["deposit"]) if "deposit" in stored else None
        money = {"deposit": deposit, "untaken": stored.get("untaken", 0)}
        if "from" not in stored:
            return cls(**money)
        first = date.fromisoformat(stored["from"])
        bitmaps = {name: unpack(stored.get(name, ""), first) for name in BITMAPS}
        returned = {
            date.fromisoformat(day): Returned(reason, attempts, date.fromisoformat(until), *note)
            for day, (reason, attempts, until, *note) in stored.get("returned", {}).items()
        }
        return cls(first, **bitmaps, returned=returned, **money)

    def stored(self) -> dict[str, Any]:
        """The record for the member's row; what is empty is left out."""
        kept: dict[str, Any] = {"from": self.first.isoformat()} if self.first else {}
        if self.first:
            kept |= {name: pack(getattr(self, name), self.first) for name in BITMAPS if getattr(self, name)}
        if self.deposit:
            kept["deposit"] = self.deposit.stored()
        if self.untaken:
            kept["untaken"] = self.untaken
        if self.returned:
            kept["returned"] = {
                day.isoformat(): [why.reason, why.attempts, why.until.isoformat(), *([why.note] if why.note else [])]
                for day, why in sorted(self.returned.items())
            }
        return kept

    def recorded(self, day: date) -> Record:
        """`day` counts."""
        return replace(self._cleared(day), days=self.days | {day})

    def submitted(self, day: date) -> Record:
        """`day` waits for a clerk."""
        return replace(self._cleared(day), pending=self.pending | {day})

    def contested(self, day: date) -> Record:
        """`day` waits for a clerk's second look."""
        return replace(self.submitted(day), appealed=self.appealed | {day})

    def sent_back(self, day: date, why: Returned) -> Record:
        """`day` was looked at and returned."""
        return replace(self._cleared(day), returned={**self.returned, day: why})

    def bought(self, day: date, counts: bool) -> Record:
        """`day` was made up for."""
        uncounted = self.uncounted if counts else self.uncounted | {day}
        return replace(self, made_up=self.made_up | {day}, uncounted=uncounted)

    def granted(self, more: Iterable[date]) -> Record:
        """As if these days counted as well; what is paid for them is another question."""
        every = self.days.union(more)
        return replace(self, first=min(every, default=None), days=every)

    def lapsed(self, today: date) -> Record:
        """Without returns that it is too late to answer: those days are missed, and the row stays small."""
        return replace(self, returned={day: why for day, why in self.returned.items() if why.until >= today})

    def _cleared(self, day: date) -> Record:
        first = day if self.first is None else min(self.first, day)
        returned = {other: why for other, why in self.returned.items() if other != day}
        return replace(self, first=first, pending=self.pending - {day}, returned=returned)


def runs(counted: Iterable[date], skips: Skips) -> list[Run]:
    """The days that count, as runs. Days that `skips` names neither add to a run nor break it."""
    found: list[Run] = []
    for day in sorted(counted):
        if found and joined(found[-1].last, day, skips):
            found[-1] = Run(found[-1].first, day, found[-1].length + 1)
        else:
            found.append(Run(day, day, 1))
    return found


def joined(earlier: date, later: date, skips: Skips) -> bool:
    """Whether nothing was missed between two days."""
    return all(skips(day) for day in days(earlier + ONE_DAY, later - ONE_DAY))


@dataclass(frozen=True)
class Standing:
    """How far a member is: days in total, the best run so far, and the runs themselves."""

    total: int
    best: int
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, record: Record, skips: Skips) -> Standing:
        """Follows from the check-ins alone, in whatever order they came."""
        found = runs(record.days - record.uncounted, skips)
        return cls(len(record.days), max((run.length for run in found), default=0), tuple(found))

    def around(self, day: date) -> int:
        """The length of the run that `day` belongs to; 0 when no streak counts it."""
        return next((run.length for run in self.runs if run.first <= day <= run.last), 0)

    def current(self, today: date, skips: Skips) -> int:
        """The run that still lives: nothing is missed between its last day and today."""
        living = [
            run for run in self.runs if run.last == today or (run.last < today and joined(run.last, today, skips))
        ]
        return living[-1].length if living else 0


def pack(chosen: Iterable[date], first: date) -> str:
    """Days as a bitmap counted from `first`, in base64 (RFC 4648 §5, no padding)."""
    bits = sum(1 << (day - first).days for day in chosen)
    raw = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpack(text: str, first: date) -> Days:
    """The days of a bitmap that `pack` made."""
    bits = int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "little")
    return frozenset(first + offset * ONE_DAY for offset in range(bits.bit_length()) if bits >> offset & 1)

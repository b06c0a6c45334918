"""From an instant to a campaign day: the only place in Pond that knows what "today" is (docs/calendar.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime

At = TypeVar("At", bound=date)
ONE_DAY = timedelta(days=1)


def reckonable(at: At) -> At:
    """A date or a time that somebody wrote; the calendar reckons from it in every zone.

    Raises the finding `time_out_of_range`.
    """
    if not 2000 <= at.year < 2100:
        from functions.core.form import unfit  # seldom told where functions start

        raise unfit("time_out_of_range", "要在 2000 年到 2099 年之间", "Must be in the years 2000 to 2099")
    return at


Day = Annotated[date, AfterValidator(reckonable)]
Instant = Annotated[AwareDatetime, AfterValidator(reckonable)]


@dataclass(frozen=True)
class Calendar:
    """The days of a campaign: an IANA `zone`, and the wall time at which a day begins.

    With `day_start` 04:00, 03:59 belongs to yesterday. A day begins at the first instant whose wall time has
    reached `day_start`, so a clock set back never opens a second day and a clock set forward never loses one.
    """

    zone: str
    day_start: time = time(0)

    def starts(self, day: date) -> datetime:
        """The instant (UTC) at which `day` begins."""
        return self.instant(day, self.day_start)

    def day_of(self, at: datetime) -> date:
        """The campaign day that the instant `at` belongs to."""
        assert at.tzinfo is not None
        day = at.astimezone(ZoneInfo(self.zone)).date() + ONE_DAY
        while self.starts(day) > at:
            day -= ONE_DAY
        return day

    def exists(self, day: date) -> bool:
        """False for the date that a zone skipped when it crossed the date line (Apia, 2011-12-30)."""
        return self.starts(day) < self.starts(day + ONE_DAY)

    def instant(self, day: date, wall: time) -> datetime:
        """The first instant (UTC) of `day` whose wall time has reached `wall`."""
        return _instant(self.zone, day, wall)

    def within(self, at: datetime, opens: time, closes: time) -> bool:
        """Whether `at` lies in [opens, closes) of its campaign day; equal times mean the whole day."""
        if opens == closes:
            return True
        day = self.day_of(at)
        return self._on(day, opens) <= at < self._on(day, closes, end=True)

    def closes(self, day: date, wall: time) -> datetime:
        """When something that closes at `wall` does so on `day`; the day's own start stands for its end."""
        return self._on(day, wall, end=True)

    def _on(self, day: date, wall: time, *, end: bool = False) -> datetime:
        """`wall` as an instant of the campaign day: times before the day start are after midnight."""
        if end and wall == self.day_start:
            return self.starts(day + ONE_DAY)
        return self.instant(day if wall >= self.day_start else day + ONE_DAY, wall)


def days(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


@lru_cache(maxsize=1024)
def _instant(name: str, day: date, wall: time) -> datetime:
    """Remembered: an event asks for the same few days again and again."""
    zone = ZoneInfo(name)
    wanted = datetime.combine(day, wall)
    later = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if later.astimezone(zone).replace(tzinfo=None) == wanted:
        return later
    return _gap_end(wanted.replace(tzinfo=zone, fold=1).astimezone(UTC), later, zone)


def _gap_end(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant between `before` and `after` at which the zone's clock was set forward, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after

"""A member's attendance at one moment: how far they are, and why a day is not open for them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from functions.checkin.config import DAYS_MAX, Config, Question, QuizProof
from functions.checkin.entry import DepositEntry
from functions.checkin.proof import asked
from functions.checkin.record import Record, Standing
from functions.core.calendar import ONE_DAY, Calendar, days
from functions.core.mechanic import Moment, Seen

exists = lru_cache(maxsize=4096)(Calendar.exists)  # a year of days is asked for at each look


@dataclass(frozen=True)
class Attendance:
    """A record, read by the rules of its campaign. `closed` methods name the refusing outcome, or None."""

    config: Config
    moment: Moment
    record: Record

    @classmethod
    def of(cls, config: Config, moment: Moment, stored: Any) -> Attendance:
        """The attendance as the member's row tells it now: returns that came to nothing have lapsed."""
        return cls(config, moment, Record.of(stored).lapsed(moment.today))

    @classmethod
    def seen(cls, config: Config, seen: Seen) -> Attendance:
        """The attendance that a decision rests on."""
        return cls.of(config, seen.moment, seen.record)

    def with_(self, record: Record) -> Attendance:
        """The same moment, with another record."""
        return replace(self, record=record)

    @cached_property
    def standing(self) -> Standing:
        """Total, best run and runs."""
        return Standing.of(self.record, self.skips)

    @cached_property
    def streak(self) -> int:
        """The run that still lives today."""
        return self.standing.current(self.moment.today, self.skips)

    @property
    def start(self) -> date:
        """The day from which the member's days count."""
        return self.moment.starts if self.config.start == "fixed" else (self.record.first or self.moment.today)

    @property
    def is_complete(self) -> bool:
        """Whether the days are done. Never undone: total and best run only grow."""
        return self.reached(self.config.completes_by) >= self.config.days

    def reached(self, by: str) -> int:
        """How many days the member has come to, in all (`total`) or in a row (`streak`)."""
        return self.standing.total if by == "total" else self.standing.best

    @property
    def is_over(self) -> bool:
        """Whether the member has completed the campaign, and it asks for no more."""
        return self.config.after_completion == "stop" and self.is_complete

    def skips(self, day: date) -> bool:
        """Whether `day` neither adds to a streak nor breaks it: a rest day, or a date the zone never had."""
        return self.config.rests_on(day) or not exists(self.moment.calendar, day)

    def number(self, day: date) -> int:
        """Which day of the member's it is, from 1."""
        return (day - self.start).days + 1

    def question(self, day: date) -> Question | None:
        """What the quiz asks on `day`; None where none is asked. Who has not begun is on their first day."""
        quiz = self.config.proof
        return asked(quiz, max(1, self.number(day))) if isinstance(quiz, QuizProof) else None

    @property
    def owes_deposit(self) -> bool:
        """Whether a deposit has to be there first. Who began before one was asked for goes on without."""
        is_new = self.record.first is None and self.record.deposit is None
        return is_new and isinstance(self.config.entry, DepositEntry)

    @property
    def deposit_asked(self) -> int:
        """The deposit that the campaign asks for, minor units; 0 for none."""
        return self.config.entry.amount if isinstance(self.config.entry, DepositEntry) else 0

    @cached_property
    def in_reach(self) -> bool:
        """Whether the days that are left, make-ups included, are enough to complete it."""
        if self.is_complete or self.moment.closes_at is None:
            return True
        by, goal, ends = self.config.completes_by, self.config.days, self.moment.ends
        missing = goal - (self.standing.total if by == "total" else self._unbroken)
        enough = sum(1 for _ in islice(self._ahead(ends), missing)) == missing  # mostly so, and soon known
        return enough or self.at_best(by, ends) >= goal

    @property
    def _unbroken(self) -> int:
        """The run that the next day that can be done makes longer for sure."""
        return self.streak if self._next == self.moment.today or self.moment.today in self.record.days else 0

    @property
    def _next(self) -> date:
        """The first day that can still be done."""
        today = self.moment.today
        return today if self.moment.at < self.closes_at and today not in self.record.days else today + ONE_DAY

    def _ahead(self, last: date) -> Iterator[date]:
        """The days that can still be done, one after another."""
        latest = min(last, self.moment.today + timedelta(2 * DAYS_MAX))
        return (day for day in days(self._next, latest) if not self.skips(day))

    def at_best(self, by: str, last: date) -> int:
        """How many days the member can come to by `last`, if they miss none from now on and every verdict is good."""
        today = self.moment.today
        waiting = self.record.pending.union(self.record.returned)
        missed = days(today - timedelta(self.config.make_up.days_back), today - ONE_DAY)
        bought = [day for day in missed if self.make_up_closed(day) is None][::-1][: self.make_ups_left]
        counts = self.config.make_up.counts_for_streak or by == "total"
        return self.with_(self.record.granted([*self._ahead(last), *waiting, *(bought if counts else ())])).reached(by)

    @property
    def closes_at(self) -> datetime:
        """When today's check-in closes."""
        window, calendar = self.config.window, self.moment.calendar
        wall = calendar.day_start if window.opens == window.closes else window.closes
        return calendar.closes(self.moment.today, wall)

    def check_in_closed(self) -> str | None:
        """Why there is no check-in for today."""
        today, window = self.moment.today, self.config.window
        if self.owes_deposit:
            return "deposit_missing"
        if today in self.record.days:
            return "already_checked_in"
        if today in self.record.pending:
            return "already_submitted"
        if self.is_over:
            return "completed"
        if self.config.rests_on(today):
            return "rest_day"
        if not self.moment.calendar.within(self.moment.at, window.opens, window.closes):
            return "outside_window"
        return None

    def make_up_closed(self, day: date) -> str | None:
        """Why `day` cannot be made up for."""
        if self.config.make_up.count == 0:
            return "make_up_off"
        if self.owes_deposit:
            return "deposit_missing"
        if day > self.moment.today:
            return "make_up_in_future"
        return self._not_missed(day) or self._no_make_up_left(day)

    def _not_missed(self, day: date) -> str | None:
        if day < self.start:
            return "make_up_before_start"
        if day in self.record.pending:
            return "already_submitted"
        if day == self.moment.today or day in self.record.days or not exists(self.moment.calendar, day):
            return "make_up_not_missed"
        return "rest_day" if self.config.rests_on(day) else None

    def _no_make_up_left(self, day: date) -> str | None:
        if (self.moment.today - day).days > self.config.make_up.days_back:
            return "make_up_too_far"
        if self.is_over:
            return "completed"
        return "make_up_none_left" if self.make_ups_left == 0 else None

    @property
    def make_ups_left(self) -> int:
        """How many make-ups the member may still buy."""
        return max(0, self.config.make_up.count - len(self.record.made_up))

    def resubmission_closed(self, day: date) -> str | None:
        """Why `day` cannot be handed in again."""
        if day not in self.record.returned:
            return "already_submitted" if day in self.record.pending else "nothing_to_resubmit"
        attempts = self.record.returned[day].attempts
        return "no_more_resubmissions" if attempts > self.config.review.resubmissions else None

    def appeal_closed(self, day: date) -> str | None:
        """Why the return of `day` cannot be appealed."""
        if day in self.record.appealed:
            return "already_appealed"
        return None if day in self.record.returned else "nothing_to_appeal"

    def values(self, day: date) -> dict[str, Any]:
        """What the sentences of refusals name."""
        return {
            "day": day.isoformat(),
            "streak": self.streak,
            "total": self.standing.total,
            "opens": f"{self.config.window.opens:%H:%M}",
            "closes": f"{self.config.window.closes:%H:%M}",
            "days_back": self.config.make_up.days_back,
            "price": self.config.make_up.price,
            "deposit": self.deposit_asked,
        }

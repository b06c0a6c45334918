"""What the shop of `stage.py` should do, said a second time and plainly: sets, sums and no store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.storage.stage import OPENS

MAKE_UPS, DAYS_BACK, PRICE = 2, 3, 15
COUPONS_EACH = 2
FIRST = date(2026, 12, 1)


def day_of(at: datetime) -> date:
    """Shanghai keeps no summer time, so its days are UTC's, eight hours on."""
    return (at + timedelta(hours=8)).date()


@dataclass
class Person:
    """What one member has."""

    days: set[date] = field(default_factory=set)
    made_up: int = 0
    points: int = 0
    coupons: int = 0
    welcomed: bool = False
    third: bool = False
    seen: dict[str, tuple[str, list[str]]] = field(default_factory=dict)


@dataclass
class Model:
    """The shop. An answer is its outcome, and what came of each reward that fell due."""

    stock: int
    given: int = 0
    state: str = "published"
    people: dict[int, Person] = field(default_factory=dict)

    def check_in(self, who: int, event: str, at: datetime) -> tuple[str, list[str]]:
        """A check-in at `at`."""
        person = self.people.setdefault(who, Person())
        if event in person.seen:
            return person.seen[event]
        closed = self._closed(at)
        if not closed and day_of(at) in person.days:
            closed = "already_checked_in"
        return (closed, []) if closed else self._counted(person, event, day_of(at), "checked_in")

    def make_up(self, who: int, event: str, at: datetime, day: date) -> tuple[str, list[str]]:
        """A day bought back at `at`."""
        person = self.people.setdefault(who, Person())
        if event in person.seen:
            return person.seen[event]
        closed = self._closed(at) or self._not_made_up(person, day_of(at), day)
        if closed:
            return closed, []
        person.points -= PRICE
        person.made_up += 1
        return self._counted(person, event, day, "made_up")

    def restock(self, stock: int) -> str:
        """The marketer publishes another stock."""
        if self.state == "ended":
            return "state"
        if stock < self.given:
            return "stock_below_granted"
        self.stock = stock
        if self.state != "paused":  # a new version waits until the campaign goes on
            self.state = "published"
        return ""

    def _closed(self, at: datetime) -> str:
        if self.state != "published":
            return self.state
        return "not_begun" if at < OPENS else ""

    def _not_made_up(self, person: Person, today: date, day: date) -> str:
        if day > today:
            return "make_up_in_future"
        if day < FIRST:
            return "make_up_before_start"
        if day == today or day in person.days:
            return "make_up_not_missed"
        if (today - day).days > DAYS_BACK:
            return "make_up_too_far"
        if person.made_up >= MAKE_UPS:
            return "make_up_none_left"
        return "points_insufficient" if person.points < PRICE else ""

    def _counted(self, person: Person, event: str, day: date, outcome: str) -> tuple[str, list[str]]:
        person.days.add(day)
        person.points += 10
        grants = ["granted"]
        if not person.welcomed:
            grants.append(self._coupon(person))
            person.welcomed = grants[-1] == "granted"
        if len(person.days) == 3 and not person.third:
            grants.append(self._coupon(person))
            person.third = grants[-1] == "granted"
        person.seen[event] = (outcome, grants)
        if len(person.seen) > 6:
            person.seen.pop(next(iter(person.seen)))
        return outcome, grants

    def _coupon(self, person: Person) -> str:
        if person.coupons == COUPONS_EACH:
            return "limit_reached"
        if self.given == self.stock:
            return "exhausted"
        self.given += 1
        person.coupons += 1
        return "granted"

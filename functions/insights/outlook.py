"""What the numbers come to: a span of days and the one before it, shares, cost, and when a stock runs out. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from functions.core.calendar import ONE_DAY, days
from functions.core.campaign import Definition
from functions.insights.numbers import Numbers

PACE_DAYS = 7  # a week evens out its weekdays
FAR_DAYS = 3_650
COMPLETED = ".completed"  # a mechanic's fact of having done it all, once for each member
STEP = ".recorded"


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def before(self) -> Span:
        """As many days, right before."""
        return Span(self.first - self.length * ONE_DAY, self.first - ONE_DAY)

    def of(self, counted: Iterable[Numbers]) -> list[Numbers]:
        """Those counted on its days."""
        return [one for one in counted if self.first.isoformat() <= one.day <= self.last.isoformat()]

    def filled(self, counted: Iterable[Numbers]) -> list[Numbers]:
        """Each of its days, one on which nothing happened with zeros."""
        by_day = {one.day: one for one in counted}
        return [by_day.get(str(day), Numbers(day=str(day))) for day in days(self.first, self.last)]


@dataclass(frozen=True)
class Estimate:
    """A stock at the present pace: units `left`, given out `a_day` on average of `days` whole days, gone by `gone_by`.

    `gone_by` is None where nothing goes; the far future is left out as well.
    """

    reward: str
    left: int
    a_day: float
    days: int
    gone_by: date | None


def estimate(reward: str, left: int, counted: Sequence[Numbers], began: date, today: date) -> Estimate | None:
    """When `left` units of a reward are gone at the pace of the last whole days; None before the first day is over."""
    whole = Span(max(began, today - PACE_DAYS * ONE_DAY), today - ONE_DAY)
    if whole.length < 1:
        return None
    given = sum(one.granted.get(reward, 0) for one in whole.of(counted))
    a_day = given / whole.length
    lasts = math.floor(left / a_day) if a_day else FAR_DAYS
    return Estimate(reward, left, a_day, whole.length, today + timedelta(lasts) if lasts < FAR_DAYS else None)


def completed(counted: Numbers, kinds: Iterable[str]) -> int | None:
    """How many members did it all; None for a mechanic that knows no such fact."""
    known = [kind for kind in kinds if kind.endswith(COMPLETED)]
    return sum(counted.facts.get(kind, 0) for kind in known) if known else None


def steps(counted: Numbers) -> int:
    """How many single steps were made, such as check-ins."""
    return sum(number for kind, number in counted.facts.items() if kind.endswith(STEP))


def coupons(counted: Numbers, definitions: Mapping[int, Definition]) -> int:
    """How many coupons were given out, those of earlier versions among them."""
    kinds = {item.id: item.kind for _, one in sorted(definitions.items()) for item in one.rewards}
    return sum(units for reward, units in counted.granted.items() if kinds.get(reward) == "coupon")


def cost(counted: Iterable[Numbers], definitions: Mapping[int, Definition]) -> int:
    """What was given out costs at most, each unit at its own version's price; minor units."""
    return sum(
        units * price
        for one in counted
        for reward, units in one.granted.items()
        if (price := _prices(definitions, one.version).get(reward, 0))
    )


def _prices(definitions: Mapping[int, Definition], version: int) -> dict[str, int]:
    """A version's unit costs; the newest's where it is not known."""
    if not definitions:
        return {}
    definition = definitions.get(version) or definitions[max(definitions)]
    return {item.id: item.unit_cost for item in definition.rewards}


def lapsed(counted: Numbers, today: date) -> tuple[int, int]:
    """Coupons that expired unused, and those that can still be used."""
    gone = sum(number for day, number in counted.lapses.items() if day < today.isoformat())
    return gone, sum(counted.lapses.values()) - gone


def share(part: int, whole: int) -> float | None:
    """A part as a share of the whole; None of nothing."""
    return part / whole if whole else None


def kept(counted: Numbers) -> list[tuple[int, int]]:
    """How many members came to their nth step: (n, members), in order."""
    return sorted((int(step), members) for step, members in counted.reached.items())

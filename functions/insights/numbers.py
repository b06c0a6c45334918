"""A campaign's numbers, read: by day, and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from functions.storage.store import Store

DAYS_MAX = 1_000


@dataclass(frozen=True)
class Numbers:
    """What was counted on a day (`2026-03-02`), or in all (`""`). Rewards and facts by their id; money in minor units.

    `granted` counts units; `refused` those that were owed and not given, by `exhausted.<reward>` and so on.
    """

    day: str = ""
    participants: int = 0
    events: int = 0
    discount: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    granted: Mapping[str, int] = field(default_factory=dict)
    redeemed: Mapping[str, int] = field(default_factory=dict)
    reversed: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def checkins(self) -> int:
        """Days that came to count as checked in, made-up ones included."""
        return self.facts.get("checkin.recorded", 0)


GROUPS = {"fact": "facts", "outcome": "outcomes", "granted": "granted", "redeemed": "redeemed", "reversed": "reversed"}


def daily(store: Store, campaign: str) -> list[Numbers]:
    """A campaign's days with anything to count, the oldest first."""
    return [_numbers(day, row["counts"]) for day, row in store.query("counters", campaign, limit=DAYS_MAX)]


def totals(days: Iterable[Numbers]) -> Numbers:
    """All days together."""
    counts: Counter[str] = Counter()
    for day in days:
        counts.update(_counts(day))
    return _numbers("", counts)


def _numbers(day: str, counts: Mapping[str, int]) -> Numbers:
    groups: dict[str, dict[str, int]] = {name: {} for name in (*GROUPS.values(), "refused")}
    plain: dict[str, int] = {}
    for name, number in counts.items():
        group, dot, rest = name.partition(".")
        if not dot:
            plain[name] = number
        elif group in GROUPS:
            groups[GROUPS[group]][rest] = number
        else:
            groups["refused"][name] = number
    return Numbers(day=day, **plain, **groups)  # type: ignore[arg-type]  # the names are the fields'


def _counts(numbers: Numbers) -> Counter[str]:
    counts = Counter({name: getattr(numbers, name) for name in ("participants", "events", "discount")})
    counts.update(numbers.refused)
    for group, attribute in GROUPS.items():
        counts.update({f"{group}.{name}": number for name, number in getattr(numbers, attribute).items()})
    return +counts

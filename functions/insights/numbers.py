"""A campaign's numbers, read: by day and version, by day, and in all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from functions.core import keys
from functions.storage.store import READ_MAX, Store

ROWS_MAX = 2_000  # a day has a row for each version that something happened under
DAYS_PREFIX = "2"  # of the years 2000 to 2999
PEOPLE = "people"  # the row of who ever took part, whatever the day: lists read it for many campaigns at once


@dataclass(frozen=True)
class Numbers:
    """What was counted on a day (`2026-03-02`), or in all (`""`). Rewards, rules and facts by id; money in minor units.

    `granted` counts units; `refused` those that were owed and not given, by `exhausted.<reward>` and so on; `rules`
    what a rule owed, by `<rule>.<outcome>`; `reached` members who came to the nth step; `lapses` coupons in use until
    the end of a day, less those used; `took` how many of a fact took how long to come to, by `<fact>.<most minutes>`,
    and all their minutes, `<fact>.minutes`; `channels` participants by the code they came through. `newcomers` took
    part in no campaign before. `clicks` came by members' links, `shared` of them took part; `clicks_by` and
    `shared_by` tell
    them by `depth.<n>` of the tree and `way.<what was shared>`. `discount` is less what was reversed.
    By code (`insights/doors.py`): `own` members whose first door it was, `back1` and `back7` people who came back a day
    and a week later, `buyers`, `orders`, `earned` (`<code>.<currency>`) of its own members, `went` to a partner or saw
    its picture, `scans` people who looked at a page by it. How far people come (`insights/stages.py`): `entered` by the
    stage at which they joined, `moved` by `<from>.<to>`, `found` the same of what they had done before they joined.
    `money` is what facts say of it: `deposit` paid, `back` given back, `kept`.
    `version` 0 stands for all; `counted_at` is the second (epoch) in which something was counted last.
    """

    day: str = ""
    version: int = 0
    counted_at: int = 0
    consents: int = 0
    participants: int = 0
    newcomers: int = 0
    events: int = 0
    discount: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    granted: Mapping[str, int] = field(default_factory=dict)
    redeemed: Mapping[str, int] = field(default_factory=dict)
    reversed: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    reached: Mapping[str, int] = field(default_factory=dict)
    lapses: Mapping[str, int] = field(default_factory=dict)
    took: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    clicks: int = 0
    shared: int = 0
    clicks_by: Mapping[str, int] = field(default_factory=dict)
    shared_by: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, int] = field(default_factory=dict)
    back1: Mapping[str, int] = field(default_factory=dict)
    back7: Mapping[str, int] = field(default_factory=dict)
    buyers: Mapping[str, int] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    earned: Mapping[str, int] = field(default_factory=dict)
    money: Mapping[str, int] = field(default_factory=dict)
    went: Mapping[str, int] = field(default_factory=dict)
    scans: Mapping[str, int] = field(default_factory=dict)
    entered: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)
    found: Mapping[str, int] = field(default_factory=dict)

    @property
    def only_moved(self) -> bool:
        """Whether nothing was counted but how far people came, as happens long after a campaign."""
        return all(name.partition(".")[0] in FLOWS for name in _counts(self))

    @property
    def used(self) -> int:
        """Coupons redeemed, less those given back."""
        return sum(self.redeemed.values()) - sum(self.reversed.values())


class People(NamedTuple):
    """How many ever took part in a campaign, and how many of them in no campaign before."""

    participants: int = 0
    newcomers: int = 0


FLOWS = ("entered", "moved", "found")
PLAIN = ("consents", "participants", "newcomers", "events", "discount", "clicks", "shared")
GROUPS = {
    "fact": "facts",
    "outcome": "outcomes",
    "granted": "granted",
    "redeemed": "redeemed",
    "reversed": "reversed",
    "rule": "rules",
    "reached": "reached",
    "lapses": "lapses",
    "took": "took",
    "channel": "channels",
    "click": "clicks_by",
    "share": "shared_by",
    "scan": "scans",
    **{name: name for name in ("own", "back1", "back7", "buyers", "orders", "earned", "money", "went", *FLOWS)},
}


def row_name(day: date, version: int) -> str:
    """What the row of a day and version is called; rows sort by day."""
    return f"{day.isoformat()}.{version:06d}"


def history(store: Store, campaign: str) -> list[Numbers]:
    """A campaign's days with anything to count, each version by itself, the oldest first."""
    rows = store.query("counters", campaign, prefix=DAYS_PREFIX, limit=ROWS_MAX)
    return [_row(name, row) for name, row in rows]


def daily(store: Store, campaign: str) -> list[Numbers]:
    """A campaign's days with anything to count, the oldest first."""
    return by_day(history(store, campaign))


def people(store: Store, campaigns: Sequence[str]) -> dict[str, People]:
    """The people of each campaign, a hundred of them in one round; from its days where nobody has come yet."""
    wanted = {keys.counter(campaign, PEOPLE): campaign for campaign in campaigns}
    listed, found = list(wanted), dict[str, People]()
    for start in range(0, len(listed), READ_MAX):
        for key, row in store.read(listed[start : start + READ_MAX]).items():
            counts = row["counts"] if row else _counts(totals(daily(store, wanted[key])))
            found[wanted[key]] = People(*(counts.get(name, 0) for name in People._fields))
    return found


def by_day(counted: Iterable[Numbers]) -> list[Numbers]:
    """The versions of each day together."""
    days: dict[str, list[Numbers]] = defaultdict(list)
    for one in counted:
        days[one.day].append(one)
    return [totals(found, day) for day, found in sorted(days.items())]


def totals(counted: Iterable[Numbers], day: str = "") -> Numbers:
    """All of them together."""
    counts, last = Counter[str](), 0
    for one in counted:
        counts.update(_counts(one))
        last = max(last, one.counted_at)
    return _numbers(counts, day=day, counted_at=last)


def _row(name: str, row: Mapping[str, object]) -> Numbers:
    day, _, version = name.partition(".")
    return _numbers(row["counts"], day=day, version=int(version or 0), counted_at=row.get("at", 0))  # type: ignore[arg-type]


def _numbers(counts: Mapping[str, int], day: str, counted_at: int, version: int = 0) -> Numbers:
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
    known = {name: plain.get(name, 0) for name in PLAIN}
    return Numbers(day=day, version=version, counted_at=counted_at, **known, **groups)  # type: ignore[arg-type]


def _counts(numbers: Numbers) -> dict[str, int]:
    counts = {name: getattr(numbers, name) for name in PLAIN} | dict(numbers.refused)
    for group, attribute in GROUPS.items():
        counts |= {f"{group}.{name}": number for name, number in getattr(numbers, attribute).items()}
    return {name: number for name, number in counts.items() if number}

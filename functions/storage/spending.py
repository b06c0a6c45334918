"""What a campaign spends in a day: counters in shards, none of which passes its share of the day's budget.

A counter comes to be with the day's first spending and knows nothing of the budget, so a version with another budget
goes on where the one before it stood. What makes that exact: the number of shards never changes (docs/pools.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from functions.core import keys
from functions.core.campaign import DAY_SHARDS_MAX, GRANTS_PER_SHARD, Definition, RewardItem, Version
from functions.core.change import Below, Change
from functions.core.keys import Key
from functions.storage.engine import Rows
from functions.storage.store import Store

GRANTS_A_SHARD = 10  # at least, so that little is stranded
KEPT = timedelta(days=40)
REFUSAL = "day"


@dataclass
class Day:
    """What one event may still spend today, of `limit` minor units; `first` is the member's own shard."""

    campaign: str
    day: date
    limit: int
    shards: int
    first: int
    rows: Rows
    taken: dict[Key, int] = field(default_factory=dict)

    def room(self, cost: int) -> Key | None:
        """The member's own shard while nothing is known of the day; else any with room for `cost`; else None."""
        order = [(self.first + n) % self.shards for n in range(self.shards)]
        known = [shard for shard in order if self._key(shard) in self.rows]
        fits = (self._key(shard) for shard in known or order if self._left(shard) >= cost)
        return next(fits, None)

    def take(self, key: Key, cost: int) -> None:
        """Spend `cost` of the shard `key`."""
        self.taken[key] = self.taken.get(key, 0) + cost

    def changes(self) -> list[Change]:
        """What is spent, under the condition that no shard passes its share."""
        gone = datetime.combine(self.day, time(), UTC) + KEPT
        return [
            Change(
                key,
                (Below("spent", self._share(int(key.parts[2])) - cost + 1),),
                set={"expires_at": int(gone.timestamp())},
                add={"spent": cost},
                refusal=f"{REFUSAL}:{key.parts[2]}",
            )
            for key, cost in self.taken.items()
        ]

    def _left(self, shard: int) -> int:
        key = self._key(shard)
        spent = (self.rows.get(key) or {}).get("spent", 0)
        return self._share(shard) - int(spent) - self.taken.get(key, 0)

    def _share(self, shard: int) -> int:
        return RewardItem.share(shard, self.shards, self.limit)

    def _key(self, shard: int) -> Key:
        return keys.spending(self.campaign, self.day, shard)


def shards_of(definition: Definition, before: Version | None) -> int:
    """In how many rows a day's spending is counted: settled by the first version with a daily budget, for good."""
    limit = definition.budget.per_day
    if before is not None and before.day_shards:
        return before.day_shards
    if limit is None:
        return 0
    by_peak = -(-definition.costly_peak // GRANTS_PER_SHARD)
    by_money = limit // (GRANTS_A_SHARD * max(1, definition.dearest))
    return max(1, min(by_peak, by_money, DAY_SHARDS_MAX))


def spent_on(store: Store, version: Version, day: date) -> int:
    """What a campaign spent on a day, minor units: exact, from the counters themselves. Raises Unknown, Busy."""
    if not version.day_shards:
        return 0
    rows = store.read(rows_of(version.campaign, day, version))
    return sum(int(row["spent"]) for row in rows.values() if row is not None)


def rows_of(campaign: str, day: date, version: Version) -> Sequence[Key]:
    """Every shard of a day."""
    return [keys.spending(campaign, day, shard) for shard in range(version.day_shards)]

"""Which rewards are gone, as pages tell it: a cache for comfort, the engine's conditions decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.core import keys
from functions.core.campaign import Version
from functions.storage.store import Store

FRESH_FOR = timedelta(seconds=5)
SHARDS_READ_MAX = 20  # a page of a campaign that expects a larger rush does not say what is gone: the tap does
VERSIONS_KEPT = 200


@dataclass
class StockSeen:
    """Looks at the pools of a version at most once in five seconds, so that a rush reads none of its hot rows."""

    store: Store
    _seen: dict[tuple[str, int], tuple[datetime, frozenset[str]]] = field(default_factory=dict)

    def gone(self, version: Version, at: datetime) -> frozenset[str]:
        """The limited rewards of which nothing is left."""
        place = (version.campaign, version.number)
        known = self._seen.get(place)
        if known is None or not timedelta(0) <= at - known[0] < FRESH_FOR:
            if len(self._seen) >= VERSIONS_KEPT:
                self._seen.clear()
            known = self._seen[place] = (at, self._look(version))
        return known[1]

    def _look(self, version: Version) -> frozenset[str]:
        pools = {
            keys.pool(version.campaign, reward, shard): reward
            for reward, shards in version.pools.items()
            for shard in range(shards)
        }
        if not pools or len(pools) > SHARDS_READ_MAX:
            return frozenset()
        rows = self.store.read(list(pools))
        left = {reward for key, reward in pools.items() if (row := rows[key]) is None or row["remaining"] > 0}
        return frozenset(pools.values()) - left


def is_full(version: Version, gone: frozenset[str]) -> bool:
    """Whether nothing is left of anything that the campaign gives."""
    given = {then.reward for rule in version.definition.rules if rule.enabled for then in rule.then}
    return bool(given) and given <= gone

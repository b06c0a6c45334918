"""What members share and others may join, as pages list it: a comfort; the engine's conditions decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from functions.core import keys
from functions.core.keys import Key, Row
from functions.storage.store import Store

FRESH_FOR = timedelta(seconds=5)
LISTED_MAX = 50  # of those whose time is not over, the soonest to end first; the page shows a few of them
CAMPAIGNS_KEPT = 200


def held(store: Store, campaign: str, limit: int = 1000) -> list[int]:
    """Until when rewards of members are held, in epoch seconds, the soonest first; `limit` rows are looked at."""
    found = store.query("due", campaign, limit=limit)
    split = [where.split("#") for where, _ in found]
    return [int(until) for until, kind, _ in split if kind == keys.MEMBER]


@dataclass
class UnitsSeen:
    """Looks at a campaign's open units at most once in five seconds, however many visit."""

    store: Store
    _seen: dict[str, tuple[datetime, dict[Key, Row | None]]] = field(default_factory=dict)

    def open(self, campaign: str, at: datetime) -> dict[Key, Row | None]:
        """Rows of units whose time is not over, the soonest to end first."""
        known = self._seen.get(campaign)
        if known is None or not timedelta(0) <= at - known[0] < FRESH_FOR:
            if len(self._seen) >= CAMPAIGNS_KEPT:
                self._seen.clear()
            known = self._seen[campaign] = (at, self._look(campaign, at))
        return known[1]

    def _look(self, campaign: str, at: datetime) -> dict[Key, Row | None]:
        now = f"{int(at.timestamp()):011d}"
        found = self.store.query("due", campaign, after=now, limit=LISTED_MAX)
        named = [where.split("#") for where, _ in found]
        wanted = [keys.unit(campaign, kind, name) for _, kind, name in named]
        return self.store.read(wanted) if wanted else {}

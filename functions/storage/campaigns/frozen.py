"""What was published: versions, which never change, and what their pools have given."""

from __future__ import annotations

from collections.abc import Sequence

from functions.core import keys
from functions.core.campaign import Campaign, Version
from functions.storage.store import READ_MAX, Store


def versions(store: Store, campaign_id: str) -> list[Version]:
    """All published versions, newest first."""
    rows = store.query("campaign", campaign_id, prefix="V#", newest_first=True)
    return [Version.model_validate_json(row["content"]) for _, row in rows]


def live_version(store: Store, campaign: Campaign) -> Version | None:
    """The version that serves; None before the first."""
    if not campaign.live:
        return None
    key = keys.version(campaign.id, campaign.live)
    row = store.read([key])[key]
    return Version.model_validate_json(row["content"]) if row else None


def live_versions(store: Store, campaigns: Sequence[Campaign]) -> list[Version]:
    """The versions that serve, of those campaigns that have one; a round for a hundred of them."""
    wanted = [keys.version(one.id, one.live) for one in campaigns if one.live]
    rounds = [store.read(wanted[start : start + READ_MAX]) for start in range(0, len(wanted), READ_MAX)]
    rows = [row for found in rounds for row in found.values() if row]
    return [Version.model_validate_json(row["content"]) for row in rows]


def issued(store: Store, version: Version) -> dict[str, tuple[int, int]]:
    """For each limited reward what is gone and what there was: exact, from the pools themselves."""
    shards = [keys.pool(version.campaign, reward, n) for reward, count in version.pools.items() for n in range(count)]
    found = dict.fromkeys(version.pools, (0, 0))
    for start in range(0, len(shards), READ_MAX):
        for key, row in store.read(shards[start : start + READ_MAX]).items():
            gone, stock = found[key.parts[1]]
            if row is not None:
                found[key.parts[1]] = (gone + row["stock"] - row["remaining"], stock + row["stock"])
    return found

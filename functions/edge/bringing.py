"""How many friends somebody brought who bought, as a campaign's mechanic tells: asked by who counts and who looks."""

from __future__ import annotations

from functions.core.keys import Row
from functions.edge.service import Service


def brought(service: Service, campaign: str, row: Row) -> int:
    """By a member's row in the campaign; 0 where its mechanic brings nobody."""
    live = service.live.get(campaign, service.clock())
    if live is None or live.version is None or live.campaign.mechanic not in service.catalogue.mechanics:
        return 0
    told = getattr(service.catalogue.mechanic(live.campaign.mechanic), "brought_buyers", None)
    return int(told(service.config_of(live.version), row.get("record", {}))) if told else 0

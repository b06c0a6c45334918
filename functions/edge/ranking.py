"""How far a member is, where a campaign has a leaderboard: asked by who counts, who is asked, and who shows it."""

from __future__ import annotations

from functions.core.campaign import Version
from functions.core.keys import Row
from functions.edge.service import Service


def rank_of(service: Service, version: Version, record: Row) -> tuple[int, int] | None:
    """The rank that a member's record comes to, the higher the better; None where there is no leaderboard."""
    definition = version.definition
    rank = getattr(service.catalogue.mechanic(definition.mechanic), "rank", None)
    if rank is None:
        return None
    found: tuple[int, int] | None = rank(
        service.config_of(version), definition.schedule.moment(service.clock()), record
    )
    return found


def has_board(service: Service, version: Version) -> bool:
    """Whether the campaign has a leaderboard now."""
    return rank_of(service, version, {}) is not None

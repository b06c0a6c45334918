"""The server's clock; in a local cloud it may be set ahead, so that a week's campaign is walked in a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def clock(environment: Mapping[str, str]) -> Clock:
    """UTC now; plus POND_CLOCK_AHEAD seconds where POND_STAGE is `local`, and nowhere else."""
    local = environment.get("POND_STAGE") == "local"
    ahead = timedelta(seconds=int(environment.get("POND_CLOCK_AHEAD") or 0)) if local else timedelta(0)
    return lambda: datetime.now(UTC) + ahead

"""Templates: the definition files of `examples/`, and an empty campaign for any other mechanic."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from infra.definition_files import read

EXAMPLES = Path(__file__).parents[1] / "examples"
FIRST = "seven-mornings"
LENGTH_DAYS, KEPT_DAYS = 7, 180


@cache
def templates() -> dict[str, dict[str, Any]]:
    """File name without its ending -> the definition as written; the seven mornings come first."""
    files = sorted(EXAMPLES.glob("*.yaml"), key=lambda file: (file.stem != FIRST, file.stem))
    return {file.stem: read(file) for file in files}


def empty(mechanic: str, at: datetime, zone: str) -> dict[str, Any]:
    """A campaign of seven days from today with nothing in it but its mechanic."""
    begins = at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = (begins.replace(tzinfo=None) + timedelta(LENGTH_DAYS)).replace(tzinfo=ZoneInfo(zone))
    return {
        "mechanic": mechanic,
        "name": {"zh": "", "en": ""},
        "schedule": {"zone": zone, "starts_at": begins.isoformat(), "ends_at": ends.isoformat()},
        "privacy": {"retention_days": KEPT_DAYS},
    }

"""The server's clock; in a local cloud it may be set ahead, so that a week's campaign is walked in a minute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

DIGITS_MAX = 9  # thirty years
Clock = Callable[[], datetime]


def clock(environment: Mapping[str, str]) -> Clock:
    """UTC now; where POND_STAGE is `local`, and nowhere else, plus the seconds in the file POND_CLOCK.

    `pond up --ahead` writes that file, also while the cloud runs: so it is read each time.
    """
    local = environment.get("POND_STAGE") == "local"
    file = Path(environment["POND_CLOCK"]) if local and environment.get("POND_CLOCK") else None
    return lambda: datetime.now(UTC) + timedelta(seconds=seconds_ahead(file) if file else 0)


def seconds_ahead(file: Path) -> int:
    """What the file says; 0 where it is no such number, as after an edit by hand, or where there is no file."""
    try:
        said = file.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return 0
    return int(said) if len(said) <= DIGITS_MAX and said.isdecimal() else 0

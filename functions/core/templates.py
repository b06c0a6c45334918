"""A definition file used as a template: it begins today, and every date in it moves along."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


def starting(content: dict[str, Any], at: datetime) -> dict[str, Any]:
    """`content` moved by whole days so that it starts on the day of `at`; wall times and lengths stay."""
    schedule = content["schedule"]
    zone = ZoneInfo(schedule.get("zone", "Asia/Shanghai"))
    begins = datetime.fromisoformat(schedule["starts_at"]).astimezone(zone).date()
    moved: dict[str, Any] = _moved(content, at.astimezone(zone).date() - begins, zone)
    return moved


def _moved(content: Any, by: timedelta, zone: ZoneInfo) -> Any:
    if isinstance(content, dict):
        return {name: _moved(value, by, zone) for name, value in content.items()}
    if isinstance(content, list):
        return [_moved(value, by, zone) for value in content]
    if isinstance(content, str) and DATE.fullmatch(content):
        return (date.fromisoformat(content) + by).isoformat()
    if isinstance(content, str) and INSTANT.fullmatch(content):
        wall = datetime.fromisoformat(content).astimezone(zone).replace(tzinfo=None)
        return (wall + by).replace(tzinfo=zone).isoformat()
    return content

"""Dates, times and sentences as each language writes them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from functions.core.text import Language, Text

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONES = {
    "Asia/Shanghai": ("北京时间", "Beijing time"),
    "Asia/Hong_Kong": ("香港时间", "Hong Kong time"),
    "Asia/Singapore": ("新加坡时间", "Singapore time"),
    "Asia/Tokyo": ("东京时间", "Tokyo time"),
    "UTC": ("世界时", "UTC"),
}
PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def say(language: Language, zh: str, en: str, **values: Any) -> str:
    """A sentence of our own, with `{name}` replaced; a name that is missing is a fault of ours and raises."""
    return (zh if language == "zh" else en).format_map(values) if values else (zh if language == "zh" else en)


def words(language: Language, text: Text | Mapping[str, str], values: Mapping[str, Any]) -> str:
    """A marketer's text: plain, with `{{name}}` replaced for the names in `values` alone."""
    written = text if isinstance(text, Text) else Text.model_validate(text)
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), written.in_(language))


def bare(written: str) -> str:
    """Without what money is written with: two that are alike say the same, such as a coupon's name and its value."""
    return re.sub(r"[\s¥元券]", "", written)


def day(language: Language, value: date | str, year: bool = False) -> str:
    """A date, with its year when asked."""
    on = date.fromisoformat(value) if isinstance(value, str) else value
    if language == "zh":
        return (f"{on.year} 年 " if year else "") + f"{on.month} 月 {on.day} 日"
    return f"{on.day} {MONTHS[on.month - 1]}" + (f" {on.year}" if year else "")


def month(language: Language, first: date, last: date | None = None) -> str:
    """A month with its year, or the months from one day's to another's."""
    to = last or first
    if (first.year, first.month) == (to.year, to.month):
        return f"{first.year} 年 {first.month} 月" if language == "zh" else f"{MONTHS[first.month - 1]} {first.year}"
    if first.year != to.year:
        return f"{month(language, first)} – {month(language, to)}"
    if language == "zh":
        return f"{first.year} 年 {first.month} 月 – {to.month} 月"
    return f"{MONTHS[first.month - 1]} – {MONTHS[to.month - 1]} {to.year}"


def instant(language: Language, at: datetime | str | float, zone: str, year: bool = False) -> str:
    """An instant in a zone's wall time; takes what rows hold: an ISO time or seconds since 1970."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    elif not isinstance(at, datetime):
        at = datetime.fromtimestamp(float(at), UTC)
    local = at.astimezone(ZoneInfo(zone))
    gap = " " if language == "zh" else ", "
    return f"{day(language, local.date(), year)}{gap}{local:%H:%M}"


def clock(language: Language, wall: str) -> str:
    """The end of something in a day's wall time; midnight is the end of the day, not its beginning."""
    return {"00:00": "24:00" if language == "zh" else "midnight"}.get(wall, wall)


def span(language: Language, seconds: int) -> str:
    """A length of time in its two largest units; the page's script writes the same."""
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    units = say(language, "天 小时 分钟", "d h min").split()
    first = next((place for place, number in enumerate((days, hours)) if number), 1)
    parts = [f"{number} {unit}" for number, unit in zip((days, hours, minutes), units, strict=True)]
    return " ".join(parts[first : first + 2] if days or hours else [f"{max(1, minutes)} {units[2]}"])


def zone_name(language: Language, zone: str) -> str:
    """What people call a time zone."""
    if zone in ZONES:
        return ZONES[zone][0 if language == "zh" else 1]
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{place} 时间" if language == "zh" else f"{place} time"

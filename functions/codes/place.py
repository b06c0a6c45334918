"""Coarse places: tenths of a degree, some ten kilometres, which tell a town and no door. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

EARTH_KILOMETRES = 6371
TENTHS = 10

Place = tuple[int, int]  # latitude and longitude in tenths of a degree


def coarse(latitude: float, longitude: float) -> Place:
    """The place that is kept of a position."""
    return round(latitude * TENTHS), round(longitude * TENTHS)


def region(place: Sequence[int]) -> str:
    """The whole degrees around a place, some hundred kilometres, as counters name them: `31,121`."""
    return f"{round(place[0] / TENTHS)},{round(place[1] / TENTHS)}"


def kilometres(one: Sequence[int], other: Sequence[int]) -> float:
    """The great-circle distance (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(part / TENTHS) for part in place) for place in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KILOMETRES * asin(sqrt(half))

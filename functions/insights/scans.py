"""A batch's scans, read: by day, in all, and by region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.insights.numbers import DAYS_PREFIX, ROWS_MAX
from functions.storage.store import Store

REFUSED, ABNORMAL, REGION = "item.refused.", "item.abnormal.", "region."


@dataclass(frozen=True)
class Scans:
    """Taps on a batch's items. `refused` by how the item stood; `regions` by whole degrees, `31,121`."""

    first: int = 0
    again: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    abnormal: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Every tap, on whatever item."""
        return self.first + self.again + sum(self.refused.values())


def scans(store: Store, batch_id: str) -> tuple[Scans, dict[str, Scans]]:
    """In all, and of each day with any, the oldest first."""
    rows = store.query("counters", batch_id, prefix=DAYS_PREFIX, limit=ROWS_MAX)
    whole = Counter[str]()
    for _, row in rows:
        whole.update(row["counts"])
    return _scans(whole), {name.partition(".")[0]: _scans(row["counts"]) for name, row in rows}


def _scans(counts: Mapping[str, int]) -> Scans:
    regions = {}
    for name, number in _under(counts, REGION).items():
        latitude, longitude = name.split(",")
        regions[int(latitude), int(longitude)] = number
    return Scans(
        counts.get("item.first", 0),
        counts.get("item.again", 0),
        _under(counts, REFUSED),
        _under(counts, ABNORMAL),
        regions,
    )


def _under(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix)}

"""Days as the rows of a calendar: weeks begin on Monday. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

WEEK = 7
ONE_GRID_DAYS = 42  # up to six weeks stay together, however they lie across months


@dataclass(frozen=True)
class Cell:
    """One day and what it is: `done`, `missed`, `today` …, as the mechanic says."""

    day: date
    status: str


@dataclass(frozen=True)
class Grid:
    """Days that are shown as one table."""

    first: date
    last: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def grids(days: Sequence[Mapping[str, Any]]) -> list[Grid]:
    """One table for a short campaign, one a month for a long one; `days` are `{"day", "status"}` in order."""
    cells = [Cell(date.fromisoformat(day["day"]), day["status"]) for day in days]
    if len(cells) <= ONE_GRID_DAYS:
        return [_grid(cells)] if cells else []
    return [_grid(list(month)) for _, month in groupby(cells, key=lambda cell: (cell.day.year, cell.day.month))]


def _grid(cells: Sequence[Cell]) -> Grid:
    row: list[Cell | None] = [None] * cells[0].day.weekday()
    row += cells
    row += [None] * (-len(row) % WEEK)
    weeks = tuple(tuple(row[place : place + WEEK]) for place in range(0, len(row), WEEK))
    return Grid(cells[0].day, cells[-1].day, weeks)

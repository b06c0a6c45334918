"""What is drawn on the numbers page: a line by day for each count; and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from functions.core.calendar import days
from functions.insights.numbers import Numbers

COLOURS = {"participants": "#0B6E5F", "checkins": "#C2571A", "granted": "#3B5BA9"}
LINE_PIXELS = 130
DATES_SHOWN = 12
DAYS_MAX = 366


def filled_days(counted: Sequence[Numbers]) -> list[Numbers]:
    """Every day from the first to the last that was counted; a day on which nothing happened is there with zeros."""
    if not counted:
        return []
    by_day = {one.day: one for one in counted}
    first, last = date.fromisoformat(counted[0].day), date.fromisoformat(counted[-1].day)
    return [by_day.get(str(day), Numbers(day=str(day))) for day in days(first, last)][-DAYS_MAX:]


def rows(counted: Sequence[Numbers], words: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a day: its date and each count, by the words people read."""
    return [
        {
            words["day"]: one.day,
            words["participants"]: one.participants,
            words["checkins"]: one.checkins,
            words["granted"]: sum(one.granted.values()),
        }
        for one in counted
    ]


def daily_line(counted: Sequence[Numbers], name: str, words: Mapping[str, str]) -> alt.Chart:
    """One count by day, on a scale of its own: points run into thousands where members run into tens."""
    label = words[name]
    points = [{"day": row[words["day"]], "date": row[words["day"]], label: row[label]} for row in rows(counted, words)]
    apart = alt.Axis(format="%m-%d", tickCount={"interval": "day", "step": max(1, len(counted) // DATES_SHOWN)})
    return (
        alt.Chart(alt.Data(values=points))
        .mark_line(color=COLOURS[name], point=alt.OverlayMarkDef(color=COLOURS[name]))
        .encode(
            x=alt.X("day:T", title=None, axis=apart, scale=alt.Scale(type="utc")),
            y=alt.Y(f"{label}:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3)),
            tooltip=["date:N", f"{label}:Q"],
        )
        .properties(height=LINE_PIXELS)
    )

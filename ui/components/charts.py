"""What is drawn on the numbers page: a line for each count, each day; and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from functions.core.calendar import days
from functions.insights.numbers import Numbers

COLOURS = ("#0B6E5F", "#C2571A", "#3B5BA9")
LINE_PIXELS = 90
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


def daily_lines(counted: Sequence[Numbers], words: Mapping[str, str]) -> alt.FacetChart:
    """Participants, check-ins and grants by day, each with a scale of its own: points run into thousands."""
    names = [words["participants"], words["checkins"], words["granted"]]
    points = [
        {"day": row[words["day"]], "date": row[words["day"]], "what": name, "count": row[name]}
        for row in rows(counted, words)
        for name in names
    ]
    days_apart = alt.Axis(format="%m-%d", tickCount={"interval": "day", "step": max(1, len(counted) // 12)})
    return (
        alt.Chart(alt.Data(values=points))
        .mark_line(point=True)
        .encode(
            x=alt.X("day:T", title=None, axis=days_apart, scale=alt.Scale(type="utc")),
            y=alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3)),
            color=alt.Color("what:N", legend=None, scale=alt.Scale(domain=names, range=list(COLOURS))),
            tooltip=["date:N", "what:N", "count:Q"],
        )
        .properties(height=LINE_PIXELS)
        .facet(
            row=alt.Row(
                "what:N", title=None, sort=names, header=alt.Header(labelAngle=0, labelAlign="left", labelOrient="top")
            )
        )
        .resolve_scale(y="independent")
    )

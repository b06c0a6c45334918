"""The charts of the results page, in Altair: a line has its dash and its shape besides its colour, a bar its label.

Each is a `Picture`: the chart, what it says in words (read out in its place), and its rows as a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import altair as alt

from functions.core.money import DECIMALS
from functions.insights.numbers import Numbers
from ui.i18n import _, language
from ui.words import day_words, percent, round_money

TEAL, CORAL, BLUE, GREY = "#0B6E5F", "#C2571A", "#3B5BA9", "#6B7280"
STYLES = ((TEAL, [1, 0], "circle"), (CORAL, [6, 3], "square"), (BLUE, [2, 3], "triangle-up"))
INK = "#0D1614"
LINE_PIXELS, BAR_PIXELS = 240, 40
DATES_SHOWN, BARS_LABELLED = 8, 14

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Picture:
    """A chart, the same in words, and the same as a table."""

    chart: alt.LayerChart | alt.FacetChart
    says: str
    rows: Rows


def daily(days: Sequence[Numbers], lines: Mapping[str, Sequence[int]]) -> Picture:
    """Counts by day, one line each: `lines` by the words people read."""
    points = [
        {"day": one.day, "what": name, "n": values[place]}
        for name, values in lines.items()
        for place, one in enumerate(days)
    ]
    names, (colours, dashes, shapes) = list(lines), zip(*STYLES[: len(lines)], strict=True)
    legend = alt.Legend(orient="top", title=None, labelLimit=300, columns=2, symbolSize=90, symbolOpacity=1)
    base = alt.Chart(alt.Data(values=points)).encode(
        x=_days(len(days)),
        y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
        color=alt.Color("what:N", scale=alt.Scale(domain=names, range=list(colours)), legend=legend),
        tooltip=[_tip("day", _("Day")), _tip("what", _("Measure")), alt.Tooltip("n:Q", title=_("Count"), format=",")],
    )
    shape = alt.Shape("what:N", scale=alt.Scale(domain=names, range=list(shapes)), legend=legend)
    # A dash among the encodings would dash the outlines of the legend's shapes as well.
    dashed = [
        base.transform_filter(alt.FieldEqualPredicate(field="what", equal=name)).mark_line(strokeDash=dash)
        for name, dash in zip(names, dashes, strict=True)
    ]
    marks = base.mark_point(filled=True, size=45, opacity=1).encode(shape=shape)
    chart = alt.layer(*dashed, marks).properties(height=LINE_PIXELS)
    rows = [
        {_("Day"): _day(one), **{name: f"{values[at]:,}" for name, values in lines.items()}}
        for at, one in enumerate(days)
    ]
    return Picture(chart, _joined(_peak(days, name, values) for name, values in lines.items()), rows)


def _peak(days: Sequence[Numbers], name: str, values: Sequence[int]) -> str:
    most = max(values, default=0)
    day = _day(days[values.index(most)]) if values else "—"
    return _("{name}: {n} in all, most on {day} ({most}).").format(name=name, n=sum(values), day=day, most=most)


def funnel(steps: Sequence[tuple[str, int, bool]], shares: Sequence[str] = (), share: str = "") -> Picture:
    """Steps from above: words, how many, and whether people are counted (else coupons, whose bars look different).

    A step's share is of the step before it, of its own kind: a person may have several coupons. Or as `shares` say,
    under the word `share`.
    """
    shares, share = shares or _shares(steps), share or _("Of the step before")
    bars: Rows = [
        {"step": name, "n": n, "label": f"{n:,} · {part}" if part else f"{n:,}"}
        | {"kind": _("People") if people else _("Coupons")}
        for (name, n, people), part in zip(steps, shares, strict=True)
    ]
    kinds = alt.Scale(domain=[_("People"), _("Coupons")], range=[TEAL, CORAL])
    base = alt.Chart(alt.Data(values=bars)).encode(
        y=alt.Y("step:N", sort=None, title=None, axis=alt.Axis(labelLimit=160, ticks=False, domain=False)),
        x=alt.X("n:Q", title=None, axis=None, scale=alt.Scale(domain=[0, _room(bars)])),
    )
    legend = None if all(people for *_step, people in steps) else alt.Legend(orient="top", title=None)
    colour = alt.Color("kind:N", scale=kinds, legend=legend)
    chart = alt.layer(
        base.mark_bar(cornerRadiusEnd=4, height={"band": 0.62}).encode(color=colour),
        base.mark_text(align="left", dx=6, color=INK, fontSize=13).encode(text="label:N"),
    ).properties(height=BAR_PIXELS * len(bars) + 30)
    says = _joined(f"{bar['step']}: {bar['label']}" for bar in bars)
    rows = [
        {_("Step"): name, _("How many"): n, share: part} for (name, n, _people), part in zip(steps, shares, strict=True)
    ]
    return Picture(chart, says, rows)


def _shares(steps: Sequence[tuple[str, int, bool]]) -> list[str]:
    before: dict[bool, int] = {}
    shares = []
    for _name, n, people in steps:
        last = before.get(people)
        shares.append("" if last is None else percent(n / last if last else None))
        before[people] = n
    return shares


def burn(days: Sequence[Numbers], costs: Sequence[int], budget: int, currency: str) -> Picture:
    """What was spent so far, day by day, under the budget's line. Minor units."""
    scale = 10 ** DECIMALS.get(currency, 2)
    so_far = list(accumulate(costs))
    points = [
        {"day": one.day, "n": spent / scale, "told": round_money(spent, currency)}
        for one, spent in zip(days, so_far, strict=True)
    ]
    point = {"color": TEAL, "opacity": 1, "size": 90} if len(days) == 1 else False  # a line needs two
    line = (
        alt.Chart(alt.Data(values=points))
        .mark_area(line={"color": TEAL, "strokeWidth": 2}, point=point, color=TEAL, opacity=0.14)
        .encode(
            x=_days(len(days)),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(format=",.2~f", tickCount=4)),
            tooltip=[_tip("day", _("Day")), _tip("told", _("Spent so far"))],
        )
    )
    told = _("Budget {money}").format(money=round_money(budget, currency))
    cap = alt.Chart(alt.Data(values=[{"n": budget / scale, "label": told}])).encode(y="n:Q")
    chart = alt.layer(
        line,
        cap.mark_rule(color=CORAL, strokeDash=[6, 4], strokeWidth=2),
        cap.mark_text(align="left", baseline="bottom", dx=4, dy=-4, color="#C2410C", fontSize=13, x=0).encode(
            text="label:N"
        ),
    ).properties(height=LINE_PIXELS)
    spent = so_far[-1] if so_far else 0
    says = _("{spent} spent of a budget of {budget}.").format(
        spent=round_money(spent, currency), budget=round_money(budget, currency)
    )
    rows = [
        {_("Day"): _day(one), _("Spent"): round_money(cost, currency), _("Spent so far"): round_money(total, currency)}
        for one, cost, total in zip(days, costs, so_far, strict=True)
    ]
    return Picture(chart, says, rows)


def kept(steps: Sequence[tuple[int, int]], name: str) -> Picture:
    """How many members came to their nth step, such as check-in; each of all who made the first."""
    first = steps[0][1] if steps else 0
    bars = [{"step": n, "n": members, "label": percent(members / first)} for n, members in steps]
    base = alt.Chart(alt.Data(values=bars)).encode(
        x=alt.X("step:O", title=name, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
        tooltip=[alt.Tooltip("step:O", title=name), alt.Tooltip("n:Q", title=_("People")), _tip("label", _("Share"))],
    )
    layers = [base.mark_bar(color=TEAL, cornerRadiusEnd=4, width={"band": 0.62})]
    if len(bars) <= BARS_LABELLED:
        layers.append(base.mark_text(dy=-8, color=INK, fontSize=12).encode(text="label:N"))
    says = _joined(f"{name} {bar['step']}: {bar['n']} ({bar['label']})" for bar in bars)
    rows = [{name: bar["step"], _("People"): bar["n"], _("Share"): bar["label"]} for bar in bars]
    return Picture(alt.layer(*layers).properties(height=LINE_PIXELS), says, rows)


def _day(one: Numbers) -> str:
    """A day in a table; a file keeps it as a spreadsheet sorts it."""
    return one.day if language() == "zh" else f"{day_words(date.fromisoformat(one.day), 'en')} {one.day[:4]}"


def _days(count: int) -> alt.X:
    apart = {"interval": "day", "step": max(1, -(-count // DATES_SHOWN))}
    axis = alt.Axis(format="%m-%d" if language() == "zh" else "%-d %b", tickCount=apart, labelOverlap=True)
    return alt.X("day:T", title=None, axis=axis, scale=alt.Scale(type="utc"))


def _tip(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(f"{field}:N", title=title)


def _room(bars: Rows) -> float:
    """The longest bar leaves room for its label, on a phone too."""
    return max([1, *(bar["n"] for bar in bars)]) * 1.6


def _joined(sentences: Any) -> str:
    """Sentences after one another, as the language writes them."""
    return ("；" if language() == "zh" else " ").join(sentences)

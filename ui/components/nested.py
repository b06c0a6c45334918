"""Two numbers of a thing in one bar, one within the other, such as who came and who of them took part."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from ui.components.charts import BAR_PIXELS, INK, TEAL
from ui.i18n import language

PALE = "#9CC7BC"
Bar = tuple[str, int, int]  # what it is of, the wide bar, the narrow one


def nested(bars: Sequence[Bar], words: tuple[str, str]) -> alt.LayerChart | alt.FacetChart:
    """`words` say what the wide and the narrow bars are."""
    points = [
        {"name": name, "what": what, "n": n, "label": _label(wide, narrow), "end": max(wide, narrow)}
        for name, wide, narrow in bars
        for what, n in zip(words, (wide, narrow), strict=True)
    ]
    room = max(1, *(max(bar[1:]) for bar in bars)) * 1.6  # the longest leaves room for its label, on a phone too
    scale = alt.Scale(domain=[0, room])
    base = alt.Chart(alt.Data(values=points)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=160, ticks=False, domain=False)),
    )
    colour = alt.Color(
        "what:N", scale=alt.Scale(domain=list(words), range=[PALE, TEAL]), legend=alt.Legend(orient="top", title=None)
    )
    layers = [
        base.transform_filter(alt.FieldEqualPredicate(field="what", equal=what))
        .mark_bar(cornerRadiusEnd=4, height={"band": band})
        .encode(x=alt.X("n:Q", stack=None, title=None, axis=None, scale=scale), color=colour)
        for what, band in zip(words, (0.62, 0.34), strict=True)
    ]
    told = base.transform_filter(alt.FieldEqualPredicate(field="what", equal=words[0])).mark_text(
        align="left", dx=6, color=INK, fontSize=13
    )
    ends = told.encode(x=alt.X("end:Q", axis=None, scale=scale), text="label:N")
    return alt.layer(*layers, ends).properties(height=BAR_PIXELS * len(bars) + 30)


def told(bars: Sequence[Bar]) -> str:
    """The same in words."""
    apart = "；" if language() == "zh" else "; "
    return apart.join(f"{name}: {_label(wide, narrow)}" for name, wide, narrow in bars)


def _label(wide: int, narrow: int) -> str:
    return f"{wide:,} → {narrow:,}"

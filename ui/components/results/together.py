"""How what members share came out: groups and assists that were begun, came about or did not, and how long it took."""

from __future__ import annotations

import streamlit as st

from functions.insights import outlook
from functions.insights.numbers import Numbers
from functions.insights.reading import LONGER, MINUTES, TIMES
from ui.components.charts import Rows
from ui.components.results.results_view import View
from ui.components.shown import table
from ui.i18n import _
from ui.words import percent

BEGINS = ("opened", "begun")


def draw(view: View) -> None:
    """Figures and times of what members share; a word where nobody has begun yet, nothing in other campaigns."""
    kind = shared(view)
    if not kind:
        return
    st.subheader(_("How groups came out"))
    counted = view.within
    if not any(name.startswith(f"{kind}.") for name in counted.facts):
        st.caption(_("Nobody has begun in these days."))
        return
    with st.grid("auto", min_column_width=170, gap="small"):
        for name, value, meaning in figures(counted, kind):
            st.metric(name, value, help=meaning, border=True, height="stretch")
    table(_("How long it took to fill"), times(counted, kind))


def shared(view: View) -> str:
    """What the mechanic's facts of what members share begin with, such as `group`; nothing where there is none."""
    return next((kind.partition(".")[0] for kind, fact in view.facts.items() if MINUTES in fact.fields), "")


def figures(counted: Numbers, kind: str) -> list[tuple[str, str, str]]:
    """Name, value and meaning of each."""
    count = lambda name: counted.facts.get(f"{kind}.{name}", 0)  # noqa: E731
    formed, expired, dissolved = count("completed"), count("expired"), count("dissolved")
    told = [
        (_("Begun"), f"{sum(count(name) for name in BEGINS):,}", _("Opened by a member, and paid for where it costs.")),
        (_("Came about"), f"{formed:,}", _("Enough people in time. A seat filled again after a refund counts again.")),
        (_("Did not fill"), f"{expired:,}", _("Time was over first; what was paid goes back.")),
        (_("Success rate"), percent(outlook.share(formed, formed + expired)), _("Of those whose time is over.")),
        (_("Time to fill"), duration(average(counted, kind)), _("From the first member to the last, on average.")),
    ]
    return (
        [*told, (_("Dissolved"), f"{dissolved:,}", _("After a refund; everyone was paid back."))] if dissolved else told
    )


def average(counted: Numbers, kind: str) -> float | None:
    """Minutes from the beginning until enough were in."""
    formed = sum(number for _name, number in _places(counted, kind))
    return counted.took.get(f"{kind}.completed.{MINUTES}", 0) / formed if formed else None


def times(counted: Numbers, kind: str) -> Rows:
    """How many came about within which time."""
    places = _places(counted, kind)
    formed = sum(number for _name, number in places)
    return [
        {_("Within"): words, _("Came about"): f"{number:,}", _("Share"): percent(outlook.share(number, formed))}
        for (_name, number), words in zip(places, _words(), strict=True)
        if formed
    ]


def duration(minutes: float | None) -> str:
    """In the unit that people would say it in."""
    if minutes is None:
        return "—"
    if minutes < 60:
        return _("{n} min").format(n=round(minutes))
    if minutes < 48 * 60:
        return _("{n} h").format(n=f"{minutes / 60:.1f}")
    return _("{n} days").format(n=f"{minutes / 60 / 24:.1f}")


def _places(counted: Numbers, kind: str) -> list[tuple[str, int]]:
    names = [*map(str, TIMES), LONGER]
    return [(name, counted.took.get(f"{kind}.completed.{name}", 0)) for name in names]


def _words() -> list[str]:
    return [_("10 minutes"), _("1 hour"), _("6 hours"), _("1 day"), _("Longer")]

"""Who brought whom: clicks and joins by members' links, level by level, by what was shared, the K-factor, the depth."""

from __future__ import annotations

import streamlit as st

from functions.insights import outlook
from functions.insights.numbers import Numbers
from ui.components import nested
from ui.components.charts import Picture, Rows
from ui.components.results.results_view import View
from ui.components.shown import picture, table
from ui.i18n import _
from ui.words import percent

DEPTH, WAY = "depth.", "way."
QUALIFIED, REVERSED = "referral.qualified", "referral.reversed"


def draw(view: View) -> None:
    """Figures and the tree by its levels; nothing where nobody came by a member's link."""
    within = view.within
    if not within.clicks:
        return
    st.subheader(_("Friends brought by members"))
    with st.grid("auto", min_column_width=170, gap="small"):
        for name, value, meaning in figures(view):
            st.metric(name, value, help=meaning, border=True, height="stretch")
    picture(_("Level by level"), drawn(within))
    table(_("By what was shared"), ways(within))


def figures(view: View) -> list[tuple[str, str, str]]:
    """Name, value and meaning of each step from a link to what counts, and what it comes to."""
    within = view.within
    stands = within.facts.get(QUALIFIED, 0) - within.facts.get(REVERSED, 0)
    counts = (_("Did what counts"), f"{stands:,}", _("Less those whose order was refunded."))
    return [
        (_("Came by a friend's link"), f"{within.clicks:,}", _("People, each once; previews and robots don't count.")),
        (_("Of them took part"), f"{within.shared:,}", _("For the first time, after such a visit.")),
        *([counts] if QUALIFIED in view.facts else []),
        (_("K-factor"), k_factor(within), _("New people that each participant brings. Above 1 it grows by itself.")),
        (_("Deepest chain"), f"{deepest(within)}", _("Friends of friends: how many links one after another.")),
    ]


def k_factor(counted: Numbers) -> str:
    """New people that came by a link, for each who takes part."""
    return f"{counted.shared / counted.participants:.2f}" if counted.participants else "—"


def deepest(counted: Numbers) -> int:
    """The longest chain of links that somebody came by."""
    return max((int(name.removeprefix(DEPTH)) for name in counted.clicks_by if name.startswith(DEPTH)), default=0)


def drawn(counted: Numbers) -> Picture:
    """The tree by its levels: who came, and within that bar who took part."""
    bars = [(_("Level {n}").format(n=level), came, joined) for level, came, joined in _levels(counted)]
    return Picture(nested.nested(bars, (_("Came"), _("Took part"))), nested.told(bars), levels(counted))


def levels(counted: Numbers) -> Rows:
    """A line for each level: level 1 came by somebody who came by themselves."""
    return [{_("Level"): f"{level}", **_came_and_joined(came, joined)} for level, came, joined in _levels(counted)]


def ways(counted: Numbers) -> Rows:
    """A line for each kind of thing that members shared."""
    words = {"link": _("Link"), "poster": _("Poster"), "group": _("A group's link"), "assist": _("An assist's link")}
    return [
        {_("Shared"): word, **_came_and_joined(came, counted.shared_by.get(WAY + way, 0))}
        for way, word in words.items()
        if (came := counted.clicks_by.get(WAY + way, 0))
    ]


def _came_and_joined(came: int, joined: int) -> dict[str, str]:
    return {_("Came"): f"{came:,}", _("Took part"): f"{joined:,}", _("Share"): percent(outlook.share(joined, came))}


def _levels(counted: Numbers) -> list[tuple[int, int, int]]:
    """Level, who came, who of them took part."""
    return [
        (level, counted.clicks_by.get(f"{DEPTH}{level}", 0), counted.shared_by.get(f"{DEPTH}{level}", 0))
        for level in range(1, deepest(counted) + 1)
    ]

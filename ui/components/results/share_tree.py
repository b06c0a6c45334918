"""Who brought whom: clicks and joins by members' links, level by level, the K-factor and the depth."""

from __future__ import annotations

import streamlit as st

from functions.insights import outlook
from functions.insights.numbers import Numbers
from ui.components.charts import Rows
from ui.components.results.results_view import View
from ui.components.shown import table
from ui.i18n import _
from ui.words import percent

DEPTH = "depth."


def draw(view: View) -> None:
    """Figures and the tree by its levels; nothing where nobody came by a member's link."""
    within = view.within
    if not within.clicks:
        return
    st.subheader(_("Friends brought by members"))
    told = [
        (_("Came by a friend's link"), f"{within.clicks:,}", _("People, each once; previews and robots don't count.")),
        (_("Of them took part"), f"{within.shared:,}", _("For the first time, after such a visit.")),
        (_("K-factor"), k_factor(within), _("New people that each participant brings. Above 1 it grows by itself.")),
        (_("Deepest chain"), f"{deepest(within)}", _("Friends of friends: how many links one after another.")),
    ]
    with st.grid("auto", min_column_width=170, gap="small"):
        for name, value, meaning in told:
            st.metric(name, value, help=meaning, border=True, height="stretch")
    table(_("Level by level"), levels(within))


def k_factor(counted: Numbers) -> str:
    """New people that came by a link, for each who takes part."""
    return f"{counted.shared / counted.participants:.2f}" if counted.participants else "—"


def deepest(counted: Numbers) -> int:
    """The longest chain of links that somebody came by."""
    return max((int(name.removeprefix(DEPTH)) for name in counted.clicks_by if name.startswith(DEPTH)), default=0)


def levels(counted: Numbers) -> Rows:
    """A line for each level: level 1 came by somebody who came by themselves."""
    return [
        {
            _("Level"): f"{level}",
            _("Came"): f"{came:,}",
            _("Took part"): f"{joined:,}",
            _("Share"): percent(outlook.share(joined, came)),
        }
        for level in range(1, deepest(counted) + 1)
        for came, joined in [(counted.clicks_by.get(f"{DEPTH}{level}", 0), counted.shared_by.get(f"{DEPTH}{level}", 0))]
    ]

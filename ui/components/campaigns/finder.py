"""The row of filters over the campaigns: words, standing, kind, order; all of it in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.campaign import Campaign
from ui.components.addressed import listed, many
from ui.finding import STANDINGS, Wanted
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import BADGES, WAITING


def draw(shop: Shop, everything: Sequence[Campaign]) -> Wanted:
    """The filters; returns what they ask for."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")  # below one another on a phone
    with left:
        words = st.text_input(
            _("Search"),
            key="q",
            type="search",
            live="300ms",
            placeholder=_("Name of a campaign"),
            bind="query-params",
        )
    with right:
        order = listed("sort", _("Order"), _orders(), "stretch")
    with st.container(horizontal=True):
        standings = many("state", _("State"), standing_words())
        kinds = sorted({one.mechanic for one in everything if one.mechanic in shop.catalogue.mechanics})
        titles = {kind: shop.catalogue.mechanic(kind).TITLE.in_(language()) for kind in kinds}
        mechanics = many("kind", _("Kind"), titles) if len(kinds) > 1 else []
    return Wanted(words or "", tuple(standings), tuple(mechanics), order)


def standing_words() -> dict[str, str]:
    """What each standing is called."""
    return {state: _((WAITING if state == "waiting" else BADGES[state])[0]) for state in STANDINGS}


def _orders() -> dict[str, str]:
    return {
        "newest": _("Newest first"),
        "changed": _("Changed last"),
        "ending": _("Ending soonest"),
        "name": _("By name"),
    }

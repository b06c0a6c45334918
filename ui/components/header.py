"""The head of every page about one campaign: its name, state and version, and the way to its other pages."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from functions.core.campaign import Campaign
from ui.components.composer import parts
from ui.i18n import _
from ui.navigation import COMPOSE, PAYOUTS, QR, RESULTS, VERSIONS, allowed, find
from ui.shop import Shop
from ui.words import badge_of, named, plain_words

TABS = {COMPOSE: "Compose", RESULTS: "Results", PAYOUTS: "Commission", QR: "Codes", VERSIONS: "Versions"}


def draw(shop: Shop, campaign: Campaign, here: str, note: str = "") -> None:
    """The header row. `here` is the page's own name (`ui.navigation`), `note` says when it was saved."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.title(plain_words(named(campaign)), anchor=False, width="content")
            with st.container(horizontal=True, vertical_alignment="center", width="content"):  # they wrap together
                state_badge(campaign, shop.now, is_numbered=True)
            if note:
                st.caption(note, width="content")
        _tabs(shop, campaign, here)


def state_badge(campaign: Campaign, now: datetime, *, is_numbered: bool = False) -> None:
    """A campaign's state in colour, icon and word; beside it, where `is_numbered`, the version it is the state of."""
    words, colour, icon = badge_of(campaign, now)
    st.badge(_(words), color=colour, icon=f":material/{icon}:")  # type: ignore[arg-type]
    if is_numbered and campaign.live:
        st.badge(f"v{campaign.live}", color="gray")
    if campaign.waiting and campaign.live:
        st.badge(
            _("v{n} waits for approval").format(n=campaign.live + 1), color="orange", icon=":material/hourglass_top:"
        )


def _tabs(shop: Shop, campaign: Campaign, here: str) -> None:
    """Buttons, not links: a link pressed right after typing may lose the page's change."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
        for screen in map(find, TABS):
            if not allowed(screen, shop.who):
                continue
            if screen.name == PAYOUTS and not has_promoters(shop, campaign):
                continue
            words = _(TABS[screen.name])
            elsewhere = st.button(
                f":primary[**{words}**]" if screen.name == here else words,
                type="tertiary",
                key=f"btn_tab_{screen.name}",
                on_click=parts.whole,
            )
            if elsewhere and screen.name != here:
                st.switch_page(screen.file, query_params={"c": campaign.id})


def has_promoters(shop: Shop, campaign: Campaign) -> bool:
    """Whether promoters can earn in a campaign of its kind."""
    known = campaign.live and campaign.mechanic in shop.catalogue.mechanics
    return bool(known) and hasattr(shop.catalogue.mechanic(campaign.mechanic), "earns")

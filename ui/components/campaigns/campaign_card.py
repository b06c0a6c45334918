"""One campaign in the list: what it is, how it does, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Campaign
from functions.storage import campaigns as storage
from infra.definition_files import written_json
from ui.components.campaigns.glance_cards import about, budget_bar, people_words
from ui.components.campaigns.new_campaign import copy
from ui.components.header import state_badge
from ui.components.publishing import life, life_words
from ui.frame import COMPOSE, QR, RESULTS, VERSIONS
from ui.glance import Glance
from ui.i18n import _
from ui.navigation import SCREENS, allowed
from ui.shop import Shop
from ui.words import named, plain_words

EXPORTED = "st_export"
SIDE_PIXELS = 360  # wider than a card on a phone, so that it fills that one to its edge


def draw(shop: Shop, campaign: Campaign, glance: Glance | None) -> None:
    """The card."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall", width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{plain_words(named(campaign))}**", width="content")
                state_badge(campaign, shop.now)
            people = [people_words(glance)] if glance else []
            st.caption(" · ".join([about(shop, campaign), *people]))
        with st.container(
            horizontal=True, horizontal_alignment="right", vertical_alignment="center", width=SIDE_PIXELS
        ):
            if glance:
                with st.container(width="stretch"):
                    budget_bar(campaign, glance, shop.now)
            with st.container(horizontal=True, width="content", gap="small"):
                _open(shop, campaign)
                _more(shop, campaign)


def _open(shop: Shop, campaign: Campaign) -> None:
    """To the composer; for those who may not compose, to the results."""
    leads = COMPOSE if shop.who.may("compose") else RESULTS
    if st.button(_("Open"), key=f"btn_open_{campaign.id}"):
        st.switch_page(leads, query_params={"c": campaign.id})


def _more(shop: Shop, campaign: Campaign) -> None:
    words = {**_pages(shop, campaign), **_deeds(shop)}
    words |= {what: life_words.words()[what] for what in life.steps(shop, campaign)}
    chosen = st.menu_button(_("More"), list(words), format_func=words.__getitem__, key=f"btn_more_{campaign.id}")
    if chosen in (leads := {"results": RESULTS, "qr": QR, "versions": VERSIONS}):
        st.switch_page(leads[chosen], query_params={"c": campaign.id})
    elif chosen == "copy":
        copy(shop, campaign)
    elif chosen == "export":
        st.session_state[EXPORTED] = campaign.id
    elif what := next((one for one in life.BECOMES if one == chosen), None):
        life.ask(shop, campaign, what)


def _pages(shop: Shop, campaign: Campaign) -> dict[str, str]:
    words = {"results": _("Results"), "qr": _("Codes & posters"), "versions": _("Versions")}
    there = {screen.name for screen in SCREENS if allowed(screen, shop.who)}
    return {name: said for name, said in words.items() if name in there and (campaign.live or name != "results")}


def _deeds(shop: Shop) -> dict[str, str]:
    return ({"copy": _("Copy")} if shop.who.may("compose") else {}) | {"export": _("Export JSON")}


def export_dialog(shop: Shop) -> None:
    """The draft as a file, while it is asked for: the same file that `pond publish` reads."""
    asked = st.session_state.get(EXPORTED)
    if asked is None:
        return
    draft = storage.load(shop.store, asked)

    @st.dialog(_("Export JSON"), on_dismiss=_closed, icon=":material/download:")
    def export() -> None:
        st.markdown(f"**{plain_words(named(draft.campaign))}**")
        st.write(_("The draft as a definition file. Import it into another shop, or keep it in git."))
        st.download_button(
            _("Download"),
            written_json(draft.content),
            file_name=f"{draft.campaign.id}.json",
            mime="application/json",
            type="primary",
            icon=":material/download:",
            key="btn_export",
            on_click="ignore",
        )

    export()


def _closed() -> None:
    st.session_state.pop(EXPORTED, None)

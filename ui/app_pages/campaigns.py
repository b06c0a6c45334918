"""All campaigns: find one, open it, begin a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from functions.core.campaign import Campaign
from functions.storage import campaigns as storage
from ui.components.addressed import PAGE, page, switch
from ui.components.campaigns import campaign_card, campaign_table, definition_import, finder
from ui.components.campaigns.gallery import CHOOSING
from ui.components.campaigns.new_campaign import FEW, look_inside, offer, open_new
from ui.components.publishing import life
from ui.finding import found
from ui.frame import LISTED, reading, shop_or_stop
from ui.glance import glances
from ui.i18n import _, language
from ui.shop import Shop

PAGE_SIZE = 20
FRESH_FOR = timedelta(seconds=5)


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(_("Campaigns"), width="content")
        buttons = st.container(horizontal=True, width="content")
    with reading():
        everything = _everything(shop)
    if shop.who.may("compose"):
        buttons.button(_("Import"), icon=":material/upload_file:", key="btn_import", on_click=definition_import.ask)
        if everything:  # else all there is to begin from stands below
            add = _("New campaign")
            buttons.button(add, type="primary", icon=":material/add:", key="btn_new", on_click=_new)
    look_inside(shop)
    definition_import.dialog(shop)
    if not everything:
        _empty(shop)
        return
    if st.session_state.get(CHOOSING):
        open_new(shop)
    _list(shop, everything)
    campaign_card.export_dialog(shop)
    life.dialog(shop)


def _new() -> None:
    st.session_state.pop(definition_import.ASKED, None)  # one dialog at a time
    st.session_state[CHOOSING] = True


def _empty(shop: Shop) -> None:
    st.subheader(_("How to begin"))
    st.markdown(_("1. Take a template\n2. Change what you like\n3. Publish, and put up the QR code"))
    if shop.who.may("compose"):
        offer(shop, FEW)


def _everything(shop: Shop) -> list[Campaign]:
    """All campaigns. What was read is kept for a moment while someone searches: a thousand take 0.2 s."""
    known: tuple[datetime, list[Campaign]] | None = st.session_state.get(LISTED)
    if known is None or not timedelta(0) <= shop.now - known[0] < FRESH_FOR:
        known = st.session_state[LISTED] = (shop.now, storage.campaigns(shop.store))
    return known[1]


def _list(shop: Shop, everything: Sequence[Campaign]) -> None:
    wanted = finder.draw(shop, everything)
    fits = found(everything, wanted, language(), shop.now)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(_("{n} of {all}").format(n=f"{len(fits):,}", all=f"{len(everything):,}"), width="content")
        as_table = switch("table", _("As a table"))
    if not fits:
        st.info(_("No campaign matches. Try another word, state or kind."))
    elif as_table:
        counted = fits if len(fits) <= campaign_table.COUNTED_MAX else []
        campaign_table.draw(shop, fits, glances(shop.store, counted, shop.now))
    else:
        _cards(shop, fits)


def _cards(shop: Shop, fits: Sequence[Campaign]) -> None:
    """One page of cards; its number is in the address."""
    pages = -(-len(fits) // PAGE_SIZE)
    below = st.container()
    number = page(PAGE, pages) if pages > 1 else 1
    shown = fits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    seen = glances(shop.store, shown, shop.now)
    with below:
        for campaign in shown:
            campaign_card.draw(shop, campaign, seen.get(campaign.id))


main()

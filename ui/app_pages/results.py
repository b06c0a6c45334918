"""Results: what a campaign has come to, from its counters; stock to the unit, the rest as the stream counts it."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Campaign
from functions.storage import campaigns as life
from functions.storage.campaigns import Refused
from functions.storage.store import Busy, Unknown
from ui import navigation
from ui.components import header
from ui.components.codes import qr
from ui.components.results import commission, filters, headline, one_channel, tables
from ui.components.results import results_body as body
from ui.components.results.results_view import View, opened
from ui.components.shown import table
from ui.frame import COMPOSE, chosen_campaign, not_there, reading, shop_or_stop
from ui.i18n import _
from ui.shop import Shop
from ui.words import paragraph, plain_words


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    try:
        campaign = _campaign(shop)
    except (Unknown, Busy):
        st.title(_("Results"), anchor=False)  # of a campaign whose name cannot be read now
        raise
    if campaign is None:
        return
    header.draw(shop, campaign, navigation.RESULTS)
    with reading():
        view = opened(shop, campaign)
    if view is None:
        st.info(_("It has not been published yet. Once it is live, its numbers are here."), icon=":material/flag:")
        if st.button(_("Go on composing"), type="primary", key="btn_compose"):
            st.switch_page(COMPOSE, query_params={"c": campaign.id})
        return
    if not view.everything:
        _nobody_yet(shop, view)
        return
    above = st.container()
    chosen = filters.draw(view)
    if chosen.chosen_channel:
        one_channel.draw(chosen)
        return
    with above:
        _first(view)
    body.draw(chosen)
    commission.draw(shop, view)


def _campaign(shop: Shop) -> Campaign | None:
    """The campaign that `?c=` names; without it, one to choose from those that went live."""
    wanted = st.query_params.get("c", "")
    if wanted:
        try:
            return life.load(shop.store, wanted).campaign
        except Refused as refused:
            not_there(refused)
            return None
    live = [one for one in life.campaigns(shop.store) if one.live]
    if not live:
        st.title(_("Results"))
    return chosen_campaign(live, "", shop.now)


def _first(view: View) -> None:
    """What a marketer wants to know first, of the whole campaign."""
    said = plain_words(paragraph(headline.sentences(view)))
    if headline.is_short(view):
        st.warning(said, icon=":material/production_quantity_limits:")
    else:
        st.info(said, icon=":material/insights:")


def _nobody_yet(shop: Shop, view: View) -> None:
    if closed := headline.closed(view):
        st.info(plain_words(closed), icon=":material/event:")
    if view.campaign.stands(view.now) not in ("ended", "archived"):  # nobody comes any more
        st.info(_("Nobody has taken part yet. Put up the QR code, or try it yourself."), icon=":material/group_add:")
        qr.draw(shop, view.campaign)
    table(_("Rewards"), tables.rewards(view))


main()

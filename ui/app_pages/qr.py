"""Codes & posters: the campaign's code, one for each channel, and the poster in both languages."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Campaign, Definition
from functions.storage import campaigns as life
from functions.storage import channels
from functions.storage.live import LiveCampaigns
from functions.storage.refusals import Refused
from ui.components import header
from ui.components.codes import channel_list, posters, print_codes
from ui.components.forms.begun import begun
from ui.components.forms.values import Terms
from ui.frame import chosen_campaign, not_there, shop_or_stop
from ui.i18n import _, language
from ui.navigation import QR
from ui.shop import Shop

TABS = ("codes", "poster")


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    campaign = _campaign(shop, st.query_params.get("c", ""))
    if campaign is None:
        return
    header.draw(shop, campaign, QR)
    if not campaign.live:
        st.info(
            _("Not published yet: codes and posters can be printed, and open the page once it is."),
            icon=":material/schedule:",
        )
    if _tab(campaign) == "poster":
        posters.draw(shop, campaign, _definition(shop, campaign), channels.channels(shop.store, campaign.id))
        return
    st.caption(
        ":material/info: " + _("A printed code never changes; what it opens does, with each version that you publish.")
    )
    millimetres = print_codes.size()
    print_codes.draw(shop, campaign, millimetres)
    definition = _definition(shop, campaign)
    channel_list.draw(shop, campaign, millimetres, Terms(currency=definition.budget.currency if definition else "CNY"))


def _campaign(shop: Shop, wanted: str) -> Campaign | None:
    """The campaign of the address, or one picked from the list."""
    if not wanted:
        return chosen_campaign(life.campaigns(shop.store), wanted)
    try:
        return life.head_of(shop.store, wanted)
    except Refused as refused:
        not_there(refused)
        return None


def _tab(campaign: Campaign) -> str:
    names = {"codes": _("Codes"), "poster": _("Posters")}
    at, key = f"st_qr_tab_{campaign.id}", f"qr_tab_{language()}_{campaign.id}"
    wanted = st.query_params.get("tab", "")
    first = wanted if wanted in TABS else "codes"
    picked = st.segmented_control(
        _("Codes or posters"),
        TABS,
        default=begun(key, st.session_state.get(at, first)),
        format_func=names.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    st.session_state[at] = picked
    return str(picked)


def _definition(shop: Shop, campaign: Campaign) -> Definition | None:
    """What is live, else the draft where it is whole."""
    live = LiveCampaigns(shop.store).get(campaign.id, shop.now)
    if live is not None and live.version is not None:
        return live.version.definition
    return life.checked(life.load(shop.store, campaign.id), shop.catalogue)[0]


main()

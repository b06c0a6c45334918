"""Codes & posters: the campaign's code, one for each channel, and the poster in both languages."""

from __future__ import annotations

import streamlit as st

from functions.codes import batches
from functions.core.campaign import Campaign, Definition
from functions.storage import campaigns as life
from functions.storage import channels
from functions.storage.live import LiveCampaigns
from functions.storage.refusals import Refused
from ui.components import header
from ui.components.codes import channel_list, posters, print_codes
from ui.components.forms.begun import begun
from ui.components.forms.values import Terms
from ui.frame import chosen_campaign, not_there, reading, shop_or_stop
from ui.i18n import _, language
from ui.navigation import QR, find
from ui.shop import Shop

TABS = ("codes", "poster")
ITEM_SCAN, ITEMS = "item_scan", find("items").file


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
    if campaign.mechanic == ITEM_SCAN:
        _batches(shop, campaign)
    millimetres = print_codes.size()
    print_codes.draw(shop, campaign, millimetres)
    definition = _definition(shop, campaign)
    channel_list.draw(shop, campaign, millimetres, Terms(currency=definition.budget.currency if definition else "CNY"))


def _batches(shop: Shop, campaign: Campaign) -> None:
    """The batches whose items carry this campaign's reward: what is printed of them is printed there."""
    found = [batch for batch in batches.listed(shop.store) if batch.campaign == campaign.id]
    codes = sum(batch.size for batch in found)
    words = _("Codes on items: {codes} in {n} batches").format(codes=f"{codes:,}", n=len(found))
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(words if found else _("No batch of item codes carries this campaign's reward yet."))
        if st.button(_("To the batches"), icon=":material/qr_code_2:", key="btn_qr_batches"):
            only = {"b": found[0].id} if len(found) == 1 else {}
            st.switch_page(ITEMS, query_params=only)


def _campaign(shop: Shop, wanted: str) -> Campaign | None:
    """The campaign of the address, or one picked from the list."""
    if not wanted:
        return chosen_campaign(life.campaigns(shop.store), wanted, shop.now)
    try:
        with reading():
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

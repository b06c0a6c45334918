"""Lists of commission that wait for somebody's agreement, or for the money: one line each, with the way there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.payout import Payout, waits_for
from functions.core.workspace import Workspace
from functions.storage import payouts, workspace
from ui import navigation
from ui.components import header
from ui.components.payouts import one_list
from ui.i18n import _
from ui.shop import Shop
from ui.words import named, plain_words, signed_money

LOOKED_INTO = 20  # campaigns with promoters, the newest first


def draw(shop: Shop, heads: Sequence[Campaign]) -> int:
    """Each open list of these campaigns; how many there are."""
    found = open_lists(shop, heads)
    for head, one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"payout_{head.id}"):
            said = _("Commission of {campaign}: {total} to {people} people").format(
                campaign=named(head), total=signed_money(one.total, one.currency), people=one.people
            )
            st.markdown(f"**{plain_words(said)}**", width="content")
            one_list.badge(one)
            if st.button(_("Look at it"), key=f"btn_payout_{head.id}"):
                st.switch_page(navigation.find(navigation.PAYOUTS).file, query_params={"c": head.id})
    return len(found)


def open_lists(shop: Shop, heads: Sequence[Campaign]) -> list[tuple[Campaign, Payout]]:
    """The lists of these campaigns that are not over, one at most of each; a query for each that has promoters."""
    earning = [one for one in heads if header.has_promoters(shop, one)][:LOOKED_INTO]
    return [(head, one) for head in earning for one in payouts.newest(shop.store, head.id, 1) if one.is_open]


def mine(shop: Shop, heads: Sequence[Campaign]) -> dict[str, Payout]:
    """Those, by campaign, whose next step is for the one who sits here to take."""
    found = open_lists(shop, heads) if shop.who.may("approve") else []
    settings = workspace.load(shop.store)[0] if found else Workspace()
    return {head.id: one for head, one in found if waits_for(settings, one, shop.who)}

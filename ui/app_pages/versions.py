"""A campaign's versions: who let which go live, what each changed, and a new draft from any of them."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Version
from functions.storage import audit, campaigns
from functions.storage.campaigns import Refused
from ui.components import header
from ui.components.publishing import audit_list, version_card, version_compare
from ui.frame import not_there, reading, shop_or_stop
from ui.i18n import _
from ui.navigation import VERSIONS


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    try:
        draft = campaigns.load(shop.store, st.query_params.get("c", ""))
    except Refused as refused:
        not_there(refused)
        return
    campaign = draft.campaign
    header.draw(shop, campaign, VERSIONS)
    with reading():
        found = campaigns.versions(shop.store, campaign.id)
    if not found:
        st.info(_("Nothing has gone live yet. The first version appears here when it is published."))
    else:
        version_compare.draw(shop, draft, found)
        st.subheader(_("All versions"))
    for version in found:
        version_card.draw(shop, draft, version)
    st.subheader(_("What was done"))
    with st.container(border=True):
        audit_list.draw(audit.entries(shop.store, campaign.id), _zone(found))


def _zone(found: list[Version]) -> str:
    return found[0].definition.schedule.zone if found else st.context.timezone or "Asia/Shanghai"


main()

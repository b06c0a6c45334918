"""A request as an approver has to see it: what opens to whom, exactly what changes, what the check said, the money."""

from __future__ import annotations

import streamlit as st

from functions.core.approval import Request
from functions.core.campaign import Campaign
from functions.storage import campaigns, workspace
from functions.storage.campaigns import Refused
from ui.components.publishing import changes
from ui.components.publishing.summary import opens_to, summary
from ui.frame import COMPOSE, pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when


def draw(shop: Shop, campaign: Campaign, request: Request) -> bool:
    """The request. False where there is nothing to answer any more: the draft was edited a moment ago."""
    draft = campaigns.load(shop.store, campaign.id)
    try:
        definition, findings = campaigns.ready(draft, shop.catalogue)
    except Refused:
        definition, findings = None, []
    if definition is None or definition.content_hash != request.content_hash:
        st.caption(_("Somebody has just edited this: the request is void."))
        return False
    st.subheader(plain_words(definition.name.in_(language())))
    asked = _("{who} asked on {time}").format(
        who=request.by, time=when(request.at, definition.schedule.zone, language())
    )
    agreed = _("{n} of {wanted} agreed").format(n=len(request.agreed), wanted=request.wanted)
    st.caption(plain_words(f"{asked} · {agreed}"))
    if request.note:
        st.markdown(f"> {plain_words(request.note)}")
    st.markdown(opens_to(shop, definition, campaign))
    changes.against(shop, campaigns.live_version(shop.store, campaign), definition)
    pairs(summary(shop, definition, is_live=bool(campaign.live)))
    for finding in findings:
        signed = finding.signed
        words = finding.message.in_(language())
        if signed is not None:
            words += " · " + _("Confirmed by {who}: {reason}").format(who=signed.by, reason=signed.reason)
        st.caption(":orange[:material/warning:] " + plain_words(words))
    if not findings:
        st.caption(":green[:material/check_circle:] " + _("Checked: nothing stood in the way."))
    if st.button(
        _("Look at it in the composer"), type="tertiary", icon=":material/edit_note:", key=f"btn_look_{campaign.id}"
    ):
        st.switch_page(COMPOSE, query_params={"c": campaign.id})
    return True


def own_allowed(shop: Shop) -> bool:
    """Whether who asked may be among those who agree."""
    settings, _revision = workspace.load(shop.store)
    return settings.approval.own

"""A campaign's link and its QR code."""

from __future__ import annotations

import streamlit as st

from functions.core.campaign import Campaign
from functions.drawing import codes
from ui.i18n import _
from ui.shop import Shop


def draw(shop: Shop, campaign: Campaign) -> None:
    """Link, code, and the two files for print."""
    url = shop.settings.page_url(campaign.id)
    st.subheader(_("Link and QR code"))
    left, right = st.columns([1, 2])
    svg = codes.campaign_svg(url)
    with left:
        st.image(svg, width=200, alt=_("The QR code of the link"))
    with right:
        st.code(url, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.download_button(
                "PNG",
                codes.campaign_png(url),
                file_name=f"{campaign.id}.png",
                mime="image/png",
                icon=":material/download:",
                key="btn_png",
                on_click="ignore",
            )
            st.download_button(
                "SVG",
                svg,
                file_name=f"{campaign.id}.svg",
                mime="image/svg+xml",
                icon=":material/download:",
                key="btn_svg",
                on_click="ignore",
            )
            st.link_button(_("Open the page"), url, icon=":material/open_in_new:")
        st.caption(_("A printed code never changes. What it opens is the version that is live."))

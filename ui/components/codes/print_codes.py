"""Codes for print: how large, whether phones will read them at that size, and the files."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.channels import Channel
from functions.drawing import codes, sheets
from functions.drawing.lettering import printable
from functions.drawing.sheets import Named
from ui.components.forms.begun import begun
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named as campaign_name

SIZES = (20, 30, 40, 60, 100, 150)  # millimetres
USUAL = 40


def size() -> int:
    """How large codes are printed, in millimetres."""
    key = f"qr_size_{language()}"
    picked = st.segmented_control(
        _("Size in print (cm)"),
        SIZES,
        default=begun(key, st.session_state.get("st_qr_size", USUAL)),
        format_func=lambda side: f"{side // 10}",
        required=True,
        key=key,
        wrap=True,
    )
    st.session_state["st_qr_size"] = picked
    return int(picked)


def draw(shop: Shop, campaign: Campaign, millimetres: int) -> None:
    """The campaign's own link and code."""
    url = shop.settings.page_url(campaign.id)
    _advice(url, millimetres)
    left, right = st.columns([1, 3], vertical_alignment="center")
    with left:
        st.image(codes.campaign_svg(url), width=180, alt=_("QR code of the campaign's link"))
    with right:
        st.subheader(_("One code for everywhere"))
        st.code(url, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            downloads(Named(url, campaign_name(campaign)), millimetres, "all")
            if campaign.live:
                st.link_button(_("Open the page"), url, icon=":material/open_in_new:", type="tertiary")


def of_channel(page: str, channel: Channel) -> Named:
    """A channel's code as it is printed: with its name, or where no letter of it can be printed, with its code."""
    return Named(f"{page}?ch={channel.code}", channel.name if printable(channel.name) else channel.code)


def downloads(code: Named, millimetres: int, key: str, kind: Literal["secondary", "tertiary"] = "secondary") -> None:
    """The files of one code; each is made when it is asked for."""
    base = f"{sheets.file_name(code.name) or key} {millimetres // 10} cm"
    st.download_button(
        "PNG",
        lambda: codes.campaign_png(code.url, millimetres),
        file_name=f"{base}.png",
        mime="image/png",
        icon=":material/download:",
        key=f"btn_png_{key}",
        type=kind,
        on_click="ignore",
    )
    st.download_button(
        "SVG",
        lambda: codes.campaign_svg(code.url),
        file_name=f"{base}.svg",
        mime="image/svg+xml",
        icon=":material/download:",
        key=f"btn_svg_{key}",
        type=kind,
        on_click="ignore",
    )
    st.download_button(
        "PDF",
        lambda: sheets.single(code, millimetres),
        file_name=f"{base}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        key=f"btn_pdf_{key}",
        type=kind,
        on_click="ignore",
    )


def _advice(url: str, millimetres: int) -> None:
    """Whether a phone will read it at this size, and from how far; the longest link of a campaign counts."""
    module = sheets.module_size(url + "?ch=0000", millimetres)
    if module < sheets.MODULE_MIN:
        st.caption(
            ":red[:material/error: "
            + _("Each square would be {module} mm; below {least} mm phones may fail. Print it larger.").format(
                module=f"{module:.2f}", least=sheets.MODULE_MIN
            )
            + "]"
        )
        return
    st.caption(
        ":green[:material/check:] "
        + _(
            "Each square is {module} mm. Reads well from up to {distance} cm. PNG at 300 dpi; PDF and SVG at any size."
        ).format(module=f"{module:.2f}", distance=millimetres * sheets.DISTANCE // 10)
    )

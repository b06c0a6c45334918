"""Settings: who is editing, and what this deployment is."""

from __future__ import annotations

import streamlit as st

from ui.frame import pairs, shop_or_stop
from ui.i18n import _
from ui.words import plain_words


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Settings"))
    st.subheader(_("You"))
    st.text_input(
        _("Your name"),
        key="editor_name",
        persist_state="session",
        placeholder="" if shop.editor == "—" else shop.editor,
        on_change=_named,
    )
    st.caption(_("Stored with what you publish and sign. Without sign-in, anyone who opens these screens can edit."))
    st.subheader(_("Time"))
    zone = st.context.timezone or "Asia/Shanghai"
    st.markdown(plain_words(_("Your browser's time zone: {zone}. Each campaign has its own.").format(zone=zone)))
    st.subheader(_("This deployment"))
    told = shop.settings
    lines = {
        _("Table"): told.table,
        _("Tenant"): told.tenant,
        _("Region"): told.region,
        _("Page address"): told.base_url,
    }
    pairs(lines)


def _named() -> None:
    st.session_state["st_editor"] = str(st.session_state["editor_name"]).strip()[:80]


main()

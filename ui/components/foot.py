"""The sidebar's foot: whose shop this is, whether it is the real one, who sits here, and where help is."""

from __future__ import annotations

import streamlit as st

from ui.entrance import person
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words


def draw(shop: Shop | None) -> None:
    """Under the navigation. Nothing where no shop is open: the page says what to do."""
    if shop is None:
        return
    with st.sidebar, st.container(gap="xsmall", key="foot"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain_words(shop.settings.tenant)}**", width="content")
            environment_badge(shop.settings.stage)
        person(shop)


def environment_badge(stage: str) -> None:
    """Whether what is done here reaches real people: in words, colour and icon."""
    if stage == "prod":
        st.badge(_("Live shop"), color="green", icon=":material/public:")
    else:
        st.badge(_("Test shop"), color="orange", icon=":material/science:")

"""Begin a campaign: from a template, or empty from any mechanic there is."""

from __future__ import annotations

from typing import Any

import streamlit as st

from functions.core.templates import starting
from functions.core.text import Text
from functions.storage import campaigns
from ui.components.filling import whole
from ui.frame import COMPOSE
from ui.i18n import _, language
from ui.shop import Shop
from ui.templates import empty, templates
from ui.words import plain_words

CARDS_IN_A_ROW = 3


def open_new(shop: Shop) -> None:
    """The templates in a dialog."""

    @st.dialog(_("New campaign"), width="large", on_dismiss=_dismissed)
    def choose() -> None:
        offer(shop)

    choose()


def offer(shop: Shop) -> None:
    """A card for each template, then the mechanics to begin from nothing."""
    offered = templates()
    names = list(offered)
    for first in range(0, len(names), CARDS_IN_A_ROW):
        for column, name in zip(st.columns(CARDS_IN_A_ROW), names[first : first + CARDS_IN_A_ROW], strict=False):
            with column:
                _card(shop, name, offered[name])
    st.caption(_("Or begin with an empty campaign:"))
    with st.container(horizontal=True):
        for kind in shop.catalogue.mechanics:
            title = plain_words(shop.catalogue.mechanic(kind).TITLE.in_(language()))
            if st.button(title, key=f"btn_empty_{kind}"):
                _begin(shop, empty(kind, shop.now, st.context.timezone or "Asia/Shanghai"))


def _card(shop: Shop, name: str, content: dict[str, Any]) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{plain_words(_text(content.get('name')))}**")
        st.caption(plain_words(_text(content.get("page", {}).get("subtitle"))) or "&nbsp;")
        if st.button(
            _("Use template"),
            key=f"btn_template_{name}",
            type="primary" if name == next(iter(templates())) else "secondary",
        ):
            _begin(shop, starting(content, shop.now))


def _begin(shop: Shop, content: dict[str, Any]) -> None:
    _dismissed()
    begun = campaigns.begin(shop.store, shop.fresh_id("camp"), whole(content, shop.catalogue), shop.editor, shop.now)
    st.switch_page(COMPOSE, query_params={"c": begun.id})


def _dismissed() -> None:
    st.session_state.pop("st_new", None)


def _text(words: Any) -> str:
    return Text.model_validate(words).in_(language()) if isinstance(words, dict) else ""

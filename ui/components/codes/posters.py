"""The poster of a campaign: its layout and channel chosen, seen in both languages, taken along for phones and print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

import streamlit as st

from functions.core.campaign import Campaign, Definition
from functions.core.channels import Channel
from functions.core.poster import Layout
from functions.core.text import LANGUAGES, Language
from functions.drawing.lettering import printable
from functions.drawing.posters import Poster, jpeg
from functions.drawing.sheets import file_name
from functions.edge import media
from functions.pages.posters import poster_of
from ui.components.forms.begun import begun
from ui.components.forms.labels import choice_words
from ui.frame import COMPOSE
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named, plain_words

PRINT_SCALE = 3  # pixels a point: 150 mm wide at 381 dpi, A3 at 190


def draw(shop: Shop, campaign: Campaign, definition: Definition | None, known: Sequence[Channel]) -> None:
    """Both posters; without a definition that holds together, the way to where it is mended."""
    if definition is None:
        st.info(_("The poster is drawn once the draft has no errors."), icon=":material/image:")
        _to_composer(shop, campaign)
        return
    layout, channel = _choices(definition, known)
    url = shop.settings.page_url(campaign.id) + (f"?ch={channel}" if channel else "")
    chosen = definition.model_copy(update={"poster": definition.poster.model_copy(update={"layout": layout})})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _("Texts and pictures come from the campaign page. The poster names no reward, and sharing it earns none.")
        )
        _to_composer(shop, campaign)
    tongues = sorted(LANGUAGES, key=lambda one: one != language())  # on a phone one's own comes first
    for column, tongue in zip(st.columns(2, gap="large"), tongues, strict=True):
        with column:
            poster = poster_of(chosen, tongue, url, partial(_file, shop))
            _one(campaign, poster, tongue, f"{layout}_{channel or 'all'}")


def _choices(definition: Definition, known: Sequence[Channel]) -> tuple[Layout, str]:
    left, right = st.columns(2)
    key = f"poster_layout_{language()}"
    with left:
        layout: Layout = st.segmented_control(
            _("Layout"),
            get_args(Layout),
            default=begun(key, definition.poster.layout),
            format_func=lambda one: choice_words(one, {}).in_(language()),
            required=True,
            key=key,
        )
    with right:
        names = {"": _("All channels"), **{channel.code: channel.name for channel in known}}
        channel = st.selectbox(
            _("Channel of the code"), list(names), format_func=names.__getitem__, key=f"poster_channel_{language()}"
        )
    return layout, str(channel or "")


def _one(campaign: Campaign, poster: Poster, tongue: Language, key: str) -> None:
    """A poster, what could not be set on it, and its files."""
    with st.container(border=True):  # a white one on a white page
        st.image(_drawn(poster, 1), width="stretch", alt=f"{_('Poster')} · {plain_words(poster.title)}")
    if said := _left_out(poster):
        st.caption(said)
    base = f"{file_name(named(campaign))} {tongue}"
    with st.container(horizontal=True):
        for scale, words, icon in (
            (1, _("JPEG for phones"), "smartphone"),
            (PRINT_SCALE, _("JPEG for print"), "print"),
        ):
            st.download_button(
                words,
                partial(_drawn, poster, scale),
                file_name=f"{base} {words}.jpg",
                mime="image/jpeg",
                icon=f":material/{icon}:",
                key=f"btn_poster_{tongue}_{scale}_{key}",
                on_click="ignore",
            )


def _left_out(poster: Poster) -> str:
    """Which characters the poster's font does not have."""
    said = poster.title + poster.text + poster.organiser + poster.call
    missing = dict.fromkeys(one for one in said if not one.isspace() and one not in printable(one))
    if not missing:
        return ""
    return ":orange[:material/warning:] " + _("Left out, since no printer's font has them: {characters}").format(
        characters=plain_words(" ".join(list(missing)[:12]))
    )


@st.cache_data(show_spinner=False, max_entries=32)
def _drawn(poster: Poster, scale: int) -> bytes:
    return jpeg(poster, scale)


def _file(shop: Shop, name: str) -> bytes:
    return (media.fetch(shop.bucket, name) or b"") if shop.bucket else b""


def _to_composer(shop: Shop, campaign: Campaign) -> None:
    if shop.who.may("compose") and st.button(
        _("Change texts and pictures"), icon=":material/edit_note:", type="tertiary", key="btn_poster_compose"
    ):
        st.session_state["st_step"] = "page"
        st.switch_page(COMPOSE, query_params={"c": campaign.id})

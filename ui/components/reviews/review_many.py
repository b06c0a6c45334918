"""Several proofs at once: twenty at most, seen together, approved by ticking."""

from __future__ import annotations

import streamlit as st

from ui.components.reviews import queue
from ui.components.reviews.queue import Desk, Item
from ui.components.reviews.review_one import Decide, hint, proof
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, plain_words

AT_ONCE = 20
CARD_PIXELS = 160  # two beside one another on a phone, five or six on a desk


def draw(shop: Shop, desk: Desk, items: list[Item], decide: Decide) -> None:
    """The oldest twenty as cards with a tick each. A form: ticking fetches no picture again."""
    shown = items[:AT_ONCE]
    everyone = st.toggle(_("Tick all that are not doubtful"), key="review_all")
    with st.form("review_many", border=False):
        with st.grid("auto", min_column_width=CARD_PIXELS):
            for item in shown:
                with st.container(border=True, height="stretch"):
                    _card(shop, desk, item, everyone)
        sent = st.form_submit_button(_("Approve the ticked"), type="primary", icon=":material/done_all:")
    if sent:
        ticked = tuple(item for item in shown if st.session_state.get(_key(item, everyone)))
        if ticked:
            decide(ticked, "approve", "", "")
            st.rerun()
        st.toast(_("Nothing is ticked."))


def _card(shop: Shop, desk: Desk, item: Item, everyone: bool) -> None:
    proof(queue.handed(shop, desk.campaign.id, item), item)
    doubtful = hint(item)
    with st.container(gap=None):
        st.checkbox(plain_words(item.member[-6:]), value=everyone and not doubtful, key=_key(item, everyone))
        st.caption(day_words(item.day, language()))
    if doubtful:
        st.caption(f":orange[:material/content_copy: {plain_words(doubtful)}]")


def _key(item: Item, everyone: bool) -> str:
    return f"tick_{everyone}_{item.name}"

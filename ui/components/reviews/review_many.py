"""Several proofs at once: twenty at most, seen together, approved by ticking."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.components.reviews import queue
from ui.components.reviews.queue import Desk, Handed, Item
from ui.components.reviews.review_one import Decide, hint, proof
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, plain_words

AT_ONCE = 20
CARD_PIXELS = 160  # two beside one another on a phone, five or six on a desk


def draw(shop: Shop, desk: Desk, items: list[Item], decide: Decide) -> None:
    """The oldest twenty as cards with a tick each."""
    _cards([(item, queue.handed(shop, desk.campaign.id, item)) for item in items[:AT_ONCE]], decide)


@st.fragment
def _cards(shown: Sequence[tuple[Item, Handed]], decide: Decide) -> None:
    """A fragment: ticking counts at once, and fetches no picture again."""
    everyone = st.toggle(_("Select all without a warning"), key="review_all")
    ticked: list[Item] = []
    with st.grid("auto", min_column_width=CARD_PIXELS):
        for item, handed in shown:
            with st.container(border=True, height="stretch"):
                if _card(item, handed, everyone):
                    ticked.append(item)
    pressed = st.button(
        _("Approve selected ({n})").format(n=len(ticked)),
        type="primary",
        icon=":material/done_all:",
        key="btn_approve_many",
        disabled=not ticked,
    )
    if pressed and ticked:
        decide(tuple(ticked), "approve", "", "")
        st.rerun()


def _card(item: Item, handed: Handed, everyone: bool) -> bool:
    """The proof with its tick; whether it is ticked."""
    proof(handed, item)
    doubtful = hint(item)
    with st.container(gap=None):
        is_ticked = st.checkbox(
            plain_words(item.member[-6:]), value=everyone and not doubtful, key=f"tick_{everyone}_{item.name}"
        )
        st.caption(day_words(item.day, language()))
    if doubtful:
        st.caption(f":orange[:material/content_copy: {plain_words(doubtful)}]")
    return is_ticked

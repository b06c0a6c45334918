"""What an audience may ask for by name: campaigns, and batches of item codes; both as they stood a minute ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from functions.codes import batches
from functions.codes.batch import Batch
from ui.components.codes import batch_one
from ui.components.composer import overlap
from ui.components.people import segment_words
from ui.shop import Shop
from ui.words import named

READ = "st_batches_read"


def offered(shop: Shop, but: str = "") -> segment_words.Offered:
    """What there is to choose from: campaigns that ever went live, batches that reward their items, but not `but`'s."""
    heads = overlap.heads(shop)
    found = _batches(shop)
    rewarding = [one for one in found if one.campaign not in ("", but)]
    return segment_words.Offered([head for head in heads if head.live and head.id != but], _choices(rewarding))


def names(shop: Shop, needs: object = True) -> dict[str, str]:
    """What is asked for, by id; nothing is read where nothing is asked."""
    if not needs:
        return {}
    called = {head.id: named(head) for head in overlap.heads(shop)}
    return called | (_choices(_batches(shop)) if "batch_" in str(needs) else {})


def _choices(found: Sequence[Batch]) -> dict[str, str]:
    """Batches by what people call them; those called alike with their lot, or the end of their id."""
    titles = [batch_one.title(one) for one in found]
    return {
        one.id: title if titles.count(title) == 1 else f"{title} · {one.lot or one.id[-6:]}"
        for one, title in zip(found, titles, strict=True)
    }


def _batches(shop: Shop) -> list[Batch]:
    read: tuple[datetime, list[Batch]] | None = st.session_state.get(READ)
    if read is None or shop.now - read[0] > overlap.KEPT:
        read = (shop.now, batches.listed(shop.store))
        st.session_state[READ] = read
    return read[1]

"""What live codes cost, from a file: each code keeps its own, with a line in the audit list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.audit import Entry
from functions.core.live_code import LiveCode
from functions.core.money import DECIMALS
from functions.core.text import Text
from functions.storage import live_codes
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.codes import channel_costs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words


def draw(shop: Shop, found: Sequence[LiveCode], currency: str) -> None:
    """The file, for who may change codes."""
    if shop.who.may("compose"):
        channel_costs.draw(found, currency, DECIMALS.get(currency, 2), lambda costs: _took(shop, costs))


def _took(shop: Shop, costs: dict[str, int]) -> bool:
    """Whether all were taken. What an editor changed in the same moment is said; taken again, nothing is done twice."""
    try:
        for live, revision in live_codes.all_of(shop.store):
            if costs.get(live.code, live.cost) != live.cost:
                priced, about = live.model_copy(update={"cost": costs[live.code]}), Text(zh=live.name, en=live.name)
                entry = Entry(what="live_code", by=shop.editor, at=shop.now, about=about)
                live_codes.save(shop.store, priced, revision, entry)
    except Refused as refused:
        st.error(plain_words(refused.message.in_(language())))
    except (Unknown, Busy):
        st.error(_("No answer came. Press again: nothing is done twice."))
    else:
        return True
    return False

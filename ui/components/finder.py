"""The row of filters over the campaigns: words, standing, kind, order; all of it in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.campaign import Campaign
from ui.components import address
from ui.components.begun import begun
from ui.finding import ORDERS, STANDINGS, Wanted
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import BADGES, WAITING


def draw(shop: Shop, everything: Sequence[Campaign]) -> Wanted:
    """The filters; returns what they ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            _("Search"),
            key="q",
            type="search",
            live="300ms",
            placeholder=_("Name of a campaign"),
            bind="query-params",
        )
        order = _order()
    with st.container(horizontal=True, gap="medium"):
        standings = _standings()
        kinds = sorted({one.mechanic for one in everything if one.mechanic in shop.catalogue.mechanics})
        mechanics = _mechanics(shop, kinds) if len(kinds) > 1 else []
    return Wanted(words or "", tuple(standings), tuple(mechanics), order)


def _order() -> str:
    words = {
        "newest": _("Newest first"),
        "changed": _("Changed last"),
        "ending": _("Ending soonest"),
        "name": _("By name"),
    }
    key = f"sort_{language()}"
    return st.selectbox(
        _("Order"),
        ORDERS,
        index=ORDERS.index(begun(key, address.one_of("sort", ORDERS))),
        format_func=words.__getitem__,
        key=key,
        width=200,
        on_change=_chosen,
        args=("sort", key, ORDERS[0]),
    )


def _standings() -> list[str]:
    words: dict[str, str] = {state: _((WAITING if state == "waiting" else BADGES[state])[0]) for state in STANDINGS}  # type: ignore[index]
    return _pills(_("State"), "state", f"states_{language()}", STANDINGS, words)


def _mechanics(shop: Shop, kinds: Sequence[str]) -> list[str]:
    words = {kind: shop.catalogue.mechanic(kind).TITLE.in_(language()) for kind in kinds}
    return _pills(_("Kind"), "kind", f"kinds_{language()}", kinds, words)


def _pills(label: str, name: str, key: str, known: Sequence[str], words: dict[str, str]) -> list[str]:
    return st.pills(
        label,
        known,
        selection_mode="multi",
        default=begun(key, address.listed(name, known)),
        format_func=words.__getitem__,
        key=key,
        on_change=_chosen,
        args=(name, key),
    )


def _chosen(name: str, key: str, default: object = None) -> None:
    address.keep(name, key, default)
    address.turn_to_first_page()

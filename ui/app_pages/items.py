"""Item codes: one item, one code. All batches, or the one that the address names."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.codes import batches, ranges
from functions.codes.batch import Batch
from functions.core.campaign import Campaign
from functions.storage import campaigns as life
from functions.storage.refusals import Refused
from ui.components.codes import batch_new, batch_one
from ui.components.sheet import as_csv, csv_button
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, named, plain_words

PAGE = 20


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    known = life.campaigns(shop.store)
    if wanted := st.query_params.get("b", ""):
        _one(shop, wanted, known)
        return
    st.title(_("Item codes"))
    st.caption(
        _("Every item has a code of its own: buyers see that it is genuine, and its first scan can be rewarded.")
    )
    if shop.who.may("publish"):
        st.button(_("New batch"), type="primary", icon=":material/add:", key="btn_batch_new", on_click=batch_new.begin)
    with reading():
        found = batches.listed(shop.store)
    if batch_new.is_open():
        batch_new.dialog(shop, known)
    if not found:
        st.info(
            _("No batch yet. Ten codes are enough to try it: order, print, activate, scan."),
            icon=":material/qr_code_2:",
        )
        return
    _list(found, known)


def _one(shop: Shop, wanted: str, known: Sequence[Campaign]) -> None:
    st.button(_("All batches"), icon=":material/arrow_back:", type="tertiary", key="btn_batch_back", on_click=_back)
    try:
        batch, log = batches.load(shop.store, wanted)
    except Refused as refused:
        st.title(plain_words(refused.message.in_(language())))
        st.write(_("The link may be mistyped, or it belongs to another workspace."))
        return
    batch_one.draw(shop, batch, log, known)


def _back() -> None:
    st.query_params.pop("b", None)


def _list(found: Sequence[Batch], known: Sequence[Campaign]) -> None:
    pages = -(-len(found) // PAGE)
    at = st.pagination(pages, key=f"batches_{pages}") if pages > 1 else 1
    names = {one.id: named(one) for one in known}
    for batch in found[(at - 1) * PAGE : at * PAGE]:
        _line(batch, names)
    csv_button(
        _("List (CSV)"), lambda: table(found, names), f"{_('Item codes')}.csv", key="btn_batches_csv", kind="tertiary"
    )


def _line(batch: Batch, names: dict[str, str]) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap="xsmall"):
            st.markdown(f"**{plain_words(batch_one.title(batch))}**")
            active = ranges.count(ranges.without(batch.active, batch.blocked))
            st.caption(plain_words(batch_one.label_words(batch)))
            told = [
                _("{active} of {size} active").format(active=f"{active:,}", size=f"{batch.size:,}"),
                *([_("until {day}").format(day=day_words(batch.expires, language()))] if batch.expires else []),
                *([plain_words(names[batch.campaign])] if batch.campaign in names else []),
            ]
            st.caption(" · ".join(filter(None, told)))
        st.button(_("Open"), icon=":material/arrow_forward:", key=f"btn_{batch.id}", on_click=_opened, args=(batch.id,))


def _opened(batch_id: str) -> None:
    st.query_params["b"] = batch_id


def table(found: Sequence[Batch], names: dict[str, str]) -> bytes:
    """Every batch as a line of CSV."""
    rows = [
        {
            _("Batch"): batch.id,
            _("Product"): batch.name.in_(language()),
            "GTIN": batch.gtin,
            _("Lot"): batch.lot,
            _("Total codes"): batch.size,
            _("Usable"): ranges.count(ranges.without(batch.active, batch.blocked)),
            _("Blocked"): ranges.count(batch.blocked),
            _("Good until"): batch.expires.isoformat() if batch.expires else "",
            _("Campaign"): names.get(batch.campaign, ""),
        }
        for batch in found
    ]
    return as_csv(rows)


main()

"""What was done to a batch, and the way to correct its GTIN or lot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.codes import batches
from functions.codes.batch import Batch
from functions.core.faults import faults_of
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.forms.begun import begun
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

WRONG = "st_correct_wrong"


def draw(shop: Shop, batch: Batch, log: Sequence[Sequence[Any]]) -> None:
    """The steps, the newest first, and the correction."""
    words = {
        "issue": _("Ordered"),
        "activate": _("Activated"),
        "block": _("Blocked"),
        "release": _("Unblocked"),
        "correct": _("GTIN or lot corrected"),
    }
    rows = [
        {
            _("Time"): when(datetime.fromtimestamp(at, UTC), batch.zone, language()),
            _("Done by"): by,
            _("Action"): words.get(what, what),
            _("Item numbers"): note or "—",
        }
        for what, by, at, note in reversed(log)
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=_("What was done to this batch"))
    if batch.gtin and shop.who.may("publish"):
        _correction(shop, batch)


def _correction(shop: Shop, batch: Batch) -> None:
    with st.expander(_("The GTIN or lot is wrong")):
        st.caption(
            _("Codes that are printed already stay good: they go on opening this batch. New files carry the new one.")
        )
        gtin, lot = (f"correct_{name}_{language()}_{batch.label}" for name in ("gtin", "lot"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("GTIN", begun(gtin, batch.gtin), key=gtin, max_chars=14)
            st.text_input(_("Lot"), begun(lot, batch.lot), key=lot, max_chars=20)
            st.button(_("Correct"), key="btn_correct", on_click=_corrected, args=(shop, batch, gtin, lot))
        wrong = st.session_state.get(WRONG)
        st.markdown(f":red[:small[:material/error: {wrong}]]" if wrong else "&nbsp;")


def _corrected(shop: Shop, batch: Batch, gtin: str, lot: str) -> None:
    st.session_state.pop(WRONG, None)
    told = [str(st.session_state.get(key) or "").strip() for key in (gtin, lot)]
    try:
        batches.correct(shop.store, batch, told[0], told[1], shop.editor, shop.now)
    except ValidationError as error:
        st.session_state[WRONG] = plain_words(faults_of(error)[0].message.in_(language()))
    except Refused as refused:
        st.session_state[WRONG] = plain_words(refused.message.in_(language()))
    except (Unknown, Busy):
        st.session_state[WRONG] = _("No answer came. Press again: nothing is done twice.")

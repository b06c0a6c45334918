"""A segment while it is made or changed: its name and what people have to be, in a dialog."""

from __future__ import annotations

from dataclasses import replace as spec_replace
from typing import Any

import streamlit as st

from functions.core.segment import Segment
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.composer.places import placed
from ui.components.forms.fields import draw
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path, Terms, put
from ui.components.people import asked_of, segment_desk, segment_words
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

EDITED, CHOSEN = "st_segment", "st_segment_chosen"


def begin(segment: Segment | None = None) -> None:
    """Open the dialog, for a new segment or one there is."""
    content = segment.model_dump(mode="json") if segment else {"name": "", "needs": [{"kind": "newcomer"}]}
    before = segment.name if segment else ""
    st.session_state[EDITED] = {"before": before, "content": content, "epoch": 0, "faults": [], "said": ""}


def close() -> None:
    """Nothing is edited."""
    st.session_state.pop(EDITED, None)


def dialog(shop: Shop) -> None:
    """The dialog, while something is edited."""
    held = st.session_state.get(EDITED)
    if held is None:
        return

    @st.dialog(_("Segment"), on_dismiss=close, icon=":material/group:")
    def edit() -> None:
        if EDITED not in st.session_state:
            st.rerun()  # saved or cancelled: the page behind shows it
        form, own = _form(held), spec_of(Segment).fields
        draw(form, own["name"], ("name",))
        needs = segment_words.form_of(asked_of.offered(shop))
        draw(form, spec_replace(needs, label=own["needs"].label, help=own["needs"].help), ("needs",))
        if held["said"]:
            st.warning(plain_words(held["said"]), icon=":material/cloud_off:")
        with st.container(horizontal=True):
            st.button(_("Save"), type="primary", key="btn_segment_save", on_click=_save, args=(shop, held))
            st.button(_("Cancel"), type="tertiary", key="btn_segment_cancel", on_click=close)

    edit()


def _form(held: dict[str, Any]) -> Form:
    def write(path: Path, value: Any) -> None:
        held["content"] = put(held["content"], path, value)
        held["faults"] = []

    def replace(path: Path, value: Any) -> None:
        write(path, value)
        held["epoch"] += 1

    faults = placed(held["content"], held["faults"])
    return Form(held["content"], faults, language(), Terms(), held["epoch"], write, replace)


def _save(shop: Shop, held: dict[str, Any]) -> None:
    held["said"] = ""
    try:
        held["faults"] = segment_desk.keep(shop, held["content"], held["before"])
    except Refused as refused:
        held["said"] = refused.message.in_(language())
        return
    except (Unknown, Busy):
        held["said"] = _("The database cannot be reached right now. Nothing is lost; try again in a moment.")
        return
    if not held["faults"]:
        st.session_state[CHOSEN] = str(held["content"]["name"]).strip()
        close()

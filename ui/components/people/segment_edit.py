"""A segment while it is made or changed: its name and what people have to be, in a dialog."""

from __future__ import annotations

from dataclasses import replace as spec_replace
from typing import Any

import streamlit as st

from functions.core.segment import Segment
from functions.storage import audit
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Busy, Unknown
from ui.components.composer.places import placed
from ui.components.forms.fields import draw
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path, Terms, put
from ui.components.people import asked_of, segment_desk, segment_words
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import met, plain_words

EDITED, CHOSEN = "st_segment", "st_segment_chosen"


def begin(segment: Segment | None = None) -> None:
    """Open the dialog, for a new segment or one there is."""
    st.session_state[EDITED] = _held(segment)


def _held(segment: Segment | None, epoch: int = 0) -> dict[str, Any]:
    """What the dialog begins with."""
    content = segment.model_dump(mode="json") if segment else {"name": "", "needs": [{"kind": "newcomer"}]}
    return {"seen": segment, "content": content, "epoch": epoch, "faults": [], "said": "", "met": ""}


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
        if held["met"]:
            _met(shop, held)
            return
        with st.container(horizontal=True):
            st.button(_("Save"), type="primary", key="btn_segment_save", on_click=_save, args=(shop, held))
            st.button(_("Cancel"), type="tertiary", key="btn_segment_cancel", on_click=close)

    edit()


def _met(shop: Shop, held: dict[str, Any]) -> None:
    """Another editor changed the same meanwhile: what they made of it, and whose is kept."""
    theirs: Segment | None = held["theirs"]
    with st.container(border=True):
        st.warning(held["met"], icon=":material/group:")
        if theirs is not None:
            told = segment_words.told(theirs.needs, asked_of.names(shop, theirs.needs))
            st.caption(plain_words(_("Theirs: “{name}”, {people}").format(name=theirs.name, people=told)))
        with st.container(horizontal=True):
            st.button(_("Keep mine"), key="btn_segment_mine", on_click=_keep_mine, args=(shop, held))
            st.button(_("Take theirs"), key="btn_segment_theirs", on_click=_take_theirs, args=(held,))


def _keep_mine(shop: Shop, held: dict[str, Any]) -> None:
    held["seen"] = held["theirs"]
    _save(shop, held)


def _take_theirs(held: dict[str, Any]) -> None:
    if held["theirs"] is None:
        close()
    else:
        held.update(_held(held["theirs"], held["epoch"] + 1))  # the open dialog draws this very one


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
    held["said"] = held["met"] = ""
    try:
        held["faults"] = segment_desk.keep(shop, held["content"], held["seen"])
    except segment_desk.Crossed as crossed:
        held["theirs"], held["met"] = crossed.theirs, _who(shop, crossed.theirs)
        return
    except Refused as refused:
        held["said"] = refused.message.in_(language())
        return
    except (Unknown, Busy):
        held["said"] = _("The database cannot be reached right now. Nothing is lost; try again in a moment.")
        return
    if not held["faults"]:
        st.session_state[CHOSEN] = str(held["content"]["name"]).strip()
        close()


def _who(shop: Shop, theirs: Segment | None) -> str:
    """By whom a segment was changed meanwhile, as the audit list knows."""
    if theirs is None:
        return _("Another editor removed or renamed this segment meanwhile.")
    noted = (one for one in audit.entries(shop.store) if one.what == "segment" and one.about.zh == theirs.name)
    last = next(noted, None)
    return met(last.by, shop.now - last.at) if last else CONFLICT.in_(language())

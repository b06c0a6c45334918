"""A campaign as text: seen, copied, downloaded, edited as a whole; or brought in from a file, as a new draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from functions.core.discovery import Catalogue
from functions.core.faults import Fault
from functions.core.parsing import parse
from functions.core.text import Text
from infra.definition_files import Unreadable, content_of, lines_in, written, written_json
from infra.definition_report import line_of
from ui.components.composer import undo
from ui.components.forms.filling import whole
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

Form = Literal["yaml", "json"]
WRITTEN: dict[Form, Callable[[Any], str]] = {"yaml": written, "json": written_json}
MIME = {"yaml": "application/yaml", "json": "application/json"}
EDITING, OPENED = "st_text_editing", "text_open"
FAULTS_SHOWN, AREA_PIXELS, CODE_PIXELS = 8, 420, 420


@dataclass(frozen=True)
class Reading:
    """A text as a definition: its content and what is wrong with it and where; or why it holds none."""

    content: dict[str, Any] | None
    faults: Sequence[tuple[Fault, int]] = ()
    unreadable: Text = Text()


def reading(raw: bytes, name: str, catalogue: Catalogue) -> Reading:
    """What a file of this name holds. Lines count from 1; 0 where a place has none. Pure."""
    try:
        content = content_of(raw, name)
    except Unreadable as error:
        return Reading(None, unreadable=error.message)
    _definition, faults = parse(content, catalogue)
    known = lines_in(raw.decode("utf-8-sig")) if faults else {}
    told = [(fault, line_of(known, fault.path)) for fault in faults]
    return Reading(content, sorted(told, key=lambda one: one[1]))


def draw(shop: Shop, desk: Desk) -> None:
    """The draft as text, folded away at the foot of the last step, and only written out while it is looked at."""
    label = _("Advanced: the campaign as a file")
    folded = st.expander(label, icon=":material/data_object:", key=OPENED, on_change="rerun")
    if folded.open:
        with folded:
            _inside(shop, desk)
    undo.offer(desk, ())


def _inside(shop: Shop, desk: Desk) -> None:
    st.caption(_("What `pond publish` reads, and what another shop can import. Edits here change every step."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form: Form = st.segmented_control(
            _("Written as"), list(WRITTEN), default="yaml", format_func=str.upper, required=True, key="text_form"
        )
        text = WRITTEN[form](desk.content)
        st.download_button(
            _("Download"), text, file_name=f"{desk.campaign.id}.{form}", mime=MIME[form],
            icon=":material/download:", key="btn_text_download", on_click="ignore",
        )  # fmt: skip
        if shop.who.may("compose"):
            st.button(_("Edit as text"), icon=":material/edit:", key="btn_text_edit", on_click=_edit)
    if st.session_state.get(EDITING):
        _editor(desk, form, text)
    else:
        st.code(text, language=form, height=CODE_PIXELS)


def _edit() -> None:
    st.session_state[EDITING] = not st.session_state.get(EDITING)


def _editor(desk: Desk, form: Form, text: str) -> None:
    """An area that is only taken over when it is asked for, and only where it can be read."""
    typed = st.text_area(_("Definition"), text, height=AREA_PIXELS, key=f"text_{desk.epoch}_{form}")
    found = reading((typed or "").encode(), f"draft.{form}", desk.catalogue)
    tell(found)
    with st.container(horizontal=True):
        same = found.content is None or whole(found.content, desk.catalogue) == desk.content
        st.button(
            _("Take it over"), type="primary", disabled=same, key="btn_text_take", on_click=_take, args=(desk, found)
        )
        st.button(_("Cancel"), type="tertiary", key="btn_text_cancel", on_click=_edit)


def _take(desk: Desk, found: Reading) -> None:
    assert found.content is not None
    undo.keep(desk, (), whole(found.content, desk.catalogue))
    st.session_state.pop(EDITING, None)


def tell(found: Reading) -> None:
    """What is wrong with a text: why it cannot be read at all, else each fault with its place and line."""
    if found.content is None:
        st.error(plain_words(found.unreadable.in_(language())), icon=":material/error:")
        return
    if not found.faults:
        return
    told = [_fault(fault, line) for fault, line in found.faults[:FAULTS_SHOWN]]
    if len(found.faults) > FAULTS_SHOWN:
        told.append(_("and {n} more").format(n=len(found.faults) - FAULTS_SHOWN))
    st.warning("\n".join(f"- {words}" for words in told), icon=":material/rule:")


def _fault(fault: Fault, line: int) -> str:
    where = _("line {n}, {place}").format(n=line, place=fault.path) if line else fault.path
    return plain_words(f"{where}: {fault.message.in_(language())}" if where else fault.message.in_(language()))

"""What an edit draws again: the whole page, or the phone and the foot alone where nothing else would change."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from functions.core.workspace import Editor
from ui.components.composer.idle import hidden
from ui.components.composer.places import placed, wrong
from ui.desk import Desk
from ui.i18n import language

PHONE, FOOT = "part_phone", "part_foot"
DRAWN = "st_drawn"  # what the page around the fields said when it was last drawn to its end


def begin() -> None:
    """The page is being drawn. Should an edit cut that short, the next drawing is of the whole page again."""
    st.session_state.pop(DRAWN, None)


def finish(desk: Desk, who: Editor) -> None:
    """The page was drawn to its end."""
    st.session_state[DRAWN] = _around(desk, who)


def whole() -> None:
    """The callback of what is pressed or chosen: together with an edit, the whole page is drawn all the same."""


def only(desk: Desk, who: Editor) -> None:
    """Called by the callback of an edit: draw the phone and the foot alone, if the rest of the page says the same.

    While the store is away the whole page is drawn: at its end the wait for the store is over (`ui/impatient.py`).
    """
    if not desk.out_of_reach and st.session_state.get(DRAWN) == _around(desk, who):
        st.rerun([PHONE, FOOT])


def alike(before: Any, after: Any) -> bool:
    """Whether both are there, or both are not: the line under a field speaks of emptiness."""
    plain = (str, int, float)
    return isinstance(before, plain) and isinstance(after, plain) and _empty(before) == _empty(after)


def _empty(value: str | float) -> bool:
    return isinstance(value, str) and not value.strip()


def _around(desk: Desk, who: Editor) -> tuple[Any, ...]:
    _definition, faults, findings = desk.checked()
    head = desk.campaign
    run = get_script_run_ctx()
    return (
        run.page_script_hash if run else "",  # another page may have been asked for together with the edit
        *(language(), who, desk.epoch, placed(desk.content, wrong(faults, findings)), hidden(desk)),
        *(head.id, head.name, head.state, head.waiting, head.live),
        *(desk.theirs, desk.refused, desk.out_of_reach, desk.joined),
    )

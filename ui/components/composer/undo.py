"""Taking something away can be taken back: for ten seconds, or until the list is changed otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from ui.components.forms.values import Path, get
from ui.desk import Desk
from ui.i18n import _

KEPT = "st_undo"
OFFERED = timedelta(seconds=10)


def keep(desk: Desk, path: Path, after: Any) -> None:
    """Write `after` over what stands at `path`, and remember what stood there."""
    before = get(desk.content, path)
    desk.replace(path, after)
    st.session_state[KEPT] = {"path": path, "before": before, "after": after, "at": desk.clock()}


def offer(desk: Desk, path: Path) -> None:
    """The way back, under the list at `path`."""
    if not _open(desk, path):
        return

    @st.fragment(run_every=OFFERED)
    def shown() -> None:
        if _open(desk, path):
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                st.caption(_("Removed.") if len(path) == 1 else _("Written anew."), width="content")
                st.button(_("Undo"), icon=":material/undo:", key="btn_undo", on_click=_back, args=(desk,))

    shown()


def _open(desk: Desk, path: Path) -> bool:
    kept = st.session_state.get(KEPT)
    if kept is None or kept["path"] != path:
        return False
    fresh = desk.clock() - kept["at"] < OFFERED
    return bool(fresh and get(desk.content, path) == kept["after"])


def _back(desk: Desk) -> None:
    kept = st.session_state.pop(KEPT)
    desk.replace(kept["path"], kept["before"])

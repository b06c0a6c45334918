"""Our own error page: a page or a button broke, and the person in front of it gets a sentence, not a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from functions.storage.store import Busy, Unknown
from ui.frame import out_of_reach
from ui.i18n import _
from ui.shop import new_mark

LOG = logging.getLogger("pond.screens")


def shown(error: Exception) -> bool:
    """Log what went wrong under a mark, and show the mark. Given to Streamlit, which asks whether we showed it."""
    if isinstance(error, (Unknown, Busy)):  # a button's own work; pages are guarded in app.py
        out_of_reach()
        return True
    mark = new_mark()
    LOG.error("a page broke [%s]", mark, exc_info=error)
    with st.container(border=True):
        st.subheader(_("Something went wrong on this page"))
        st.write(_("It is not your doing, and what you saved is safe. If it happens again, tell us this number:"))
        st.code(mark, language=None)
        st.button(_("Try again"), type="primary", icon=":material/refresh:", key="btn_mishap")
    return True

"""Our own error page: a page or a button broke, and the person in front of it gets a sentence, not a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.frame import out_of_reach
from ui.i18n import _, language
from ui.shop import new_mark
from ui.words import plain_words

LOG = logging.getLogger("pond.screens")
STREAMLITS = logging.getLogger("streamlit.error_util")  # it logs what went wrong before it asks `shown`


def shown(error: Exception) -> bool:
    """Log what went wrong under a mark, and show the mark. Given to Streamlit, which asks whether we showed it."""
    if isinstance(error, (Unknown, Busy)):  # a button's own work; pages are guarded in app.py
        out_of_reach()
        return True
    if isinstance(error, Refused):
        st.error(f"{plain_words(error.message.in_(language()))} [{error.code}]", icon=":material/block:")
        st.button(_("Try again"), key="btn_again")
        return True
    mark = new_mark()
    LOG.error("a page broke [%s]", mark, exc_info=error)
    with st.container(border=True):
        st.subheader(_("Something went wrong on this page"))
        st.write(_("It is not your doing, and what you saved is safe. If it happens again, tell us this number:"))
        st.code(mark, language=None)
        st.button(_("Try again"), type="primary", icon=":material/refresh:", key="btn_mishap")
    return True


def log_in_a_line() -> None:
    """Have Streamlit log a table that is away, and a refused press, in a line: no code is at fault."""
    STREAMLITS.addFilter(_in_a_line)


def _in_a_line(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, (Unknown, Busy)):
        record.msg, record.args, record.exc_info = "the table did not answer a press: %r", (error,), None
    elif isinstance(error, Refused):
        record.msg, record.args, record.exc_info = "a press was refused: %s", (error.code,), None
    return True

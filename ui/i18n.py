"""The screens' words: source strings are English, the catalogues in `locale/` say them in each language."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.pofile import read_po

from functions.core.text import LANGUAGES, Language, Text

LOCALE = Path(__file__).parent / "locale"
LATER: ContextVar[Language | None] = ContextVar("later", default=None)  # of a file that is made when it is asked for
HOUSE = "st_house_language"  # the workspace's own, once it was read


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Source string -> words of `language`, read from its .po file once."""
    with (LOCALE / language / "LC_MESSAGES" / "pond.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale=language) if message.id}


def language() -> Language:
    """The language of this session: the sidebar's toggle (`?lang=`), else the browser's."""
    if (later := LATER.get()) is not None:
        return later
    chosen = st.session_state.get("lang")
    return next((known for known in LANGUAGES if known == chosen), browser_language())


def speaking(tongue: Language, made: Callable[[], bytes]) -> Callable[[], bytes]:
    """`made` in `tongue` whenever it is called: Streamlit makes a file that is asked for outside of any session."""

    def file() -> bytes:
        before = LATER.set(tongue)
        try:
            return made()
        finally:
            LATER.reset(before)

    return file


def browser_language() -> Language:
    """What the browser asks for; where that is another language, the house's, which is Chinese until it is known."""
    house: Language = st.session_state.get(HOUSE, "zh")
    return asked_for() or house


def asked_for() -> Language | None:
    """The language that the browser asks for, where it is one of ours."""
    locale = str(st.context.locale or "").lower()
    return next((known for known in LANGUAGES if locale.startswith(known)), None)


def _(source: str) -> str:
    """The words for `source` in this session's language."""
    return said(source, language())


def said(source: str, tongue: Language) -> str:
    """The words for `source` in the given language."""
    return catalogue(tongue).get(source) or source


def both(source: str) -> Text:
    """`source` in both languages, where a label is kept with its field."""
    return Text(zh=said(source, "zh"), en=said(source, "en"))

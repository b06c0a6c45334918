"""A choice that is kept in the page's address, so that a link, a refresh and the back button bring it back.

The address holds the plain value in any language; Streamlit's own binding would hold the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from ui.i18n import language

PAGE = "page"


def segments(name: str, label: str, words: Mapping[str, str]) -> str:
    """One of `words` (value → what people read), as segments; the first where `?name=` says nothing known."""
    st.segmented_control(
        label,
        list(words),
        default=_said(name, words),
        required=True,
        format_func=words.__getitem__,
        key=(key := _key(name)),
        on_change=_keep,
        args=(name, key),
        label_visibility="collapsed",
    )
    return _said(name, words)


def listed(name: str, label: str, words: Mapping[str, str], width: int | Literal["stretch"] = 200) -> str:
    """The same as a list to open."""
    values = list(words)
    st.selectbox(
        label,
        values,
        index=values.index(_said(name, words)),
        format_func=words.__getitem__,
        key=(key := _key(name)),
        on_change=_keep,
        args=(name, key),
        label_visibility="collapsed",
        width=width,
    )
    return _said(name, words)


def many(name: str, label: str, words: Mapping[str, str]) -> list[str]:
    """Any number of `words`, as pills."""
    chosen: list[str] = st.pills(
        label,
        list(words),
        selection_mode="multi",
        default=[value for value in words if value in st.query_params.get(name, "").split(",")],
        format_func=words.__getitem__,
        key=(key := _key(name)),
        on_change=_keep,
        args=(name, key),
        wrap=True,
    )
    return chosen


def switch(name: str, label: str) -> bool:
    """On or off; `?name=on` is on."""
    return st.toggle(
        label, value=st.query_params.get(name) == "on", key=(key := _key(name)), on_change=_keep, args=(name, key)
    )


def page(name: str, pages: int) -> int:
    """A page of several, from 1; the nearest there is to what `?name=` says."""
    said = st.query_params.get(name, "")
    at = min(max(1, int(said)), pages) if said.isdecimal() and len(said) < 9 else 1
    return st.pagination(pages, default=at, key=(key := f"{_key(name)}_{pages}"), on_change=_keep, args=(name, key))


def _said(name: str, words: Mapping[str, str]) -> str:
    told = st.query_params.get(name, "")
    return told if told in words else next(iter(words))


def _key(name: str) -> str:
    """A new widget, and so a new default, when the address changed by itself: another page, or the back button."""
    told = st.query_params.get(name, "")
    seen, epoch = st.session_state.get(f"st_addressed_{name}", (told, 0))
    if seen != told:
        epoch += 1
    st.session_state[f"st_addressed_{name}"] = (told, epoch)
    return f"{name}_{language()}_{epoch}"


def _keep(name: str, key: str) -> None:
    chosen = _told(st.session_state[key])
    if chosen:
        st.query_params[name] = chosen
    elif name in st.query_params:
        del st.query_params[name]
    epoch = st.session_state[f"st_addressed_{name}"][1]
    st.session_state[f"st_addressed_{name}"] = (chosen, epoch)
    if name != PAGE and PAGE in st.query_params:
        del st.query_params[PAGE]  # another choice begins at its first page


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return ",".join(value) if isinstance(value, list) else str(value)

"""Choices that stand in the page's address: a link, a refresh and the back button keep them.

Streamlit's own `bind` would write a choice's words into the address, which change with the language.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st


def listed(name: str, known: Sequence[str]) -> list[str]:
    """The choices that `?name=` lists; those that are not known are left out."""
    said = st.query_params.get(name, "").split(",")
    return [one for one in known if one in said]


def one_of(name: str, known: Sequence[str]) -> str:
    """The choice that `?name=` tells, else the first."""
    return next(iter(listed(name, known)), known[0])


def number(name: str, most: int) -> int:
    """The number that `?name=` tells, from 1 to `most`."""
    said = st.query_params.get(name, "")
    return min(max(1, int(said)), most) if said.isdecimal() and len(said) < 9 else 1


def keep(name: str, key: str, default: object = None) -> None:
    """Write what the widget with this key holds into the address; its default is not written."""
    value = st.session_state.get(key)
    said = ",".join(map(str, value)) if isinstance(value, list) else str(value or "")
    if said and value != default:
        st.query_params[name] = said
    elif name in st.query_params:
        del st.query_params[name]


def turn_to_first_page() -> None:
    """Another choice begins at its first page."""
    if "page" in st.query_params:
        del st.query_params["page"]

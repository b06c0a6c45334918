"""What a widget begins with."""

from __future__ import annotations

from typing import Any

import streamlit as st

FIRST = "st_first"


def begun(key: str, value: Any) -> Any:
    """The default to give the widget with this key: what the draft held when it first appeared.

    A default travels with every drawing of the widget. A value set through session state travels with one only:
    where the next click cuts that drawing short, the browser shows the widget empty and sends the emptiness back,
    and the draft would keep it.
    """
    first: dict[str, Any] = st.session_state.setdefault(FIRST, {})
    if key not in st.session_state:
        first[key] = value
    return first.get(key, value)

"""The way from a finding to the field that it is about."""

from __future__ import annotations

import streamlit as st

from ui.components.composer.places import step_of
from ui.desk import Desk

OPENS = {"rules": "st_open_rule", "rewards": "st_open_reward"}


def to(path: str) -> None:
    """To the step of the field at a dotted path, with its card open."""
    st.session_state["st_step"] = step_of(path)
    head, *rest = path.split(".")
    desk: Desk = st.session_state["st_desk"]
    cards = desk.content.get(head)
    if head in OPENS and rest and rest[0].isdigit() and isinstance(cards, list) and int(rest[0]) < len(cards):
        st.session_state[OPENS[head]] = cards[int(rest[0])].get("id")

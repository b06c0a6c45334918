"""The way from a finding to the field that it is about."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import streamlit as st

from ui.components.composer.places import place, step_of
from ui.desk import Desk
from ui.i18n import language

GOTO = "st_goto"  # the field to go to, and since when its way is told
TOLD_FOR = timedelta(seconds=5)
OPENS = {"rules": "st_open_rule", "rewards": "st_open_reward"}


def to(path: str) -> None:
    """To the step of the field at a dotted path, with its card open."""
    st.session_state["st_step"] = step_of(path)
    st.session_state[GOTO] = (path, None)
    head, *rest = path.split(".")
    desk: Desk = st.session_state["st_desk"]
    cards = desk.content.get(head)
    if head in OPENS and rest and rest[0].isdigit() and isinstance(cards, list) and int(rest[0]) < len(cards):
        st.session_state[OPENS[head]] = cards[int(rest[0])].get("id")


def ways(desk: Desk, now: datetime) -> list[str]:
    """What the browser calls the field that was asked for, and what that lies in, the nearest first; empty for none.

    Before them stands a mark of this one press: for a few seconds each drawing tells it, since a browser may miss one.
    """
    asked: tuple[str, datetime | None] = st.session_state.get(GOTO, ("", None))
    dotted, since = asked[0], asked[1] or now
    if not dotted or now - since > TOLD_FOR:
        st.session_state.pop(GOTO, None)
        return []
    st.session_state[GOTO] = (dotted, since)
    path = place(desk.content, dotted)
    keys = [".".join(map(str, path[:depth])) for depth in range(len(path), 0, -1)]
    names = ["st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", f"cfg_{desk.epoch}{language()}_{key}") for key in keys]
    return [f"{dotted} {since.isoformat()}", *names]

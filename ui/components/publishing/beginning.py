"""When it begins, beside what is about to go live: a choice edits the draft's start, as on the step of times."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from functions.core.campaign import Definition
from ui.components.forms.schema import Spec
from ui.components.forms.values import Path, Terms, shown, stored
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop

INSTANT, START = Spec("instant"), ("schedule", "starts_at")
MOVED = "st_start_moved"  # how often


def draw(shop: Shop, desk: Desk, definition: Definition, *, bound: bool) -> None:
    """Now or at a time; `bound` where somebody signed or agreed to exactly the content that this changes."""
    zone, later = definition.schedule.zone, definition.schedule.starts_at > shop.now
    words = {"now": _("Now"), "later": _("At a time")}
    key = f"publish_when_{language()}_{desk.epoch}"
    st.segmented_control(
        _("Starts"),
        list(words),
        default="later" if later else "now",
        format_func=words.__getitem__,
        key=key,
        required=True,
        on_change=lambda: _begin(desk, zone, _usual(shop.now, zone, st.session_state[key])),
    )
    if later:
        field = f"{key}_at"
        st.datetime_input(
            _("Begins by itself on"),
            value=shown(INSTANT, definition.schedule.starts_at.isoformat(), Terms(zone)),
            format="YYYY-MM-DD",
            step=60,
            key=field,
            on_change=lambda: _begin(desk, zone, st.session_state[field]),
        )
    if bound:
        st.caption(_("Another time is another content: what was signed or agreed to is asked for again."))


def anew(key: str) -> str:
    """The key of what was ticked or typed: another one after each move, for browsers keep what they show."""
    moved = st.session_state.get(MOVED, 0)
    return f"{key}_{moved}" if moved else key


def _usual(now: datetime, zone: str, choice: str) -> datetime:
    """The wall time a choice begins with: this minute, or the next midnight."""
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if choice == "later":
        return datetime.combine(wall.date() + timedelta(days=1), time())
    return wall.replace(second=0, microsecond=0)


def _begin(desk: Desk, zone: str, wall: datetime | None) -> None:
    path: Path = START
    desk.replace(path, stored(INSTANT, wall, Terms(zone)))
    st.session_state[MOVED] = st.session_state.get(MOVED, 0) + 1

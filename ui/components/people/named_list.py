"""Members whose nickname begins alike: masked, to choose one from. Opening one is a look, and is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from ui.i18n import _, language
from ui.words import bold, day_words, plain_words

NAMED = "st_named"


def draw(opens: Callable[[str], None]) -> None:
    """Those that were found; `opens` one by the member's id."""
    told = st.session_state.get(NAMED)
    if not told:
        return
    st.caption(plain_words(told["message"]))
    with st.container(border=True, gap="small"):
        for one in told["people"]:
            _line(one, opens)


def _line(one: Mapping[str, Any], opens: Callable[[str], None]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(gap=None, width="content"):
            whole = _("exact")
            exact = f" :blue-badge[{whole}]" if one["exact"] else ""
            st.markdown(f"{bold(one['nickname'])} · {one['member'][-6:]}{exact}")
            st.caption(f"{_standing(one)} · {_since(one)}")
        st.button(_("Open"), key=f"btn_named_{one['member']}", on_click=opens, args=(one["member"],))


def _standing(one: Mapping[str, Any]) -> str:
    return _("Signed in") if one["signed_in"] else _("Guest")


def _since(one: Mapping[str, Any]) -> str:
    at = datetime.fromisoformat(one["since"]).astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
    return _("nickname since {day}").format(day=day_words(at.date(), language()))

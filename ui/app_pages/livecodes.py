"""Live codes: printed once, they open what their marketer wants today."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.audit import Entry
from functions.core.campaign import Campaign
from functions.core.live_code import NAME_MAX, LiveCode
from functions.core.text import Text
from functions.drawing.sheets import Named
from functions.storage import campaigns as life
from functions.storage import live_codes
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components import addressed
from ui.components.codes import live_code, live_compare, live_ways, print_codes
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

ROUND, WRONG = "st_live_round", "st_live_wrong"


def main() -> None:
    """The page: one code where the address names it, else all."""
    shop = shop_or_stop()
    known = [one for one in life.campaigns(shop.store) if one.state != "archived"]
    if code := st.query_params.get("code", ""):
        live_code.draw(shop, code, known)
        return
    st.title(_("Live codes"))
    st.caption(
        _("Print a code once; change where it leads whenever you like: a campaign, a chat, a sales associate, a page.")
    )
    with reading():
        every = [live for live, _revision in live_codes.all_of(shop.store)]
    parts = {"all": _("All codes"), "codes": _("Compare"), "guides": _("Associates"), "partners": _("Partners")}
    part = addressed.segments("view", _("View"), parts) if every else "all"
    if part != "all":
        live_compare.draw(shop, every, part)  # what was put away goes on leading
        return
    if shop.who.may("compose"):
        _new(shop)
    away = [live for live in every if live.archived]
    archived = bool(away) and addressed.switch("archived", _("Archived ({n})").format(n=len(away)))
    found = away if archived else [live for live in every if not live.archived]
    if not found:
        st.info(_("No live code yet. Begin with the one at your shop's door."), icon=":material/qr_code_scanner:")
        return
    millimetres = print_codes.size()
    for live in sorted(found, key=lambda one: one.name):
        _line(shop, live, known, millimetres)


def _new(shop: Shop) -> None:
    key = f"live_name_{language()}_{st.session_state.get(ROUND, 0)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Name of a new live code"),
            key=key,
            max_chars=NAME_MAX,
            placeholder=_("Shop A, at the door"),
            persist_state="page",
        )
        st.button(
            _("Create"), type="primary", icon=":material/add:", key="btn_live_new", on_click=_made, args=(shop, key)
        )
    if wrong := st.session_state.get(WRONG):
        st.markdown(f":red[:small[:material/error: {wrong}]]")


def _made(shop: Shop, key: str) -> None:
    name = " ".join(str(st.session_state.get(key) or "").split())
    st.session_state[WRONG] = "" if name else _("It needs a name.")
    if not name:
        return
    about = Text(zh=name, en=name)
    try:
        live = live_codes.add(
            shop.store,
            name,
            shop.entropy(),
            lambda _live: Entry(what="new_live_code", by=shop.editor, at=shop.now, about=about),
        )
    except Refused as refused:
        st.session_state[WRONG] = plain_words(refused.message.in_(language()))
    except (Unknown, Busy):
        st.session_state[WRONG] = _("No answer came. Look at the list first: it may have been made.")
    else:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.query_params["code"] = live.code


def _line(shop: Shop, live: LiveCode, known: Sequence[Campaign], millimetres: int) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain_words(live.name)}**", width="content")
                live_code.standing(shop, live)
            ways = [live_ways.summary(way, known, shop.now) for way in live.ways[:3]]
            more = _("and {n} more").format(n=len(live.ways) - 3) if len(live.ways) > 3 else ""
            st.caption("  \n".join([*ways, *([more] if more else [])]) or _("Open it and say where it leads."))
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            print_codes.downloads(
                Named(shop.settings.live_url(live.code), live.name), millimetres, live.code, "tertiary"
            )
            st.button(
                _("Open"), icon=":material/edit:", key=f"btn_live_{live.code}", on_click=_opened, args=(live.code,)
            )


def _opened(code: str) -> None:
    st.query_params["code"] = code


main()

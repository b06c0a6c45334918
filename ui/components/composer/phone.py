"""The phone beside the form: what members will see, drawn by the pages' own renderer, in a sandbox of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.core.faults import Fault
from functions.core.text import LANGUAGES, Language
from functions.edge import media
from ui import preview
from ui.components.composer import jump, parts, subjects
from ui.components.composer.places import step_of
from ui.components.forms.begun import begun
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop

SEEN, NONCE, GOOD, DIALOG = "st_phone_state", "st_phone_nonce", "st_phone_good", "st_phone_dialog"
HTML = '<div class="phone"><div class="screen"></div><p class="words" role="status" hidden></p></div>'
CSS = """
.phone { position: relative; box-sizing: border-box; width: 359px; max-width: 100%; margin: 0 auto; padding: 8px;
  border-radius: 32px; background: #1F2937; }
.screen { position: relative; height: clamp(380px, calc(100vh - 400px), 600px); border-radius: 24px; overflow: hidden;
  background: #F3F6F5; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; background: #F3F6F5; }
iframe.next { visibility: hidden; }
.low .screen { height: clamp(300px, calc(100vh - 480px), 600px); }
.dim .screen { filter: grayscale(1); opacity: .35; }
.words { position: absolute; left: 24px; right: 24px; top: 40%; margin: 0; padding: 12px 16px; border-radius: 12px;
  background: #FFF4E5; color: #8A4B00; font-size: 14px; line-height: 1.5; }
"""


def pane(shop: Shop, desk: Desk) -> None:
    """The phone in its column; where there is no room for one, a button (`narrow`) opens it."""

    @st.fragment(key=parts.PHONE)
    def shown() -> None:
        _drawn(shop, desk, "pane")

    with st.container(key="phone_pane", gap="small"):
        shown()


def narrow(shop: Shop, desk: Desk) -> None:
    """The button that stands for the phone on a small screen, and what it opens. Style shows one of the two."""
    with st.container(key="phone_button", width="content"):
        st.button(_("Preview"), icon=":material/smartphone:", key="btn_phone", on_click=_open)
    if st.session_state.get(DIALOG):
        _dialog(shop, desk)


def _open() -> None:
    st.session_state[DIALOG] = True


def _closed() -> None:
    st.session_state.pop(DIALOG, None)


def _dialog(shop: Shop, desk: Desk) -> None:
    @st.dialog(_("Phone preview"), position="right", on_dismiss=_closed)
    def show() -> None:
        _drawn(shop, desk, "dialog")

    show()


def titles() -> dict[preview.State, str]:
    """What the five states are called."""
    return {
        "landing": _("Landing"),
        "under_way": _("Active"),
        "done": _("Done"),
        "over": _("Over"),
        "poster": _("Poster"),
    }


def _drawn(shop: Shop, desk: Desk, place: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(_("Phone preview") if place == "pane" else "", width="content")  # a dialog says it as its title
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            key = f"phone_large_{place}"
            large = st.toggle(_("Large text"), value=begun(key, False), key=key)
            tongue = _tongue(place)
    shown = st.container()  # not `st.empty`: it would take the phone away at each drawing, and move what is under it
    state = _state(place)
    html, fault = _page(shop, desk, state, tongue, large)
    low = desk.out_of_reach or desk.theirs is not None or desk.refused is not None  # something stands above it
    data = {
        "page": html, "shows": f"{state} {tongue}", "title": _("Phone preview"), "words": _said(desk, html, fault),
        "low": low, "ways": jump.ways(desk, shop.now),
    }  # fmt: skip
    with shown:
        component()(data=data, key=f"phone_screen_{place}")
    if fault is not None and step_of(fault.path) != "check":
        st.button(_("Go there"), key=f"btn_phone_{place}_go", on_click=_go, args=(fault.path,))


def _go(path: str) -> None:
    jump.to(path)
    _closed()
    st.rerun()


def _said(desk: Desk, html: str, fault: Fault | None) -> str:
    """Why this is not today's page, over the last one that could be drawn or over none."""
    if fault is None:
        return ""
    words = _("As it was before: {what}") if html else _("Nothing to preview yet: {what}")
    told = subjects.told(desk.content, desk.catalogue, fault, language())
    return words.format(what=told)


def _tongue(place: str) -> Language:
    """The page's language, which need not be the screens'."""
    key = f"phone_tongue_{place}"
    names = {"zh": "中文", "en": "EN"}
    picked = st.segmented_control(
        _("Language of the page"),
        LANGUAGES,
        default=begun(key, language()),
        format_func=names.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    return picked or "zh"


def _state(place: str) -> preview.State:
    key, names = f"phone_state_{language()}_{place}", titles()
    picked = st.segmented_control(
        _("What the phone shows"),
        preview.STATES,
        default=begun(key, st.session_state.get(SEEN, preview.STATES[0])),
        format_func=names.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        width="stretch",
    )
    st.session_state[SEEN] = picked
    return picked or preview.STATES[0]


def _page(shop: Shop, desk: Desk, state: preview.State, tongue: Language, large: bool) -> tuple[str, Fault | None]:
    """The page, and what keeps it from being today's: then it is the last one that could be drawn, or none."""
    definition, faults, _findings = desk.checked()
    good: dict[str, Any] = st.session_state.setdefault(GOOD, {})
    if good.get("campaign") != desk.campaign.id:
        good.clear()
        good["campaign"] = desk.campaign.id
    if definition is not None and definition.mechanic in shop.catalogue.mechanics:
        try:
            mark = (desk.content_hash, state, tongue, large)
            if good.get("mark") != mark:
                html = preview.page(
                    definition, shop.catalogue, state, tongue,
                    large=large, base_url=shop.settings.base_url, nonce=_nonce(shop), fetch=_fetch(shop),
                )  # fmt: skip
                good |= {"mark": mark, "html": html}
            return good["html"], None
        except ValidationError:
            pass  # the last good page stays, beside the fault that says what is wrong
    return good.get("html", ""), next(iter(faults), None)


def _nonce(shop: Shop) -> str:
    """One for each session, so that a page that did not change is not loaded again; no text can know it."""
    return str(st.session_state.setdefault(NONCE, shop.entropy().hex()))


def _fetch(shop: Shop) -> Callable[[str], bytes]:
    bucket = shop.bucket
    return lambda name: (media.fetch(bucket, name) or b"") if bucket is not None else b""


@cache
def component() -> Callable[..., Any]:
    """Streamlit's component, registered once."""
    script = Path(__file__).with_name("phone.js").read_text(encoding="utf-8")
    return st.components.v2.component("pond_phone", html=HTML, css=CSS, js=script)

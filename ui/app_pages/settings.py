"""Settings: the brand, what campaigns begin with, approval, people, privacy. Every field is kept when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from ui.components.composer.places import placed
from ui.components.forms.form import Form
from ui.components.forms.values import Terms
from ui.components.workspace import settings_hooks, settings_parts, settings_people
from ui.components.workspace.settings_desk import SettingsDesk
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words

DESK = "st_settings"


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Settings"))
    with reading():
        desk = _desk(shop)
    _state(desk)
    parts = {
        "brand": _("Brand"),
        "beginnings": _("New campaigns"),
        "approval": _("Approval"),
        "people": _("Team"),
        "shops": _("Shops & orders"),
        "privacy": _("Privacy"),
        "about": _("About"),
    }
    part = st.segmented_control(
        _("Part"),
        list(parts),
        default="brand",
        required=True,
        wrap=True,
        format_func=parts.__getitem__,
        key=f"settings_part_{language()}",
        label_visibility="collapsed",
    )
    drawing: dict[str, Callable[[Form, SettingsDesk], None]] = {
        "brand": settings_parts.brand,
        "beginnings": settings_parts.beginnings,
        "approval": settings_parts.approval,
        "privacy": settings_parts.privacy,
    }
    if part in drawing:
        drawing[part](_form(desk), desk)
    elif part == "people":
        settings_people.draw(shop, desk)
        if shop.dev_mode:
            _own_name(shop)
    elif part == "shops":
        settings_hooks.draw(shop)
    else:
        settings_parts.about(shop)


def _desk(shop: Shop) -> SettingsDesk:
    """This session's desk, with what others changed meanwhile."""
    desk: SettingsDesk | None = st.session_state.get(DESK)
    if desk is None:
        desk = st.session_state[DESK] = SettingsDesk.opened(shop.store, shop.editor, _now)
    desk.store, desk.editor = shop.store, shop.editor  # the role may have changed since
    desk.refresh()
    return desk


def _now() -> datetime:
    shop = open_shop()
    assert shop is not None
    return shop.now


def _form(desk: SettingsDesk) -> Form:
    return Form(
        content=desk.content,
        faults=placed(desk.content, desk.faults),
        language=language(),
        terms=Terms(desk.settings.zone, desk.settings.currency),
        epoch=desk.epoch,
        write=desk.write,
        replace=desk.replace,
    )


def _state(desk: SettingsDesk) -> None:
    """Saved when; or why not."""
    if desk.refused:
        st.warning(plain_words(desk.refused.in_(language())), icon=":material/group:")
    if desk.out_of_reach:
        st.warning(
            _("The database cannot be reached right now. Everything you typed is still on this page."),
            icon=":material/cloud_off:",
        )
        st.button(_("Try again"), key="btn_retry", on_click=desk.keep)
    elif desk.saved_at:
        at = desk.saved_at.astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
        st.caption(_("Saved {time}").format(time=f"{at:%H:%M}"))
    else:
        st.caption(_("Every change is saved at once."))


def _own_name(shop: Shop) -> None:
    st.subheader(_("You"))
    st.text_input(
        _("Your name"),
        key="editor_name",
        persist_state="session",
        placeholder="" if shop.editor == "—" else shop.editor,
        on_change=_named,
    )
    st.caption(_("Stored with what you publish and sign. Without sign-in, anyone who opens these screens can edit."))


def _named() -> None:
    st.session_state["st_editor"] = str(st.session_state["editor_name"]).strip()[:80]


main()

"""The composer: one campaign's draft in six steps. Every field is kept when it changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from functions.storage.campaigns import Refused
from ui.components import header
from ui.components.composer import check, marks, parts, phone, steps
from ui.components.composer.desk_bar import banners, bar
from ui.components.composer.findings import DRAWER
from ui.components.composer.idle import hidden
from ui.components.composer.places import STEPS, placed, titles, troubled, wrong
from ui.components.forms.begun import begun
from ui.components.forms.fields import OPEN_FRAMES
from ui.components.forms.form import Form
from ui.components.forms.values import Path, Terms, get, rezoned
from ui.desk import Desk
from ui.frame import not_there, reading, shop_or_stop
from ui.i18n import _, language
from ui.navigation import COMPOSE
from ui.shop import Shop, open_shop

MOVES = "st_moves"  # how often a button moved to another step
LEFT_OVER = (
    "st_published",
    "st_refused",
    "st_dialog",
    "st_sign",
    "st_open_rule",
    "st_open_reward",
    OPEN_FRAMES,
    phone.DIALOG,
    DRAWER,
)


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    with reading():
        desk = _desk(shop, st.query_params.get("c", ""))
    if desk is None:
        return
    parts.begin()
    header.draw(shop, desk.campaign, COMPOSE)
    banners(shop, desk)
    step = _step(desk)
    phone.narrow(shop, desk)
    form = _form(desk)
    left, right = st.columns([3, 2], gap="large")
    with right:  # before the form: whoever edits looks here
        phone.pane(shop, desk)
    with left:
        steps.draw_step(step, shop, desk, form)
    bar(shop, desk, step)
    if not st.session_state.get(phone.DIALOG):
        check.drawer(shop, desk, form)
    parts.finish(desk, shop.who)


def _desk(shop: Shop, campaign: str) -> Desk | None:
    """The desk of this session for the campaign; opened when it is another one than before."""
    desk: Desk | None = st.session_state.get("st_desk")
    if desk is None or desk.campaign.id != campaign:
        try:
            desk = Desk.opened(shop.store, shop.catalogue, campaign, _now, shop.editor)
        except Refused as refused:
            not_there(refused)
            return None
        st.session_state["st_desk"] = desk
        for left_over in LEFT_OVER:
            st.session_state.pop(left_over, None)
    desk.editor, desk.store = shop.editor, shop.store  # the role may have changed since
    return desk


def _now() -> datetime:
    shop = open_shop()
    assert shop is not None
    return shop.now


def _form(desk: Desk) -> Form:
    _definition, faults, findings = desk.checked()
    schedule, budget = desk.content.get("schedule"), desk.content.get("budget")
    zone, currency = get(schedule, ("zone",)), get(budget, ("currency",))
    return Form(
        content=desk.content,
        faults=placed(desk.content, wrong(faults, findings)),
        language=language(),
        terms=Terms(zone if steps.known_zone(zone) else "UTC", currency if isinstance(currency, str) else "CNY"),
        epoch=desk.epoch,
        write=partial(_write, desk),
        edit=partial(_edit, desk),
        replace=desk.replace,
        hidden=hidden(desk),
    )


def _write(desk: Desk, path: Path, value: Any) -> None:
    """One change; another zone keeps the campaign's wall times."""
    if path == ("schedule", "zone"):
        desk.replace(("schedule",), rezoned(desk.content["schedule"], value))
    else:
        desk.write(path, value)


def _edit(desk: Desk, path: Path, value: Any) -> None:
    """One change that its own widget shows already: where nothing else tells of it, the phone and the foot do."""
    before = get(desk.content, path)
    _write(desk, path, value)
    shop = open_shop()
    if shop is not None and steps.told_nowhere_else(path) and parts.alike(before, value):
        parts.only(desk, shop.who)


def _step(desk: Desk) -> str:
    names, at = titles(), f"st_at_{desk.campaign.id}"
    wanted = st.session_state.pop("st_step", None)
    if wanted in STEPS:  # a new control, so that a browser that missed this drawing cannot send the old step back
        st.session_state[MOVES] = st.session_state.get(MOVES, 0) + 1
        st.session_state[at] = wanted
    key = f"step_{language()}_{desk.campaign.id}_{st.session_state.get(MOVES, 0)}"
    picked = st.segmented_control(
        _("Step"),
        STEPS,
        default=begun(key, st.session_state.get(at) or _addressed()),
        format_func=names.__getitem__,
        key=key,
        required=True,
        label_visibility="collapsed",
        width="stretch",
        on_change=parts.whole,
    )
    st.session_state[at] = picked
    _definition, faults, findings = desk.checked()
    marks.draw(troubled(wrong(faults, findings)))
    return str(picked)


def _addressed() -> str:
    """The step whose number stands in the address (`steps.js`): a page that was loaded anew is where it was."""
    number = st.query_params.get("step", "")
    return dict(zip("123456", STEPS, strict=True)).get(number, STEPS[0])


main()

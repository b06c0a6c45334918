"""The composer: one campaign's draft in six steps. Every field is kept when it changes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from functions.storage.campaigns import Refused
from ui.components import steps
from ui.components.begun import begun
from ui.components.desk_bar import banners, bar
from ui.components.form import Form
from ui.components.places import STEPS, placed, step_of, titles
from ui.components.values import Path, Terms, get, rezoned
from ui.desk import Desk
from ui.frame import CAMPAIGNS, RESULTS, heading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words

MOVES = "st_moves"  # how often a button moved to another step
LEFT_OVER = ("st_published", "st_refused", "st_dialog", "st_sign", "st_open_rule", "st_open_reward")


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    desk = _desk(shop, st.query_params.get("c", ""))
    if desk is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content"):
            heading(desk.campaign)
        with st.container(horizontal=True, width="content"):
            if st.button(_("All campaigns"), icon=":material/arrow_back:", type="tertiary", key="btn_back_to_list"):
                st.switch_page(CAMPAIGNS)
            if desk.campaign.live and st.button(_("Numbers"), type="tertiary", key="btn_results"):
                st.switch_page(RESULTS, query_params={"c": desk.campaign.id})
    banners(desk)
    step = _step(desk)
    steps.draw_step(step, shop, desk, _form(desk))
    bar(desk, step)


def _desk(shop: Shop, campaign: str) -> Desk | None:
    """The desk of this session for the campaign; opened when it is another one than before."""
    desk: Desk | None = st.session_state.get("st_desk")
    if desk is None or desk.campaign.id != campaign:
        try:
            desk = Desk.opened(shop.store, shop.catalogue, campaign, _now, shop.editor)
        except Refused as refused:
            st.error(f"{plain_words(refused.message.in_(language()))} [{refused.code}]")
            if st.button(_("All campaigns"), key="btn_back"):
                st.switch_page(CAMPAIGNS)
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
    _definition, faults, _findings = desk.checked()
    schedule, budget = desk.content.get("schedule"), desk.content.get("budget")
    zone, currency = get(schedule, ("zone",)), get(budget, ("currency",))
    return Form(
        content=desk.content,
        faults=placed(desk.content, faults),
        language=language(),
        terms=Terms(zone if steps.known_zone(zone) else "UTC", currency if isinstance(currency, str) else "CNY"),
        epoch=desk.epoch,
        write=partial(_write, desk),
        replace=desk.replace,
    )


def _write(desk: Desk, path: Path, value: Any) -> None:
    """One change; another zone keeps the campaign's wall times."""
    if path == ("schedule", "zone"):
        desk.replace(("schedule",), rezoned(desk.content["schedule"], value))
    else:
        desk.write(path, value)


def _step(desk: Desk) -> str:
    _definition, faults, findings = desk.checked()
    wrong = {step_of(fault.path) for fault in faults} | {step_of(one.path) for one in findings if one.stops}
    names, at = titles(), f"st_at_{desk.campaign.id}"
    wanted = st.session_state.pop("st_step", None)
    if wanted in STEPS:  # a new control, so that a browser that missed this drawing cannot send the old step back
        st.session_state[MOVES] = st.session_state.get(MOVES, 0) + 1
        st.session_state[at] = wanted
    key = f"step_{language()}_{desk.campaign.id}_{st.session_state.get(MOVES, 0)}"
    picked = st.segmented_control(
        _("Step"),
        STEPS,
        default=begun(key, st.session_state.get(at, "basics")),
        format_func=names.__getitem__,
        key=key,
        required=True,
        label_visibility="collapsed",
        width="stretch",
    )
    st.session_state[at] = picked
    # Not as a dot in the step's own words: a browser loses the step that is on when its words change.
    where = ", ".join(names[step] for step in STEPS if step in wrong and step != "check")
    st.caption(":red[:material/error:] " + _("Look at: {steps}").format(steps=where) if where else "&nbsp;")
    return str(picked)


main()

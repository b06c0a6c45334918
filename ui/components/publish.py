"""Publishing: who, how much at most, from when to when; then one guarded step (storage/campaigns.py)."""

from __future__ import annotations

import random
import time

import streamlit as st

from functions.core.campaign import Definition
from functions.storage import campaigns
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Busy, Unknown
from ui.components.labels import CHOICES
from ui.desk import Desk
from ui.frame import pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, plain_words, when

FIRST_PAUSE = 0.05  # seconds; doubled at each race that grants won, with full jitter


def draw(shop: Shop, desk: Desk, definition: Definition | None, *, open_to: bool) -> None:
    """The summary and the button; the dialog while it is open; what came of it."""
    if definition is not None:
        _summary(definition)
    state = desk.campaign.state
    if state in ("ended", "archived"):
        st.info(_("This campaign has ended. Copy it to run it again."))
        return
    safe = open_to and definition is not None and not desk.out_of_reach and desk.theirs is None
    label = _("Publish changes") if desk.campaign.live else _("Publish")
    st.button(
        label, type="primary", icon=":material/rocket_launch:", disabled=not safe, key="btn_publish", on_click=_ask
    )
    if not safe:
        st.caption(_("Publishing opens when nothing above stands in the way."))
    if refused := st.session_state.get("st_refused"):
        st.error(refused, icon=":material/block:")
    if safe and definition is not None and st.session_state.get("st_dialog") == "publish":
        _confirm(shop, desk, definition)
    if st.session_state.get("st_published") == (desk.campaign.id, desk.campaign.live):
        st.success(_("The campaign is live: version {n}.").format(n=desk.campaign.live), icon=":material/check_circle:")


def _summary(definition: Definition) -> None:
    schedule, tongue = definition.schedule, language()
    ends = when(schedule.ends_at, schedule.zone, tongue) if schedule.ends_at else "—"
    currency = definition.budget.currency
    lines = {
        _("Starts"): when(schedule.starts_at, schedule.zone, tongue),
        _("Ends"): ends,
        _("Time zone"): schedule.zone,
        _("Where it is spread"): _(CHOICES.get(definition.channel, definition.channel)),
        _("Worst case"): money(definition.worst_cost, currency),
        _("Budget"): money(definition.budget.total, currency),
    }
    pairs(lines)


def _ask() -> None:
    st.session_state["st_dialog"] = "publish"
    st.session_state.pop("st_refused", None)


def _dismissed() -> None:
    st.session_state.pop("st_dialog", None)


def _confirm(shop: Shop, desk: Desk, definition: Definition) -> None:
    @st.dialog(_("Before it goes live"), on_dismiss=_dismissed)
    def ask() -> None:
        who = (
            _("those who hold “{name}”").format(name=definition.audience.entitlement)
            if definition.audience.entitlement
            else _("everyone")
        )
        words = _("“{name}” v{n} opens to {who}. It costs at most {cost}.").format(
            name=definition.name.in_(language()),
            n=desk.campaign.live + 1,
            who=who,
            cost=money(definition.worst_cost, definition.budget.currency),
        )
        st.markdown(f"**{plain_words(words)}**")
        _summary(definition)
        sure = st.checkbox(_("I have looked at the page and the rules"), key="publish_sure")
        if st.button(_("Publish now"), type="primary", disabled=not sure, key="btn_publish_now"):
            _publish(shop, desk)

    ask()


def _publish(shop: Shop, desk: Desk) -> None:
    """What was looked at, or nothing: another editor's change is shown first."""
    looked_at = desk.content
    if desk.unsaved:
        desk.keep()
    try:
        if desk.content != looked_at or desk.unsaved:
            raise Refused("conflict", CONFLICT)
        head = campaigns.publish(shop.store, desk.draft, shop.catalogue, shop.editor, shop.now, _pause)
    except Refused as refused:
        if refused.code == "conflict":
            desk.meet()
        st.session_state["st_refused"] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        _dismissed()
        st.rerun()
    except (Unknown, Busy):
        st.warning(_("No answer came. Press again: nothing is published twice."))
        return
    desk.turned(head)
    _dismissed()
    st.session_state["st_published"] = (head.id, head.live)
    st.rerun()


def _pause(attempt: int) -> bool:
    time.sleep(random.uniform(0, FIRST_PAUSE * 2**attempt))  # noqa: S311 (spreads retries, guards nothing)
    return True

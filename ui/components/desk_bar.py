"""What the composer says about saving, and the buttons at the foot, where no message can move them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from ui.components.places import STEPS, titles
from ui.desk import Desk
from ui.i18n import _, language
from ui.words import plain_words


def banners(desk: Desk) -> None:
    """Above the form: another editor's change, or a store out of reach."""
    if desk.theirs is not None:
        with st.container(border=True):
            who = plain_words(desk.theirs.campaign.changed_by)
            st.warning(_("{who} changed the same field a moment ago.").format(who=who), icon=":material/group:")
            with st.container(horizontal=True):
                st.button(_("Keep mine"), key="btn_mine", type="primary", on_click=desk.keep_mine)
                st.button(_("Take theirs"), key="btn_theirs", on_click=desk.take_theirs)
    elif desk.refused is not None:
        words = plain_words(desk.refused.message.in_(language()))
        st.error(f"{words} [{desk.refused.code}]", icon=":material/block:")
    elif desk.out_of_reach:
        st.warning(
            _("This cannot be saved right now. Everything you typed is still on this page."),
            icon=":material/cloud_off:",
        )
        st.button(_("Try again"), key="btn_retry", on_click=desk.retry)
    if desk.joined:
        desk.joined = False
        st.toast(_("Another editor's changes were joined with yours."))


def bar(desk: Desk, step: str) -> None:
    """Saved when, what is wrong, and the way on."""
    place = STEPS.index(step)
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(_status(desk), width="content")
        with st.container(horizontal=True, width="content"):
            if place:
                st.button(_("Back"), key="btn_back_step", on_click=_go, args=(STEPS[place - 1],))
            if place + 1 < len(STEPS):
                onward = _("Next: {step}").format(step=titles()[STEPS[place + 1]])
                st.button(onward, key="btn_next_step", type="primary", on_click=_go, args=(STEPS[place + 1],))


def _go(step: str) -> None:
    st.session_state["st_step"] = step


def _status(desk: Desk) -> str:
    _definition, faults, findings = desk.checked()
    parts = []
    if desk.saved_at is not None and not desk.out_of_reach and desk.theirs is None:
        at = desk.saved_at.astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
        parts.append(_("Saved {time}").format(time=f"{at:%H:%M}"))
    elif desk.out_of_reach or desk.theirs is not None:
        parts.append(_("Not saved yet"))
    blocks = sum(finding.severity == "block" for finding in findings)
    warns = sum(finding.severity == "warn" and not finding.signed for finding in findings)
    if faults:
        parts.append(_("{n} to correct").format(n=len(faults)))
    if blocks or warns:
        parts.append(_("{blocks} stop publishing, {warns} to confirm").format(blocks=blocks, warns=warns))
    if not (faults or blocks or warns):
        parts.append(_("Ready to publish"))
    return " · ".join(parts)

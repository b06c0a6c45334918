"""What the composer says about saving, and the buttons at the foot, where no message can move them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from functions.core.campaign import Definition
from ui.components.composer import check, parts, phone
from ui.components.composer.places import STEPS, titles
from ui.components.publishing import changes
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import met, plain_words


def banners(shop: Shop, desk: Desk) -> None:
    """Above the form: another editor's change, or a store out of reach."""
    if desk.theirs is not None:
        with st.container(border=True):
            head = desk.theirs.campaign
            st.warning(met(head.changed_by, desk.clock() - head.changed_at), icon=":material/group:")
            st.caption(_("From theirs to yours:"))
            changes.draw(changes.between(shop, desk.theirs.content, desk.content))
            with st.container(horizontal=True):
                st.button(_("Keep mine"), key="btn_mine", on_click=desk.keep_mine)
                st.button(_("Take theirs"), key="btn_theirs", on_click=desk.take_theirs)
    elif desk.refused is not None:
        words = plain_words(desk.refused.message.in_(language()))
        st.error(f"{words} [{desk.refused.code}]", icon=":material/block:")
    elif desk.out_of_reach:
        with st.container(horizontal=True, vertical_alignment="center", key="away"):
            st.warning(
                _("The database cannot be reached right now. Everything you typed is still on this page."),
                icon=":material/cloud_off:",
            )
            st.button(_("Try again"), key="btn_retry", on_click=desk.retry)
    if desk.joined:
        desk.joined = False
        st.toast(_("Another editor's changes were joined with yours."))


def bar(shop: Shop, desk: Desk, step: str) -> None:
    """Saved when, what is wrong, and the way on."""
    place = STEPS.index(step)
    with (
        st.bottom,
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="bar"),
    ):
        _how_it_stands(shop, desk)
        with st.container(horizontal=True, width="content"):
            if place:
                st.button(_("Back"), key="btn_back_step", on_click=_go, args=(STEPS[place - 1],))
            if place + 1 < len(STEPS):
                onward = _("Next: {step}").format(step=titles()[STEPS[place + 1]])
                st.button(onward, key="btn_next_step", type="primary", on_click=_go, args=(STEPS[place + 1],))


@st.fragment(key=parts.FOOT)
def _how_it_stands(shop: Shop, desk: Desk) -> None:
    """Saved when, and what is wrong: a part of the page that an edit draws again by itself."""
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        st.caption(_saved(desk), width="content")
        _open_findings(shop, desk)


def _open_findings(shop: Shop, desk: Desk) -> None:
    """How much is open, as the button that shows it; once nothing is, words."""
    definition, faults, findings = desk.checked()
    errors = len(faults) + sum(finding.severity == "block" for finding in findings)
    warnings = sum(finding.severity == "warn" and not finding.signed for finding in findings)
    if not (errors or warnings) and (desk.out_of_reach or desk.theirs is not None):
        return  # nothing is published before it is kept
    if not (errors or warnings):
        if definition is not None and desk.campaign.state not in ("ended", "archived"):
            st.caption(_ready(shop, desk, definition), width="content")
        return
    said = [_("{n} to correct").format(n=errors)] if errors else []
    said += [_("{n} to confirm").format(n=warnings)] if warnings else []
    icon = ":material/error:" if errors else ":material/warning:"
    st.button(" · ".join(said), icon=icon, type="tertiary", key="btn_lint", on_click=_ask)


def _ready(shop: Shop, desk: Desk, definition: Definition) -> str:
    """What comes next where nothing is open: others decide, nothing, or publishing."""
    if desk.campaign.waiting:
        return f":orange[:material/hourglass_top:] {_('Waiting for approval')}"
    same = changes.is_live(shop, desk.campaign, definition)
    return f":green[:material/check_circle:] {_('Same as live') if same else _('Ready to publish')}"


def _ask() -> None:
    st.session_state.pop(phone.DIALOG, None)  # one dialog at a time
    check.ask()
    st.rerun()


def _go(step: str) -> None:
    st.session_state["st_step"] = step


def _saved(desk: Desk) -> str:
    if desk.out_of_reach or desk.theirs is not None:
        return ":orange[:material/cloud_off:] " + _("Not saved yet")
    if desk.saved_at is None:
        return _("Every change is saved automatically")
    at = desk.saved_at.astimezone(ZoneInfo(st.context.timezone or "Asia/Shanghai"))
    return _("Saved {time}").format(time=f"{at:%H:%M}")

"""Going live step by step, each said as it happens; and what came of it: link, code, the phone, the poster."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import streamlit as st

from functions.storage import campaigns
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Busy, Unknown
from ui.components.codes import qr
from ui.desk import Desk
from ui.frame import LISTED
from ui.i18n import _, language
from ui.navigation import QR, find
from ui.shop import Shop
from ui.words import plain_words, when

FIRST_PAUSE = 0.05  # seconds; doubled at each race that grants won, with full jitter
RELEASED = "st_published"


@dataclass(frozen=True)
class Released:
    """What went live; `answers` says whether a phone gets the page already."""

    campaign: str
    version: int
    answers: bool


def release(shop: Shop, desk: Desk) -> str:
    """Publish what was looked at, or nothing. Returns what went wrong, empty when all is well."""
    with st.status(_("Publishing …"), expanded=True) as status:
        try:
            st.write(_("Freezing the version"))
            _freeze(desk)
            st.write(_("Writing it down"))
            head = campaigns.publish(shop.store, desk.draft, shop.catalogue, shop.editor, shop.now, _pause)
            desk.turned(head)
            st.write(_("Opening the entrance"))
            st.session_state.pop(LISTED, None)
            st.write(_("Looking at the page as a phone does"))
            answers = shop.api.page_answers(head.id)
        except Refused as refused:
            status.update(state="error")
            if refused.code == "conflict":
                desk.meet()
            return f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        except (Unknown, Busy):
            status.update(state="error")
            desk.meet()  # it may have been written: the next press then finds it live
            return _("No answer came while writing it down. Press again: nothing is published twice.")
        status.update(state="complete")
    st.session_state[RELEASED] = Released(head.id, head.live, answers)
    return ""


def _freeze(desk: Desk) -> None:
    """What was looked at is what is stored; another editor's change is shown first."""
    looked_at = desk.content
    if desk.unsaved:
        desk.keep()
    if desk.content != looked_at or desk.unsaved:
        raise Refused("conflict", CONFLICT)


def _pause(attempt: int) -> bool:
    time.sleep(random.uniform(0, FIRST_PAUSE * 2**attempt))  # noqa: S311 (spreads retries, guards nothing)
    return True


def panel(shop: Shop, desk: Desk) -> bool:
    """What came of publishing, and whether there is anything to show of it."""
    done: Released | None = st.session_state.get(RELEASED)
    campaign = desk.campaign
    if done is None or (done.campaign, done.version) != (campaign.id, campaign.live):
        return False
    with st.container(border=True, key="released"):
        st.success(_said(shop, desk), icon=":material/check_circle:")
        if not done.answers:
            _looking(shop, done)
        qr.draw(shop, campaign)
        if st.button(_("Download the poster"), icon=":material/image:", key="btn_poster"):
            st.switch_page(find(QR).file, query_params={"c": campaign.id, "tab": "poster"})
    return True


def _said(shop: Shop, desk: Desk) -> str:
    campaign = desk.campaign
    if campaign.state == "paused":
        return _("Version {n} is in place. The campaign is still paused: resume it when you are ready.").format(
            n=campaign.live
        )
    if campaign.starts_at is not None and campaign.starts_at > shop.now:
        zone = str(desk.content.get("schedule", {}).get("zone", "UTC"))
        return _("Version {n} is in place. The campaign begins by itself on {time}.").format(
            n=campaign.live, time=when(campaign.starts_at, zone, language())
        )
    return _("The campaign is live: version {n}.").format(n=campaign.live)


def _looking(shop: Shop, done: Released) -> None:
    st.warning(
        _("It is published, but the page did not answer when we looked. It may need a few seconds."),
        icon=":material/hourglass_top:",
    )
    if st.button(_("Look again"), key="btn_look_again"):
        answers = shop.api.page_answers(done.campaign)
        st.session_state[RELEASED] = Released(done.campaign, done.version, answers)
        st.rerun()

"""Pausing, going on, ending and putting away: what participants will see, who is in the midst of it, and then the step.

A page calls `ask(shop, campaign, what)` where somebody wants it and `dialog(shop)` once, at its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

import streamlit as st

from functions.core import keys
from functions.core.campaign import Campaign, State
from functions.insights.numbers import daily, totals
from functions.storage import campaigns as storage
from functions.storage import payments, units
from functions.storage.campaigns import Refused
from functions.storage.store import Busy, Unknown
from ui.components.publishing.life_words import SAID_OF_DAYS, Step, done, sees, titles, words
from ui.frame import LISTED
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, named, paragraph, plain_words, when

BECOMES: Mapping[Step, State] = {"pause": "paused", "resume": "published", "end": "ended", "archive": "archived"}
ICONS: Mapping[Step, str] = {"pause": "pause", "resume": "play_arrow", "end": "flag", "archive": "inventory_2"}
FINAL: frozenset[Step] = frozenset({"end", "archive"})
ASKED = "st_turn"
WAITING_COUNTED = 1000


def steps(shop: Shop, campaign: Campaign) -> list[Step]:
    """What the campaign's life and the editor's role allow now."""
    if not shop.who.may("publish"):
        return []
    open_to: list[Step] = [what for what, state in BECOMES.items() if campaign.may_turn(state, shop.now)]
    return [what for what in open_to if what != "resume" or campaign.state == "paused"]


def ask(_shop: Shop, campaign: Campaign, what: Step) -> None:
    """Somebody wants this step: the dialog opens."""
    st.session_state[ASKED] = (campaign.id, what)
    st.session_state.pop("st_turn_refused", None)


def dialog(shop: Shop) -> None:
    """The dialog, while one is asked for."""
    asked = cast(tuple[str, Step] | None, st.session_state.get(ASKED))
    if asked is None:
        return
    try:
        campaign = storage.load(shop.store, asked[0]).campaign
    except Refused as refused:
        _dismissed()
        st.error(f"{plain_words(refused.message.in_(language()))} [{refused.code}]")
        return
    _open(shop, campaign, asked[1])


def _dismissed() -> None:
    st.session_state.pop(ASKED, None)


def _open(shop: Shop, campaign: Campaign, what: Step) -> None:
    @st.dialog(titles()[what], on_dismiss=_dismissed, icon=f":material/{ICONS[what]}:")
    def sure() -> None:
        st.markdown(f"**{plain_words(named(campaign))}**")
        sees(what, was_live=bool(campaign.live), is_over=campaign.stands(shop.now) == "ended")
        if what in SAID_OF_DAYS:
            _costs_days(shop, campaign, SAID_OF_DAYS[what]())
        agreed = what not in FINAL or not campaign.live or _typed(shop, campaign, what)
        if refused := st.session_state.get("st_turn_refused"):
            st.error(refused, icon=":material/block:")
        with st.container(horizontal=True):
            label = words()[what]
            if st.button(label, type="primary", disabled=not agreed, key="btn_turn"):
                _turn(shop, campaign, what)
            if st.button(_("Not now"), type="tertiary", key="btn_turn_not"):
                _dismissed()
                st.rerun()

    sure()


def _typed(shop: Shop, campaign: Campaign, what: Step) -> bool:
    """Whether the number of people concerned was typed: it has to be read first."""
    joined, going = _people(shop, campaign)
    if what == "end":
        number = going
        st.warning(
            _("Took part: {joined}. Not finished yet: {going}.").format(going=f"{going:,}", joined=f"{joined:,}"),
            icon=":material/group:",
        )
        _drops(shop, campaign)
        late = _("Waiting for review: {n}. They can be reviewed afterwards too and count, but earn nothing more.")
        late = paragraph([late, _review_first(shop, campaign)]).rstrip()
    else:
        number = joined
        st.info(_("Took part: {joined}.").format(joined=f"{joined:,}"), icon=":material/group:")
        late = _("Waiting for review: {n}. Nobody can review them in the archive. Review them first.")
    _unreviewed(shop, campaign, late)
    _refunds(shop, campaign)
    said = st.text_input(
        _("Type the number {n} to go on").format(n=number), key=f"turn_typed_{what}", live="300ms", width=240
    )
    return (said or "").strip().replace(",", "").replace("，", "") == str(number)


def _drops(shop: Shop, campaign: Campaign) -> None:
    """Rewards that were earned and are held: nothing is given once a campaign has ended, so they would be lost."""
    if not (until := units.held(shop.store, campaign.id)):
        return
    if _holds_deposits(shop, campaign):
        said = _(
            "{n} deposits are held. Whoever could still have done more gets all of it back; the rest by the table."
        )
        st.info(plain_words(said.format(n=f"{len(until):,}")), icon=":material/savings:")
        return
    last = when(datetime.fromtimestamp(until[-1], UTC), st.context.timezone or "Asia/Shanghai", language())
    said = _("{n} earned rewards are still held, the last until {time}. Ending now drops them: let it run until then.")
    st.error(plain_words(said.format(n=f"{len(until):,}", time=last)), icon=":material/hourglass_top:")


def _review_first(shop: Shop, campaign: Campaign) -> str:
    """What to do before it is ended, so that what is reviewed earns as ever; nothing where it is too late for that."""
    if campaign.state != "paused":
        return _("Review them first.")
    resumes = campaign.may_turn("published", shop.now)
    return _("Nothing can be reviewed during the pause: resume, then review them first.") if resumes else ""


def _unreviewed(shop: Shop, campaign: Campaign, said: str) -> None:
    """What was handed in and nobody has looked at: their members did their part."""
    if n := len(shop.store.query("reviews", campaign.id, limit=WAITING_COUNTED)):
        many = f"{n}+" if n == WAITING_COUNTED else str(n)
        st.warning(plain_words(said.format(n=many)), icon=":material/rate_review:")


def _costs_days(shop: Shop, campaign: Campaign, said: str) -> None:
    """Days in a pause count for nobody, and deposits come back by days: a later end is what makes up for them."""
    if _holds_deposits(shop, campaign) and (until := units.held(shop.store, campaign.id)):
        st.warning(plain_words(said.format(n=f"{len(until):,}")), icon=":material/savings:")


def _holds_deposits(shop: Shop, campaign: Campaign) -> bool:
    """Whether what is held of members is settled when the campaign ends, as deposits are; else it is dropped."""
    return keys.MEMBER in getattr(shop.catalogue.mechanic(campaign.mechanic), "ENDS", ())


def _refunds(shop: Shop, campaign: Campaign) -> None:
    """Money that is on its way back to members: it gets there all the same, and somebody may ask for it."""
    if not (due := payments.on_their_way(shop.store, campaign.id)):
        return
    live = storage.live_version(shop.store, campaign)
    sum_due = money(sum(due), live.definition.budget.currency if live else "CNY")
    said = _("{n} refunds of {sum} in all are not paid out yet. They are paid all the same.")
    st.warning(plain_words(said.format(n=f"{len(due):,}", sum=sum_due)), icon=":material/currency_exchange:")


def _people(shop: Shop, campaign: Campaign) -> tuple[int, int]:
    """How many took part, and how many of them have not finished: as the counters say."""
    counted = totals(daily(shop.store, campaign.id))
    finished = sum(number for kind, number in counted.facts.items() if kind.endswith(".completed"))
    return counted.participants, max(0, counted.participants - finished)


def _turn(shop: Shop, campaign: Campaign, what: Step) -> None:
    try:
        storage.turn(shop.store, campaign, BECOMES[what], shop.editor, shop.now)
    except Refused as refused:
        st.session_state["st_turn_refused"] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        st.rerun()
    except (Unknown, Busy):
        st.session_state["st_turn_refused"] = _("No answer came. Press again: nothing is done twice.")
        st.rerun()
    _dismissed()
    st.session_state.pop(LISTED, None)
    st.toast(done()[what], icon=f":material/{ICONS[what]}:")
    st.rerun()

"""All campaigns: find one, open it, begin a new one."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from functions.core.campaign import Campaign, State
from functions.storage import campaigns as life
from ui.components import life as turning
from ui.components.gallery import CHOOSING
from ui.components.new_campaign import look_inside, offer, open_new
from ui.frame import COMPOSE, LISTED, RESULTS, shop_or_stop, state_badge
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named, plain_words, state_words, when

PAGE_SIZE = 20
FRESH_FOR = timedelta(seconds=5)
STATES: tuple[State, ...] = ("draft", "published", "paused", "ended", "archived")


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(_("Campaigns"), width="content")
        begin = st.button(_("New campaign"), type="primary", icon=":material/add:", key="btn_new")
    everything = _everything(shop)
    if begin:
        st.session_state[CHOOSING] = True
    if not everything:
        st.subheader(_("How to begin"))
        st.markdown(_("1. Take a template\n2. Change what you like\n3. Publish, and hang up the QR code"))
        offer(shop)
        look_inside(shop)
        return
    look_inside(shop)
    if st.session_state.get(CHOOSING):
        open_new(shop)
    _list(shop, everything)


def _everything(shop: Shop) -> list[Campaign]:
    """All campaigns. What was read is kept for a moment while someone searches: a thousand take 0.2 s."""
    known: tuple[datetime, list[Campaign]] | None = st.session_state.get(LISTED)
    if known is None or not timedelta(0) <= shop.now - known[0] < FRESH_FOR:
        known = st.session_state[LISTED] = (shop.now, life.campaigns(shop.store))
    return known[1]


def _list(shop: Shop, everything: list[Campaign]) -> None:
    words = st.text_input(
        _("Search"), key="q", type="search", live="300ms", placeholder=_("Name of a campaign"), bind="query-params"
    )
    states = st.pills(
        _("State"),
        STATES,
        selection_mode="multi",
        format_func=state_words,
        key=f"states_{language()}",
        persist_state="session",
    )
    found = [one for one in everything if _fits(one, words or "", states)]
    st.caption(_("{n} of {all}").format(n=len(found), all=len(everything)))
    if not found:
        st.info(_("Nothing fits. Change the search or the state."))
        return
    pages = -(-len(found) // PAGE_SIZE)
    below = st.container()
    number = st.pagination(pages, key=f"st_page_{pages}") if pages > 1 else 1
    with below:
        for campaign in found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
            _card(shop, campaign)
    turning.dialog(shop)


def _fits(campaign: Campaign, words: str, states: list[State] | None) -> bool:
    wanted = words.strip().casefold()
    named_so = wanted in f"{campaign.name.zh} {campaign.name.en} {campaign.id}".casefold()
    shown = "draft" if campaign.state in ("linted", "approved") else campaign.state
    return named_so and (not states or shown in states)


def _card(shop: Shop, campaign: Campaign) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain_words(named(campaign))}**")
            st.caption(_line(shop, campaign))
        state_badge(campaign)
        if st.button(_("Open"), key=f"btn_open_{campaign.id}"):
            st.switch_page(COMPOSE, query_params={"c": campaign.id})
        _more(shop, campaign)


def _line(shop: Shop, campaign: Campaign) -> str:
    """Mechanic and dates."""
    mechanic = campaign.mechanic
    if mechanic in shop.catalogue.mechanics:
        mechanic = shop.catalogue.mechanic(mechanic).TITLE.in_(language())
    parts = [plain_words(mechanic)]
    for at in (campaign.starts_at, campaign.ends_at):
        if at is not None:
            parts.append(when(at, _zone(), language()))
    return " · ".join(parts)


def _zone() -> str:
    return st.context.timezone or "Asia/Shanghai"


def _more(shop: Shop, campaign: Campaign) -> None:
    words = {"results": _("Numbers"), "copy": _("Copy")}
    words |= {what: turning.words()[what] for what in turning.steps(shop, campaign)}
    chosen = st.menu_button(_("More"), list(words), format_func=words.__getitem__, key=f"btn_more_{campaign.id}")
    if chosen == "results":
        st.switch_page(RESULTS, query_params={"c": campaign.id})
    elif chosen == "copy":
        _copy(shop, campaign)
    elif what := next((one for one in turning.BECOMES if one == chosen), None):
        turning.ask(shop, campaign, what)


def _copy(shop: Shop, campaign: Campaign) -> None:
    draft = life.load(shop.store, campaign.id)
    copied = life.begin(shop.store, shop.fresh_id("camp"), draft.content, shop.editor, shop.now)
    st.switch_page(COMPOSE, query_params={"c": copied.id})


main()

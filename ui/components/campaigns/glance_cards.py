"""A campaign at a glance: its people, its money as a bar, its dates."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from functions.core.campaign import INSTANT, Campaign
from ui.components.campaigns.spark import bars
from ui.components.header import state_badge
from ui.glance import Glance
from ui.i18n import _, language
from ui.shop import Shop
from ui.todos import BUDGET_SHARE
from ui.words import date_words, named, near_day, plain_words, round_money


def about(shop: Shop, campaign: Campaign) -> str:
    """Mechanic and dates, in one line."""
    kind = campaign.mechanic
    if kind in shop.catalogue.mechanics:
        kind = shop.catalogue.mechanic(kind).TITLE.in_(language())
    return " · ".join([plain_words(kind), plain_words(_dates(campaign, shop.now))])


def _dates(campaign: Campaign, now: datetime) -> str:
    """When it runs; of what never ran, when it was changed last."""
    if campaign.starts_at:
        return span(campaign, now)
    at = st.context.timezone or "Asia/Shanghai"
    return _("changed {day}").format(day=date_words(campaign.changed_at, at, language(), now))


def span(campaign: Campaign, now: datetime) -> str:
    """From when to when, in the campaign's own days; the year only where it is not this one."""
    assert campaign.starts_at is not None
    first, last, today = campaign.day_of(campaign.starts_at), last_day(campaign), campaign.day_of(now)
    begins = near_day(first, today, language())
    return f"{begins} – {near_day(last, today, language())}" if last else _("from {day}").format(day=begins)


def last_day(campaign: Campaign) -> date | None:
    """Its last day, whose end is the next one's beginning."""
    return campaign.day_of(campaign.over_at - INSTANT) if campaign.over_at else None


def people_words(glance: Glance | None) -> str:
    """How many took part."""
    if glance is None:
        return "—"
    return _("1 person") if glance.people == 1 else _("{n} people").format(n=f"{glance.people:,}")


def budget_bar(campaign: Campaign, glance: Glance, now: datetime) -> None:
    """Spent of the budget, as a bar with its words; of what is over, no warning."""
    currency = glance.definition.budget.currency
    if not glance.budget:
        st.caption(_("No budget: its rewards cost nothing"))
        return
    words = _("{spent} of {budget} spent").format(
        spent=round_money(glance.spent, currency), budget=round_money(glance.budget, currency)
    )
    near = glance.share >= BUDGET_SHARE and campaign.stands(now) == "published"  # as the to-dos have it
    st.progress(glance.share, f":orange[:material/warning: {plain_words(words)}]" if near else plain_words(words))


def running_card(shop: Shop, campaign: Campaign, glance: Glance | None) -> str:
    """One running campaign on the home page. Returns what was pressed: "results", "compose" or nothing."""
    with st.container(border=True, height="stretch", gap="small"):
        with st.container(gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{plain_words(named(campaign))}**", width="content")
                state_badge(campaign, shop.now)
            st.caption(about(shop, campaign))
        if glance:
            st.metric(_("People"), f"{glance.people:,}")
            if by_day := glance.daily_people:
                says = _("New people on each of the last {n} days, at most {most}")
                st.image(bars(by_day), width="stretch", alt=says.format(n=len(by_day), most=max(by_day)))
            budget_bar(campaign, glance, shop.now)
        with st.container(horizontal=True):
            pressed = "results" if st.button(_("See results"), key=f"btn_results_{campaign.id}") else ""
            if shop.who.may("compose") and st.button(_("Edit"), type="tertiary", key=f"btn_edit_{campaign.id}"):
                pressed = "compose"
    return pressed

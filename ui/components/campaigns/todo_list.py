"""What waits for somebody, as sentences with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime

import streamlit as st

from ui.components.deploy import deploying
from ui.components.jobs import jobs
from ui.i18n import _, language
from ui.navigation import COMPOSE, PAYOUTS, RESULTS, Screen, allowed, find
from ui.shop import Shop
from ui.todos import SHOWN_MAX, Todo
from ui.words import bold, date_words, named, plain_words, until, when, zone_of, zoned

ICONS = {
    "approval": "hourglass_top",
    "payout": "receipt_long",
    "payment": "payments",
    "reviews": "rate_review",
    "empty": "production_quantity_limits",
    "low": "inventory",
    "budget": "account_balance_wallet",
    "overdue": "event_busy",
    "ending": "event_upcoming",
}
LEADS = {"approval": "approvals", "reviews": "reviews", "overdue": COMPOSE, "empty": COMPOSE, "low": COMPOSE}
LEADS |= {"payout": PAYOUTS, "payment": PAYOUTS}


def draw(shop: Shop, found: Sequence[Todo]) -> None:
    """A deployment that failed, then at most SHOWN_MAX at once; the others on request."""
    st.subheader(_("To do"))
    broken = _broken(shop)
    if not found and not broken:
        st.caption(":green[:material/check_circle:] " + _("All seen to: nothing is waiting."))
        return
    with st.container(border=True, gap="xsmall") if found else nullcontext():
        for number, todo in enumerate(found[:SHOWN_MAX]):
            _line(shop, todo, number)
    if rest := found[SHOWN_MAX:]:
        with st.expander(_("{n} more").format(n=len(rest))):
            for number, todo in enumerate(rest, SHOWN_MAX):
                _line(shop, todo, number)


def _broken(shop: Shop) -> bool:
    """The last deployment from these screens, where it failed, for who may deploy."""
    job = jobs().last(deploying.name(shop)) if shop.who.may("deploy") else None
    if job is None or job.what != "deploy" or not job.has_failed:
        return False
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        words = _("The deployment of {who} failed").format(who=plain_words(job.by))
        st.markdown(f":material/cloud_off: {words}", width="stretch")
        if st.button(_("See to it"), key="btn_todo_deploy"):
            st.switch_page(find("deploy").file, query_params={})
    return True


def _line(shop: Shop, todo: Todo, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f":material/{ICONS[todo.kind]}: &nbsp;{sentence(shop, todo)}", width="stretch")
        leads = _leads(shop, todo)
        if leads is not None and st.button(_("See to it"), key=f"btn_todo_{number}_{todo.kind}_{todo.campaign.id}"):
            st.switch_page(leads.file, query_params={"c": todo.campaign.id})


def _leads(shop: Shop, todo: Todo) -> Screen | None:
    """Where it is seen to; None where that screen is not open to this person."""
    screen = find(LEADS.get(todo.kind, RESULTS))
    return screen if allowed(screen, shop.who) else None


def sentence(shop: Shop, todo: Todo) -> str:
    """One to-do in words, as Markdown."""
    says = {
        "approval": _("{name} waits for approval, asked by {who}"),
        "payout": _("{name}: commission of {reward} for {n} people waits for your agreement"),
        "payment": _("{name}: commission of {reward} for {n} people is agreed to and waits to be paid"),
        "reviews": _("{name}: {n} to review, the oldest since {time}"),
        "empty": _("{name}: “{reward}” is all gone"),
        "low": _("{name}: only {n} left of “{reward}”"),
        "budget": _("{name}: {n}% of the budget is spent"),
        "overdue": _("{name} is still a draft, and was to begin on {day}"),
        "ending": _("{name} ends at {time}"),
    }
    values = {
        "name": named(todo.campaign),
        "who": todo.what,
        "n": f"{todo.count:,}",
        "reward": todo.what,
        "time": _time(todo, todo.at) if todo.at else "",
        "day": date_words(todo.at, todo.at.tzinfo or UTC, language(), shop.now) if todo.at else "",
    }
    safe = {name: plain_words(value) for name, value in values.items()}
    return says[todo.kind].format(**{**safe, "name": bold(named(todo.campaign))})


def _time(todo: Todo, at: datetime) -> str:
    """By the campaign's clock, as its pages tell it; the end of what ends at midnight is the day before's."""
    zone, said = zone_of(todo.campaign), until if todo.kind == "ending" else when
    return zoned(said(at, zone, language()), at, zone, st.context.timezone or "Asia/Shanghai")

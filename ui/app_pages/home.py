"""Home: what waits for somebody, what runs, and the templates to begin from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from functions.core import keys
from functions.core.approval import Request
from functions.core.campaign import Campaign
from functions.storage import approvals
from functions.storage import campaigns as life
from functions.storage.store import READ_MAX
from ui.components.campaigns import todo_list
from ui.components.campaigns.glance_cards import running_card
from ui.components.campaigns.new_campaign import FEW, look_inside, offer
from ui.components.payouts import waiting as payout_lists
from ui.frame import CAMPAIGNS, reading, shop_or_stop
from ui.glance import Glance, glances
from ui.i18n import _, language
from ui.navigation import find
from ui.shop import Shop
from ui.todos import DRAFT_OLD, Queue, starts_of, todos

RUNNING_MAX, OVER_MAX, REVIEWS_COUNTED = 12, 12, 100
TEMPLATES_SHOWN = 3
RUNNING_SHOWN, CARD_PIXELS = 6, 300


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Home"))
    look_inside(shop)
    with reading():
        heads = life.campaigns(shop.store)
        running = [head for head in heads if head.stands(shop.now) in ("published", "paused")][:RUNNING_MAX]
        seen = glances(shop.store, running, shop.now, days=True)
        owed = payout_lists.mine(shop, heads)
        queues, starts, asked = _queues(shop, heads, seen), _starts(shop, heads), _asked(shop, heads)
        found = todos(heads, seen, queues, starts, shop.now, language(), owed, asked)
    if not heads:
        _empty(shop)
        return
    todo_list.draw(shop, found)
    _running(shop, running, seen)
    if shop.who.may("compose"):
        st.subheader(_("Begin from a template"))
        offer(shop, TEMPLATES_SHOWN)


def _empty(shop: Shop) -> None:
    """A shop without a campaign: how to begin, and what to begin from."""
    if not shop.who.may("compose"):
        st.info(_("There are no campaigns yet."))
        return
    st.subheader(_("How to begin"))
    st.markdown(_("1. Take a template\n2. Change what you like\n3. Publish, and put up the QR code"))
    offer(shop, FEW)


def _running(shop: Shop, running: Sequence[Campaign], seen: Mapping[str, Glance]) -> None:
    st.subheader(_("Live campaigns"))
    if not running:
        st.caption(_("Nothing runs. Publish a draft, or begin from a template."))
        return
    with st.grid(min_column_width=CARD_PIXELS, gap="medium"):
        for campaign in running[:RUNNING_SHOWN]:
            if leads := running_card(shop, campaign, seen.get(campaign.id)):
                st.switch_page(find(leads).file, query_params={"c": campaign.id})
    if len(running) > RUNNING_SHOWN and st.button(_("All campaigns"), key="btn_all_campaigns"):
        st.switch_page(CAMPAIGNS, query_params={})


def _queues(shop: Shop, heads: Sequence[Campaign], seen: Mapping[str, Glance]) -> dict[str, Queue]:
    """Reviews that wait in what runs and in what was over last, of the campaigns that have reviews at all."""
    if not shop.who.may("review"):
        return {}
    over = [head for head in heads if head.live and head.stands(shop.now) == "ended"]
    latest = sorted(over, key=lambda head: head.over_at or head.changed_at, reverse=True)[:OVER_MAX]
    known = {campaign: glance.definition for campaign, glance in seen.items()}
    known |= {version.campaign: version.definition for version in life.live_versions(shop.store, latest)}
    found = {}
    for campaign, definition in known.items():
        if definition.config.get("review", {}).get("by") != "manual":
            continue
        rows = [row for _sk, row in shop.store.query("reviews", campaign, limit=REVIEWS_COUNTED)]
        if rows:
            found[campaign] = Queue(len(rows), datetime.fromisoformat(rows[0]["at"]))
    return found


def _asked(shop: Shop, heads: Sequence[Campaign]) -> dict[str, Request]:
    """Requests for approval, but for those that whoever sits here has agreed to: they wait for somebody else."""
    found = approvals.waiting(shop.store, heads)
    return {name: one for name, one in found.items() if all(said.mark != shop.who.mark for said in one.agreed)}


def _starts(shop: Shop, heads: Sequence[Campaign]) -> dict[str, datetime]:
    """When old drafts were meant to begin; heads do not say it before they are published."""
    drafts = [head for head in heads if head.state in ("draft", "linted") and not head.waiting]
    old = [head for head in drafts if shop.now - head.changed_at > DRAFT_OLD]
    wanted = [keys.draft(head.id) for head in old[:READ_MAX]]
    return starts_of(shop.store.read(wanted)) if wanted else {}


main()

"""How many people a campaign reaches: from the counters of what ran before, never by listing members."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from functions.core.campaign import Campaign
from functions.insights.numbers import people
from functions.storage import campaigns
from functions.storage.store import Store

KEPT = "st_reach"
FRESH_FOR = timedelta(minutes=5)
LOOKED_AT_MAX = 400  # the newest campaigns, in four rounds


def members(store: Store, now: datetime) -> int:
    """About how many people ever took part in anything: each is a newcomer once. Erased people stay in the number."""
    known: tuple[datetime, int] | None = st.session_state.get(KEPT)
    if known is None or not timedelta(0) <= now - known[0] < FRESH_FOR:
        live = [one.id for one in campaigns.campaigns(store) if one.live][:LOOKED_AT_MAX]
        known = st.session_state[KEPT] = (now, sum(one.newcomers for one in people(store, live).values()))
    return known[1]


def inside(store: Store, campaign: Campaign) -> int:
    """How many take part in a campaign already."""
    return people(store, [campaign.id])[campaign.id].participants if campaign.live else 0

"""Campaigns that run at the same time: their members are asked twice. A word of warning, no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from functions.core.campaign import Campaign, Schedule
from functions.storage import campaigns
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import named, plain_words

READ, KEPT = "st_overlap_read", timedelta(minutes=1)
NAMED_MAX = 3


def draw(shop: Shop, desk: Desk) -> None:
    """Which running campaigns this one meets."""
    definition, _faults, _findings = desk.checked()
    if definition is None:
        return
    met = overlapping(definition.schedule, heads(shop), desk.campaign.id)
    if not met:
        return
    st.warning(plain_words(told(met)), icon=":material/event_busy:")


def told(met: Sequence[Campaign]) -> str:
    """The campaigns that are met, by their names."""
    names = _(", ").join(f"“{named(one)}”" for one in met[:NAMED_MAX])
    if len(met) == 1:
        return _("Runs at the same time as {name}").format(name=names)
    return _("Runs at the same time as {n} others: {names}").format(
        n=len(met), names=names + ("…" if len(met) > NAMED_MAX else "")
    )


def overlapping(schedule: Schedule, heads: Sequence[Campaign], campaign: str) -> list[Campaign]:
    """The live campaigns among `heads` whose time meets the schedule's. Pure."""
    last = datetime.max.replace(tzinfo=UTC)
    ends = schedule.ends_at or last
    return [
        one
        for one in heads
        if one.id != campaign
        and one.state == "published"
        and (one.starts_at is None or one.starts_at < ends)
        and (one.ends_at or last) > schedule.starts_at
    ]


def heads(shop: Shop) -> list[Campaign]:
    """The list as it stood a minute ago at most: it may be long, and the step is drawn with every press."""
    read: tuple[datetime, list[Campaign]] | None = st.session_state.get(READ)
    if read is None or shop.now - read[0] > KEPT:
        read = (shop.now, campaigns.campaigns(shop.store))
        st.session_state[READ] = read
    return read[1]

"""Campaigns at a glance, for cards and to-dos: people, money spent, stock left. Never by a scan:

one round for all versions, one for all pools, one for the people; and where the days are wanted, one query each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import streamlit as st

from functions.core import keys
from functions.core.calendar import ONE_DAY, days
from functions.core.campaign import Campaign, Definition, RewardItem, Version
from functions.core.keys import Key, Row
from functions.insights.numbers import Numbers, daily, people, totals
from functions.storage.store import READ_MAX, Store

KEPT = "st_glances"
FRESH_FOR = timedelta(seconds=30)
CHART_DAYS = 14
PACE_DAYS = 3  # whole days that a pace is reckoned from


@dataclass(frozen=True)
class Stock:
    """A limited reward: its name, units left and units there were, and how many a day go at the recent pace."""

    item: RewardItem
    left: int
    total: int
    pace: float = 0.0


@dataclass(frozen=True)
class Glance:
    """A live campaign: people who took part, what its limited rewards have cost so far, what is left of them."""

    definition: Definition
    people: int = 0
    by_day: Sequence[Numbers] = ()
    stocks: Sequence[Stock] = field(default=())

    @property
    def daily_people(self) -> list[int]:
        """New people on each day there is, the last CHART_DAYS of them; none on days without a row."""
        if not self.by_day:
            return []
        counted = {one.day: one.participants for one in self.by_day}
        first, last = (date.fromisoformat(self.by_day[at].day) for at in (0, -1))
        return [counted.get(str(day), 0) for day in days(first, last)][-CHART_DAYS:]

    @property
    def spent(self) -> int:
        """Minor units: what was given out of stock, at its unit cost."""
        return sum((stock.total - stock.left) * stock.item.unit_cost for stock in self.stocks)

    @property
    def budget(self) -> int:
        """Minor units."""
        return self.definition.budget.total

    @property
    def share(self) -> float:
        """How much of the budget is spent, from 0 to 1."""
        return min(1.0, self.spent / self.budget) if self.budget else 0.0


def glances(store: Store, campaigns: Sequence[Campaign], now: datetime, days: bool = False) -> dict[str, Glance]:
    """Each live campaign at a glance. What this session read is kept for FRESH_FOR, while people search and sort.

    Without `days` nothing is known day by day: no chart, and no pace of a stock.
    """
    kept: dict[tuple[str, bool], tuple[datetime, int, Glance]] = st.session_state.setdefault(KEPT, {})
    stale = [one for one in campaigns if one.live and not _fresh(kept.get((one.id, days)), one, now)]
    for campaign, glance in read(store, stale, now, days).items():
        live = next(one.live for one in stale if one.id == campaign)
        kept[campaign, days] = (now, live, glance)
    return {one.id: kept[one.id, days][2] for one in campaigns if one.live and (one.id, days) in kept}


def _fresh(known: tuple[datetime, int, Glance] | None, campaign: Campaign, now: datetime) -> bool:
    return known is not None and known[1] == campaign.live and timedelta(0) <= now - known[0] < FRESH_FOR


def read(store: Store, campaigns: Sequence[Campaign], now: datetime, days: bool = False) -> dict[str, Glance]:
    """The same, from the table."""
    rows = _rows(store, [keys.version(one.id, one.live) for one in campaigns])
    versions = [Version.model_validate_json(row["content"]) for row in rows.values() if row is not None]
    shards = {
        version.campaign: {
            item.id: [keys.pool(version.campaign, item.id, n) for n in range(version.pools.get(item.id, 0))]
            for item in version.definition.rewards
            if item.stock is not None
        }
        for version in versions
    }
    pools = _rows(store, [key for rewards in shards.values() for listed in rewards.values() for key in listed])
    by_day = {version.campaign: daily(store, version.campaign) if days else [] for version in versions}
    crowd = {} if days else people(store, [version.campaign for version in versions])
    found = {}
    for version in versions:
        counted, today = by_day[version.campaign], version.definition.schedule.calendar.day_of(now)
        stocks = [
            _stock(version.definition.reward(reward), [pools[key] for key in listed], counted, today)
            for reward, listed in shards[version.campaign].items()
        ]
        came = totals(counted).participants if days else crowd[version.campaign].participants
        found[version.campaign] = Glance(version.definition, came, counted, stocks)
    return found


def _stock(item: RewardItem, rows: Sequence[Row | None], by_day: Sequence[Numbers], today: date) -> Stock:
    there = [row for row in rows if row is not None]
    whole = {str(day) for day in days(today - PACE_DAYS * ONE_DAY, today - ONE_DAY)}
    recent = sum(one.granted.get(item.id, 0) for one in by_day if one.day in whole)
    left, total = (sum(int(row[name]) for row in there) for name in ("remaining", "stock"))
    return Stock(item, left, total, recent / PACE_DAYS)


def _rows(store: Store, wanted: Sequence[Key]) -> Mapping[Key, Row | None]:
    found: dict[Key, Row | None] = {}
    for start in range(0, len(wanted), READ_MAX):
        found |= store.read(wanted[start : start + READ_MAX])
    return found

"""What the results page shows: a campaign's counters by range and version, read once; a few rows, whoever took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from functions.core.calendar import ONE_DAY, Calendar
from functions.core.campaign import Campaign, Definition, Version
from functions.core.channels import LIVE_CHARACTERS, Channel
from functions.insights import outlook
from functions.insights.numbers import Numbers, by_day, history, totals
from functions.insights.outlook import Span
from functions.storage import campaigns as life
from functions.storage import live_codes, spending
from functions.storage.channels import channels
from ui.components.codes import compare
from ui.components.codes.compare import Line
from ui.shop import Shop

RANGES = {"all": 0, "30": 30, "7": 7, "today": 1}
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class View:
    """A campaign's numbers as chosen. `everything` is unfiltered; `issued` is read from the stock itself; `channels`
    are the doors by their printed codes, `live` the names of live codes where people came by any; `spent_today` is read
    from the day's own counters, minor units."""

    campaign: Campaign
    versions: list[Version]
    everything: list[Numbers]
    issued: dict[str, tuple[int, int]]
    channels: dict[str, Channel]
    mechanic: Any
    now: datetime
    chosen_range: str = "all"
    chosen_version: int = 0
    chosen_channel: str = ""
    spent_today: int = 0
    live: Mapping[str, str] = field(default_factory=dict)

    def door(self, code: str) -> tuple[str, str]:
        """What a printed code is called, and the code."""
        return (self.channels[code].name if code in self.channels else self.live.get(code, code)), code

    @property
    def doors(self) -> dict[str, str]:
        """What may be chosen of, by code: the campaign's channels, and live codes that people came by without one."""
        came = {code: self.live[code] for one in self.everything for code in one.channels if code in self.live}
        return {code: one.name for code, one in self.channels.items()} | came

    def by_channel(self, counted: Iterable[Numbers]) -> Line:
        """What the chosen channel has of some days."""
        code, currency = self.chosen_channel, self.definition.budget.currency
        return compare.line(totals(counted), *self.door(code), currency, self.cost_of(code))

    def cost_of(self, code: str) -> int:
        """What a channel cost, minor units. A live code leads to many campaigns: its cost is told with the code."""
        return self.channels[code].cost if code in self.channels else 0

    @property
    def definition(self) -> Definition:
        """What is live, or was last."""
        return self.versions[0].definition

    @property
    def definitions(self) -> dict[int, Definition]:
        """Each version's definition, by its number."""
        return {version.number: version.definition for version in self.versions}

    @property
    def calendar(self) -> Calendar:
        """The campaign's days."""
        return self.definition.schedule.calendar

    @property
    def today(self) -> date:
        """The campaign's day now."""
        return self.calendar.day_of(self.now)

    @cached_property
    def whole(self) -> Span:
        """From the first day to the newest on which something could happen or did."""
        opened = max(self.definition.schedule.starts_at, self.versions[-1].published_at)
        starts = self.calendar.day_of(opened)
        days = [date.fromisoformat(one.day) for one in self.everything if not one.only_moved]
        first = min([starts, *days[:1]])
        ends = self.definition.schedule.ends_at
        last = self.today if ends is None else self.calendar.day_of(ends - INSTANT)
        return Span(first, max(first, min(self.today, max([last, *days[-1:]]))))

    @cached_property
    def span(self) -> Span:
        """The chosen days."""
        length = RANGES[self.chosen_range]
        if not length:
            return self.whole
        return Span(max(self.whole.first, self.whole.last - (length - 1) * ONE_DAY), self.whole.last)

    @property
    def is_whole(self) -> bool:
        """Whether all days and versions are chosen, as what a channel cost is for."""
        return self.span == self.whole and not self.chosen_version

    @property
    def earlier(self) -> Span | None:
        """As many days right before the chosen ones, where the campaign ran for all of them."""
        before = self.span.before()
        return before if RANGES[self.chosen_range] and before.first >= self.whole.first else None

    @cached_property
    def counted(self) -> list[Numbers]:
        """All days of the chosen version."""
        return [one for one in self.everything if self.chosen_version in (0, one.version)]

    @property
    def days(self) -> list[Numbers]:
        """The chosen days, each with zeros where nothing happened."""
        return self.span.filled(by_day(self.span.of(self.counted)))

    @property
    def chosen(self) -> list[Numbers]:
        """What was counted on the chosen days; on all days also how far people came after the campaign."""
        return self.counted if not RANGES[self.chosen_range] else self.span.of(self.counted)

    @property
    def within(self) -> Numbers:
        """The chosen days together."""
        return totals(self.span.of(self.counted))

    def up_to(self, last: date) -> list[Numbers]:
        """From the first day to `last`. A rate must not set those who finish against those who only just came."""
        return Span(self.whole.first, last).of(self.counted)

    @property
    def so_far(self) -> Numbers:
        """From the first day to the last chosen one, together."""
        return totals(self.up_to(self.span.last))

    @property
    def facts(self) -> Any:
        """The mechanic's facts by kind; none of a mechanic that is not installed."""
        return self.mechanic.FACTS if self.mechanic else {}

    @cached_property
    def estimates(self) -> list[outlook.Estimate]:
        """When each limited reward is gone at the present pace, the soonest first."""
        days = by_day(self.everything)
        found = [
            outlook.estimate(reward, stock - gone, days, self.whole.first, self.today)
            for reward, (gone, stock) in self.issued.items()
            if stock > gone
        ]
        known = [one for one in found if one is not None]
        return sorted(known, key=lambda one: (one.gone_by or date.max, one.left))

    @property
    def on_the_way(self) -> int:
        """Limited rewards that are gone from the stock and that no counter knows of yet."""
        granted = totals(self.everything).granted
        return sum(max(0, gone - granted.get(reward, 0)) for reward, (gone, _stock) in self.issued.items())


def opened(shop: Shop, campaign: Campaign, chosen_range: str = "all", version: int = 0) -> View | None:
    """The view; None of a campaign that was never live. Raises what the store raises."""
    versions = life.versions(shop.store, campaign.id)
    if not versions:
        return None
    known = campaign.mechanic in shop.catalogue.mechanics
    everything = history(shop.store, campaign.id)
    return View(
        campaign=campaign,
        versions=versions,
        everything=everything,
        issued=life.issued(shop.store, versions[0]),
        channels={one.code: one for one in channels(shop.store, campaign.id)},
        mechanic=shop.catalogue.mechanic(campaign.mechanic) if known else None,
        now=shop.now,
        chosen_range=chosen_range,
        chosen_version=version,
        spent_today=_spent_today(shop, versions[0]),
        live=_live(shop, everything),
    )


def _live(shop: Shop, everything: list[Numbers]) -> dict[str, str]:
    """Names of live codes, read where people came by any."""
    if not any(len(code) == LIVE_CHARACTERS for one in everything for code in one.channels):
        return {}
    return {one.code: one.name for one, _revision in live_codes.all_of(shop.store)}


def _spent_today(shop: Shop, version: Version) -> int:
    """Where there is a budget for each day."""
    if version.definition.budget.per_day is None:
        return 0
    return spending.spent_on(shop.store, version, version.definition.schedule.calendar.day_of(shop.now))

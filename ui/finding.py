"""Which campaigns are wanted, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from functions.core.campaign import Campaign
from functions.core.text import Language

Standing = Literal["draft", "linted", "waiting", "published", "paused", "ended", "archived"]
Order = Literal["newest", "changed", "ending", "name"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
ORDERS: tuple[Order, ...] = get_args(Order)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Without standings, all but what was put away."""

    words: str = ""
    standings: tuple[str, ...] = ()
    mechanics: tuple[str, ...] = ()
    order: str = "newest"


def standing(campaign: Campaign, now: datetime) -> Standing:
    """Where a campaign stands, as its badge says."""
    if campaign.waiting and not campaign.live:
        return "waiting"
    state = campaign.stands(now)
    return "linted" if state == "approved" else state


def found(campaigns: Iterable[Campaign], wanted: Wanted, tongue: Language, now: datetime) -> list[Campaign]:
    """Those that fit, in order; `campaigns` come newest first."""
    fits = [one for one in campaigns if _fits(one, wanted, now)]
    if wanted.order == "changed":
        fits.sort(key=lambda one: one.changed_at, reverse=True)
    elif wanted.order == "ending":
        fits.sort(key=lambda one: _ending(one, now))
    elif wanted.order == "name":
        fits.sort(key=lambda one: one.name.in_(tongue).casefold())
    return fits


def _ending(campaign: Campaign, now: datetime) -> tuple[bool, datetime]:
    """Soonest first among those still to end; the others after them."""
    return campaign.stands(now) not in ("published", "paused"), campaign.ends_at or NEVER


def _fits(campaign: Campaign, wanted: Wanted, now: datetime) -> bool:
    place = standing(campaign, now)
    shown = place in wanted.standings if wanted.standings else place != "archived"
    of_kind = not wanted.mechanics or campaign.mechanic in wanted.mechanics
    text = f"{campaign.name.zh} {campaign.name.en} {campaign.id}".casefold()
    return shown and of_kind and all(word in text for word in wanted.words.casefold().split())

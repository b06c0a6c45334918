"""A small shop to try the engine with: one check-in campaign with points and coupons of a limited stock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from functions.core import keys
from functions.core.campaign import Campaign, Definition, SignOff, Version
from functions.core.discovery import discover
from functions.core.event import Actor, Event
from functions.core.ids import derived_id
from functions.core.lint import lint
from functions.storage import campaigns
from functions.storage.engine import Answer, commit
from functions.storage.live import Live, LiveCampaigns
from functions.storage.play import Play, sold_out
from functions.storage.store import Store

CAMPAIGN = "camp_00000000000000000000000000"
OPENS = datetime(2026, 12, 1, tzinfo=UTC)  # eight in the morning in Shanghai
DAY = timedelta(days=1)
BUSY_AFTER = 7


def content(stock: int = 5, *, peak: int = 10, **config: Any) -> dict[str, Any]:
    """A definition that passes the lint: points for each day, a coupon for the first, another for the third."""
    said = {"zh": "早安打卡", "en": "Morning check-in"}
    return {
        "mechanic": "checkin",
        "name": said,
        "schedule": {
            "zone": "Asia/Shanghai",
            "starts_at": OPENS.isoformat(),
            "ends_at": (OPENS + 400 * DAY).isoformat(),
        },
        "config": {"days": 30, "milestones": {"total": [3]}, **config},
        "rewards": [
            {"id": "points", "kind": "points", "name": {"zh": "积分", "en": "Points"}},
            {
                "id": "tea",
                "kind": "coupon",
                "name": {"zh": "奶茶券", "en": "Milk tea"},
                "config": {"value": {"kind": "amount_off", "amount": 500}},
                "stock": stock,
                "per_member": 2,
                "unit_cost": 500,
                "peak_per_second": peak,
            },
        ],
        "rules": [
            {"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]},
            {"id": "welcome", "when": "checkin.recorded", "if": [{"op": "first"}], "then": [{"reward": "tea"}]},
            {"id": "third", "when": "checkin.total_reached", "then": [{"reward": "tea"}], "limit": 1},
        ],
        "page": {"title": said, "button": said, "rules": said, "organiser": said, "contact": "shop@example.com"},
        "budget": {"total": 500 * 10_000_000},
        "privacy": {
            "purposes": [{"field": "participation", "purpose": said}],
            "retention_days": 180,
            "contact": "shop@example.com",
        },
    }


def coupon_of(content: dict[str, Any]) -> dict[str, Any]:
    """The coupon among the rewards."""
    return next(reward for reward in content["rewards"] if reward["kind"] == "coupon")


@cache
def member(number: int) -> str:
    """The id of the member with this number."""
    return derived_id("mem", str(number))


@cache
def _data(kind: str) -> Any:
    return discover().mechanic("checkin").ACCEPTS[kind].data


def happened(
    kind: str,
    who: str,
    event_id: str,
    at: datetime,
    *,
    actor: Actor = "member",
    consents: bool = True,
    campaign: str = CAMPAIGN,
    **data: Any,
) -> Event:
    """An event as the edge would make it."""
    body = _data(kind).model_validate(data)
    return Event(
        event_id, kind, at, campaign, who, body, actor, "clerk" if actor == "staff" else "", date.min, consents
    )


def answered(wanted: dict[str, Any], at: datetime = OPENS) -> list[SignOff]:
    """Somebody's answer to every warning of the lint."""
    made = Definition.model_validate(wanted)
    said = {"by": "Lin", "reason": "known", "content_hash": made.content_hash, "at": at}
    return [SignOff.model_validate({"rule": one.rule, "path": one.path, **said}) for one in lint(made, discover())]


def publish(
    store: Store,
    wanted: dict[str, Any],
    at: datetime = OPENS,
    campaign: str = CAMPAIGN,
    answers: list[SignOff] | None = None,
) -> Campaign:
    """Bring `wanted` to the members: a new campaign, or the next version of it."""
    key = keys.head(campaign)
    if store.read([key])[key] is None:
        campaigns.begin(store, campaign, wanted, "marketer", at)
    draft = campaigns.save(store, campaigns.load(store, campaign), wanted, "marketer", at, answers)
    return campaigns.publish(store, draft, discover(), "marketer", at)


def live(
    store: Store, at: datetime = OPENS, campaign: str = CAMPAIGN, known: dict[tuple[str, int], Version] | None = None
) -> Live:
    """The campaign as a function sees it that looks anew; `known` keeps the versions, which never change."""
    found = LiveCampaigns(store, {}, {} if known is None else known).get(campaign, at)
    assert found is not None
    return found


READ: dict[str, Any] = {}  # configurations by what they are read from, as functions keep them


def _config(version: Version) -> Any:
    found = READ.get(version.content_hash)
    if found is None:
        definition = version.definition
        found = READ[version.content_hash] = (
            discover().mechanic(definition.mechanic).Config.model_validate(definition.config)
        )
    return found


@dataclass(frozen=True)
class Shop:
    """A campaign over a store, as one copy of a function serves it."""

    store: Store
    serving: Live
    pause: Callable[[int], bool] = lambda attempt: attempt < BUSY_AFTER
    known: dict[str, int] = field(default_factory=dict)  # to be sold out

    def hears(self, event: Event) -> Answer:
        """Apply one event."""
        assert self.serving.version is not None
        version = self.serving.version
        play = Play(discover(), self.serving.campaign, version, event, _config(version), self.known)
        answer = commit(self.store, play, event, self.pause)
        self.known.update(sold_out(answer, self.known, play.today))
        return answer


def open_shop(store: Store, wanted: dict[str, Any] | None = None) -> Shop:
    """A shop with a published campaign."""
    publish(store, wanted or content())
    return Shop(store, live(store))

"""A shop with a group-buy: a coupon for everyone in a group that is formed, points for who leads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.discovery import discover
from functions.core.event import Actor, Event
from functions.core.keys import Key
from functions.group_buy.config import Config
from functions.group_buy.ending import STEPS
from functions.group_buy.group import UNIT, Group, key_of, name_of
from functions.storage.store import Store
from tests.storage import stage
from tests.storage.stage import CAMPAIGN, OPENS, Shop, member

FORMED = [{"id": "formed", "when": "group.completed", "then": [{"reward": "tea", "to": "group"}]}]
LED = [{"id": "led", "when": "group.completed", "then": [{"reward": "points", "amount": 50, "to": "leader"}]}]

BOTH = [*FORMED, {**LED[0], "then": [{"reward": "points", "amount": 50, "to": "group"}]}]


def content(stock: int = 100, rules: list[Any] | None = None, per_member: int = 2, **config: Any) -> dict[str, Any]:
    """A definition that passes the lint."""
    base = stage.content(stock)
    rewards = [base["rewards"][0], {**base["rewards"][1], "per_member": per_member}]
    rules = [*FORMED, *LED] if rules is None else rules
    return {**base, "mechanic": "group_buy", "config": {"size": 3, **config}, "rewards": rewards, "rules": rules}


def happened(
    kind: str,
    who: str,
    event_id: str,
    at: datetime = OPENS,
    *,
    actor: Actor = "member",
    campaign: str = CAMPAIGN,
    **said: Any,
) -> Event:
    """An event of a member, or about one."""
    if kind in ("paid", "payment_refused", "refunded"):
        actor, said = "shop", {"member": who, **said}
    data = discover().mechanic("group_buy").ACCEPTS[kind].data.model_validate(said)
    return Event(event_id, kind, at, campaign, who, data, actor, consents=actor == "member")


def closes(group: str, at: datetime, event_id: str = "close-0001") -> Event:
    """That a group's time is over."""
    data = discover().mechanic("group_buy").ACCEPTS["close"].data()
    return replace(Event(event_id, "close", at, CAMPAIGN, "", data, "system"), unit=unit(group))


def settles(group: str, at: datetime, event_id: str) -> Event:
    """That the next members of a large group that ended are to be settled."""
    told = closes(group, at, event_id)
    return replace(told, kind="settle", unit=keys.unit(CAMPAIGN, STEPS, group))


def unit(group: str) -> Key:
    """The row of a group."""
    return key_of(CAMPAIGN, group)


def group_of(store: Store, name: str) -> Group:
    """A group as the table has it."""
    row = store.read([unit(name)])[unit(name)]
    assert row is not None
    return Group.of(name, row["record"])


def opened(shop: Shop, who: int = 0, at: datetime = OPENS) -> str:
    """The name of a group that a member has just opened."""
    event = happened("open", member(who), f"open-{who:04d}", at)
    answer = shop.hears(event)
    assert answer.outcome in ("group_opened", "seat_held"), answer.outcome
    return name_of(CAMPAIGN, member(who), event.id)


def crowd(
    store: Store, people: int, terms: dict[str, Any], at: datetime = OPENS, campaign: str = CAMPAIGN, hold: int = 0
) -> str:
    """The name of an open group with so many members in it, opened `at`; its time is over a day later.

    They are sure of their seats, or those are held for `hold` seconds.
    """
    name, now = "grp_" + "0" * 26, int(at.timestamp())
    group = Group.opened(name, Config.model_validate(terms), now + 24 * 3600, now)
    for who in map(member, range(people)):
        group = group.seated(who, now + hold if hold else 0, now)
        row = {"version": 1, "record": {"group": name, "seat": 1, "until": 0}, "events": [], "facts": [], "at": 0}
        assert not store.write([Change(home(campaign, who), put=row | {"paid": {}, "got": {}, "definition": 1})])
    row = {"version": 1, "record": group.record(), "events": [], "facts": []}
    due = Change(keys.due(campaign, now + 24 * 3600, UNIT, name), put={"until": now + 24 * 3600})
    assert not store.write([Change(key_of(campaign, name), put=row), due])
    return name


def joins(shop: Shop, who: int, group: str, at: datetime = OPENS) -> str:
    """The outcome of a member's joining."""
    return shop.hears(happened("join", member(who), f"join-{who:04d}", at, group=group)).outcome


def pays(shop: Shop, who: int, group: str, at: datetime = OPENS, event_id: str = "") -> str:
    """The outcome of the payment for the seat that a member has."""
    return shop.hears(payment(shop.store, CAMPAIGN, member(who), group, at, event_id)).outcome


def payment(store: Store, campaign: str, who: str, group: str, at: datetime, event_id: str = "") -> Event:
    """That the payment for the seat that a member has came."""
    found = Group.of(group, unit_record(store, campaign, group))
    seat = found.seat_of(who)
    assert seat is not None
    said = {"group": group, "payment": found.payment(campaign, seat), "amount": found.due(seat)}
    return happened("paid", who, event_id or f"paid-{who[-8:]}", at, campaign=campaign, **said)


def unit_record(store: Store, campaign: str, group: str) -> dict[str, Any]:
    """What a group's row says."""
    key = key_of(campaign, group)
    row = store.read([key])[key]
    assert row is not None
    return dict(row["record"])


def members_of(store: Store, campaign: str, group: str) -> tuple[str, ...]:
    """Who has a seat in a group, held ones as well."""
    return tuple(seat.member for seat in Group.of(group, unit_record(store, campaign, group)).seats)


def home(campaign: str, who: str) -> Key:
    """A member's row."""
    return keys.state(campaign, who)


def coupons(store: Store, who: int) -> int:
    """How many coupons a member has."""
    return coupons_of(store, member(who))


def coupons_of(store: Store, who: str) -> int:
    """How many coupons a member has."""
    return len(store.query("member", who, prefix="W#coupon#"))


def refunds(store: Store) -> list[tuple[str, int, str]]:
    """Every refund that is wanted: member, amount, why."""
    return sorted((row["member"], row["amount"], row["why"]) for _, row in store.query("intents", "refund", limit=1000))

"""Referral: members bring friends; both are rewarded once the friend has done what counts (docs/mechanics/referral.md).

A friend's own row is the home of the whole bond. It is made once, at joining, by somebody who takes part already: so
nobody has two referrers, and there is no circle. The referrer's row, which counts, is written in the same write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from functions.core import keys
from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.core.mechanic import Accepts, Decision, Moment, Seen, accept, refuse
from functions.core.order import OrderTold, as_told, net, still
from functions.core.text import Text
from functions.referral import earning
from functions.referral.bond import Bond, bringer, made, referrer_in
from functions.referral.config import Config
from functions.referral.vocabulary import FACTS, OUTCOMES

__all__ = ["ACCEPTS", "FACTS", "KIND", "OUTCOMES", "TITLE", "Config", "decide", "reads", "view"]

KIND = "referral"
TITLE = Text(zh="老带新", en="Referral")
ASKS_BROUGHT = ("join",)  # the edge says by whose links the member came
ASKS_NEWCOMER = ("join",)  # and whether they took part or bought anything before
CLOSES = {keys.MEMBER: "release"}  # what the timer says when a reward was held long enough
ORDERS_KEPT = 6


class Nothing(BaseModel):
    """The tap is all."""

    model_config = ConfigDict(frozen=True, extra="forbid")


ACCEPTS = {
    "join": Accepts(Nothing, title=Text(zh="我要参加", en="Join")),
    "come": Accepts(Nothing, title=Text(zh="今天来过", en="I came today")),
    "order": Accepts(OrderTold, ("shop",), Text(zh="下单", en="An order")),
    "release": Accepts(Nothing, ("system",), Text(zh="到期发放", en="Held long enough")),
}


def reads(config: Config, event: Event) -> Sequence[Key]:
    """Who brought them; or the order as it is now."""
    if event.kind == "order":
        return [keys.order(event.data.order)]
    brought = bringer(config, event) if event.kind == "join" else None
    return [keys.state(event.campaign, brought.member)] if brought else []


def follows(config: Config, event: Event, record: Mapping[str, Any]) -> Sequence[Key]:
    """The referrer's row, which counts; for an order also what promoters earn of it."""
    if not record.get("by") or event.kind == "join":
        return []
    above = [keys.state(event.campaign, record["by"])]
    return above + (earning.looks_at(config, event, record) if event.kind == "order" else [])


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """What an event does. Pure."""
    match event.kind:
        case "join":
            return _join(config, event, seen)
        case "come":
            return _come(config, event, seen)
        case "order":
            return _order(config, event, seen)
    return _release(event, seen)


def most(config: Config) -> dict[str, int]:
    """How many a fact of this can concern."""
    return {"referrer": 1}


def earns(config: Config) -> str | None:
    """The right that promoters need, `""` where everybody earns; None where there is no commission."""
    return None if config.commission is None else config.commission.right or ""


def brought_buyers(config: Config, record: Mapping[str, Any]) -> int:
    """How many friends somebody brought who bought; a refund takes them away again."""
    return int(record.get("qualified", 0)) if config.qualify in ("first_order", "order_above") else 0


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """The member's own state: as a friend, and as somebody who brings friends."""
    return {
        "joined": "at" in record,
        "brought": bool(record.get("by")),
        "state": record.get("state", ""),
        "days": record.get("days", 0),
        "came_today": record.get("last", "") == moment.today.isoformat(),
        "invited": record.get("invited", 0),
        "qualified": record.get("qualified", 0),
        "qualify": config.qualify,
        "order_min": config.order_min,
        "check_ins": config.check_ins,
        "hold_days": config.hold_days,
        "newcomers_only": config.newcomers_only,
        "levels": list(config.commission.levels) if config.commission else [],
        "freeze_days": config.commission.freeze_days if config.commission else 0,
    }


def sample(
    config: Config, campaign: str, member: str, at: datetime, done: bool
) -> tuple[dict[str, Any], dict[Key, Row]]:
    """A made-up member for the composer's preview: brought by a friend, with one of their own, or three."""
    joined = {"at": int(at.timestamp()), "by": "mem_friend", "state": "joined", "invited": 1, "days": 1}
    return (joined | {"state": "qualified", "invited": 3, "qualified": 2} if done else joined), {}


def _join(config: Config, event: Event, seen: Seen) -> Decision:
    if "at" in seen.record:
        return refuse("already_joined")
    brought = bringer(config, event)
    row = referrer_in(seen, keys.state(event.campaign, brought.member), event.member) if brought else None
    plain = {**seen.record, "at": int(event.at.timestamp())}
    if brought is None or row is None:
        return accept("joined", plain)
    if config.newcomers_only and not event.newcomer:
        return accept("joined_as_customer", plain)
    decision = made(event, seen, brought, row)
    if config.qualify != "join":
        return decision
    bond = Bond.of(event, seen, decision.record, decision.records[brought.member])
    done = bond.done(config, int(event.at.timestamp()), 0)
    records = {**decision.records, **done.records}
    return replace(done, outcome=decision.outcome, facts=(*decision.facts, *done.facts), records=records)


def _come(config: Config, event: Event, seen: Seen) -> Decision:
    today = event.day.isoformat()
    if "at" not in seen.record:
        return refuse("not_joined")
    if config.qualify != "check_ins":
        return refuse("not_asked")
    if seen.record.get("last") == today:
        return refuse("already_came")
    record = {**seen.record, "last": today, "days": seen.record.get("days", 0) + 1}
    if not record.get("by") or record["state"] != "joined" or record["days"] < config.check_ins:
        return accept("came_by", record)
    return Bond.of(event, seen, record).done(config, int(event.at.timestamp()), 0)


def _order(config: Config, event: Event, seen: Seen) -> Decision:
    row = as_told(seen.rows[keys.order(event.data.order)], event)
    if "at" not in seen.record:
        return refuse("not_joined")
    if row is None or not seen.record.get("by") or row["paid_at"] < seen.record["at"]:
        return refuse("order_not_counted")
    earned = earning.earned(config, event, seen, row)
    decision = _qualifying(config, event, seen, row)
    if decision.record is None and earned:
        decision = accept("order_noted", seen.record)
    if decision.record is None:
        return decision
    return replace(decision, changes=(*decision.changes, *earned, still(event.data.order, row)))


def _qualifying(config: Config, event: Event, seen: Seen, row: Row) -> Decision:
    """What the order does to the bond: there is one that counts now, or none any more."""
    if config.qualify not in ("first_order", "order_above"):
        return refuse("order_not_counted")
    before: dict[str, list[int]] = dict(seen.record.get("orders", {}))
    orders = {name: order for name, order in before.items() if name != event.data.order}
    if net(row) >= max(1, config.order_min if config.qualify == "order_above" else 1):
        orders[event.data.order] = [row["paid_at"], net(row)]
    orders = dict(sorted(orders.items(), key=lambda one: (one[1], one[0]))[:ORDERS_KEPT])
    if orders == before:
        return refuse("order_too_small")
    record = {**seen.record, "orders": orders}
    bond = Bond.of(event, seen, record)
    if orders and record["state"] in ("joined", "held"):
        return bond.done(config, *next(iter(orders.values())))
    return accept("order_noted", record) if orders else bond.undone()


def _release(event: Event, seen: Seen) -> Decision:
    """A held reward, when its time is over; a pause makes it wait."""
    if seen.record.get("state") != "held":
        return refuse("nothing_held")
    if seen.record["due"] > event.at.timestamp() or seen.closed == "paused":
        return refuse("not_due")
    return Bond.of(event, seen).qualified("released", seen.record.get("worth", 0))

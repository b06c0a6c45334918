"""Group-buy: members form a group in time, or what they paid comes back (docs/mechanics/group_buy.md).

What a member does has the member's row as its home, what happens to the group as a whole the group's. Both write the
group's row under its version, so that its life is one chain whoever acts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from functions.core.event import Event
from functions.core.keys import Key, Row
from functions.core.mechanic import Accepts, Debt, Decision, Moment, Seen
from functions.core.text import Text
from functions.group_buy import ending, look, paying, seating, settling
from functions.group_buy.config import GROUP_SIZE_MAX, Config
from functions.group_buy.ending import STEPS
from functions.group_buy.group import UNIT, Group, key_of
from functions.group_buy.vocabulary import FACTS, OUTCOMES

__all__ = ["ACCEPTS", "FACTS", "KIND", "OUTCOMES", "TITLE", "Config", "decide", "reads", "view"]

KIND = "group_buy"
SHARED_AS = PAYS_FOR = "group"
TITLE = Text(zh="拼团", en="Group-buy")
LEAVES = "leave"  # what the engine says for a member who leaves the campaign or is erased
CLOSES = {UNIT: "close", STEPS: "settle"}  # what the timer says of a unit whose time is over
PAID_AS = ("enough", "group_formed", "seat_gone")  # what a payment may come to, besides `paid`
CONTINUES = ("group_settling",)  # outcomes after which it says so again at once
GROUP = r"^grp_[0-9abcdefghjkmnpqrstvwxyz]{26}$"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(_Data):
    """The tap is all."""


class Join(_Data):
    """Which group."""

    group: str = Field(pattern=GROUP)


class Payment(_Data):
    """What a payment provider, a clerk or the shop says of the payment for a seat."""

    member: str = Field(max_length=64)
    group: str = Field(pattern=GROUP)
    payment: str = Field(max_length=64)
    amount: int = Field(default=0, ge=0)


ACCEPTS = {
    "open": Accepts(Nothing, title=Text(zh="我要开团", en="Open a group")),
    "join": Accepts(Join, title=Text(zh="参团", en="Join")),
    "leave": Accepts(Nothing, ("member", "system"), Text(zh="退出这个团", en="Leave the group")),
    "paid": Accepts(Payment, ("shop", "system"), Text(zh="付款成功", en="Paid")),
    "payment_refused": Accepts(Payment, ("shop", "system"), Text(zh="付款没有成功", en="Payment refused")),
    "refunded": Accepts(Payment, ("shop", "system"), Text(zh="已退款", en="Refunded")),
    "close": Accepts(Nothing, ("system",), Text(zh="时间到了", en="Time is up")),
    "settle": Accepts(Nothing, ("system",), Text(zh="接着结算", en="Settle on")),
}
DECIDES = {
    "leave": seating.leave,
    "paid": paying.paid,
    "payment_refused": paying.payment_refused,
    "refunded": paying.refunded,
    "close": ending.close,
    "settle": settling.settle,
}


def asks_newcomer(config: Config, event: Event) -> bool:
    """Whether it counts that the member took part in nothing before."""
    return config.newcomers_only and event.kind == "join"


def reads(config: Config, event: Event) -> Sequence[Key]:
    """The group that the event names, or makes."""
    settled = event.unit.parts[2] if event.unit and event.kind == "settle" else ""
    group = getattr(event.data, "group", settled)
    return [key_of(event.campaign, group)] if group else []


def follows(config: Config, event: Event, record: Mapping[str, Any]) -> Sequence[Key]:
    """The group that the member was in last: one is in one group at a time."""
    last = record.get("group", "")
    return [key_of(event.campaign, last)] if last and event.kind in ("open", "join", "leave") else []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """What an event does. Pure."""
    match event.kind:
        case "open":
            return seating.open_group(config, event, seen)
        case "join":
            return seating.join(config, event, seen)
    return DECIDES[event.kind](event, seen)


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member's own row says; the group itself is `shared`."""
    return look.own(config, record)


def watches(config: Config, campaign: str, record: Mapping[str, Any], asked: str) -> Sequence[Key]:
    """The member's group and the one that a link named."""
    return look.watched(campaign, record, asked)


def owes(config: Config, campaign: str, member: str, seen: Seen) -> Debt | None:
    """The seat that is held for them: its terms alone name the amount."""
    mine = look.shared(campaign, seen.moment.at, seen.rows, member, "")["mine"]
    if not mine or not mine["due"] or not mine["held_until"]:
        return None
    return Debt(mine["payment"], mine["due"], {PAYS_FOR: mine["name"]})


def lists(config: Config) -> bool:
    """Whether the page shows groups to join."""
    return config.listed


def keeps(campaign: str, group: str, row: Row | None, payment: str) -> int:
    """What of a payment for a seat in this group stays with the house, as its row says (payments/reconcile.py)."""
    return 0 if row is None else Group.of(group, row["record"]).keeps(campaign, payment)


def shared(
    config: Config, campaign: str, at: datetime, rows: Mapping[Key, Row | None], member: str, asked: str
) -> dict[str, Any]:
    """Groups as the member sees them."""
    return look.shared(campaign, at, rows, member, asked)


def sample(
    config: Config, campaign: str, member: str, at: datetime, done: bool
) -> tuple[dict[str, Any], dict[Key, Row]]:
    """A made-up member in a made-up group, for the composer's preview: one friend is in, or all are."""
    return look.sample(config, campaign, member, at, done)


def most(config: Config) -> dict[str, int]:
    """How many a fact of this has to concern at once: a larger group is settled in steps if the rules give too much."""
    return {"group": min(config.most, GROUP_SIZE_MAX), "leader": 1}


def outlasts(config: Config) -> tuple[dict[str, int], timedelta]:
    """How many a group of these terms concerns in one write whatever rules come later, and how long one may last."""
    at_once = {} if config.on_refund == "keep" else most(config)
    return at_once, timedelta(hours=config.hours)

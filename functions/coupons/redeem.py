"""Redeem, reverse, void: what a coupon's row allows, and the one guarded change that does it. Pure.

A coupon is available, redeemed or void. Each step is guarded by the row's version, so of two clerks one wins,
and confirming and voiding exclude each other. A reversal names the redemption it reverses, and happens once.
A coupon of a stacking group takes, in the same write, the only slot that the group has in an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from functions.core import keys
from functions.core.change import Change, Is, create
from functions.core.ids import derived_id
from functions.core.keys import Row
from functions.core.money import Money
from functions.core.text import Text
from functions.coupons import discount

UNDO_FOR = timedelta(minutes=5)  # what the clerk's page promises
UNDO_GRACE = timedelta(seconds=10)  # for a press that began in time
REVERSALS_MAX = 4  # the row remembers every redemption that was reversed, so that its late repeat redeems nothing
SLOT_KEPT = timedelta(days=7)  # a slot is of one day's order; the rest is for redeliveries
OUTCOMES: dict[str, Text] = {
    "redeemable": Text(zh="可以核销，应付 {to_pay}", en="Good to redeem: {to_pay} to pay"),
    "redeemed": Text(zh="已核销，应付 {to_pay}", en="Redeemed: {to_pay} to pay"),
    "already_redeemed": Text(zh="已核销：{when} · {store} · {by}", en="Redeemed on {when} by {by} ({store})"),
    "expired": Text(zh="已过期", en="Expired"),
    "not_yet_valid": Text(zh="还没到使用时间", en="Not valid yet"),
    "wrong_store": Text(zh="不能在本店使用", en="Not for this store"),
    "below_minimum": Text(zh="没有达到最低消费 {minimum}", en="Below the minimum spend of {minimum}"),
    "group_used": Text(
        zh="这一单已经用过一张同组的券，不能叠加", en="This order already took a coupon of this group: one is the limit"
    ),
    "void": Text(zh="已作废", en="Void"),
    "voided": Text(zh="已作废", en="Voided"),
    "reversed": Text(zh="已撤销，可以再用", en="Reversed: it can be used again"),
    "nothing_to_reverse": Text(zh="没有可撤销的核销", en="There is nothing to reverse"),
    "too_many_reversals": Text(
        zh="这张券撤销太多次了，不能再撤销", en="It was reversed too often to be reversed again"
    ),
    "too_late_to_reverse": Text(
        zh="核销超过 5 分钟，不能再撤销了", en="It was redeemed more than 5 minutes ago and can no longer be undone"
    ),
    "not_yours_to_reverse": Text(
        zh="由 {store} · {by} 核销，只有本人能撤销", en="Redeemed by {by} ({store}): only they can undo it"
    ),
    "order_mismatch": Text(zh="订单号对不上", en="That is another order"),
    "event_id_reused": Text(zh="这个请求编号已用于别的内容", en="This event id was used for something else"),
}


@dataclass(frozen=True)
class Till:
    """Who asks, where, when, and under which event id: the same id asks the same thing again."""

    event_id: str
    store: str
    by: str
    at: datetime
    name: str = ""


@dataclass(frozen=True)
class Verdict:
    """The outcome, what its sentence names, and the changes to write: the coupon's own first, or none at all."""

    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def check(row: Row, amount: int, store: str, at: datetime) -> Verdict:
    """Whether the coupon may be redeemed now for an order of `amount` (minor units), and what is left to pay."""
    if row["state"] == "redeemed":
        return Verdict("already_redeemed", _said(row, row["use"]))
    closed = _closed(row, amount, store, at)
    if closed:
        return Verdict(closed, {"minimum": money(row, row["minimum"])})
    off = discount.off(row, amount)
    return Verdict("redeemable", {**off, "to_pay": money(row, off["payable"])})


def redeem(row: Row, order_id: str, amount: int, till: Till, refused: frozenset[str] = frozenset()) -> Verdict:
    """Use the coupon for an order. A repeat of the event gets the first answer, also after a reversal.

    `refused` names the conditions that did not hold when this was tried before.
    """
    assert amount >= 0
    before = _told_before(row, till.event_id)
    if before is not None:
        same = before["did"] == "redeem" and before["order"] == order_id and before["amount"] == amount
        return Verdict("redeemed", _said(row, before)) if same else Verdict("event_id_reused")
    verdict = check(row, amount, till.store, till.at)
    if verdict.outcome != "redeemable":
        return verdict
    if "group_used" in refused:
        return Verdict("group_used")
    use = {"event": till.event_id, "order": order_id, "amount": amount, **discount.off(row, amount), **_who(till)}
    return Verdict("redeemed", _said(row, use), (_next(row, state="redeemed", use=use), *_take_slot(row, use, till.at)))


def reverse(row: Row, order_id: str, till: Till, reason: str = "") -> Verdict:
    """Undo the redemption of an order: the coupon is available again, its validity unchanged. `reason` is kept.

    Only the clerk who redeemed it can, while the page that it led to offers that.
    """
    before = _told_before(row, till.event_id)
    if before is not None:
        same = before["did"] == "reverse" and before["order"] == order_id
        return Verdict("reversed") if same else Verdict("event_id_reused")
    if row["state"] != "redeemed":
        return Verdict("nothing_to_reverse")
    use = row["use"]
    if use["order"] != order_id:
        return Verdict("order_mismatch")
    if closed := _irreversible(row, use, till):
        return Verdict(closed, _said(row, use))
    past = row.get("past", [])
    done = {**use, "reversed": {"event": till.event_id, **({"reason": reason} if reason else {}), **_who(till)}}
    changes = _next(row, state="available", use=None, past=[*past, done]), *_free_slot(row, use)
    return Verdict("reversed", {}, changes)


def void(row: Row, reason: str, till: Till) -> Verdict:
    """Take back a coupon that was not used."""
    if row["state"] == "void":
        return Verdict("voided" if row["voided"]["event"] == till.event_id else "void")
    if row["state"] == "redeemed":
        return Verdict("already_redeemed", _said(row, row["use"]))
    voided = {"event": till.event_id, "reason": reason, **_who(till)}
    return Verdict("voided", {}, (_next(row, state="void", voided=voided),))


def status(row: Row, at: datetime) -> str:
    """available, used, void, not_yet or expired."""
    if row["state"] != "available":
        return "used" if row["state"] == "redeemed" else "void"
    if at.timestamp() >= row["valid_until"]:
        return "expired"
    return "not_yet" if at.timestamp() < row["valid_from"] else "available"


def _closed(row: Row, amount: int, store: str, at: datetime) -> str | None:
    refusals = {"void": "void", "expired": "expired", "not_yet": "not_yet_valid"}
    if (now := status(row, at)) in refusals:
        return refusals[now]
    if row["stores"] and store not in row["stores"]:
        return "wrong_store"
    return "below_minimum" if amount < row["minimum"] else None


def _irreversible(row: Row, use: Mapping[str, Any], till: Till) -> str:
    """Why this redemption stands. A clerk is the name they were invited under: who signs in anew has another id."""
    if (use["store"], use.get("name") or use["by"]) != (till.store, till.name or till.by):
        return "not_yours_to_reverse"
    if till.at - datetime.fromisoformat(use["at"]) > UNDO_FOR + UNDO_GRACE:
        return "too_late_to_reverse"
    return "too_many_reversals" if len(row.get("past", [])) == REVERSALS_MAX else ""


def _told_before(row: Row, event_id: str) -> dict[str, Any] | None:
    """The redemption that this event made or reversed, with what it `did`; None for an event that is new here."""
    past = row.get("past", [])
    for use in (row.get("use"), *past):
        if use and use["event"] == event_id:
            return {**use, "did": "redeem"}
    return next(({**use, "did": "reverse"} for use in past if use["reversed"]["event"] == event_id), None)


def money(row: Row, minor: int) -> str:
    """An amount in the coupon's currency, as people read it."""
    return str(Money(minor=minor, currency=row["currency"]))


def _said(row: Row, use: Mapping[str, Any]) -> dict[str, Any]:
    """A redemption as sentences and screens tell it; `when` is the wall clock of the campaign's zone."""
    when = datetime.fromisoformat(use["at"]).astimezone(ZoneInfo(row["zone"]))
    told = {name: use[name] for name in ("discount", "payable", "shipping", "order", "at", "by", "store")}
    told |= {"name": use["name"]} if "name" in use else {}
    return {**told, "to_pay": money(row, use["payable"]), "when": f"{when:%Y-%m-%d %H:%M}"}


def _who(till: Till) -> dict[str, str]:
    named = {"name": till.name} if till.name else {}
    return {"store": till.store, "by": till.by, **named, "at": till.at.astimezone(UTC).isoformat()}


def _next(row: Row, **said: Any) -> Change:
    """The coupon's next version. Its state alone is no guard: a late repeat would use it again after a reversal."""
    version = row["version"]
    return Change(_key(row), (Is("version", version),), set={**said, "version": version + 1})


def _take_slot(row: Row, use: Mapping[str, Any], at: datetime) -> list[Change]:
    """The group's slot in this order, which nobody may hold yet; a coupon without a group needs none."""
    expires = int((at + SLOT_KEPT).timestamp())
    return [
        create(slot, {"coupon": row["id"], "expires_at": expires}, refusal="group_used") for slot in _slots(row, use)
    ]


def _free_slot(row: Row, use: Mapping[str, Any]) -> list[Change]:
    """Needs no condition of its own: while the coupon is redeemed for the order, the slot is its own."""
    return [Change(slot, delete=True) for slot in _slots(row, use)]


def _slots(row: Row, use: Mapping[str, Any]) -> list[keys.Key]:
    """Shops count their receipts anew each day, so an order is of a store and a day of the campaign's zone."""
    if not row["group"]:
        return []
    day = datetime.fromisoformat(use["at"]).astimezone(ZoneInfo(row["zone"])).date()
    return [keys.stacked(derived_id("slot", use["store"], str(day), use["order"], row["group"]))]


def _key(row: Row) -> keys.Key:
    return keys.coupon(row["member"], row["id"])

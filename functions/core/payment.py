"""Payments: asked of a member, then paid or refused as a provider says; what went back of them. Pure.

Amounts are minor units. A payment's name follows from what it is for, so it is asked for once, and so does a refund's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.keys import Row

Verdict = Literal[
    "paid", "refused", "known", "unknown_payment", "amount_differs", "currency_differs", "paid_twice", "after_refusal"
]
WRONG: frozenset[str] = frozenset({"unknown_payment", "amount_differs", "currency_differs", "paid_twice"})


NAME_AT, NUMBER_CHARACTERS = len("pay_"), 8


@dataclass(frozen=True)
class Owed:
    """What a member owes, and for what: `subject` is told to the campaign once it is paid."""

    name: str
    campaign: str
    member: str
    amount: int
    currency: str
    subject: Mapping[str, str]


@dataclass(frozen=True)
class Notice:
    """What a provider says of a payment; `trade` is its own number for it."""

    payment: str
    trade: str
    amount: int
    currency: str
    paid: bool = True
    by: str = ""  # who took the money, where a person did


def number(name: str) -> str:
    """What people read out of a payment at a counter: eight characters, 40 bits of its name."""
    return (name[NAME_AT : NAME_AT + NUMBER_CHARACTERS - 1] + name[-1]).upper()


def asked(owed: Owed, row: Row | None, provider: str, at: datetime) -> list[Change]:
    """The payment's row, and that it is the member's; nothing where it stands. What was refused is asked for again."""
    key = keys.payment(owed.name)
    if row is not None and row["state"] != "refused":
        return []
    new: Row = {
        "campaign": owed.campaign,
        "member": owed.member,
        "subject": dict(owed.subject),
        "amount": owed.amount,
        "currency": owed.currency,
        "provider": provider,
        "state": "asked",
        "trade": "",
        "refunds": {},
        "at": at.isoformat(),
        "version": (row or {}).get("version", 0) + 1,
    }
    guard = Absent() if row is None else Is("version", row["version"])
    mine = {"campaign": owed.campaign, "at": at.isoformat()}
    return [Change(key, (guard,), put=new), Change(keys.pays(owed.member, owed.name), put=mine)]


def noticed(row: Row | None, notice: Notice, at: datetime) -> tuple[Verdict, list[Change]]:
    """What a notice does to the payment. Nothing of one that does not fit; told again it is known.

    That it is paid is an intent too, until the campaign was told.
    """
    if row is None:
        return "unknown_payment", []
    if notice.paid and (wrong := _misfit(row, notice)):
        return wrong, []
    if row["state"] != "asked" and not (row["state"] == "refused" and notice.paid):
        return ("known" if notice.paid == (row["state"] == "paid") else "after_refusal"), []
    state: Verdict = "paid" if notice.paid else "refused"
    said = {
        "state": state,
        "trade": notice.trade,
        "by": notice.by,
        "settled_at": at.isoformat(),
        "version": row["version"] + 1,
    }
    told = {"payment": notice.payment, "at": at.isoformat()}
    return state, [
        Change(keys.payment(notice.payment), (Is("version", row["version"]),), set=said),
        Change(keys.intent("told", notice.payment), put=told),
    ]


def _misfit(row: Row, notice: Notice) -> Verdict | None:
    if notice.currency != row["currency"]:
        return "currency_differs"
    if notice.amount != row["amount"]:
        return "amount_differs"
    return "paid_twice" if row["state"] == "paid" and row["trade"] != notice.trade else None


def refunded(name: str, row: Row, refund: str, amount: int) -> Change | None:
    """The payment with so much gone back under the refund's name; None where that is known."""
    if refund in row["refunds"]:
        return None
    said = {"refunds": {**row["refunds"], refund: amount}, "version": row["version"] + 1}
    return Change(keys.payment(name), (Is("version", row["version"]),), set=said)


def handed(name: str, row: Row, refund: str, by: str, reference: str, at: datetime) -> Change | None:
    """The payment with a refund that staff gave back by hand; None where somebody has said so already."""
    before = row.get("handed", {})
    if refund in before:
        return None
    told = {"by": by, "reference": reference, "at": at.isoformat()}
    said = {"handed": {**before, refund: told}, "version": row["version"] + 1}
    return Change(keys.payment(name), (Is("version", row["version"]),), set=said)


def left(row: Mapping[str, Any]) -> int:
    """What is left of a payment after its refunds; nothing of one that was never paid."""
    return int(row["amount"]) - sum(row["refunds"].values()) if row["state"] == "paid" else 0

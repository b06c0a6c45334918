"""Intents: what is to be done outside the table, written in the very transaction that decides it.

The stream delivers an intent fast, a sweeper finds what was not delivered; both under the intent's own name, which
follows from what it is for. So it is written once and done once (docs/engine.md).
"""

from __future__ import annotations

from datetime import datetime

from functions.core import keys
from functions.core.change import Change, create
from functions.core.ids import derived_id

REFUND = "refund"


def refund(campaign: str, member: str, payment: str, amount: int, why: str, at: datetime) -> Change:
    """Give back `amount` (minor units, in the payment's currency) of a payment; `why` names the occasion, once each.

    A second intent for the same payment and occasion is refused as `refunded:{name}`.
    """
    assert amount > 0
    name = refund_name(payment, why)
    row = {"payment": payment, "campaign": campaign, "member": member, "amount": amount, "why": why, "state": "wanted"}
    return create(keys.intent(REFUND, name), row | {"at": at.isoformat()}, f"refunded:{name}")


def refund_name(payment: str, why: str) -> str:
    """The name of the refund of a payment on an occasion, and its number at the payment provider."""
    return derived_id("ref", payment, why)


def payment_name(campaign: str, group: str, member: str, number: int) -> str:
    """The name of what a member pays for seat `number` of a group."""
    return derived_id("pay", campaign, group, member, str(number))

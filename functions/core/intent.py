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
PART = "ladder"  # the one occasion on which a part goes back, and the rest may follow


def refund(
    campaign: str, member: str, payment: str, amount: int, why: str, at: datetime, state: str = "wanted"
) -> Change:
    """Give back `amount` (minor units, in the payment's currency) of a payment; `why` says on what occasion.

    What is left of a payment goes back once, whatever the occasions: a second intent is refused as `refunded:{name}`.
    `done` is the state of what somebody has given back by hand, so that nobody gives it back again.
    """
    assert amount > 0
    name = refund_name(payment, why)
    row = {"payment": payment, "campaign": campaign, "member": member, "amount": amount, "why": why, "state": state}
    return create(keys.intent(REFUND, name), row | {"at": at.isoformat()}, f"refunded:{name}")


def refund_name(payment: str, why: str) -> str:
    """The name of a refund, and its number at the payment provider: of a payment's part, or of what is left of it."""
    return derived_id("ref", payment, why if why == PART else "rest")


def payment_name(campaign: str, group: str, member: str, number: int) -> str:
    """The name of what a member pays for seat `number` of a group."""
    return derived_id("pay", campaign, group, member, str(number))

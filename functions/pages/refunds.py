"""A member's refunds: how much, and how far the money is on its way back. From their own payments, which are few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from functions.core import keys
from functions.core.intent import PART, REFUND, refund_name
from functions.core.keys import Row
from functions.core.money import Money
from functions.pages.ask import Ask

PAYMENTS_MAX = 30  # of a member that are looked at for one page
State = Literal["coming", "done", "counter", "handed", "asked"]
OPEN = "coming", "counter", "asked"


@dataclass(frozen=True)
class Refund:
    """Money that goes back: `coming` by itself, `counter` to be fetched in the shop, `asked` where the provider
    said no and somebody looks into it; `done` and `handed` is over. `at` is when it was decided, or else paid."""

    amount: str
    state: State
    at: str
    campaign: str


def refunds(ask: Ask, payments: Sequence[str]) -> list[Refund]:
    """Newest first. Two rounds where the member ever paid, else nothing."""
    names = payments[:PAYMENTS_MAX]
    if not names:
        return []
    paid = ask.service.store.read([keys.payment(name) for name in names])
    settled = {key.parts[1]: row for key, row in paid.items() if row and row["state"] == "paid"}
    wanted = {name: [refund_name(name, why) for why in (PART, "rest")] for name in settled}
    intents = ask.service.store.read([keys.intent(REFUND, one) for pair in wanted.values() for one in pair])
    found = [
        refund
        for name, row in settled.items()
        for one in wanted[name]
        if (refund := _refund(row, one, intents[keys.intent(REFUND, one)]))
    ]
    return sorted(found, key=lambda one: (one.state in OPEN, one.at), reverse=True)


def _refund(paid: Row, name: str, intent: Row | None) -> Refund | None:
    """One refund of a payment, decided or done; None where there is none."""
    amount = intent["amount"] if intent else paid["refunds"].get(name)
    if amount is None:
        return None
    at = (intent or {}).get("at") or paid["settled_at"]
    money = str(Money(minor=int(amount), currency=paid["currency"])).removesuffix(".00")
    return Refund(money, _state(paid, intent), at, paid["campaign"])


def _state(paid: Row, intent: Row | None) -> State:
    """Its intent goes once it is done; one that stays as `done` was given back by hand, and is only written down."""
    if paid["provider"] == "offline":
        return "handed" if intent is None or intent["state"] == "done" else "counter"
    if intent is None:
        return "done"
    states: dict[str, State] = {"refused": "asked", "done": "handed"}
    return states.get(intent["state"], "coming")

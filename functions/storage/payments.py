"""Payments and refunds in the table. What a provider has to do outside is an intent: written first, removed last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from functions.core import intent, keys
from functions.core.audit import Entry
from functions.core.change import Change, Is
from functions.core.ids import ALPHABET
from functions.core.keys import Row
from functions.core.payment import NUMBER_CHARACTERS, Notice, Owed, Verdict, asked, handed, left, noticed, refunded
from functions.core.text import Text
from functions.storage import audit
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

PAGE = 500
REFUND, TOLD = intent.REFUND, "told"
REFUSED, BY_HAND = "refused", "done"  # how an intent stands that nobody does by itself
AT_COUNTER = "counter"  # and one that waits for a clerk's hand, however long
LEFT = (REFUSED, AT_COUNTER)
Handed = Literal["handed_back", "known", "unknown_refund"]


def ask(store: Store, owed: Owed, provider: str, at: datetime, pause: Pause) -> None:
    """Ask a member to pay; once, whatever is repeated. Raises TooBusy."""

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        return None, asked(owed, row, provider, at)

    alter(store, keys.payment(owed.name), decide, pause)


def settle(store: Store, notice: Notice, at: datetime, pause: Pause) -> Verdict:
    """What a provider's notice comes to. Raises TooBusy."""
    return alter(store, keys.payment(notice.payment), lambda row: noticed(row, notice, at), pause)


def load(store: Store, name: str) -> Row | None:
    """A payment."""
    return store.read([keys.payment(name)])[keys.payment(name)]


def find(store: Store, number: str) -> str | None:
    """The payment that people read this number out of; None where there is none, or more than one."""
    if len(number) != NUMBER_CHARACTERS or not set(number) <= set(ALPHABET):
        return None
    found = store.query("payments", number[-1], prefix=f"pay_{number[:-1]}", limit=2)
    return found[0][0] if len(found) == 1 else None


def forget(store: Store, name: str) -> None:
    """The payment stays for the books, and is nobody's. Its other fields are others' to change, under its version."""
    if load(store, name) is not None:
        store.write([Change(keys.payment(name), set={"member": ""})])


def everything(store: Store) -> Iterator[tuple[str, Row]]:
    """Every payment by name, for reports."""
    for last in ALPHABET:
        after = ""
        while page := store.query("payments", last, after=after, limit=PAGE):
            yield from page
            after = page[-1][0]


def waiting(store: Store, kind: str, limit: int = PAGE) -> list[tuple[str, Row]]:
    """Intents of a kind that nobody has done yet: `refund`, or `told` for payments that a campaign has to hear of."""
    return store.query("intents", kind, limit=limit)


def on_their_way(store: Store, campaign: str, limit: int = 1000) -> list[int]:
    """What a campaign's refunds that nobody has done yet come to, each in minor units; `limit` rows are looked at."""
    return [refund_in(row)[1] for _name, row in waiting(store, REFUND, limit) if row["campaign"] == campaign]


def every_intent(store: Store, kind: str) -> Iterator[tuple[str, Row]]:
    """All intents of a kind, for reports."""
    after = ""
    while page := store.query("intents", kind, after=after, limit=PAGE):
        yield from page
        after = page[-1][0]


def done(store: Store, kind: str, name: str) -> None:
    """An intent is done."""
    store.write([Change(keys.intent(kind, name), delete=True)])


def leave(store: Store, refund: str, payment: str, state: str = REFUSED) -> None:
    """A refund that will never be done by itself: it stays, for somebody to look at; unless it was done meanwhile."""
    guard = Is("payment", payment)
    store.write([Change(keys.intent(intent.REFUND, refund), (guard,), set={"state": state})])


def note_refund(store: Store, payment: str, refund: str, amount: int, pause: Pause) -> int:
    """Write down that so much goes back of a payment, before it does; what is written down, 0 for more than is left.

    Raises TooBusy.
    """

    def decide(row: Row | None) -> tuple[int, Sequence[Change]]:
        if row is None or (refund not in row["refunds"] and amount > left(row)):
            return 0, []
        change = refunded(payment, row, refund, amount)
        return row["refunds"].get(refund, amount), [change] if change else []

    return alter(store, keys.payment(payment), decide, pause)


def hand_back(store: Store, payment: str, refund: str, by: str, reference: str, at: datetime, pause: Pause) -> Handed:
    """Staff gave a refund back by hand: written down in the payment and the audit list, once; the intent goes.

    Raises TooBusy.
    """
    key = keys.intent(REFUND, refund)
    row = store.read([key])[key]
    if row is not None and refund_in(row)[0] == payment:
        note_refund(store, payment, refund, refund_in(row)[1], pause)

    def decide(paid: Row | None) -> tuple[Handed, Sequence[Change]]:
        if paid is None or paid["provider"] != "offline" or refund not in paid["refunds"]:
            return "unknown_refund", []
        change = handed(payment, paid, refund, by, reference, at)
        if change is None:
            return "known", []
        about = Text(zh=payment, en=payment)
        entry = Entry(what="hand_back", by=by, at=at, campaign=paid["campaign"], about=about, note=reference)
        return "handed_back", [change, Change(key, delete=True), *audit.lines(entry, refund)]

    return alter(store, keys.payment(payment), decide, pause)


def refund_in(row: Row) -> tuple[str, int]:
    """The payment and the amount that a refund's intent names."""
    return str(row["payment"]), int(row["amount"])

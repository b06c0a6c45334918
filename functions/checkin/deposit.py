"""A member's deposit: what they paid, by which table it comes back, and what came of it. Pure, minor units.

The terms are those that the member saw when they paid. No later version changes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from functions.checkin.config import Config
from functions.checkin.entry import WHOLE, DepositEntry
from functions.core import intent

UNIT = "D"  # the row that says of a payment what of it is held, went back and was kept; it names no member
REACHED, TABLE, EARLY, LEFT, UNTAKEN = "reached", "table", "early", "left", "not_taken"  # why it was settled


@dataclass(frozen=True)
class Terms:
    """By which days (`total` or `streak`), and from how many on which share comes back, in percent."""

    by: str
    steps: tuple[tuple[int, int], ...]

    @classmethod
    def offered(cls, config: Config, entry: DepositEntry) -> Terms:
        """What the campaign offers now."""
        rows = tuple((step.days, step.share) for step in entry.gives_back)
        return cls(config.completes_by, rows or ((config.days, WHOLE),))

    @classmethod
    def of(cls, text: str) -> Terms:
        """Terms as `text` spells them."""
        by, *rows = text.split(" ")
        split = [row.split(":") for row in rows]
        return cls(by, tuple((int(days), int(share)) for days, share in split))

    @property
    def text(self) -> str:
        """`total 7:30 21:100`."""
        return " ".join([self.by, *(f"{days}:{share}" for days, share in self.steps)])

    @property
    def whole_at(self) -> int:
        """The days after which all of it comes back."""
        return self.steps[-1][0]

    def share(self, days: int) -> int:
        """The share that so many days give back."""
        return max((share for needed, share in self.steps if needed <= days), default=0)


def back(amount: int, share: int) -> int:
    """So many percent of a deposit; a part of a minor unit goes to the member."""
    return -(-amount * share // WHOLE)


def payment_name(campaign: str, member: str, amount: int, terms: str, number: int) -> str:
    """The name of the payment for a deposit on these terms, after so many that were sent back."""
    return intent.payment_name(campaign, f"deposit {amount} {terms}", member, number)


@dataclass(frozen=True)
class Deposit:
    """A deposit: open until `back` says what went back of it.

    `until` is the end that the campaign promised, `due` when it is looked at, both epoch seconds; `days` are those it
    was settled by, which may grow afterwards. The row of a member
    who plays for a year has no room for the payment's name while it is open; it follows from the rest (`named`).
    """

    amount: int
    terms: str = ""
    until: int = 0
    due: int = 0
    back: int | None = None
    why: str = ""
    payment: str = ""
    days: int | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Deposit:
        """A deposit as the member's row keeps it."""
        return cls(**{"due": stored.get("until", 0), **stored})

    def stored(self) -> dict[str, Any]:
        """For the member's row, which stays small."""
        kept: dict[str, Any] = {"amount": self.amount}
        if self.back is not None:
            settled = kept | {"back": self.back, "why": self.why, "payment": self.payment}
            return settled if self.days is None else settled | {"days": self.days}
        kept |= {"terms": self.terms, "until": self.until}
        return kept | ({"due": self.due} if self.due != self.until else {})

    def named(self, campaign: str, member: str, number: int) -> Deposit:
        """The deposit with its payment's name."""
        return replace(self, payment=payment_name(campaign, member, self.amount, self.terms, number))

    @property
    def is_open(self) -> bool:
        """Whether it is still held."""
        return self.back is None

    def settled(self, share: int, why: str, days: int | None = None) -> Deposit:
        """The deposit when this share went back, after so many days."""
        return replace(self, back=back(self.amount, share), why=why, days=days)

    def booked(self) -> dict[str, Any]:
        """The row under UNIT: for the books, and nobody's."""
        if self.back is None:
            record = {"amount": self.amount, "terms": self.terms, "due": self.due}
        else:
            record = {"amount": self.amount, "back": self.back, "kept": self.amount - self.back, "why": self.why}
        return {"version": 1 if self.is_open else 2, "record": record, "events": [], "facts": []}

"""The sandbox: a page of ours to approve or refuse, and refunds that are done at once. In a local cloud only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.core.keys import Row
from functions.core.payment import Notice
from functions.core.tokens import Keyring
from functions.payments.port import Door, NotYours, Payer

PURPOSE = "pay"
LASTS = timedelta(hours=2)


def pay_page(ring: Keyring, base_url: str, payment: str, at: datetime) -> str:
    """The address of a payment's own page."""
    return f"{base_url}/pay/{ring.seal(PURPOSE, {'p': payment}, at + LASTS)}"


@dataclass(frozen=True)
class Sandbox:
    """Pays with nothing."""

    ring: Keyring
    base_url: str
    at: datetime
    name: str = "sandbox"

    def begin(self, payment: str, row: Row, words: str, payer: Payer) -> Door:  # noqa: ARG002 - the port's
        """The page that approves or refuses."""
        return Door(pay_page(self.ring, self.base_url, payment, self.at))

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:
        """Nothing was taken, so nothing is to do."""

    def notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:  # noqa: ARG002
        """Nobody sends any: the page tells itself."""
        raise NotYours

"""Offline: the member pays at the counter, and staff confirm it; what goes back, staff hand out and confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.core.keys import Row
from functions.core.payment import Notice
from functions.core.tokens import Keyring
from functions.payments.port import Door, NotYours, Payer, Refused
from functions.payments.sandbox import pay_page


@dataclass(frozen=True)
class Offline:
    """Pays in cash."""

    ring: Keyring
    base_url: str
    at: datetime
    name: str = "offline"

    def begin(self, payment: str, row: Row, words: str, payer: Payer) -> Door:  # noqa: ARG002 - the port's
        """The page with the number and the code to show at the counter."""
        return Door(pay_page(self.ring, self.base_url, payment, self.at))

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:  # noqa: ARG002
        """Staff do it; the reconciliation lists it until they say so."""
        raise Refused("by_hand")

    def notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:  # noqa: ARG002
        """Nobody sends any."""
        raise NotYours

"""Offline: the member pays at the counter, and staff confirm it; what goes back, staff hand out and confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from functions.core.keys import Row
from functions.core.payment import Notice
from functions.payments.port import NotYours, Refused


@dataclass(frozen=True)
class Offline:
    """Pays in cash."""

    name: str = "offline"

    def begin(self, payment: str, row: Row, words: str) -> str:  # noqa: ARG002 - the port's signature
        """Nowhere: the page shows the number to name at the counter."""
        return ""

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:  # noqa: ARG002
        """Staff do it; the reconciliation lists it until they say so."""
        raise Refused("by_hand")

    def notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:  # noqa: ARG002
        """Nobody sends any."""
        raise NotYours

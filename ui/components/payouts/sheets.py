"""A list of commission as tables: who is paid how much, and files for whoever checks it and sends the money. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from functions.core import payout
from functions.core.commission import number
from functions.core.money import DECIMALS
from functions.core.payout import Line, Payout
from ui.components.charts import Rows
from ui.i18n import _
from ui.words import signed_money


def people(which: Payout, lines: Sequence[Line]) -> Rows:
    """What a list pays, a line for each person."""
    goes_back = any(one.amount < 0 for one in lines)
    return [
        {
            _("Promoter"): number(promoter),
            _("To pay"): signed_money(sum(one.amount for one in theirs), which.currency),
            **({_("Taken off for refunds"): _back(which, theirs)} if goes_back else {}),
            _("Orders"): f"{len(theirs):,}",
        }
        for promoter, theirs in payout.by_promoter(lines).items()
    ]


def payments_sheet(which: Payout, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """For whoever sends the money: one row a person, amounts as numbers."""
    return [
        {
            _("List"): which.number,
            _("Promoter number"): number(promoter),
            _("Member ID"): promoter,
            _("To pay"): _amount(sum(one.amount for one in theirs), which.currency),
            _("Currency"): which.currency,
            _("Orders"): " ".join(one.told for one in theirs),
        }
        for promoter, theirs in payout.by_promoter(lines).items()
    ]


def lines_sheet(which: Payout, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """For whoever checks it: one row an order."""
    return [
        {
            _("List"): which.number,
            _("Promoter number"): number(one.promoter),
            _("Member ID"): one.promoter,
            _("Order number"): one.told,
            _("Commission"): _amount(one.amount, which.currency),
            _("Currency"): which.currency,
        }
        for one in lines
    ]


def _back(which: Payout, theirs: Sequence[Line]) -> str:
    return signed_money(sum(min(0, one.amount) for one in theirs), which.currency)


def _amount(minor: int, currency: str) -> Decimal:
    decimals = DECIMALS.get(currency, 2)
    return Decimal(minor).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals))

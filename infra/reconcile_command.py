"""`pond reconcile`: every difference between orders, payments, refunds and commission, a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from functions.core import keys
from functions.core.approval import NOTE_MAX
from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.keys import Row
from functions.payments.reconcile import Difference, differences
from functions.storage import campaigns, commissions, orders, payments, payouts, unmatched
from functions.storage.engine import at_once
from functions.storage.store import Store


def found(store: Store, at: datetime) -> list[Difference]:
    """The differences in all books as they are now. Reads every order and payment: for nights, not for a request."""
    heads = {head.id: head for head in campaigns.campaigns(store)}
    paid = dict(payments.everything(store))
    return differences(
        orders=orders.everything(store),
        paid=paid.items(),
        refunds=payments.every_intent(store, payments.REFUND),
        untold=payments.every_intent(store, payments.TOLD),
        earned=_commission(store, heads),
        at=at,
        lists=[one for campaign in heads for one in payouts.everything(store, campaign)],
        kept=dict(_kept(store, heads, paid)),
        unmatched=unmatched.everything(store),
    )


def settled(store: Store, name: str, by: str, reference: str, at: datetime) -> bool:
    """Whether this money is dealt with, now or before; not without who and how."""
    if not (by and reference):
        return False
    return unmatched.settle(store, name, by, reference[:NOTE_MAX], at, at_once) != "unknown"


def line(difference: Difference) -> str:
    """As it is printed."""
    return json.dumps(asdict(difference), ensure_ascii=False)


def _commission(store: Store, campaigns: Iterable[str]) -> Iterator[tuple[str, Row]]:
    for campaign in campaigns:
        for name, row in commissions.rows(store, campaign):
            yield f"{campaign}#{name}", row


def _kept(store: Store, heads: Mapping[str, Campaign], paid: Mapping[str, Row]) -> Iterator[tuple[str, int]]:
    """What each payment's campaign keeps of it, as its group stands now."""
    for name, row in paid.items():
        if row["campaign"] not in heads or "group" not in row.get("subject", {}):
            continue
        mechanic: Any = discover().mechanic(heads[row["campaign"]].mechanic)
        if not hasattr(mechanic, "keeps"):
            continue
        key = keys.unit(row["campaign"], mechanic.UNIT, row["subject"]["group"])
        yield name, mechanic.keeps(row["campaign"], key.parts[2], store.read([key])[key], name)

"""`pond reconcile`: every difference between orders, payments, refunds and commission, a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from functions.core import keys
from functions.core.approval import NOTE_MAX
from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.core.ids import is_id
from functions.core.keys import Row
from functions.edge.timers import OVER
from functions.payments.reconcile import SETTLES, Difference, differences
from functions.storage import campaigns, commissions, orders, payments, payouts, unmatched
from functions.storage.engine import at_once
from functions.storage.store import Store


def found(store: Store, at: datetime) -> list[Difference]:
    """The differences in all books as they are now. Reads every order and payment: for nights, not for a request."""
    heads = {head.id: head for head in campaigns.campaigns(store)}
    paid = dict(payments.everything(store))
    told = list(_told(store, heads, paid, at))
    return differences(
        orders=orders.everything(store),
        paid=paid.items(),
        refunds=payments.every_intent(store, payments.REFUND),
        untold=payments.every_intent(store, payments.TOLD),
        earned=_commission(store, heads),
        at=at,
        lists=[one for campaign in heads for one in payouts.everything(store, campaign)],
        kept={one.payment: one.kept for one in told},
        overdue=[one.payment for one in told if one.overdue],
        unmatched=unmatched.everything(store),
    )


def settled(store: Store, name: str, by: str, reference: str, at: datetime) -> bool:
    """Whether this money is dealt with, now or before; not without who and how."""
    if not (by and reference and is_id("unm", name)):
        return False
    return unmatched.settle(store, name, by, reference[:NOTE_MAX], at, at_once) != "unknown"


def line(difference: Difference) -> str:
    """As it is printed."""
    return json.dumps(asdict(difference), ensure_ascii=False)


def _commission(store: Store, campaigns: Iterable[str]) -> Iterator[tuple[str, Row]]:
    for campaign in campaigns:
        for name, row in commissions.rows(store, campaign):
            yield f"{campaign}#{name}", row


class _Told(NamedTuple):
    """What a campaign says of a payment: what of it stays with the house, and whether it is held past its time."""

    payment: str
    kept: int
    overdue: bool


def _told(store: Store, heads: Mapping[str, Campaign], paid: Mapping[str, Row], at: datetime) -> Iterator[_Told]:
    for name, row in paid.items():
        head = heads.get(row["campaign"])
        mechanic: Any = discover().mechanic(head.mechanic) if head else None
        subject = row.get("subject", {}).get(getattr(mechanic, "PAYS_FOR", ""))
        if head is None or subject is None:
            continue
        key = keys.unit(row["campaign"], mechanic.UNIT, subject)
        known, was = store.read([key])[key], at - SETTLES
        over = head.state in OVER and head.changed_at <= was
        late = known is not None and hasattr(mechanic, "overdue") and mechanic.overdue(known, was, over)
        yield _Told(name, mechanic.keeps(row["campaign"], subject, known, name), late)

"""`pond reconcile`: every difference between orders, payments, refunds and commission, a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from functions.core.keys import Row
from functions.payments.reconcile import Difference, differences
from functions.storage import campaigns, orders, payments, payouts
from functions.storage.store import Store

PAGE = 500


def found(store: Store, at: datetime) -> list[Difference]:
    """The differences in all books as they are now. Reads every order and payment: for nights, not for a request."""
    return differences(
        orders=orders.everything(store),
        paid=payments.everything(store),
        refunds=payments.waiting(store, payments.REFUND),
        untold=payments.waiting(store, payments.TOLD),
        earned=_commission(store),
        at=at,
        lists=[one for head in campaigns.campaigns(store) for one in payouts.newest(store, head.id, 1)],
    )


def line(difference: Difference) -> str:
    """As it is printed."""
    return json.dumps(asdict(difference), ensure_ascii=False)


def _commission(store: Store) -> Iterator[tuple[str, Row]]:
    for head in campaigns.campaigns(store):
        after = ""
        while page := store.query("commissions", head.id, after=after, limit=PAGE):
            yield from page
            after = page[-1][0]

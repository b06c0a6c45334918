"""Whom a definition asks for: that there can be somebody who is it."""

from __future__ import annotations

import json

from functions.core.campaign import Definition
from functions.core.need import Collected
from functions.storage.refusals import BATCH_UNFIT, Refused
from functions.storage.store import Store

BATCHES_MAX = 1000


def reachable(store: Store, campaign: str, definition: Definition) -> None:
    """Raises Refused `batch_unfit` for a batch of which nobody can have taken an item before they come.

    It has to be there and to reward its items in another campaign. A query, and only where a batch is asked for.
    """
    asked = {need.batch for need in definition.audience.needs if isinstance(need, Collected)}
    if not asked:
        return
    rows = [row for _, row in store.query("batches", limit=BATCHES_MAX) if row["id"] in asked and "batch" in row]
    if {row["id"] for row in rows if json.loads(row["batch"]).get("campaign", "") not in ("", campaign)} != asked:
        raise Refused("batch_unfit", BATCH_UNFIT)

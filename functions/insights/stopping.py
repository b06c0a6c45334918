"""A campaign that shall stop with its money: paused by the stream, seconds after the last of it was given out.

The money itself needs no stopping, for no pool gives more than it holds. What is stopped is people coming for nothing.
"""

from __future__ import annotations

from functions.core.audit import BUDGET_GONE
from functions.core.campaign import Version
from functions.edge.service import Service
from functions.insights.reading import Written
from functions.storage import campaigns
from functions.storage.engine import remembered

BY = "Pond"


def stop(service: Service, write: Written) -> None:
    """Pause the campaign where this write tells of somebody who came too late, and all its money is gone.

    Raises Refused `conflict`, `busy`: the record comes again, and finds the campaign as it is then.
    """
    if write.key.kind not in ("state", "unit") or write.after is None or not _came_too_late(write):
        return
    version = service.live.version(write.key.parts[0], write.after.get("definition", 0))
    if version is None or version.definition.budget.stop != "campaign":
        return
    head, at = campaigns.head_of(service.store, version.campaign), service.clock()
    if head.stands(at) == "published" and head.live == version.number and _is_spent(service, version):
        campaigns.turn(service.store, head, "paused", BY, at, BUDGET_GONE)


def _came_too_late(write: Written) -> bool:
    """Whether somebody was owed something that is gone by the newest event of this row, its sender or others."""
    assert write.after is not None
    events = remembered(write.after)
    told = [str(line["outcome"]) for line in events[-1].grants] if events else []
    return "exhausted" in [*told, *(line[2] for line in write.after.get("given", []))]


def _is_spent(service: Service, version: Version) -> bool:
    """Whether nothing is left of anything that costs money."""
    costly = {item.id for item in version.definition.rewards if item.unit_cost and item.stock is not None}
    left = {name: stock - gone for name, (gone, stock) in campaigns.issued(service.store, version).items()}
    return bool(costly) and not any(left.get(name, 0) for name in costly)

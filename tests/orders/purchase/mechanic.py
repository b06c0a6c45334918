"""Purchases: what each order of a member is worth now. A campaign of it takes orders and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from functions.core import keys
from functions.core.event import Event
from functions.core.keys import Key
from functions.core.mechanic import Accepts, Decision, Fact, FactType, Moment, Seen, accept, refuse
from functions.core.order import OrderTold, as_told, net, still
from functions.core.text import Text

KIND = "purchase"
TITLE = Text(zh="消费", en="Purchase")
OUTCOMES = {"joined": Text(zh="好", en="In"), "counted": Text(zh="好", en="Counted"), "gone": Text(zh="无", en="Gone")}
FACTS = {"purchase.counted": FactType(Text(zh="消费", en="Counted"), {"net": int})}


class Config(BaseModel):
    """Nothing to set."""


class Join(BaseModel):
    """Nothing to say."""


ACCEPTS = {"join": Accepts(Join), "order": Accepts(OrderTold, actors=("shop",))}


def reads(config: Config, event: Event) -> Sequence[Key]:
    """The order, as it is now."""
    return [keys.order(event.data.order)] if event.kind == "order" else []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """Each order counts what it is worth now."""
    if event.kind == "join":
        return accept("joined", {"orders": {}})
    row = as_told(seen.rows[keys.order(event.data.order)], event)
    if row is None:
        return refuse("gone")
    orders = {**seen.record["orders"], event.data.order: net(row)}
    fact = Fact("purchase.counted", f"{event.data.order}.{row['revision']}", {"net": net(row)})
    decision = accept("counted", {"orders": orders}, fact)
    return replace(decision, changes=(still(event.data.order, row),))


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """The sum."""
    return {"sum": sum(record.get("orders", {}).values())}

"""An order kept, and told to every live campaign that asks for orders: one event in each, each by itself."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from functions.core import keys
from functions.core.audit import Entry
from functions.core.campaign import State
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.order import OrderTold, net
from functions.core.text import Text
from functions.edge.service import Service
from functions.edge.timers import close
from functions.payments import money
from functions.payments.providers import chooser
from functions.storage import audit, campaigns, orders
from functions.storage.engine import Pause, commit
from functions.storage.live import Live
from functions.storage.play import Play, sold_out

KIND = "order"
TOLD_AFTER: tuple[State, ...] = ("published", "paused", "ended")
ARCHIVED_TOO: tuple[State, ...] = (*TOLD_AFTER, "archived")  # they are told of what went back, and earn no more


def settle(service: Service, message: Mapping[str, Any], pause: Pause) -> None:
    """One message of the queue: an order as told, or somebody whose orders waited for them.

    Told again it changes nothing. What fails in one campaign is raised after all others were told.
    """
    match message["kind"]:
        case "order":
            _order(service, message, pause)
        case "refund":
            key = keys.intent("refund", message["name"])
            if row := service.store.read([key])[key]:
                money.give_back(service, chooser(service), message["name"], row, pause)
        case "due":
            campaign, until, unit, name = message["parts"]
            close(service, keys.due(campaign, int(until), unit, name), pause)
        case "told":
            money.tell(service, message["name"], pause)
        case "identity":
            for name in orders.attribute(service.store, message["mark"], pause):
                tell(service, name, pause)
                orders.attributed(service.store, message["mark"], name)


def _order(service: Service, message: Mapping[str, Any], pause: Pause) -> None:
    name, told, now = message["name"], message["told"], service.clock()
    owner = message["member"], message["mark"]
    if orders.keep(service.store, name, told, *owner, int(now.timestamp()), pause) == "conflict":
        about = Text(zh=told["order"], en=told["order"])
        entry = Entry(what="refuse_order", by=message["shop"], at=now, about=about, note="revision_reused")
        audit.note(service.store, entry, f"{name}.{told['revision']}.{told['digest']}")
        return
    tell(service, name, pause)


def tell(service: Service, name: str, pause: Pause) -> None:
    """The order as it is now, whatever a message said, to each campaign; nothing while it is nobody's."""
    row = orders.load(service.store, name)
    if row is None or not row["member"]:
        return
    failed: list[Exception] = []
    for live in _asking(service, ARCHIVED_TOO if net(row) < row["total"] else TOLD_AFTER):
        try:
            _told(service, live, name, row, pause)
        except Exception as error:  # noqa: BLE001 - a failure in one campaign never undoes another
            failed.append(error)
    if failed:
        raise failed[0]


def _asking(service: Service, states: Container[State]) -> Iterator[Live]:
    """Campaigns that take orders, also those that are over: a refund comes late."""
    for head in campaigns.campaigns(service.store):
        if head.state in states and KIND in service.catalogue.mechanic(head.mechanic).ACCEPTS:
            live = service.live.get(head.id, service.clock())
            if live is not None and live.version is not None:
                yield live


def _told(service: Service, live: Live, name: str, row: Row, pause: Pause) -> None:
    version = live.version
    assert version is not None
    at = service.clock()
    event = Event(
        id=f"{name}.{row['revision']}",
        kind=KIND,
        at=at,
        campaign=live.campaign.id,
        member=row["member"],
        data=OrderTold(order=name, revision=row["revision"]),
        actor="shop",
        by=row["hook"],
        day=version.definition.schedule.calendar.day_of(at),
    )
    known = service.sold_out(version)
    planner = Play(service.catalogue, live.campaign, version, event, service.config_of(version), known)
    answer = commit(service.store, planner, event, pause)
    known.update(sold_out(answer, known))

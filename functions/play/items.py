"""The item that an event names: proven by its serial, and of a batch of this campaign, before anything is decided."""

from __future__ import annotations

from dataclasses import replace

from functions.core.event import Event
from functions.core.item import link_in
from functions.edge.problems import Problem
from functions.edge.request import Request


def settle_item(request: Request, event: Event) -> Event:
    """The event with its item; Problem `unknown_item` for every code that is not one of this campaign's."""
    link = link_in(event.data)
    if link is None:
        return event
    # Links bring GS1's table of identifiers along: only those who scanned an item wait for it.
    from functions.codes.finding import find

    ring = request.service.keys.ring(event.at)
    found = find(ring, request.service.batches, link, event.at, getattr(event.data, "inner", ""))
    if found is None or found.batch.campaign != event.campaign:
        raise Problem("unknown_item")
    return replace(event, item=found.item)

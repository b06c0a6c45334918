"""A scan from the outside: the serial first, then one read and one write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from functions.codes.finding import Found, find
from functions.codes.models import ScanIn, ScanOut
from functions.codes.place import coarse
from functions.codes.scan import OUTCOMES, Scan, Tap, said
from functions.core.event import Event
from functions.edge import logs
from functions.edge.guests import sender
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.storage.engine import Answer, TooBusy, commit


def scan(request: Request, body: ScanIn) -> ScanOut:
    """Record one tap, and say whether it was the first. Problem `unknown_item`, for which nothing was read."""
    ring = request.service.keys.ring(request.at)
    found = find(ring, request.service.batches, body.code, request.at)
    if found is None:
        raise Problem("unknown_item")
    event = _event(body, found, sender(request, body.event_id).id, request.at)
    try:
        answer = commit(request.service.store, Scan(found.item, event), event, request.pause)
    except TooBusy:
        answer = _uncounted(request, found, event)
    _note(request, answer)
    return _out(request, found, answer.outcome, answer.values)


def _event(body: ScanIn, found: Found, visitor: str, at: datetime) -> Event:
    place = coarse(*map(float, body.place.split(","))) if body.place else None
    tap = Tap(link=f"{found.link.label}/{found.link.serial}", place=place)
    return Event(body.event_id, "scan", at, found.batch.id, visitor, tap, day=found.batch.today(at))


def _uncounted(request: Request, found: Found, event: Event) -> Answer:
    """A code that a crowd scans at once is told as it stands; a copy that went round needs no exact count."""
    row = request.service.store.read([found.item.key])[found.item.key]
    if row is None or "first" not in row or found.item.standing != "good":
        raise TooBusy
    values = {"count": row["count"], "first_at": row["first"]["at"]}
    return Answer(said(row, found.item.visitor(event.member)), values, (), row)


def _out(request: Request, found: Found, outcome: str, values: Mapping[str, Any]) -> ScanOut:
    first = values.get("first_at")
    return ScanOut(
        outcome=outcome,
        message=OUTCOMES[outcome].in_(request.language),
        product=found.batch.name.in_(request.language),
        count=values.get("count", 0),
        first_at=datetime.fromtimestamp(first, UTC) if first else None,
        campaign=found.batch.campaign if found.item.standing == "good" else "",
    )


def _note(request: Request, answer: Answer) -> None:
    request.noted |= {"outcome": answer.outcome, "kind": "scan", "replayed": answer.replayed}
    abnormal = sum(fact.kind == "item.abnormal" for fact in answer.facts)
    if abnormal:
        service = request.service.settings.function
        request.service.write_log(logs.metric("ItemsAbnormal", abnormal, request.now_ms, {"service": service}))

"""Somebody came by a friend's link or a printed code: told by the page's script, or by the first form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from functions.core import keys
from functions.core.campaign import Audience
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.core.need import asks
from functions.core.sharing import Share
from functions.core.text import Text
from functions.core.tokens import BadToken
from functions.edge import shares
from functions.edge.identity import Session
from functions.edge.request import Request
from functions.play.models import VisitIn, VisitOut
from functions.storage import members
from functions.storage.shares import scan, visit

SENTENCES = {
    "counted": Text(zh="欢迎", en="Welcome"),
    "known": Text(zh="欢迎回来", en="Welcome back"),
    "own": Text(zh="这是你自己的链接", en="This is your own link"),
    "joined": Text(zh="你已经参加了", en="You take part already"),
    "not_counted": Text(zh="这次没有计入", en="This one was not counted"),
}


def post_visit(request: Request, campaign: str, version: int, body: VisitIn) -> VisitOut:
    """Count a visit, of people alone. Opens a guest session: who joins later is the same person."""
    share = share_in(request, campaign, body.share)
    is_person = not shares.is_robot(request.headers.get("user-agent", ""))
    visitor = _visitor(request, body.event_id) if is_person and (share or body.channel) else ""
    outcome = "not_counted"
    if visitor and body.channel:
        outcome = scan(request.service.store, campaign, body.channel, visitor, version, request.at)
    if visitor and share is not None:
        outcome = visit(request.service.store, share, visitor, version, request.at, request.pause)
    request.noted["outcome"] = outcome
    return VisitOut(outcome=outcome, message=SENTENCES[outcome].in_(request.language))


def share_in(request: Request, campaign: str, token: str) -> Share | None:
    """The member's share that a token is; None for one that is nobody's, or of another campaign, or none at all."""
    try:
        share = shares.opened(request.service.keys, token, request.at) if token else None
    except BadToken:
        return None
    return share if share and share.member and share.campaign == campaign else None


def known_of(request: Request, mechanic: Any, config: Any, event: Event, audience: Audience) -> Event:
    """The event with what is asked to be known of the member: by whom they came, whether they are new, or bought."""
    store, found = request.service.store, event
    if event.kind in getattr(mechanic, "ASKS_BROUGHT", ()):
        key = keys.touch(event.campaign, event.member)
        found = replace(found, brought=store.read([key])[key])
    if _newcomer_counts(mechanic, config, event) or asks(audience.needs, "newcomer"):
        found = replace(found, newcomer=members.is_newcomer(store, event.member, event.campaign))
    if asks(audience.needs, "customer"):
        found = replace(found, customer=members.is_customer(store, event.member))
    return found


def _newcomer_counts(mechanic: Any, config: Any, event: Event) -> bool:
    named = getattr(mechanic, "asks_newcomer", None)
    return event.kind in getattr(mechanic, "ASKS_NEWCOMER", ()) or (named is not None and named(config, event))


def _visitor(request: Request, event_id: str) -> str:
    """The member whose session it is, a new guest without one; nobody for staff."""
    session = request.session_if_any()
    if session is None:
        mark = request.service.keys.ring(request.at).fingerprint("guest", event_id)
        session = Session("member", derived_id("mem", mark))
        request.begin(session)
    return session.id if session.kind == "member" else ""

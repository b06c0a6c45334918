"""A clerk looks at what was handed in: it counts for its own day, or goes back with a reason. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from functions.checkin import hand_in
from functions.checkin.config import Config
from functions.checkin.record import Record
from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.mechanic import Decision, Fact, Seen, accept, refuse


def decide(config: Config, event: Event, seen: Seen, record: Record) -> Decision:
    """The verdict, unless another clerk was faster."""
    said, day = event.data, event.data.day
    handed = seen.rows.get(keys.proof(event.campaign, event.member, str(day)))
    stale = handed is not None and said.attempt not in (None, handed["attempt"])
    if handed is None or stale or day not in record.pending or said.member != event.member:
        return refuse("nothing_to_review", day=str(day))
    if said.verdict == "approve":
        decision = hand_in.count(config, seen.moment, record, day, datetime.fromisoformat(handed["at"]))
        return replace(decision, outcome="approved", changes=_decided(event, handed, "approved"))
    if config.review.reason(said.reason) is None:
        return refuse("reason_unknown", reason=said.reason)
    back = record.sent_back(day, said.reason, handed["attempt"])
    fields = {"day": str(day), "reason": said.reason, "attempt": handed["attempt"]}
    decision = accept(
        "returned", back.stored(), Fact("checkin.returned", f"{day}.{handed['attempt']}", fields), day=str(day)
    )
    return replace(decision, changes=_decided(event, handed, "returned"))


def _decided(event: Event, handed: Row, status: str) -> tuple[Change, ...]:
    """The proof keeps the verdict; the queue forgets the item."""
    verdict = {"status": status, "by": event.by, "decided_at": event.at.isoformat()}
    verdict |= {"reason": event.data.reason, "note": event.data.note} if status == "returned" else {}
    return (
        Change(keys.proof(event.campaign, event.member, handed["day"]), put={**handed, **verdict}),
        Change(keys.review(event.campaign, handed["item"]), delete=True),
    )

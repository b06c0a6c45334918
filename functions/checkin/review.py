"""A clerk looks at what was handed in: it counts for its own day, or goes back with a reason. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from functions.checkin import hand_in
from functions.checkin.attendance import Attendance
from functions.checkin.record import Returned
from functions.core import keys
from functions.core.change import Change, Is
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.mechanic import Decision, Fact, accept, refuse


def decide(event: Event, before: Attendance, handed: Row | None) -> Decision:
    """The verdict on `handed`, the proof's row, unless another clerk was faster or it was handed in anew."""
    said, day = event.data, event.data.day
    stale = handed is not None and said.item not in ("", handed["item"])
    if handed is None or stale or day not in before.record.pending or said.member != event.member:
        return refuse("nothing_to_review", day=str(day))
    if said.verdict == "return":
        return _send_back(event, before, handed)
    decision = hand_in.count(before, day, datetime.fromisoformat(handed["at"]))
    changes = _decided(event, handed, status="approved")
    return replace(decision, outcome="approved", changes=changes, values={"day": str(day)})


def _send_back(event: Event, before: Attendance, handed: Row) -> Decision:
    day, reason, attempt = event.data.day, event.data.reason, handed["attempt"]
    if before.config.review.reason(reason) is None:
        return refuse("reason_unknown", reason=reason)
    until = before.moment.today + timedelta(before.config.review.resubmit_days)
    record = before.record.sent_back(day, Returned(reason, attempt, until, event.data.note.strip()))
    handed_in = hand_in.occurrence(day, datetime.fromisoformat(handed.get("appealed_at", handed["at"])))
    fact = Fact("checkin.returned", handed_in, {"day": str(day), "reason": reason, "attempt": attempt})
    changes = _decided(event, handed, status="returned", reason=reason, note=event.data.note)
    return replace(accept("returned", record.stored(), fact, day=str(day)), changes=changes)


def _decided(event: Event, handed: Row, **verdict: str) -> tuple[Change, ...]:
    """The proof keeps the verdict; the queue forgets the item.

    Rows read in one round are no snapshot: the condition holds the verdict to the hand-in that was looked at.
    """
    verdict |= {"by": event.by, "by_name": event.by_name, "decided_at": event.at.isoformat()}
    return (
        Change(
            keys.proof(event.campaign, event.member, handed["day"]),
            (Is("item", handed["item"]),),
            put={**handed, **verdict},
        ),
        Change(keys.review(event.campaign, handed["item"]), delete=True),
    )

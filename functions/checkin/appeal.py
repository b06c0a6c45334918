"""A member asks that a returned day be looked at again, once a day: the same proof, with a sentence. Pure."""

from __future__ import annotations

from functions.checkin.attendance import Attendance
from functions.checkin.hand_in import queued
from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.mechanic import Decision, refuse

WORDS_MAX = 200


def decide(event: Event, before: Attendance) -> Decision:
    """The returned day waits for a clerk again, unless it lapsed or was appealed already."""
    day, words = event.data.day, event.data.words.strip()
    closed = before.appeal_closed(day) or ("" if words else "appeal_empty")
    if closed:
        return refuse(closed, day=str(day))
    attempt = before.record.returned[day].attempts
    entry = queued(event, before, day, attempt) | {"appeal": words}
    # The proof's row is altered in place and needs no condition: whoever writes it holds the member's row.
    proof = Change(
        keys.proof(event.campaign, event.member, str(day)),
        set={"status": "pending", "item": entry["item"], "appeal": words, "appealed_at": entry["at"]},
    )
    waits = Change(keys.review(event.campaign, entry["item"]), put=entry)
    record = before.record.contested(day).stored()
    return Decision("appealed", record, changes=(proof, waits), values={"day": str(day)})

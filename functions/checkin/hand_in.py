"""A member hands in a day: it counts at once, or waits for a clerk. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from functions.checkin import proof
from functions.checkin.attendance import Attendance
from functions.checkin.config import DAYS_MAX, Config
from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.mechanic import Decision, Fact, refuse

MARK_KEPT = timedelta(days=DAYS_MAX)  # the longest check-in there is


def decide(event: Event, before: Attendance, rows: Mapping[Key, Row | None], day: date) -> Decision:
    """`day` is open for the member: is the proof good, and what follows?"""
    config = before.config
    wrong = proof.problem(config.proof, event.data.proof, before.number(day))
    if wrong:
        return refuse(wrong[0], **wrong[1])
    if config.review.by == "manual":
        return _submit(event, before, rows, day)
    return count(before, day, event.at, *_proof_rows(config, event, day, {"status": "accepted"}))


def count(before: Attendance, day: date, handed_in: datetime, *changes: Change) -> Decision:
    """`day` counts: the record, and every fact that becomes true with it."""
    after = before.with_(before.record.recorded(day))
    made_up = day in after.record.made_up
    said = {"day": day.isoformat(), "streak": after.standing.around(day), "total": after.standing.total}
    when = {"weekday": day.isoweekday(), "hour": handed_in.astimezone(ZoneInfo(after.moment.calendar.zone)).hour}
    facts = [Fact("checkin.recorded", str(day), {**said, "made_up": made_up, **when})]
    facts += [Fact("checkin.made_up", str(day), said)] if made_up else []
    facts += reached(before, after)
    outcome = "made_up" if made_up else "checked_in"
    told = {
        name: said[name] for name in ("day" if made_up else "streak", "total")
    }  # kept for replays: no more than said
    return Decision(outcome, after.record.stored(), tuple(facts), changes, values=told)


def reached(before: Attendance, after: Attendance) -> list[Fact]:
    """What was newly reached. It rests on the best run and the total, so any order of days gives the same set."""
    was, now, steps = before.standing, after.standing, after.config.milestones
    streaks = [step for step in steps.streak if was.best < step <= now.best]
    totals = [step for step in steps.total if was.total < step <= now.total]
    facts = [Fact("checkin.streak_reached", f"streak-{step}", {"streak": step}) for step in streaks]
    facts += [Fact("checkin.total_reached", f"total-{step}", {"total": step}) for step in totals]
    if after.is_complete and not before.is_complete:
        taken = (max(after.record.days) - min(after.record.days)).days + 1
        fields = {"total": now.total, "streak": now.best, "days_taken": taken}
        facts.append(Fact("checkin.completed", "once", fields))
    return facts


def occurrence(day: date, handed_in: datetime) -> str:
    """Tells one hand-in of a day from the next: by its millisecond, for attempts begin anew when a return lapses."""
    return f"{day}.{int(handed_in.timestamp() * 1000)}"


def queued(event: Event, before: Attendance, day: date, attempt: int) -> Row:
    """The line of the review queue for a day; its `item` sorts by when it joined the queue."""
    return {
        "day": str(day),
        "attempt": attempt,
        "made_up": day in before.record.made_up,
        "item": f"{event.at.astimezone(UTC):%Y%m%dT%H%M%S}.{event.member}.{day}",
        "member": event.member,
        "kind": before.config.proof.kind,
        "at": event.at.isoformat(),
    }


def _submit(event: Event, before: Attendance, rows: Mapping[Key, Row | None], day: date) -> Decision:
    """The proof joins the review queue, for the first time or again."""
    record, config = before.record, before.config
    attempt = record.returned[day].attempts + 1 if day in record.returned else 1
    entry = queued(event, before, day, attempt)
    said = {name: entry[name] for name in ("day", "attempt", "made_up")}
    twin, first = _twin(event, rows, day)
    pending = {"status": "pending", "attempt": attempt, "item": entry["item"]}
    proof_rows = _proof_rows(config, event, day, pending)
    return Decision(
        "submitted" if attempt == 1 else "resubmitted",
        record.submitted(day).stored(),
        (Fact("checkin.submitted", occurrence(day, event.at), said),),
        (*proof_rows, *first, Change(keys.review(event.campaign, entry["item"]), put=entry | twin)),
        values={"day": str(day)},
    )


def _twin(event: Event, rows: Mapping[Key, Row | None], day: date) -> tuple[Row, list[Change]]:
    """What the queue says of the very same picture handed in before; or the note that this one is the first.

    A hint for the clerk, which decides nothing: two that meet may both believe to be the first. The note names
    nobody: `who` only tells a member's own picture from another's, so that nothing is left of who was erased.
    """
    picture = getattr(event.data.proof, "picture", None)
    if picture not in event.marks:
        return {}, []
    key = keys.picture(event.campaign, event.marks[picture])
    known, who = rows.get(key), derived_id("who", event.campaign, event.member)
    if known is None:
        ends = int((event.at + MARK_KEPT).timestamp())
        return {}, [Change(key, put={"who": who, "day": str(day), "expires_at": ends})]
    return {"twin": {"own": known["who"] == who, "day": known["day"]}}, []


def _proof_rows(config: Config, event: Event, day: date, said: dict[str, Any]) -> list[Change]:
    """The proof's own row. It needs no condition: whoever writes it holds the member's row at its version."""
    content = proof.kept(config.proof, event.data.proof, event.marks)
    if content is None:
        return []
    row: Row = {"member": event.member, "day": str(day), "at": event.at.isoformat(), **content, **said}
    return [Change(keys.proof(event.campaign, event.member, str(day)), put=row)]

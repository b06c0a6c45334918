"""A member hands in a day: it counts at once, or waits for a clerk. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from functions.checkin import gates, proof
from functions.checkin.config import Config
from functions.checkin.record import Record, Standing
from functions.core import keys
from functions.core.calendar import ONE_DAY
from functions.core.change import Change
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.mechanic import Decision, Fact, Moment, Seen, refuse


def decide(config: Config, event: Event, seen: Seen, record: Record, day: date) -> Decision:
    """`day` is open for the member: is the proof good, and what follows?"""
    number = (day - gates.start(config, seen.moment, record)).days + 1
    wrong = proof.problem(config.proof, event.data.proof, number)
    if wrong:
        return refuse(wrong[0], **wrong[1])
    if config.review.by == "manual":
        return _submit(config, event, seen, record, day)
    return count(config, seen.moment, record, day, event.at, *_proof_rows(config, event, day, {"status": "accepted"}))


def count(config: Config, moment: Moment, record: Record, day: date, handed_in: datetime, *changes: Change) -> Decision:
    """`day` counts: the record, and every fact that becomes true with it."""
    before, after = gates.standing(config, moment, record), gates.standing(config, moment, record.recorded(day))
    record = _tidy(config, moment, record.recorded(day))
    said = {"day": day.isoformat(), "streak": after.around(day), "total": after.total}
    made_up = day in record.made_up
    hour = handed_in.astimezone(ZoneInfo(moment.calendar.zone)).hour
    facts = [
        Fact("checkin.recorded", str(day), {**said, "made_up": made_up, "weekday": day.isoweekday(), "hour": hour})
    ]
    if made_up:
        facts.append(Fact("checkin.made_up", str(day), said))
    facts += _milestones(config, before, after, record)
    return Decision("made_up" if made_up else "checked_in", record.stored(), tuple(facts), changes, values=said)


def _milestones(config: Config, before: Standing, after: Standing, record: Record) -> list[Fact]:
    """Milestones newly reached. They rest on the best run and the total, so any order of days gives the same set."""
    streaks = [step for step in config.milestones.streak if before.best < step <= after.best]
    totals = [step for step in config.milestones.total if before.total < step <= after.total]
    facts = [Fact("checkin.streak_reached", f"streak-{step}", {"streak": step}) for step in streaks]
    facts += [Fact("checkin.total_reached", f"total-{step}", {"total": step}) for step in totals]
    if gates.is_complete(config, after) and not gates.is_complete(config, before):
        taken = (max(record.days) - min(record.days)).days + 1
        fields = {"total": after.total, "streak": after.best, "days_taken": taken}
        facts.append(Fact("checkin.completed", "once", fields))
    return facts


def _submit(config: Config, event: Event, seen: Seen, record: Record, day: date) -> Decision:
    """The proof joins the review queue, for the first time or again."""
    attempt = record.returned[day].attempts + 1 if day in record.returned else 1
    item = f"{event.at.astimezone(UTC):%Y%m%dT%H%M%S}.{event.member}.{day}"
    proof_rows = _proof_rows(config, event, day, {"status": "pending", "attempt": attempt, "item": item})
    entry: Row = {
        "item": item,
        "member": event.member,
        "day": str(day),
        "attempt": attempt,
        "kind": config.proof.kind,
        "made_up": day in record.made_up,
        "at": event.at.isoformat(),
    }
    queued = Change(keys.review(event.campaign, item), put=entry)
    fields = {"day": str(day), "attempt": attempt, "made_up": day in record.made_up}
    return Decision(
        "submitted" if attempt == 1 else "resubmitted",
        _tidy(config, seen.moment, record.submitted(day)).stored(),
        (Fact("checkin.submitted", f"{day}.{attempt}", fields),),
        (*proof_rows, queued),
        values={"day": str(day)},
    )


def _proof_rows(config: Config, event: Event, day: date, said: dict[str, Any]) -> list[Change]:
    """The proof's own row. It needs no condition: whoever writes it holds the member's row at its version."""
    content = proof.kept(config.proof, event.data.proof)
    if content is None:
        return []
    row: Row = {"member": event.member, "day": str(day), "at": event.at.isoformat(), **content, **said}
    return [Change(keys.proof(event.campaign, event.member, str(day)), put=row)]


def _tidy(config: Config, moment: Moment, record: Record) -> Record:
    reach = max(config.review.resubmit_days, config.make_up.days_back)
    return record.forgetting_returns(moment.today - reach * ONE_DAY)

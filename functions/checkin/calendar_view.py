"""What a member sees of their own check-ins: today, numbers, make-ups, and the calendar. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from functions.checkin import gates
from functions.checkin.config import DAYS_MAX, Config, PictureProof, QuizProof, TextProof
from functions.checkin.proof import asked
from functions.checkin.record import Record
from functions.core.calendar import days
from functions.core.mechanic import Moment


def view(config: Config, moment: Moment, record: Record) -> dict[str, Any]:
    """The member's state as plain data; sentences are the caller's, by outcome code."""
    reached = gates.standing(config, moment, record)
    streak = gates.current_streak(config, moment, record)
    shown = list(days(*_shown(config, moment, record)))
    closed = _today_closed(config, moment, record)
    return {
        "today": {"day": str(moment.today), "status": _status(config, moment, record, moment.today)},
        "can_check_in": closed is None,
        "why_not": closed,
        "streak": streak,
        "best": reached.best,
        "total": reached.total,
        "goal": {"days": config.days, "by": config.completes_by},
        "completed": gates.is_complete(config, reached),
        "make_up": _make_up(config, moment, record, shown),
        "window": {"opens": f"{config.window.opens:%H:%M}", "closes": f"{config.window.closes:%H:%M}"},
        "next_milestone": _next_milestone(config, reached.best, reached.total),
        "proof": _asks(config, moment, record),
        "returned": [_returned(config, moment, record, day) for day in sorted(record.returned)],
        "calendar": [{"day": str(day), "status": _status(config, moment, record, day)} for day in shown],
    }


def _today_closed(config: Config, moment: Moment, record: Record) -> str | None:
    if moment.today in record.returned:
        return gates.resubmission_closed(config, moment, record, moment.today)
    return gates.check_in_closed(config, moment, record)


def _shown(config: Config, moment: Moment, record: Record) -> tuple[date, date]:
    """The days of the calendar: the campaign's, or when it is endless the goal's; 366 at most, today among them."""
    first = gates.start(config, moment, record)
    last = moment.ends
    if (last - first).days >= DAYS_MAX:
        last = min(last, max(moment.today, first + timedelta(config.days - 1)))
    if (last - first).days >= DAYS_MAX:
        first = last - timedelta(DAYS_MAX - 1)
    return min(first, last), last


def _status(config: Config, moment: Moment, record: Record, day: date) -> str:
    """done, made_up, pending, returned, rest, today, future or missed."""
    if day in record.days:
        return "made_up" if day in record.made_up else "done"
    if day in record.pending or day in record.returned:
        return "pending" if day in record.pending else "returned"
    if config.skips(moment.calendar, day):
        return "rest"
    if day == moment.today:
        return "today"
    return "future" if day > moment.today else "missed"


def _make_up(config: Config, moment: Moment, record: Record, shown: Sequence[date]) -> dict[str, Any]:
    left = max(0, config.make_up.count - len(record.made_up))
    near = [day for day in shown if (moment.today - day).days <= config.make_up.days_back]
    missed = [day for day in near if day not in record.returned]
    return {
        "left": left,
        "price": config.make_up.price,
        "counts_for_streak": config.make_up.counts_for_streak,
        "days": [str(day) for day in missed if gates.make_up_closed(config, moment, record, day) is None],
    }


def _next_milestone(config: Config, best: int, total: int) -> dict[str, Any] | None:
    """The milestone that takes the fewest more days."""
    ahead = [(step - best, "streak", step) for step in config.milestones.streak if step > best]
    ahead += [(step - total, "total", step) for step in config.milestones.total if step > total]
    if not ahead:
        return None
    missing, by, step = min(ahead)
    return {"by": by, "days": step, "missing": missing}


def _asks(config: Config, moment: Moment, record: Record) -> dict[str, Any]:
    """What today's proof asks for; never the answer."""
    proof = config.proof
    if isinstance(proof, QuizProof):
        question = asked(proof, max(1, (moment.today - gates.start(config, moment, record)).days + 1))
        choices = [choice.model_dump() for choice in question.choices]
        return {"kind": "quiz", "question": question.question.model_dump(), "choices": choices}
    if isinstance(proof, TextProof | PictureProof):
        return proof.model_dump(mode="json")
    return {"kind": "none"}


def _returned(config: Config, moment: Moment, record: Record, day: date) -> dict[str, Any]:
    reason, attempts = record.returned[day]
    words = config.review.reason(reason)
    return {
        "day": str(day),
        "reason": reason,
        "words": words.model_dump() if words else {},
        "attempts": attempts,
        "can_resubmit": gates.resubmission_closed(config, moment, record, day) is None,
    }

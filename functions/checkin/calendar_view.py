"""What a member sees of their own check-ins: today, numbers, make-ups, and the calendar. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from functions.checkin import settling
from functions.checkin.attendance import Attendance
from functions.checkin.config import DAYS_MAX, PictureProof, QuizProof, TextProof
from functions.checkin.deposit import Deposit, Terms, back
from functions.checkin.entry import DepositEntry
from functions.core.calendar import days


def view(member: Attendance) -> dict[str, Any]:
    """The member's state as plain data; sentences are the caller's, by outcome code."""
    config, today = member.config, member.moment.today
    shown = list(days(*_shown(member)))
    closed = member.resubmission_closed(today) if today in member.record.returned else member.check_in_closed()
    return {
        "today": {"day": str(today), "status": status(member, today), "closes_at": member.closes_at.isoformat()},
        "can_check_in": closed is None,
        "why_not": closed,
        "streak": member.streak,
        "best": member.standing.best,
        "total": member.standing.total,
        "goal": {"days": config.days, "by": config.completes_by},
        "completed": member.is_complete,
        "in_reach": member.in_reach,
        "make_up": _make_up(member, shown),
        "window": {"opens": f"{config.window.opens:%H:%M}", "closes": f"{config.window.closes:%H:%M}"},
        "reminder": f"{config.reminder.at:%H:%M}" if config.reminder.on and not member.is_over else "",
        "next_milestone": _next_milestone(member),
        "ahead": _ahead(member),
        "proof": _asks(member, today),
        "returned": [_returned(member, day) for day in sorted(member.record.returned)],
        "deposit": _deposit(member),
        "calendar": [{"day": str(day), "status": status(member, day)} for day in shown],
    }


def status(member: Attendance, day: date) -> str:
    """done, made_up, pending, returned, rest, today, future or missed."""
    record, today = member.record, member.moment.today
    if day in record.days:
        return "made_up" if day in record.made_up else "done"
    if day in record.pending or day in record.returned:
        return "pending" if day in record.pending else "returned"
    if member.skips(day):
        return "rest"
    if day == today:
        return "today"
    return "future" if day > today else "missed"


def _shown(member: Attendance) -> tuple[date, date]:
    """The days of the calendar: the campaign's, or when it is endless the goal's; 366 at most, today among them."""
    first, last = member.start, member.moment.ends
    if (last - first).days >= DAYS_MAX:
        last = min(last, max(member.moment.today, first + timedelta(member.config.days - 1)))
    if (last - first).days >= DAYS_MAX:
        first = last - timedelta(DAYS_MAX - 1)
    return min(first, last), last


def _make_up(member: Attendance, shown: Sequence[date]) -> dict[str, Any]:
    missed = [day for day in shown if day not in member.record.returned and member.make_up_closed(day) is None]
    seen: dict[str, Any] = {
        "left": member.make_ups_left,
        "price": member.config.make_up.price,
        "counts_for_streak": member.config.make_up.counts_for_streak,
        "days": [str(day) for day in missed],
    }
    # A day is made up for with its own question.
    return seen | {"proofs": {str(day): _asks(member, day) for day in missed}} if _is_quiz(member) else seen


def _next_milestone(member: Attendance) -> dict[str, Any] | None:
    """The milestone that takes the fewest more days."""
    steps, reached = member.config.milestones, member.standing
    ahead = [(step - member.streak, "streak", step) for step in steps.streak if step > reached.best]
    ahead += [(step - reached.total, "total", step) for step in steps.total if step > reached.total]
    if not ahead:
        return None
    missing, by, step = min(ahead)
    return {"by": by, "days": step, "missing": missing}


def _ahead(member: Attendance) -> list[dict[str, Any]]:
    """Every milestone still to come, by the fact that will tell of it, and the days it still takes."""
    steps, reached, config = member.config.milestones, member.standing, member.config
    found = [
        {"fact": "checkin.streak_reached", "field": "streak", "value": step, "missing": step - member.streak}
        for step in steps.streak
        if step > reached.best
    ]
    found += [
        {"fact": "checkin.total_reached", "field": "total", "value": step, "missing": step - reached.total}
        for step in steps.total
        if step > reached.total
    ]
    if not member.is_complete and member.in_reach:
        done = reached.total if config.completes_by == "total" else member.streak
        whole = {"fact": "checkin.completed", "field": config.completes_by, "value": config.days}
        found.append({**whole, "missing": max(1, config.days - done)})
    return found


def _deposit(member: Attendance) -> dict[str, Any] | None:
    """The deposit: `due` or too `late` for who has not begun, `open` while it is held, `settled`."""
    held, entry = member.record.deposit, member.config.entry
    if held and held.back is not None:
        said = {"state": "settled", "deposit": held.amount, "payment": held.payment, "why": held.why}
        days = member.standing.total if held.days is None else held.days  # settled before days were kept
        # How far it is, who holds the payment knows.
        return said | {"comes_back": held.back, "returns": "coming", "days": days}
    if held:
        return {"state": "open", "deposit": held.amount} | _coming(member, held)
    if not member.owes_deposit or not isinstance(entry, DepositEntry):
        return None
    state = "late" if settling.why_not(member) == "deposit_too_late" else "due"
    terms = Terms.offered(member.config, entry)
    steps = [{"days": days, "share": share, "back": back(entry.amount, share)} for days, share in terms.steps]
    return {"state": state, "deposit": entry.amount, "by": terms.by, "steps": steps}


def _coming(member: Attendance, held: Deposit) -> dict[str, Any]:
    """The days until all of it comes back, and what would come back as it is."""
    terms = Terms.of(held.terms)
    done = member.reached(terms.by)
    now = member.streak if terms.by == "streak" else done
    return {"left": max(1, terms.whole_at - now), "sure": back(held.amount, terms.share(done))}


def _is_quiz(member: Attendance) -> bool:
    return isinstance(member.config.proof, QuizProof)


def _asks(member: Attendance, day: date) -> dict[str, Any]:
    """What the proof of `day` asks for; never the answer."""
    proof = member.config.proof
    question = member.question(day)
    if question:
        choices = [choice.model_dump() for choice in question.choices]
        return {"kind": "quiz", "question": question.question.model_dump(), "choices": choices}
    if isinstance(proof, TextProof | PictureProof):
        return proof.model_dump(mode="json")
    return {"kind": "none"}


def _returned(member: Attendance, day: date) -> dict[str, Any]:
    reason, attempts, until, note = member.record.returned[day]
    words = member.config.review.reason(reason)
    return {
        "day": str(day),
        "reason": reason,
        "words": words.model_dump() if words else {},
        "note": note,
        "attempts": attempts,
        "until": str(until),
        "can_resubmit": member.resubmission_closed(day) is None,
        "can_appeal": member.appeal_closed(day) is None,
    }

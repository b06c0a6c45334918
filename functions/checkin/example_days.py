"""Days, records and facts as the examples of a check-in spell them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from functions.checkin.record import Record
from functions.core.example import MORNING
from functions.core.mechanic import Fact


def day(number: int) -> date:
    """Day `number` of December 2026; the 1st is the campaign's first day."""
    return date(2026, 12, number)


def on(number: int) -> datetime:
    """Nine o'clock of day `number`."""
    return MORNING + timedelta(number - 1)


def record(*numbers: int, **more: Any) -> dict[str, Any]:
    """A member's record with these days done."""
    done = frozenset(map(day, numbers))
    sets = {name: frozenset(map(day, chosen)) for name, chosen in more.items() if name != "returned"}
    returned = {day(number): why for number, why in more.get("returned", {}).items()}
    every = done.union(*sets.values(), returned)
    return Record(min(every), done, **sets, returned=returned).stored()


def recorded(number: int, streak: int, total: int, made_up: bool = False) -> Fact:
    """The fact that day `number` counts."""
    fields = {"day": str(day(number)), "streak": streak, "total": total, "made_up": made_up}
    return Fact("checkin.recorded", str(day(number)), fields | {"weekday": day(number).isoweekday(), "hour": 9})


def made_up(number: int, streak: int, total: int) -> Fact:
    """The fact that day `number` was made up for."""
    fields = {"day": str(day(number)), "streak": streak, "total": total}
    return Fact("checkin.made_up", str(day(number)), fields)


def reached(what: str, days: int) -> Fact:
    """The fact of a milestone."""
    return Fact(f"checkin.{what}_reached", f"{what}-{days}", {what: days})


def completed(total: int, streak: int, taken: int) -> Fact:
    """The fact of completion."""
    return Fact("checkin.completed", "once", {"total": total, "streak": streak, "days_taken": taken})

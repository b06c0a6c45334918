"""Check-in: one a member and campaign day; streaks, totals, make-ups, proofs, reviews (docs/mechanics/checkin.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.checkin import calendar_view, gates, hand_in, review
from functions.checkin.config import Config
from functions.checkin.proof import Handed
from functions.checkin.record import Record
from functions.checkin.vocabulary import FACTS, OUTCOMES
from functions.core import keys
from functions.core.event import Event
from functions.core.mechanic import Accepts, Charge, Decision, Moment, Seen, refuse
from functions.core.text import Text

__all__ = ["ACCEPTS", "FACTS", "KIND", "OUTCOMES", "TITLE", "Config", "decide", "reads", "view"]

KIND = "checkin"
TITLE = Text(zh="打卡", en="Check-in")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckIn(_Data):
    """A check-in for today, or again for a returned `day`."""

    proof: Handed | None = None
    day: date | None = None


class MakeUp(_Data):
    """A make-up for the day it names."""

    day: date
    proof: Handed | None = None


class Review(_Data):
    """A clerk's verdict on what `member` handed in for `day`; `attempt` tells which, when it was handed in again."""

    member: str = Field(max_length=64)
    day: date
    verdict: Literal["approve", "return"]
    attempt: int | None = None
    reason: str = Field(default="", max_length=24)
    note: str = Field(default="", max_length=200)


ACCEPTS = {
    "checkin": Accepts(CheckIn, title=Text(zh="打卡", en="Check in")),
    "make_up": Accepts(MakeUp, title=Text(zh="补卡", en="Make up")),
    "review": Accepts(Review, ("staff",), Text(zh="审核", en="Review")),
}


def reads(config: Config, event: Event) -> Sequence[keys.Key]:
    """A review looks at the proof; all else follows from the member's own row."""
    if event.kind != "review":
        return []
    return [keys.proof(event.campaign, event.member, event.data.day.isoformat())]


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """What a check-in, a make-up or a review does. Pure."""
    record = Record.of(seen.record)
    match event.kind:
        case "checkin":
            return _check_in(config, event, seen, record)
        case "make_up":
            return _make_up(config, event, seen, record)
        case "review":
            return review.decide(config, event, seen, record)
    raise AssertionError(event.kind)


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member sees: today, streak, total, make-ups, calendar."""
    return calendar_view.view(config, moment, Record.of(record))


def _check_in(config: Config, event: Event, seen: Seen, record: Record) -> Decision:
    today = seen.moment.today
    if event.data.day not in (None, today) or today in record.returned:
        return _again(config, event, seen, record, event.data.day or today)
    closed = gates.check_in_closed(config, seen.moment, record)
    if closed:
        return refuse(closed, **gates.values(config, seen.moment, record, today))
    return hand_in.decide(config, event, seen, record, today)


def _make_up(config: Config, event: Event, seen: Seen, record: Record) -> Decision:
    day = event.data.day
    if day in record.returned:
        return _again(config, event, seen, record, day)
    closed = gates.make_up_closed(config, seen.moment, record, day)
    if not closed and "points_insufficient" in seen.refused:
        closed = "points_insufficient"
    if closed:
        return refuse(closed, **gates.values(config, seen.moment, record, day))
    bought = record.bought(day, config.make_up.counts_for_streak)
    decision = hand_in.decide(config, event, seen, bought, day)
    if decision.record is None or not config.make_up.price:
        return decision
    return replace(decision, charges=(Charge("points", config.make_up.price, f"make_up:{day}"),))


def _again(config: Config, event: Event, seen: Seen, record: Record, day: date) -> Decision:
    closed = gates.resubmission_closed(config, seen.moment, record, day)
    if closed:
        return refuse(closed, **gates.values(config, seen.moment, record, day))
    return hand_in.decide(config, event, seen, record, day)

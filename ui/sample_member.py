"""A made-up member for the preview: what the mechanic itself decides when somebody takes part day by day. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from functions.core.campaign import Definition
from functions.core.event import Event
from functions.core.keys import Key
from functions.core.mechanic import Fact, Mechanic, Seen
from functions.core.rules import due
from functions.pages.render import taps

DAYS_MAX, NEAR_DAYS = 31, 4
NOON = timedelta(hours=8)
CAMPAIGN, MEMBER = "preview", "mem_0000000000000000000000prev"


@dataclass(frozen=True)
class Sample:
    """Where the made-up member stands at `at`: the record, and what rules paid and gave as the engine counts it."""

    at: datetime
    record: Mapping[str, Any] = field(default_factory=dict)
    paid: Mapping[str, int] = field(default_factory=dict)
    got: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[Key, Any] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, Any]:
        """The member's row in the campaign."""
        return {"record": dict(self.record), "paid": dict(self.paid), "got": dict(self.got)}


def newcomer(definition: Definition) -> Sample:
    """Somebody who has just opened the page."""
    return Sample(definition.schedule.starts_at + NOON)


def under_way(definition: Definition, mechanic: Mechanic) -> Sample:
    """Somebody a few days in who missed one, where the campaign is that long; or somebody with friends on the way."""
    if hasattr(mechanic, "sample"):
        return _together(definition, mechanic, done=False)
    whole = len(_days(definition, mechanic, range(DAYS_MAX)))
    if whole <= 1:
        return newcomer(definition)
    if whole < NEAR_DAYS:
        return _stood(definition, _days(definition, mechanic, range(1)), 1)
    return _stood(definition, _days(definition, mechanic, [0, 2, 3]), NEAR_DAYS)


def finished(definition: Definition, mechanic: Mechanic) -> Sample:
    """Somebody who has done all there is to do, or a month of what never ends."""
    if hasattr(mechanic, "sample"):
        return _together(definition, mechanic, done=True)
    lived = _days(definition, mechanic, range(DAYS_MAX))
    return _stood(definition, lived, max(0, len(lived) - 1))


def _together(definition: Definition, mechanic: Any, done: bool) -> Sample:
    """Somebody with made-up friends, where members share something: the mechanic makes them up."""
    at = newcomer(definition).at
    record, rows = mechanic.sample(mechanic.Config.model_validate(definition.config), CAMPAIGN, MEMBER, at, done)
    return Sample(at, record, shared=rows)


Day = tuple[Mapping[str, Any], tuple[Fact, ...]]


def _days(definition: Definition, mechanic: Mechanic, days: Any) -> list[Day]:
    """What each day left behind, for as long as the mechanic accepts the simplest thing a member can send."""
    config, kind = _easy(definition, mechanic), _tap(mechanic)
    record: Mapping[str, Any] = {}
    lived: list[Day] = []
    if kind is None:
        return lived
    for day in days:
        at = definition.schedule.starts_at + NOON + timedelta(days=day)
        if definition.schedule.ends_at is not None and at >= definition.schedule.ends_at:
            break
        moment = definition.schedule.moment(at)
        data = mechanic.ACCEPTS[kind].data()
        event = Event(f"sample-{day:04d}", kind, at, "preview", "preview", data, day=moment.today)
        if [*mechanic.reads(config, event), *_followed(config, mechanic, event, record)]:
            break  # what other members have a hand in cannot be made up here
        decision = mechanic.decide(config, event, Seen(moment, record))
        if decision.record is None:
            break
        record = decision.record
        lived.append((record, decision.facts))
    return lived


def _followed(config: BaseModel, mechanic: Mechanic, event: Event, record: Mapping[str, Any]) -> Sequence[Key]:
    follows = getattr(mechanic, "follows", None)
    return follows(config, event, record) if follows is not None else ()


def _stood(definition: Definition, lived: list[Day], day: int) -> Sample:
    paid: dict[str, int] = {}
    paid_on: dict[str, int] = {}
    got: dict[str, int] = {}
    for number, (_record, facts) in enumerate(lived, 1):
        owed = due(definition.rules, facts, paid, date.fromordinal(number), paid_on)
        for one in owed:
            got[one.reward] = got.get(one.reward, 0) + one.amount
        for firing in {(one.rule, one.firing) for one in owed}:
            paid[firing[0]] = paid.get(firing[0], 0) + 1
            paid_on[firing[0]] = number
    at = definition.schedule.starts_at + NOON + timedelta(days=day)
    return Sample(at, lived[-1][0] if lived else {}, paid, got)


def _tap(mechanic: Mechanic) -> str | None:
    """The first event that a member can send with a tap."""
    return next(iter(taps(mechanic)), None)


def _easy(definition: Definition, mechanic: Mechanic) -> BaseModel:
    """The config without what asks for more than a tap: its plain settings, and the defaults of all parts."""
    plain = {name: value for name, value in definition.config.items() if not isinstance(value, (dict, list))}
    for settings in _fewer(plain):
        try:
            return mechanic.Config.model_validate(settings)
        except ValidationError:
            continue  # these alone make no config: the next has fewer
    return mechanic.Config.model_validate(definition.config)


def _fewer(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plain
    yield {}

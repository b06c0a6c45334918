"""Examples: each mechanic and reward shows in a table what it does, and the contract suite holds it to that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from functions.core.calendar import Calendar
from functions.core.change import Change
from functions.core.event import Actor
from functions.core.item import ProvenItem
from functions.core.keys import Key, Row
from functions.core.mechanic import Charge, Fact, Moment, Room
from functions.core.text import Text

MEMBER, CAMPAIGN = "mem_00000000000000000000000001", "camp_00000000000000000000000001"
CALENDAR = Calendar("Asia/Shanghai")
MORNING = datetime(2026, 12, 1, 1, tzinfo=UTC)  # 09:00 in Shanghai, a Tuesday, the campaign's first day


@dataclass(frozen=True)
class Example:
    """One event: what a mechanic saw, and what it decides. `after` None means that nothing changes."""

    name: str
    event: str
    outcome: str
    config: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = MORNING
    actor: Actor = "member"
    by: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[Key, Row | None] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    after: Mapping[str, Any] | None = None
    facts: tuple[Fact, ...] = ()
    charges: tuple[Charge, ...] = ()
    changes: tuple[Change, ...] = ()
    starts: date = date(2026, 12, 1)
    ends: date = date(2026, 12, 30)
    calendar: Calendar = CALENDAR
    closes_at: datetime | None = None
    closed: str = ""
    unit: Key | None = None
    newcomer: bool = True
    brought: Mapping[str, Any] | None = None
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    undone: tuple[tuple[str, ...], ...] = ()
    item: ProvenItem | None = None
    room: Callable[[], Room] = Room

    @property
    def moment(self) -> Moment:
        """When the event happens, and under which schedule."""
        return Moment(self.at, self.calendar, self.starts, self.ends, self.closes_at)


@dataclass(frozen=True)
class RewardExample:
    """One grant: what it writes, the row that becomes of it, and some of what the wallet shows `later`."""

    name: str
    config: Mapping[str, Any]
    key: Key
    row: Row
    shows: Mapping[str, Any]
    later: datetime = MORNING
    at: datetime = MORNING
    amount: int = 1
    title: Text = Text(zh="礼物", en="A present")
    worst_cost: int = 0

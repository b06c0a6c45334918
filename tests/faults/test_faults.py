"""Whatever breaks, at whichever call of whichever handler: told again, it ends as if nothing had happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from functions.edge.limits import Buckets
from functions.insights.reading import MARK_BYTES
from functions.storage.memory import plain_copy
from functions.storage.store import Busy, Unknown
from tests.edge.world import World
from tests.faults.deeds import DEEDS, Act, Deed
from tests.faults.faulty import FAULTS, Crash, FaultyStore

Rows = dict[tuple[str, str], Any]


@dataclass
class Stage:
    """One deed's world, which can be set back to where it was before."""

    deed: Deed

    def __post_init__(self) -> None:
        self.store = FaultyStore()
        self.world = World(store=self.store)
        self.act: Act = self.deed.prepare(self.world)
        self.rows = plain_copy(self.store.disk.rows)
        self.began = self.world.clock.now

    def again(self, breaks_at: int = 0, fault: str = "") -> None:
        """Before the deed, with one fault to come."""
        self.store.disk.rows.clear()
        self.store.disk.rows.update(plain_copy(self.rows))
        self.world.clock.now = self.began
        self.world.service.__post_init__()
        self.world.service.buckets = Buckets()
        self.world.service.entropy = bytes  # zeros: a new id is the same one when it is told again
        self.store.calls, self.store.breaks_at, self.store.fault = 0, breaks_at, fault

    def deliver(self) -> None:
        """The request once; whoever sent it may not hear an answer."""
        with suppress(Crash, Unknown, Busy):
            self.act()

    @property
    def now(self) -> Rows:
        """The rows, but for how often someone tried, which code a message held, and in how many writes was counted."""
        rows = {place: row for place, row in plain_copy(self.store.disk.rows).items() if "#L#" not in place[0]}
        return {place: told(row) if place[1] != "CHALLENGE" else row | {"code": ""} for place, row in rows.items()}


def told(row: Any) -> Any:
    """A counter without its version, and its marks in any order: a batch told in two parts is two writes."""
    if "marks" not in row:
        return row
    marks = b"".join(bytes(marks) for _, marks in row["marks"])
    each = sorted(marks[at : at + MARK_BYTES] for at in range(0, len(marks), MARK_BYTES))
    return row | {"version": 0, "marks": each}


def breaks(stage: Stage) -> Iterator[tuple[int, str]]:
    """Every fault at every call that the deed makes."""
    stage.again()
    stage.deliver()
    return ((call, fault) for call in range(1, stage.store.calls + 1) for fault in FAULTS)


@pytest.mark.parametrize("name", DEEDS)
def test_told_once_more_a_broken_deed_ends_as_if_nothing_had_broken(name: str) -> None:
    stage = Stage(DEEDS[name])
    cases = list(breaks(stage))
    faultless = stage.now
    stage.again()
    before = stage.now
    assert faultless != before, "the deed does nothing"

    for call, fault in cases:
        for redelivered in (0, 1, 2):
            stage.again(call, fault)
            stage.deliver()
            for _ in range(redelivered):
                stage.deliver()

            where = f"{fault} at call {call}, told {redelivered} times more"
            if redelivered:
                assert stage.now == faultless, where
            elif not stage.deed.steps:
                assert stage.now in (before, faultless), where


@pytest.mark.parametrize("name", DEEDS)
def test_told_three_times_without_a_fault_a_deed_is_done_once(name: str) -> None:
    stage = Stage(DEEDS[name])
    stage.again()
    stage.deliver()
    once = stage.now

    stage.deliver()
    stage.deliver()

    assert stage.now == once


@pytest.mark.parametrize("name", ["stream", "stream_in_a_hurry"])
def test_the_stream_asks_again_for_all_that_a_broken_batch_left_undone(name: str) -> None:
    stage = Stage(DEEDS[name])
    cases = list(breaks(stage))
    faultless = stage.now

    for call, fault in cases:
        stage.again(call, fault)
        try:
            failed = stage.act()
        except Crash:
            continue  # no answer: Lambda brings the whole batch again, which the deeds above do
        if failed:
            assert stage.act(min(failed)) == []

        assert stage.now == faultless, f"{fault} at call {call}"

"""Two at once where the stream lists what rang, and somebody finds it fine."""

from __future__ import annotations

from functions.core import keys
from functions.core.audit import Entry
from functions.insights import suspects
from functions.insights.reading import Written
from tests.edge.world import MORNING, World
from tests.faults.deeds import Act

Pair = tuple[Act, Act]
BATCH = "batch_1"


def _hears(world: World, *alarms: str, before: tuple[str, ...] = ()) -> Act:
    row = {"at": int(MORNING.timestamp()), "alarms": list(alarms)}
    write = Written("1", keys.item(BATCH, 6), {"alarms": list(before)}, row, MORNING)
    return lambda: suspects.note(world.store, write, lambda attempt: attempt < 8)


def _finds_fine(world: World) -> Act:
    (seen,) = suspects.waiting(world.store, BATCH)
    entry = Entry(what="clear_item", by="Mei", at=MORNING, note="7")
    return lambda: suspects.clear(world.store, BATCH, seen, entry)


def first_alarms_of_an_item(world: World) -> Pair:
    return _hears(world, "far_apart"), _hears(world, "far_apart", "repeats_10", before=("far_apart",))


def an_alarm_against_finding_it_fine(world: World) -> Pair:
    _hears(world, "far_apart")()
    return _hears(world, "far_apart", "repeats_10", before=("far_apart",)), _finds_fine(world)


SUSPECT_PAIRS = (first_alarms_of_an_item, an_alarm_against_finding_it_fine)

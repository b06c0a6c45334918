"""Items to look at: listed once whatever the stream tells and how often, naming nobody, gone once looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise, permutations

from functions.core import keys
from functions.core.audit import Entry
from functions.core.keys import Row
from functions.core.text import Text
from functions.insights import suspects
from functions.insights.reading import Written
from functions.insights.suspects import Suspect
from functions.storage import audit
from functions.storage.memory import MemoryStore
from tests.codes.batches import NOW, link, ordered
from tests.edge.stream import Stream
from tests.edge.test_items import scan
from tests.edge.world import World

BATCH, FIRST = "batch_1", 1_800_000_000
SHANGHAI, BEIJING = [312, 1215], [399, 1164]
ALARMS = ([], ["far_apart"], ["far_apart", "repeats_10"], ["far_apart", "repeats_10"])
PLACES = (SHANGHAI, BEIJING, BEIJING, SHANGHAI)


def rows() -> list[Row]:
    """An item's row after each of four taps: the second was far away, the third one of many."""
    return [
        {"at": FIRST + tap, "alarms": alarms, "last": {"at": FIRST + tap, "by": "x", "place": place}}
        for tap, (alarms, place) in enumerate(zip(ALARMS, PLACES, strict=True))
    ]


def writes() -> list[Written]:
    """What the stream tells of them."""
    told = [None, *rows()]
    return [
        Written(str(tap), keys.item(BATCH, 6), before, after, NOW) for tap, (before, after) in enumerate(pairwise(told))
    ]


def hears(store: MemoryStore, *told: Written) -> None:
    for write in told:
        suspects.note(store, write, lambda _: False)


def entry() -> Entry:
    return Entry(what="clear_item", by="Mei", at=NOW, about=Text(zh="茶", en="Tea"), note="7")


def test_an_item_is_listed_once_whatever_the_order_and_however_often_it_is_told() -> None:
    for order in permutations(writes()):
        store = MemoryStore()

        hears(store, *order, *order[::-1])

        (found,) = suspects.waiting(store, BATCH)
        assert (found.number, found.alarms, found.places) == (6, ("far_apart", "repeats_10"), ("31,122", "40,116"))
        assert len(store.rows) == 2


def test_scans_that_ring_are_listed_newest_first_and_name_nobody(world: World) -> None:
    world.clock.now = NOW
    batch, stream = ordered(world.store), Stream(world)
    for number in (41, 7):
        world.clock.pass_(minutes=5)
        for who, place in (("a", "31.2,121.5"), ("b", "39.9,116.4")):
            scan(world.phone(who), link(batch, number), f"scan-{number:04d}-{who}", place=place)
    written = len(stream.records)

    told = stream.take()
    assert stream.deliver(told) + stream.deliver(told) == []

    found = suspects.waiting(world.store, batch.id)
    kept = str([row for (pk, _), row in world.store.rows.items() if "SUSPECTS" in pk])  # type: ignore[attr-defined]
    assert [(one.number, one.alarms, one.places) for one in found] == [
        (7, ("far_apart",), ("31,122", "40,116")),
        (41, ("far_apart",), ("31,122", "40,116")),
    ]
    assert written == 4, "a scan writes its item's row and nothing else"
    assert not any(world.phone(who).member in kept for who in "ab")


def test_what_was_found_fine_leaves_the_list_is_written_down_and_stays_away_until_something_new_rings() -> None:
    store, (_, far, many, _) = MemoryStore(), writes()
    hears(store, far)
    (seen,) = suspects.waiting(store, BATCH)

    assert suspects.clear(store, BATCH, seen, entry())
    assert suspects.clear(store, BATCH, seen, entry())
    hears(store, far)

    assert suspects.waiting(store, BATCH) == []
    assert [(one.what, one.by, one.note) for one in audit.entries(store)] == [("clear_item", "Mei", "7")]
    hears(store, many)
    assert [one.alarms for one in suspects.waiting(store, BATCH)] == [("far_apart", "repeats_10")]


def test_what_rang_after_somebody_looked_keeps_the_item_on_the_list() -> None:
    store, (_, far, many, _) = MemoryStore(), writes()
    hears(store, far)
    (seen,) = suspects.waiting(store, BATCH)
    hears(store, many)

    assert not suspects.clear(store, BATCH, seen, entry())

    assert suspects.waiting(store, BATCH) == [
        Suspect(6, datetime.fromtimestamp(FIRST + 1, UTC), ("far_apart", "repeats_10"), ("31,122", "40,116"), 2)
    ]
    assert audit.entries(store) == []

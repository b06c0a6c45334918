"""Sixty-four clients at one item: one of them is told that it was the first.

Five hundred items in memory, where all clients have seen that nobody scanned an item before any of them writes; a few
in the table, where each tap goes on until it is counted (`POND_RACE_ITEMS=500`: as many there too, in minutes).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from functions.codes.scan import Scan, Tap
from functions.core.event import Event
from functions.core.item import ProvenItem
from functions.core.keys import Key, Row
from functions.storage.engine import Answer, Pause, TooBusy, commit
from functions.storage.memory import MemoryStore
from functions.storage.store import Store
from tests.race.crowd import PATIENCE_SECONDS, THREADS, jitter, rush
from tests.storage.serving import Server
from tests.storage.stage import OPENS, member

pytestmark = pytest.mark.xdist_group("race")

ITEMS = int(os.environ.get("POND_RACE_ITEMS", "2"))
BATCH = "batch_00000000000000000000000001"
IN_MEMORY = 500


class Meeting(MemoryStore):
    """Every read waits until all clients have read the same."""

    met = Barrier(THREADS)

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """The rows, when all have theirs."""
        rows = super().read(keys)
        self.met.wait(PATIENCE_SECONDS)
        return rows


def scan(number: int, who: int, pause: Pause | None = None) -> Callable[[Store], Answer]:
    item = ProvenItem(BATCH, number, "good")
    event = Event(f"scan-{number}-{who:05d}", "scan", OPENS + timedelta(seconds=who), BATCH, member(who), Tap(link="x"))
    return lambda view: commit(view, Scan(item, event), event, pause or jitter(who))


def test_of_sixty_four_who_all_saw_no_scan_at_five_hundred_items_one_each_is_the_first() -> None:
    store = Meeting()
    taps = [[scan(number, who, lambda _attempt: False) for number in range(IN_MEMORY)] for who in range(THREADS)]

    with ThreadPoolExecutor(THREADS) as clients:
        said = list(clients.map(lambda mine: told([answered(tap, store) for tap in mine]), taps))

    of_items = [Counter(outcomes) for outcomes in zip(*said, strict=True)]
    assert of_items == [Counter(first_scan=1, too_busy=THREADS - 1)] * IN_MEMORY
    assert {row["count"] for row in store.rows.values()} == {1}


def answered(tap: Callable[[Store], Answer], store: Store) -> Answer | TooBusy:
    try:
        return tap(store)
    except TooBusy as busy:
        return busy


def told(results: list[object]) -> list[str]:
    assert [one for one in results if not isinstance(one, (Answer, TooBusy))] == []
    return [one.outcome if isinstance(one, Answer) else "too_busy" for one in results]


def test_of_sixty_four_at_each_item_one_is_the_first(server: Server) -> None:
    store = server.store()
    crowd = [(number, who) for number in range(ITEMS) for who in range(THREADS)]

    results, overlap = rush(store, [scan(number, who) for number, who in crowd])

    said = list(zip(crowd, told(results), strict=True))
    firsts = Counter(number for (number, _), outcome in said if outcome == "first_scan")
    assert firsts == dict.fromkeys(range(ITEMS), 1)
    assert {outcome for _, outcome in said} <= {"first_scan", "scanned_before", "too_busy"}
    rows = [store.read([key])[key] or {} for key in (ProvenItem(BATCH, number, "good").key for number in range(ITEMS))]
    assert sum(row["count"] for row in rows) == sum(outcome != "too_busy" for _, outcome in said)
    assert overlap.most == THREADS
    assert overlap.overtaken >= len(crowd) // 2

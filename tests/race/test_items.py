"""Sixty-four clients at one item: one of them is told that it was the first.

`POND_RACE_ITEMS=500` makes it as long as the promise says; a few show the same in seconds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from functions.codes.scan import Scan, Tap
from functions.core.event import Event
from functions.core.item import ProvenItem
from functions.storage.engine import Answer, TooBusy, commit
from tests.race.crowd import THREADS, Observed, jitter, rush
from tests.storage.serving import Server
from tests.storage.stage import OPENS, member

pytestmark = pytest.mark.xdist_group("race")

ITEMS = int(os.environ.get("POND_RACE_ITEMS", "3"))
BATCH = "batch_00000000000000000000000001"


def scan(number: int, who: int) -> Callable[[Observed], Answer]:
    item = ProvenItem(BATCH, number, "good")
    event = Event(f"scan-{number}-{who:05d}", "scan", OPENS + timedelta(seconds=who), BATCH, member(who), Tap(link="x"))
    return lambda view: commit(view, Scan(item, event), event, jitter(who))


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

"""What scans of an item consume, by Dynoxide's meter: one write unit each, and a row that never outgrows it."""

from __future__ import annotations

from datetime import timedelta

from functions.codes.scan import Scan, Tap
from functions.core.event import Event
from functions.core.item import ProvenItem
from functions.storage.engine import commit
from tests.codes.batches import ordered
from tests.storage.serving import Consumed, Server
from tests.storage.stage import OPENS, member

ITEM = ProvenItem("batch_00000000000000000000000001", 19_999_999, "good")
FAR = ((312, 1215), (-339, 1512))


def test_every_scan_of_an_item_costs_one_write_and_one_read(server: Server) -> None:
    used = Consumed()
    store = server.store(meter=used)

    for number in range(14):
        tap = Tap(link="01/09520123456788/10/L7/7XR2YKEHATW8S6BZM7K7", place=FAR[number % 2])
        at = OPENS + timedelta(minutes=number)
        event = Event(f"scan-{number:027d}", "scan", at, ITEM.batch, member(number), tap, day=at.date())
        before = used.written, used.read, len(used.requests)
        commit(store, Scan(ITEM, event), event, lambda _: False)
        assert (used.written - before[0], used.read - before[1], len(used.requests) - before[2]) == (1, 1, 2), number


def test_a_batch_of_any_size_is_one_row_of_one_write_unit(server: Server) -> None:
    used = Consumed()

    ordered(server.store(meter=used), size=20_000_000, active=False)

    assert used.written == 1
    assert used.requests.count("put_item") == 1

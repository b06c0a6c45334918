"""The table's stream as Lambda hands it over, from what a store in memory wrote."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.insights import handler as insights
from functions.storage import table
from functions.storage.dynamodb import wire
from tests.edge.world import Context, World

Record = dict[str, Any]


class Stream:
    """Keeps what every write did; counters' own writes are left out, as nothing reads them."""

    def __init__(self, world: World, context: Context | None = None) -> None:
        self.world = world
        self.context = context or Context()
        self.records: list[Record] = []
        self._write = world.store.write
        world.store.write = self.write  # type: ignore[method-assign]
        self.handler = insights.entry(lambda: world.service)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """Write, and remember each row as it was and is."""
        places = [table.address(self.world.store.tenant, change.key) for change in changes]
        rows: dict[tuple[str, str], Row] = self.world.store.rows  # type: ignore[attr-defined]
        before = [copy.deepcopy(rows.get(place)) for place in places]
        refused = self._write(changes)
        if not refused:
            for change, place, was in zip(changes, places, before, strict=True):
                if change.key.kind != "counter" and was != rows.get(place):
                    self.records.append(self._record(place, was, rows.get(place)))
        return refused

    def deliver(self, records: list[Record] | None = None) -> list[str]:
        """Hand records over, all that waited when none are given; the sequence numbers that failed."""
        batch = records if records is not None else self.take()
        answer = self.handler({"Records": batch}, self.context)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def take(self) -> list[Record]:
        """What waited, which waits no longer."""
        batch, self.records = self.records, []
        return batch

    def _record(self, place: tuple[str, str], before: Row | None, after: Row | None) -> Record:
        number = f"{len(self.records) + 1:021}"
        images = {"OldImage": before, "NewImage": after}
        return {
            "eventID": number,
            "eventName": "INSERT" if before is None else "REMOVE" if after is None else "MODIFY",
            "dynamodb": {
                "Keys": {"pk": {"S": place[0]}, "sk": {"S": place[1]}},
                "SequenceNumber": number,
                "ApproximateCreationDateTime": self.world.clock.now.timestamp(),
                **{name: wire(row)["M"] for name, row in images.items() if row is not None},
            },
        }

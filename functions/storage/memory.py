"""A store in memory that keeps the promises of the one in DynamoDB. For tests, simulation and rehearsal."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from threading import RLock

from functions.core.change import Absent, AtLeast, Before, Change, Condition, Is
from functions.core.keys import Key, Row
from functions.storage import table
from functions.storage.store import READ_MAX, WRITE_MAX


class MemoryStore:
    """Rows in a dictionary; each call is one atomic step."""

    def __init__(self, tenant: str = "demo", rows: dict[tuple[str, str], Row] | None = None) -> None:
        self.tenant = tenant
        self.rows = {} if rows is None else rows
        self._lock = RLock()

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """The newest state of each row."""
        assert len(set(keys)) == len(keys) <= READ_MAX
        with self._lock:
            return {key: copy.deepcopy(self.rows.get(table.address(self.tenant, key))) for key in keys}

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """All changes or none; the refused keys with their rows."""
        places = [table.address(self.tenant, change.key) for change in changes]
        assert 0 < len(set(places)) == len(changes) <= WRITE_MAX
        with self._lock:
            refused = {
                change.key: copy.deepcopy(self.rows.get(place))
                for change, place in zip(changes, places, strict=True)
                if not all(_holds(condition, self.rows.get(place)) for condition in change.conditions)
            }
            if not refused:
                for change, place in zip(changes, places, strict=True):
                    self._apply(change, place)
            return refused

    def query(
        self, kind: str, *parts: str, prefix: str = "", after: str = "", limit: int = 100, newest_first: bool = False
    ) -> list[tuple[str, Row]]:
        """Rows of a partition in order of their sort key."""
        wanted = table.partition(self.tenant, kind, *parts)
        with self._lock:
            found = sorted(
                (sk, copy.deepcopy(row))
                for (pk, sk), row in self.rows.items()
                if pk == wanted and sk.startswith(prefix) and (not after or (sk < after if newest_first else sk > after))
            )
        return (found[::-1] if newest_first else found)[:limit]

    def _apply(self, change: Change, place: tuple[str, str]) -> None:
        if change.checks_only:
            return
        if change.delete:
            self.rows.pop(place, None)
            return
        row = copy.deepcopy(change.put) if change.put is not None else dict(self.rows.get(place) or {})
        row |= copy.deepcopy(dict(change.set))
        row |= {name: row.get(name, 0) + amount for name, amount in change.add.items()}
        row |= {name: [*row.get(name, []), *copy.deepcopy(items)] for name, items in change.append.items()}
        self.rows[place] = row


def _holds(condition: Condition, row: Row | None) -> bool:
    match condition:
        case Absent():
            return row is None
        case Is(name, value):
            return row is not None and name in row and bool(row[name] == value)
        case AtLeast(name, value):
            return row is not None and name in row and bool(row[name] >= value)
        case Before(name, value):
            return row is not None and name in row and bool(row[name] < value)

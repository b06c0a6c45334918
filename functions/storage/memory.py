"""A store in memory that keeps the promises of the one in DynamoDB. For tests, simulation and rehearsal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import RLock
from typing import Any

from functions.core.change import Change, meets
from functions.core.keys import Key, Row
from functions.storage import table
from functions.storage.store import READ_MAX, WRITE_MAX

PLAIN = {str, int, bytes, bool, type(None)}  # most of what rows hold: simulations copy millions of them


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
            return {key: plain_copy(self.rows.get(table.address(self.tenant, key))) for key in keys}

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """All changes or none; the refused keys with their rows."""
        assert 0 < len({change.key for change in changes}) == len(changes) <= WRITE_MAX
        places = [table.address(self.tenant, change.key) for change in changes]
        with self._lock:
            refused = {
                change.key: plain_copy(self.rows.get(place))
                for change, place in zip(changes, places, strict=True)
                if not all(meets(self.rows.get(place), condition) for condition in change.conditions)
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
                sk
                for pk, sk in self.rows
                if pk == wanted
                and sk.startswith(prefix)
                and (not after or (sk < after if newest_first else sk > after))
            )
            shown = (found[::-1] if newest_first else found)[:limit]
            return [(sk, plain_copy(self.rows[wanted, sk])) for sk in shown]

    def _apply(self, change: Change, place: tuple[str, str]) -> None:
        if change.checks_only:
            return
        if change.delete:
            self.rows.pop(place, None)
            return
        row = dict(change.put if change.put is not None else self.rows.get(place) or {})
        row |= change.set
        row |= {name: row.get(name, 0) + amount for name, amount in change.add.items()}
        row |= {name: [*row.get(name, []), *items] for name, items in change.append.items()}
        self.rows[place] = plain_copy(row)


def plain_copy(value: Any) -> Any:
    """`value` as a table would give it back: tuples become lists. TypeError for what a row cannot hold."""
    if isinstance(value, dict):
        return {name: inner if type(inner) in PLAIN else plain_copy(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [inner if type(inner) in PLAIN else plain_copy(inner) for inner in value]
    if value is None or isinstance(value, (str, int, bytes)):
        return value
    raise TypeError(f"a row cannot hold {type(value).__name__}")

"""What a decision wants written: row changes, each guarded by conditions. A closed, small vocabulary.

Both stores read it: `storage/dynamodb.py` compiles it into expressions, `storage/memory.py` interprets it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from functions.core.keys import Key, Row


@dataclass(frozen=True)
class Absent:
    """The row does not exist."""


@dataclass(frozen=True)
class Is:
    """The row exists and `name` equals `value`."""

    name: str
    value: Any


@dataclass(frozen=True)
class AtLeast:
    """The row exists and the number `name` is at least `value`."""

    name: str
    value: int


@dataclass(frozen=True)
class Below:
    """The number `name` is below `value`, or not there yet: what is written under it never falls."""

    name: str
    value: int


Condition = Absent | Is | AtLeast | Below


def meets(row: Row | None, condition: Condition) -> bool:
    """Whether a row is so, as DynamoDB compares: values of different types are neither equal nor in any order."""
    if isinstance(condition, Absent):
        return row is None
    if isinstance(condition, Below) and condition.name not in (row or {}):
        return True
    if row is None or condition.name not in row or type(row[condition.name]) is not type(condition.value):
        return False
    match condition:
        case Is(name, value):
            return bool(row[name] == value)
        case AtLeast(name, value):
            return bool(row[name] >= value)
        case Below(name, value):
            return bool(row[name] < value)


@dataclass(frozen=True)
class Change:
    """One row's change. All conditions hold, or the whole write is refused.

    `put` replaces the row; `set`, `add` and `append` alter it in place; with none of them the row is only
    checked. `refusal` names the failed condition for the planner, which then decides again knowing it.
    """

    key: Key
    conditions: tuple[Condition, ...] = ()
    put: Row | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    append: Mapping[str, list[Any]] = field(default_factory=dict)
    delete: bool = False
    refusal: str = ""

    @property
    def checks_only(self) -> bool:
        """Whether nothing is written, only conditions are held."""
        return self.put is None and not (self.set or self.add or self.append or self.delete)


def create(key: Key, row: Row, refusal: str = "") -> Change:
    """A new row; refused when one is there already."""
    return Change(key, (Absent(),), put=row, refusal=refusal)


def take(key: Key, name: str, amount: int, refusal: str) -> Change:
    """Take `amount` from the counter `name`, which never falls below zero."""
    return Change(key, (AtLeast(name, amount),), add={name: -amount}, refusal=refusal)


def holds(key: Key, name: str, value: Any, refusal: str) -> Change:
    """Nothing written: the write is refused unless `name` of that row equals `value`."""
    return Change(key, (Is(name, value),), refusal=refusal)


def share(key: Key, seen: Row | None, record: Row, refusal: str = "") -> Change:
    """The next state of a row that members share, guarded by the one that was seen; its own events stay.

    `refusal` is what a new one is refused with, when there is one already.
    """
    if seen is None:
        new = {"version": 1, "record": record, "events": [], "facts": []}
        return Change(key, (Absent(),), put=new, refusal=refusal)
    kept = {name: value for name, value in seen.items() if name != "given"}
    after = kept | {"version": seen["version"] + 1, "record": record, "facts": []}
    return Change(key, (Is("version", seen["version"]),), put=after)

"""The one place where things must not go wrong: read, decide, write once, or decide again (docs/engine.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from functions.core.change import Absent, AtLeast, Below, Change, Condition, Is
from functions.core.event import Event
from functions.core.ids import base32
from functions.core.keys import Key, Row
from functions.core.mechanic import OWN, Fact
from functions.storage.store import Busy, Store, Unknown

ATTEMPTS_MAX = 8  # a loser of eight races in a row is told to come back: 429 with Retry-After
REPLAYS_KEPT = 6  # with more the row of a long check-in passes 1 KB, and every check-in costs twice
GRANT_LINE = ("reward", "kind", "amount", "outcome")  # stored without the names, six times over
# what the member's own record leads to; then the members whom the decision concerns, and what it takes back of them
FURTHER_ROUNDS_MAX = 3
MARK_CHARACTERS, DIGEST_CHARACTERS = 12, 10

Pause = Callable[[int], bool]
Rows = Mapping[Key, Row | None]
GrantLine = dict[str, Any]


def at_once(_attempt: int) -> bool:
    """The pause of callers that would rather be told "busy" than wait."""
    return True


class TooBusy(Exception):
    """Every attempt lost its race, or the deadline is near. Nothing was applied, as far as anyone knows."""


class EventIdReused(Exception):
    """The event id was used before for something else. Nothing was written."""


@dataclass(frozen=True)
class Plan:
    """What one attempt wants: an outcome, and unless it is a refusal the new home row and other changes.

    `needs` names rows to look at first, such as those of other members whom this concerns: then plan() is asked again.
    """

    outcome: str
    home: Row | None = None
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    grants: tuple[GrantLine, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the sender is told. `row` is the home row as it now is; a refusal wrote nothing."""

    outcome: str
    values: Mapping[str, Any]
    grants: tuple[GrantLine, ...]
    row: Row | None
    replayed: bool = False
    facts: tuple[Fact, ...] = ()


class Remembered(NamedTuple):
    """An event as its home row remembers it."""

    mark: str
    digest: str
    outcome: str
    values: Mapping[str, Any]
    grants: tuple[GrantLine, ...]


class Planner(Protocol):
    """Decides for one event. Asked anew at each attempt; `refused` names the conditions that did not hold."""

    @property
    def home(self) -> Key:
        """The row that remembers the event, and whose version guards the write."""
        ...

    def reads(self, refused: frozenset[str]) -> Sequence[Key]:
        """The rows besides `home` that plan() looks at."""
        ...

    def plan(self, rows: Rows, refused: frozenset[str]) -> Plan:
        """What should be written. Pure."""
        ...


def commit(store: Store, planner: Planner, event: Event, pause: Pause) -> Answer:
    """Apply `event` once: one round of reads (more where others are concerned), one write, guarded by the home row's
    version.

    `pause(attempt)` waits before the next attempt, or says False when the deadline is near.
    Raises EventIdReused, TooBusy.
    """
    refused: frozenset[str] = frozenset()
    for attempt in range(ATTEMPTS_MAX):
        try:
            answer, failed = _attempt(store, planner, event, refused)
        except (Unknown, Busy):
            answer, failed = None, frozenset()
        if answer is not None:
            return answer
        refused |= failed
        if not failed and not pause(attempt):
            break
    raise TooBusy


def _attempt(
    store: Store, planner: Planner, event: Event, refused: frozenset[str]
) -> tuple[Answer | None, frozenset[str]]:
    """An answer, or the names of the conditions that failed; no names when only the home row had moved on."""
    rows = store.read([planner.home, *planner.reads(refused)])
    seen = rows[planner.home]
    if seen is not None and (answer := replayed(seen, event)):
        return answer, frozenset()
    wanted = planner.plan(rows, refused)
    for _ in range(FURTHER_ROUNDS_MAX):
        if wanted.needs:
            rows |= store.read(wanted.needs)
            wanted = planner.plan(rows, refused)
    assert not wanted.needs, "a plan whose needs never end"
    if wanted.home is None:
        return Answer(wanted.outcome, wanted.values, wanted.grants, seen), frozenset()
    row = _marked(wanted, seen, event)
    changes = merged([_guarded(planner.home, seen, row), *wanted.changes])
    failed = store.write(changes)
    if not failed:
        return Answer(wanted.outcome, wanted.values, wanted.grants, row, facts=wanted.facts), frozenset()
    return None, frozenset(change.refusal for change in changes if change.key in failed and change.refusal)


def replayed(row: Row, event: Event) -> Answer | None:
    """The stored answer when this event was applied before; EventIdReused when its id meant something else."""
    mark = _mark(event.id)
    for one in remembered(row):
        if one.mark == mark:
            if one.digest != event.digest[:DIGEST_CHARACTERS]:
                raise EventIdReused
            return Answer(one.outcome, one.values, one.grants, row, replayed=True)
    return None


def remembered(row: Row) -> list[Remembered]:
    """The newest events of a home row with their answers, oldest first."""
    return [
        Remembered(mark, digest, outcome, values, tuple(dict(zip(GRANT_LINE, line, strict=True)) for line in lines))
        for mark, digest, outcome, values, lines in row.get("events", [])
    ]


def merged(changes: Sequence[Change]) -> list[Change]:
    """At most one change for each row: what two grants do to one pool or one balance becomes one change."""
    found: dict[Key, Change] = {}
    for change in changes:
        found[change.key] = _both(found[change.key], change) if change.key in found else change
    return list(found.values())


def _both(first: Change, second: Change) -> Change:
    """Both at once; of two that raise one field the higher is written.

    A failure is put down to the later one: a grant is given up before a door or a charge is judged by itself.
    """
    first, second = sorted((first, second), key=_ceiling)
    refusal = second.refusal or first.refusal
    whole = [change for change in (first, second) if change.put is not None or change.delete]
    if whole:
        other = second if whole[0] is first else first
        assert other.checks_only, f"two changes that exclude each other at {first.key}"
        return replace(whole[0], conditions=_together(first, second), refusal=refusal)
    add = dict(first.add)
    for name, amount in second.add.items():
        add[name] = add.get(name, 0) + amount
    append = {name: [*first.append.get(name, []), *items] for name, items in second.append.items()}
    return replace(
        first,
        conditions=_together(first, second),
        set={**first.set, **second.set},
        add=add,
        append={**first.append, **append},
        refusal=refusal,
    )


def _ceiling(change: Change) -> int:
    return max((condition.value for condition in change.conditions if isinstance(condition, Below)), default=-1)


def _together(first: Change, second: Change) -> tuple[Condition, ...]:
    """Both changes' conditions; two lower bounds on one counter add up, for both want their part of it.

    Of two upper bounds the second counts, which is the higher (`_both`).
    """
    bounds: dict[str, AtLeast] = {}
    ceilings: dict[str, Below] = {}
    others: list[Condition] = []
    for condition in (*first.conditions, *second.conditions):
        if isinstance(condition, AtLeast):
            known = bounds.get(condition.name)
            bounds[condition.name] = AtLeast(known.name, known.value + condition.value) if known else condition
        elif isinstance(condition, Below):
            ceilings[condition.name] = condition
        elif condition not in others:
            others.append(condition)
    return (*others, *bounds.values(), *ceilings.values())


def _mark(event_id: str) -> str:
    number = int.from_bytes(hashlib.sha256(event_id.encode()).digest()[:8], "big")
    return base32(number >> 4, MARK_CHARACTERS)


def _marked(wanted: Plan, seen: Row | None, event: Event) -> Row:
    """The new home row: with the next version, this event remembered, and its facts for the stream."""
    assert wanted.home is not None
    before = (seen or {}).get("events", [])
    entry = [
        _mark(event.id),
        event.digest[:DIGEST_CHARACTERS],
        wanted.outcome,
        dict(wanted.values),
        [[line[name] for name in GRANT_LINE] for line in wanted.grants],
    ]
    return wanted.home | {
        "version": (seen or {}).get("version", 0) + 1,
        "at": int(event.at.timestamp()),
        "events": [*before, entry][-REPLAYS_KEPT:],
        "facts": [_stored(fact) for fact in wanted.facts if not fact.again],
    }


def _guarded(home: Key, seen: Row | None, row: Row) -> Change:
    return Change(home, (Absent() if seen is None else Is("version", seen["version"]),), put=row)


def _stored(fact: Fact) -> list[Any]:
    """A fact as the stream carries it: kind, occurrence, fields, and as what else the home row's own member counts."""
    stored = [fact.kind, fact.occurrence, dict(fact.fields)]
    roles = [to for to, members in fact.others.items() if OWN in members]
    return [*stored, roles] if roles else stored

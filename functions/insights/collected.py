"""Of which batches a member took an item's reward: kept at their door, a moment later, for audiences to ask for."""

from __future__ import annotations

from collections.abc import Sequence

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.item import batch_in
from functions.core.keys import Row
from functions.insights.doors import GONE, still_there
from functions.insights.reading import Written
from functions.storage.engine import Pause
from functions.storage.members import ERASING
from functions.storage.single import settle
from functions.storage.store import Store


def note(store: Store, write: Written, pause: Pause) -> None:
    """Note the batches of a write's facts, once each. Whoever is erased meanwhile leaves nothing behind.

    An item's own row names nobody, so that erasing a member leaves nothing in it; this row goes with them.
    """
    fields = {f"{keys.COLLECTED}{batch}": 1 for batch in _batches(write)}
    if not fields:
        return
    campaign, member = write.key.parts
    door = keys.door(member)

    def decide(row: Row | None, refused: frozenset[str]) -> tuple[None, Sequence[Change]]:
        was = row or {}
        if fields.items() <= was.items() or refused & {ERASING, GONE}:
            return None, []
        guard = Is("revision", was["revision"]) if row else Absent()
        after = was | fields | {"revision": was.get("revision", 0) + 1}
        return None, [Change(door, (guard,), put=after), *still_there(campaign, member)]

    settle(store, door, decide, pause)


def _batches(write: Written) -> set[str]:
    if write.key.kind != "state" or write.after is None:
        return set()
    return {batch for _, occurrence, *_more in write.after["facts"] if (batch := batch_in(occurrence))}

"""One row, one guarded change: read, decide, write; again when another was faster or no answer came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.engine import ATTEMPTS_MAX, Pause, TooBusy
from functions.storage.store import Busy, Store, Unknown

Said = TypeVar("Said")


def alter(store: Store, key: Key, decide: Callable[[Row | None], tuple[Said, Sequence[Change]]], pause: Pause) -> Said:
    """What `decide` says of the row, once its changes are written; no changes need no write.

    `decide` is asked anew at each attempt and must know its own work when it sees it: after a lost answer it may
    find it done. Raises TooBusy.
    """
    return settle(store, key, lambda row, _: decide(row), pause)


def settle(
    store: Store,
    key: Key,
    decide: Callable[[Row | None, frozenset[str]], tuple[Said, Sequence[Change]]],
    pause: Pause,
) -> Said:
    """`alter` for a decision whose changes reach other rows: it is told which named conditions did not hold."""
    refused: frozenset[str] = frozenset()
    for attempt in range(ATTEMPTS_MAX):
        try:
            said, changes = decide(store.read([key])[key], refused)
            failed = store.write(changes) if changes else {}
            if not failed:
                return said
            refused |= {change.refusal for change in changes if change.key in failed and change.refusal}
        except (Unknown, Busy):
            pass  # nothing is known: the next round reads before it decides
        if not pause(attempt):
            break
    raise TooBusy

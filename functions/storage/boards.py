"""A campaign's leaderboard in the table: one row, guarded by its version (core/board.py, docs/mechanics/checkin.md).

Whoever puts somebody on it reads the row first, then what is true of them, and writes under the version that was read.
Whoever takes somebody off writes the row in the same transaction as the withdrawal, though they may not be in it. So of
two at once one decides again, and nobody is put back by what was true a moment ago.
"""

from __future__ import annotations

from collections.abc import Sequence

from functions.core import keys
from functions.core.board import Entry
from functions.core.change import Absent, Change, Is
from functions.core.keys import Row
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store


def entries(row: Row | None) -> list[Entry]:
    """Who is on the board, the first of them first."""
    return [Entry(*line) for line in (row or {}).get("entries", [])]


def written(campaign: str, seen: Row | None, after: Sequence[Entry]) -> Change:
    """The board's next state, guarded by the one that was seen."""
    guard = Is("version", seen["version"]) if seen else Absent()
    row = {"version": (seen or {}).get("version", 0) + 1, "entries": [list(one) for one in after]}
    return Change(keys.board(campaign), (guard,), put=row)


def without(store: Store, campaign: str, member: str) -> Change:
    """The board without a member, though they may not be on it: who is about to put them there decides again."""
    seen = store.read([keys.board(campaign)])[keys.board(campaign)]
    return written(campaign, seen, [one for one in entries(seen) if one.member != member])


def take_off(store: Store, campaign: str, member: str, said: Row | None, pause: Pause) -> None:
    """Take a member off, in one write with what their consent says now; None: it goes altogether. Raises TooBusy."""
    key = keys.consent(member, keys.on_board(campaign))

    def decide(seen: Row | None) -> tuple[None, Sequence[Change]]:
        before = store.read([key])[key]
        if before is None or (said is not None and not before["live"]):
            return None, []
        consent = Change(key, put=said) if said else Change(key, delete=True)
        return None, [consent, written(campaign, seen, [one for one in entries(seen) if one.member != member])]

    alter(store, keys.board(campaign), decide, pause)

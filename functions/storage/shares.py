"""Touches in the table: at most one write unit a visit, and none for one that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Row
from functions.core.sharing import Share, touched
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

Visit = Literal["counted", "known", "own", "joined"]


def visit(store: Store, share: Share, visitor: str, version: int, at: datetime, pause: Pause) -> Visit:
    """Somebody came by a member's link. Raises TooBusy."""
    if visitor == share.member:
        return "own"
    state, theirs = keys.state(share.campaign, visitor), keys.touch(share.campaign, share.member)
    around = store.read([state, theirs])
    if around[state] is not None:
        return "joined"

    def decide(row: Row | None) -> tuple[Visit, Sequence[Change]]:
        change = touched(share, visitor, row, around[theirs], version, at)
        return ("counted", [change]) if change else ("known", [])

    return alter(store, keys.touch(share.campaign, visitor), decide, pause)

"""Touches in the table: at most one write unit a visit, and none for one that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import derived_id
from functions.core.keys import Row
from functions.core.sharing import Share, touched
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

Visit = Literal["counted", "known", "own", "joined"]
SCAN_REMEMBERED = timedelta(days=30)  # who scans the same code again later than that counts again


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


def scan(store: Store, campaign: str, door: str, visitor: str, version: int, at: datetime) -> Visit:
    """Somebody looks at the page by a printed code: one write. The stream counts a row that was not there."""
    now = int(at.timestamp())
    row = {"version": 1, "of": version, "at": now, "expires_at": now + int(SCAN_REMEMBERED.total_seconds())}
    store.write([Change(keys.scanned(campaign, door, derived_id("who", campaign, door, visitor)), put=row)])
    return "counted"

"""Shares: who brought whom. A visitor's row names the member whose link they first and last came by: a tree.

Only people who have not taken part yet are attributed, a person once for each link; no visit of a page writes it, but
the page's own script when it is really looked at, or the first form (docs/shares.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.keys import Row

Way = Literal["link", "poster", "group", "assist"]  # what was shared
Model = Literal["first", "last"]
WINDOW_MAX = timedelta(days=90)  # the row goes by itself afterwards
DEPTH_MAX = 99


@dataclass(frozen=True)
class Share:
    """A member's link to a campaign, as its token says."""

    campaign: str
    member: str
    way: Way = "link"


@dataclass(frozen=True)
class Brought:
    """By whom and how deep in the tree somebody came: 1 is by somebody who came by themselves."""

    member: str
    depth: int


def touched(
    share: Share, visitor: str, row: Row | None, sharer: Row | None, version: int, at: datetime
) -> Change | None:
    """What a visit by a share writes; None when it adds nothing. `row` and `sharer` are the touches of both."""
    now = int(at.timestamp())
    key = keys.touch(share.campaign, visitor)
    lasts = now + int(WINDOW_MAX.total_seconds())
    if row is None:
        depth = min(DEPTH_MAX, (sharer or {}).get("depth", 0) + 1)
        first = {"first": share.member, "first_at": now, "depth": depth, "way": share.way, "definition": version}
        new = {**first, "last": share.member, "last_at": now, "last_depth": depth, "version": 1, "expires_at": lasts}
        return Change(key, (Absent(),), put=new)
    if row["last"] == share.member:
        return None
    depth = min(DEPTH_MAX, (sharer or {}).get("depth", 0) + 1)
    said = {"last": share.member, "last_at": now, "last_depth": depth, "version": row["version"] + 1}
    return Change(key, (Is("version", row["version"]),), set=said | {"expires_at": lasts})


def brought_by(row: Row | None, model: Model, window: timedelta, at: datetime) -> Brought | None:
    """Whom a visitor's joining is put down to, when they came within `window` before `at`."""
    if row is None:
        return None
    since = at.timestamp() - window.total_seconds()
    if model == "first" and row["first_at"] >= since:
        return Brought(row["first"], row["depth"])
    return Brought(row["last"], row["last_depth"]) if row["last_at"] >= since else None

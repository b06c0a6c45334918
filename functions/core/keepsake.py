"""Keepsakes: rewards that are held for good and cannot be spent. One row, under the grant's own id. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from functions.core import keys
from functions.core.change import Change, create
from functions.core.form import unfit
from functions.core.keys import Key, Row
from functions.core.reward import Given, Grant
from functions.core.text import Text

NAME_KEPT = 40  # characters of a name that a row keeps, so that it stays within 1 KB


def bounded(text: Text, most: int, code: str) -> Text:
    """The text, for which there is room; refused under `code` when either language has more than `most` characters."""
    if max(len(text.zh), len(text.en)) > most:
        long = "zh" if len(text.zh) > most else "en"
        raise unfit(code, f"最多 {most} 个字", f"At most {most} characters", at=long)
    return text


def kept(kind: str, grant: Grant, **more: Any) -> Change:
    """The keepsake in the member's wallet; a grant repeated makes no second one."""
    row: Row = {
        "id": grant.id,
        "name": {"zh": grant.name.zh[:NAME_KEPT], "en": grant.name.en[:NAME_KEPT]},
        "campaign": grant.campaign,
        "day": grant.calendar.day_of(grant.at).isoformat(),
        "at": int(grant.at.timestamp()),
    }
    return create(keys.wallet(grant.member, kind, grant.id), row | more, f"granted:{grant.id}")


def place(kind: str, given: Given) -> Key:
    """Where the keepsake of a grant lies."""
    return keys.wallet(given.member, kind, given.id)


def taken_back(kind: str, givens: Sequence[Given], rows: Mapping[Key, Row | None]) -> list[Change]:
    """Whatever is there goes: a keepsake cannot be used up, so nothing of it stays."""
    return [Change(key, delete=True) for given in givens if rows[key := place(kind, given)] is not None]


def shown(kind: str, row: Row) -> dict[str, Any]:
    """What the wallet's entries of all keepsakes have in common; they never expire."""
    said = {name: row[name] for name in ("id", "name", "campaign", "day", "at")}
    return {"kind": kind, **said, "status": "available"}

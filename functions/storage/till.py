"""What each clerk redeemed: lines that follow from the coupons' own rows, so that redeeming costs no write more.

The stream brings every change of a coupon (docs/decisions), and a line's key follows from the redemption alone: however
often a change is delivered, it is the same line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Row
from functions.storage.store import Store

KEPT = timedelta(days=30)
READ_MAX = 200


@dataclass(frozen=True)
class Line:
    """One redemption as its clerk sees it again; amounts in minor units. `reversed_at` is empty while it stands."""

    at: datetime
    coupon: str
    name: Mapping[str, str]
    order: str
    discount: int
    payable: int
    currency: str
    reversed_at: str = ""


def lines(before: Row, after: Row) -> list[Change]:
    """What a coupon's change adds to its clerk's list: a redemption, or that one was reversed."""
    use, past = after.get("use"), after.get("past", [])
    if use and use != before.get("use"):
        return [_line(after, use, "")]
    if len(past) > len(before.get("past", [])):
        return [_line(after, past[-1], past[-1]["reversed"]["at"])]
    return []


def told_by(row: Row, clerk: str) -> list[Line]:
    """What a coupon's own row says of this clerk's redemptions of it: at once, before the stream does."""
    uses = [(use, use["reversed"]["at"]) for use in row.get("past", [])]
    uses += [(row["use"], "")] if row.get("use") else []
    return [_read(_line(row, use, reversed_at).put or {}) for use, reversed_at in uses if use["by"] == clerk]


def newest(store: Store, clerk: str, limit: int = READ_MAX) -> list[Line]:
    """What a clerk redeemed, the newest first."""
    return [_read(row) for _, row in store.query("till", clerk, limit=limit, newest_first=True)]


def _line(row: Row, use: Mapping[str, Any], reversed_at: str) -> Change:
    at = datetime.fromisoformat(use["at"]).astimezone(UTC)
    said = {name: use[name] for name in ("at", "order", "discount", "payable")}
    kept: Row = {
        **said,
        "coupon": row["id"],
        "name": row["name"],
        "currency": row["currency"],
        "reversed_at": reversed_at,
        "expires_at": int((at + KEPT).timestamp()),
    }
    return Change(keys.redemption(use["by"], f"{at:%Y%m%dT%H%M%S%f}.{use['event']}"), put=kept)


def _read(row: Row) -> Line:
    told = {name: row[name] for name in ("coupon", "name", "order", "discount", "payable", "currency", "reversed_at")}
    return Line(at=datetime.fromisoformat(row["at"]), **told)

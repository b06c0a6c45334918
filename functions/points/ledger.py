"""The ledger's lines and pages: full ones move out of the points row, so that it stays within 1 KB. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from functions.core import keys
from functions.core.change import Change, Is
from functions.core.keys import Row

PAGE_ENTRIES = 8  # some 90 bytes each: nine of them and the balance stay below 1 KB, and a turn costs 4 units


def turn_page(member: str, row: Row) -> list[Change]:
    """Move the open entries to a closed page once there are eight; no changes before that.

    `count` grows with every entry ever made, so equal counts mean equal entries: a grant that comes in between
    fails the condition, nothing moves, and the newer row turns the page. Turned twice, the page is the same.
    """
    entries = row["entries"]
    if len(entries) < PAGE_ENTRIES:
        return []
    page = row["count"] - len(entries)
    turned = Change(keys.points(member), (Is("count", row["count"]),), set={"entries": []})
    return [turned, Change(keys.ledger(member, page), put={"entries": entries, "page": page})]


def newest_first(row: Row | None, pages: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Every entry by name, of the points row and of the closed pages (by the name of their row)."""
    read = [page["entries"] for _, page in sorted(pages.items())] + [(row or {}).get("entries", [])]
    return [entry(line) for page in read for line in page][::-1]


def entry(line: Sequence[Any]) -> dict[str, Any]:
    """A ledger line by name: `id` of the grant or payment, `points` (negative when paid), `at` (epoch), `why`."""
    return dict(zip(("id", "points", "at", "why"), line, strict=True))

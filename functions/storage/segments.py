"""The team's saved segments: one row, guarded by its revision."""

from __future__ import annotations

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.segment import Segments
from functions.storage import audit
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Store


def load(store: Store) -> tuple[Segments, int]:
    """The segments and their revision; none and 0 before there was one."""
    row = store.read([keys.segments()])[keys.segments()]
    return (Segments(), 0) if row is None else (Segments.model_validate_json(row["content"]), row["revision"])


def save(store: Store, segments: Segments, revision: int, noted: Entry) -> int:
    """Keep segments that were made from `revision`, with the line of the audit list; the new revision.

    Raises Refused `conflict`.
    """
    guard = (Is("revision", revision),) if revision else (Absent(),)
    row = {"content": segments.model_dump_json(), "revision": revision + 1}
    if store.write([Change(keys.segments(), guard, put=row), *audit.lines(noted, f"segments.{revision + 1}")]):
        raise Refused("conflict", CONFLICT)
    return revision + 1

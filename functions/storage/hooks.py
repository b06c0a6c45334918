"""The shops that tell of their orders: one row, guarded by its revision."""

from __future__ import annotations

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.hooks import Hooks
from functions.storage import audit
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Store


def load(store: Store) -> tuple[Hooks, int]:
    """The hooks and their revision; none and 0 before there was one."""
    row = store.read([keys.hooks()])[keys.hooks()]
    return (Hooks(), 0) if row is None else (Hooks.model_validate_json(row["content"]), row["revision"])


def save(store: Store, hooks: Hooks, revision: int, noted: Entry) -> int:
    """Keep hooks that were made from `revision`, with the line of the audit list; the new revision.

    Raises Refused `conflict`.
    """
    guard = (Is("revision", revision),) if revision else (Absent(),)
    row = {"content": hooks.model_dump_json(), "revision": revision + 1}
    if store.write([Change(keys.hooks(), guard, put=row), *audit.lines(noted, f"hooks.{revision + 1}")]):
        raise Refused("conflict", CONFLICT)
    return revision + 1

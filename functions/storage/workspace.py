"""The workspace's settings: one row, guarded by its revision."""

from __future__ import annotations

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Absent, Change, Is
from functions.core.workspace import Workspace
from functions.storage import audit
from functions.storage.refusals import CONFLICT, Refused
from functions.storage.store import Store


def load(store: Store) -> tuple[Workspace, int]:
    """The settings and their revision; the defaults and 0 before anyone has changed them."""
    row = store.read([keys.workspace()])[keys.workspace()]
    return (Workspace(), 0) if row is None else (Workspace.model_validate_json(row["content"]), row["revision"])


def save(store: Store, settings: Workspace, revision: int, *noted: Entry) -> int:
    """Keep settings that were made from `revision`, with their lines of the audit list; the new revision.

    Raises Refused `conflict`.
    """
    guard = (Is("revision", revision),) if revision else (Absent(),)
    row = {"content": settings.model_dump_json(), "revision": revision + 1}
    lines = [line for n, one in enumerate(noted) for line in audit.lines(one, f"settings.{revision + 1}.{n}")]
    if store.write([Change(keys.workspace(), guard, put=row), *lines]):
        raise Refused("conflict", CONFLICT)
    return revision + 1

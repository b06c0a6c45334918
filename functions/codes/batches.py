"""Batches in the table: one row each, in one partition, under their label and where their range of it begins.

So the row that a scanned serial belongs to is one query of one row away, and two orders that would take the same range
of one label are two writes of one row, of which one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from functions.codes.batch import Batch, Plan
from functions.codes.serial import INDEX_MAX
from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.keys import Key, Row
from functions.core.text import Text
from functions.storage.engine import ATTEMPTS_MAX, TooBusy
from functions.storage.refusals import BUSY, Refused
from functions.storage.single import alter
from functions.storage.store import Busy, Store, Unknown

LISTED_MAX, LOG_MAX = 1000, 100
UNKNOWN = Text(zh="没有这一批", en="There is no such batch")
FULL = Text(
    zh="这个商品条码和批号下的序列号用完了，请换一个批号",
    en="No serials are left under this GTIN and lot. Please use another lot",
)
TOO_MANY_RANGES = Text(
    zh="激活或停用的范围太零碎了，请合并后再试",
    en="There are too many separate ranges. Please join some of them",
)
TOO_MANY_LABELS = Text(zh="这一批更正的次数太多了", en="This batch was corrected too often")
MOVED = Text(zh="这一批刚被更正过，请刷新再试", en="This batch was corrected just now. Please open it again")


def issue(store: Store, plan: Plan, batch_id: str, key: str, by: str, at: datetime) -> Batch:
    """Order codes: one row, whatever the size. `key` names the root their serials are made with.

    Told again after a lost answer it finds its own work. Raises Refused `serials_used_up`, `busy`.
    """
    label = Batch.model_validate(plan.model_dump() | {"id": batch_id, "key": key}).label
    for _ in range(ATTEMPTS_MAX):
        try:
            known = _under(store, label)
            if mine := next((row for row in known.values() if row.get("id") == batch_id), None):
                return Batch.model_validate_json(mine["batch"])
            batch = _placed(plan, batch_id, key, _end(known))
            row = _row(batch, 1, [_line("issue", by, at)])
            if not store.write([Change(_key(batch), (Absent(),), put=row)]):
                return batch
        except (Busy, Unknown):
            pass  # the next round looks whether it was written
    raise Refused("busy", BUSY)


def alter_batch(
    store: Store, batch: Batch, change: Callable[[Batch], Batch], what: str, by: str, at: datetime, note: str = ""
) -> Batch:
    """Activate, block or release: what `change` makes of the batch as it now is. Doing it twice changes nothing.

    Raises Refused `too_many_ranges`, `moved`, `busy`.
    """

    def decide(row: Row | None) -> tuple[Batch, Sequence[Change]]:
        before = _batch_in(row)
        try:
            after = change(before)
        except ValidationError as error:
            raise Refused("too_many_ranges", TOO_MANY_RANGES) from error
        if after == before or row is None:
            return before, []
        told = _row(after, row["revision"] + 1, [*row["log"], _line(what, by, at, note)])
        return after, [Change(_key(batch), (Is("revision", row["revision"]),), put=told)]

    try:
        return alter(store, _key(batch), decide, lambda _: True)
    except TooBusy as error:
        raise Refused("busy", BUSY) from error


def correct(store: Store, batch: Batch, gtin: str, lot: str, by: str, at: datetime) -> Batch:
    """Another GTIN or lot from now on. Rows under the old labels point to the batch: printed codes stay good.

    Raises ValidationError for a GTIN or lot that cannot be, Refused `too_many_labels`, `moved`, `busy`.
    """
    for _ in range(ATTEMPTS_MAX):
        try:
            after, changes = _correction(store, batch, gtin, lot, by, at)
            if not changes or not store.write(changes):
                return after
        except (Busy, Unknown):
            pass  # the next round finds the row moved where this one was written
    raise Refused("busy", BUSY)


def _correction(
    store: Store, batch: Batch, gtin: str, lot: str, by: str, at: datetime
) -> tuple[Batch, Sequence[Change]]:
    row = store.read([_key(batch)])[_key(batch)]
    if row is not None and "moved" in row and (now := _followed(store, row)) and (now.gtin, now.lot) == (gtin, lot):
        return now, []
    before = _batch_in(row)
    try:
        wanted = before.corrected(gtin, lot).label
        after = before.corrected(gtin, lot, _end(_under(store, wanted)))
    except ValidationError as error:
        if any(line["loc"] == ("past",) for line in error.errors()):
            raise Refused("too_many_labels", TOO_MANY_LABELS) from error
        raise
    if row is None or after == before:
        return before, []
    note = f"{before.label} → {after.label}"
    told = _row(after, row["revision"] + 1, [*row["log"], _line("correct", by, at, note)])
    is_new = (after.label, after.first) not in before.past
    pointer = {"moved": [after.label, after.first], "id": after.id, "size": after.size}
    return after, [
        Change(_key(before), (Is("revision", row["revision"]),), put=pointer),
        # A place that the batch had before is its own: the guard above is enough for it, and for the other pointers.
        Change(_key(after), (Absent(),) if is_new else (), put=told),
        *(Change(keys.batch(*place), put=pointer) for place in after.past if place != (before.label, before.first)),
    ]


def holding(store: Store, label: str, index: int) -> Batch | None:
    """The batch that an index under a label belongs to, corrected or not: one row is read, two after a correction."""
    prefix = f"{label}#"
    found = store.query("batches", prefix=prefix, after=f"{prefix}{index + 1:011d}", limit=1, newest_first=True)
    row = found[0][1] if found else None
    batch = _followed(store, row) if row and "moved" in row else _batch_in(row) if row else None
    return batch if batch is not None and batch.number_of(index, label) is not None else None


def listed(store: Store) -> list[Batch]:
    """All batches, newest first."""
    rows = [row for _, row in store.query("batches", limit=LISTED_MAX)]
    found = [_batch_in(row) for row in rows if "batch" in row]
    return sorted(found, key=lambda batch: batch.id, reverse=True)


def load(store: Store, batch_id: str) -> tuple[Batch, list[list[Any]]]:
    """A batch and what was done to it: what, by whom, when (seconds), and a note. Raises Refused `unknown_batch`."""
    for _, row in store.query("batches", limit=LISTED_MAX):
        if "batch" in row and row["id"] == batch_id:
            return _batch_in(row), row["log"]
    raise Refused("unknown_batch", UNKNOWN)


def newest_under(store: Store, label: str) -> Batch | None:
    """The last batch of a product or lot, whatever the lot: for what all its items have in common."""
    place = f"{label}#" if "/10/" in label else label  # a GTIN has one length, so none begins another
    for _, row in store.query("batches", prefix=place, limit=1, newest_first=True):
        return _followed(store, row) if "moved" in row else _batch_in(row)
    return None


def _followed(store: Store, row: Row) -> Batch | None:
    """The batch that a row under an old label points to."""
    key = keys.batch(*row["moved"])
    there = store.read([key])[key]
    return Batch.model_validate_json(there["batch"]) if there and "batch" in there else None


def _under(store: Store, label: str) -> dict[int, Row]:
    """The rows under a label, by where their ranges begin."""
    rows = store.query("batches", prefix=f"{label}#", limit=LISTED_MAX)
    return {int(place.rsplit("#", 1)[1]): row for place, row in rows}


def _end(known: dict[int, Row]) -> int:
    """Where the next range under a label begins: two who take it at once write the same row."""
    return max((first + row["size"] for first, row in known.items()), default=0)


def _placed(plan: Plan, batch_id: str, key: str, first: int) -> Batch:
    if first + plan.size > INDEX_MAX:
        raise Refused("serials_used_up", FULL)
    return Batch.model_validate(plan.model_dump() | {"id": batch_id, "key": key, "first": first})


def _key(batch: Batch) -> Key:
    return keys.batch(batch.label, batch.first)


def _row(batch: Batch, revision: int, log: list[list[Any]]) -> Row:
    kept = {"revision": revision, "id": batch.id, "size": batch.size, "batch": batch.model_dump_json()}
    return kept | {"log": log[-LOG_MAX:]}


def _line(what: str, by: str, at: datetime, note: str = "") -> list[Any]:
    return [what, by, int(at.timestamp()), note[:200]]


def _batch_in(row: Row | None) -> Batch:
    if row is None:
        raise Refused("unknown_batch", UNKNOWN)
    if "moved" in row:
        raise Refused("moved", MOVED)
    return Batch.model_validate_json(row["batch"])

"""Orders in the table: the newest telling of each, whose it is, and those that wait for their buyer to appear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Literal

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.ids import ALPHABET
from functions.core.keys import Row
from functions.storage.engine import Pause
from functions.storage.single import alter
from functions.storage.store import Store

WAITS = timedelta(days=180)  # how long an order may wait for its buyer: the keyed hash of a phone is kept no longer
PAGE = 500
Kept = Literal["kept", "known", "conflict"]


def keep(store: Store, name: str, told: Row, member: str, mark: str, now: int, pause: Pause) -> Kept:
    """Keep what a shop told of an order, unless the same or something newer is known.

    `member`, or the keyed hash of a phone in `mark`, says whose it is; once known it stays. An order of nobody known
    waits under `mark`, held by there being no such identity: whoever signs in later finds it, at whichever moment.
    `conflict`: this revision was told before with other content. Raises TooBusy.
    """
    key = keys.order(name)

    def decide(row: Row | None) -> tuple[Kept, Sequence[Change]]:
        known = row or {}
        if row is not None and told["revision"] <= row["revision"]:
            same = told["revision"] < row["revision"] or told["digest"] == row["digest"]
            return ("known" if same else "conflict"), []
        owner = _owner(store, known, member, mark)
        guard = Absent() if row is None else Is("version", row["version"])
        after = {**told, "member": owner, "version": known.get("version", 0) + 1}
        if known.get("erased"):
            after["erased"] = True
        changes = [Change(key, (guard,), put=after)]
        if owner:
            changes.append(Change(keys.purchase(owner, name), set={"order": told["order"], "hook": told["hook"]}))
        elif mark and not known.get("erased"):
            waits = {"expires_at": now + int(WAITS.total_seconds())}
            changes += [Change(keys.waiting_order(mark, name), put=waits), Change(keys.identity(mark), (Absent(),))]
        return "kept", changes

    return alter(store, key, decide, pause)


def attribute(store: Store, mark: str, pause: Pause) -> list[str]:
    """Give the orders that waited for this identity to its member; their names, also of those given before."""
    identity = keys.identity(mark)
    row = store.read([identity])[identity]
    if row is None:
        return []
    waiting = [where.partition("#")[2] for where, _ in store.query("waiting_orders", mark, prefix="ORDER#", limit=PAGE)]
    for name in waiting:
        _give(store, name, str(row["member"]), pause)
    return waiting


def attributed(store: Store, mark: str, name: str) -> None:
    """All that follows from an order's having a member is done: it waits no longer."""
    store.write([Change(keys.waiting_order(mark, name), delete=True)])


def load(store: Store, name: str) -> Row | None:
    """An order as it was last told."""
    return store.read([keys.order(name)])[keys.order(name)]


def everything(store: Store) -> Iterator[tuple[str, Row]]:
    """Every order by name, partition by partition: for reports, never for a request."""
    for last in ALPHABET:
        after = ""
        while page := store.query("orders", last, after=after, limit=PAGE):
            yield from page
            after = page[-1][0]


def forget(store: Store, name: str, pause: Pause) -> None:
    """The order stays for the books, and is nobody's."""
    key = keys.order(name)

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        if row is None or row.get("erased"):
            return None, []
        said = {"member": "", "erased": True, "version": row["version"] + 1}
        return None, [Change(key, (Is("version", row["version"]),), set=said)]

    alter(store, key, decide, pause)


def _owner(store: Store, known: Row, member: str, mark: str) -> str:
    if known.get("erased"):
        return ""
    if known.get("member") or member or not mark:
        return str(known.get("member") or member)
    row = store.read([keys.identity(mark)])[keys.identity(mark)]
    return str(row["member"]) if row else ""


def _give(store: Store, name: str, member: str, pause: Pause) -> None:
    key = keys.order(name)

    def decide(row: Row | None) -> tuple[None, Sequence[Change]]:
        if row is None or row["member"] or row.get("erased"):
            return None, []
        said = {"member": member, "version": row["version"] + 1}
        mine = {"order": row["order"], "hook": row["hook"]}
        return None, [
            Change(key, (Is("version", row["version"]),), set=said),
            Change(keys.purchase(member, name), set=mine),
        ]

    alter(store, key, decide, pause)

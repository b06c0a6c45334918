"""Members' nicknames: one row of their own, and one under the name by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.core import keys
from functions.core.change import Absent, Change, Is
from functions.core.keys import Key, Row
from functions.core.nickname import normal
from functions.storage.engine import Pause
from functions.storage.members import ERASING, holdings, not_being_erased, there
from functions.storage.single import settle
from functions.storage.store import Store


def call(store: Store, member: str, name: str, at: datetime, pause: Pause) -> str:
    """A member is called `name` from now on, by nothing when it is empty: `named`, `unnamed`; `nobody` who is none.

    What was written is what is found: a write is held by the name it replaces. Raises TooBusy.
    """
    mine = keys.nickname(member)

    def decide(row: Row | None, refused: frozenset[str]) -> tuple[str, Sequence[Change]]:
        if name == (row or {}).get("name", ""):
            return ("named" if name else "unnamed"), []
        stays = there(holdings(store, member), member)
        if stays is None or ERASING in refused:
            return "nobody", []
        guard = Absent() if row is None else Is("normal", row["normal"])
        kept = Change(mine, (guard,), put=_row(member, name, at)) if name else Change(mine, (guard,), delete=True)
        return ("named" if name else "unnamed"), [kept, stays, not_being_erased(member), *_index(member, row, name, at)]

    return settle(store, mine, decide, pause)


def names(store: Store, members: Iterable[str]) -> dict[str, str]:
    """What members are called, of those who said so."""
    rows = store.read([keys.nickname(member) for member in members])
    return {key.parts[0]: row["name"] for key, row in rows.items() if row is not None}


def begin_with(store: Store, text: str, most: int) -> list[Row]:
    """Members whose nickname begins with `text`, in the order of their names: member, name, since when."""
    form = normal(text)
    return [row for _, row in store.query("nicknames", form[0], prefix=form, limit=most)] if form else []


def gone(member: str, row: Row) -> list[Change]:
    """The member has no nickname any more, by their row."""
    return [Change(keys.nickname(member), delete=True), Change(keys.nicknamed(row["normal"], member), delete=True)]


def _index(member: str, before: Row | None, name: str, at: datetime) -> list[Change]:
    """Found by the new name and no longer by the old one; of names that look alike there is one row."""
    found: dict[Key, Change] = {}
    if before:
        old = keys.nicknamed(before["normal"], member)
        found[old] = Change(old, delete=True)
    if name:
        new = keys.nicknamed(normal(name), member)
        found[new] = Change(new, put=_row(member, name, at))
    return list(found.values())


def _row(member: str, name: str, at: datetime) -> Row:
    return {"member": member, "name": name, "normal": normal(name), "at": at.isoformat()}

"""Rows of payout lists: reading them, and the one guarded write that each step is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from functions.core import keys, payout
from functions.core.approval import NOTE_MAX
from functions.core.audit import Deed, Entry
from functions.core.change import Absent, Change, Is
from functions.core.money import Money
from functions.core.payout import Line, Payout
from functions.core.text import Text
from functions.core.workspace import Editor
from functions.storage import audit
from functions.storage.engine import ATTEMPTS_MAX
from functions.storage.refusals import BUSY, CONFLICT, Refused
from functions.storage.store import Busy, Store, Unknown

PAGE = 500


def newest(store: Store, campaign: str, limit: int = 20) -> list[Payout]:
    """A campaign's lists, newest first."""
    found = store.query("payouts", campaign, newest_first=True, limit=limit)
    return [Payout.model_validate_json(row["payout"]) for _, row in found]


def everything(store: Store, campaign: str) -> Iterator[Payout]:
    """All of a campaign's lists, oldest first, for reports."""
    after = ""
    while page := store.query("payouts", campaign, after=after, limit=PAGE):
        yield from (Payout.model_validate_json(row["payout"]) for _, row in page)
        after = page[-1][0]


def lines(store: Store, which: Payout) -> list[Line]:
    """What a list pays."""
    key = keys.payout_lines(which.campaign, which.number)
    return payout.read((store.read([key])[key] or {"lines": "[]"})["lines"])


def read(store: Store, campaign: str, number: int) -> Payout | None:
    """A list as it is now."""
    key = keys.payout(campaign, number)
    found = store.read([key])[key]
    return Payout.model_validate_json(found["payout"]) if found else None


def moved_on(before: Payout, **changes: object) -> Payout:
    """The list a step further."""
    return before.model_copy(update={**changes, "version": before.version + 1})


def row(before: Payout | None, after: Payout) -> Change:
    """Every step is guarded by the state that it was decided on: states and answers only go on, and never come back."""
    guard = Absent() if before is None else Is("version", before.version)
    whole = {"payout": after.model_dump_json(), "version": after.version}
    return Change(keys.payout(after.campaign, after.number), (guard,), put=whole)


def step(
    store: Store,
    before: Payout | None,
    after: Payout,
    about: Text,
    what: Deed,
    who: Editor,
    at: datetime,
    note: str = "",
    extra: Sequence[Change] = (),
) -> None:
    """One guarded write; a lost answer is looked up. Raises Refused `conflict`, `busy`."""
    total = str(Money(minor=max(0, after.total), currency=after.currency))
    said = " · ".join(filter(None, [f"#{after.number}", total, note.strip()]))[:NOTE_MAX]
    entry = Entry(what=what, by=who.name, at=at, campaign=after.campaign, about=about, note=said)
    told = audit.lines(entry, f"payout.{after.number}.{len(after.verdicts)}.{after.state}")
    for _attempt in range(ATTEMPTS_MAX):
        try:
            if not store.write([row(before, after), *extra, *told]):
                return
            if read(store, after.campaign, after.number) == after:
                return
            raise Refused("conflict", CONFLICT)
        except (Busy, Unknown):
            pass  # written or not: the next attempt tells
    raise Refused("busy", BUSY)

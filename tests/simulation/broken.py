"""Known-broken engines. Each is a mistake that the field has made; the simulation must not live through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.coupons import redeem
from functions.storage import engine, live, spending
from functions.storage.campaigns import publishing
from tests.simulation.scheduler import SteppingStore


class ReadThenWritePool(SteppingStore):
    """Stock is read, compared in the program, and written back: litemall#581."""

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As the count was when it was read."""
        pools = [change.key for change in changes if change.key.kind == "pool"]
        rows = self.read(pools) if pools else {}
        short = {c.key: rows[c.key] for c in changes if c.key in rows and not _enough(c, rows[c.key])}
        return short or super().write([_blind(change, rows) for change in changes])


class NoTransaction(SteppingStore):
    """One write after another, each with its own condition: what came before a refusal or a crash stays."""

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """Not all or nothing."""
        for change in changes:
            if not change.checks_only and (refused := super().write([change])):
                return refused
        return {}


class Unguarded(SteppingStore):
    """Conditions on one kind of row are not asked for."""

    kind = ""

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As if nobody else were there."""
        kept = [replace(one, conditions=()) if one.key.kind == self.kind else one for one in changes]
        return super().write([one for one in kept if one.conditions or not one.checks_only])


def _enough(change: Change, row: Row | None) -> bool:
    return change.put is not None or (row is not None and row["remaining"] + change.add.get("remaining", 0) >= 0)


def _blind(change: Change, rows: Mapping[Key, Row | None]) -> Change:
    row = rows.get(change.key)
    if row is None or change.put is not None:
        return change
    return Change(change.key, set={name: row[name] + amount for name, amount in change.add.items()})


@contextmanager
def _as_usual() -> Iterator[None]:
    yield


def _unguarded(change: Change) -> Change:
    return replace(change, conditions=())


def _no_version_guard() -> AbstractContextManager[object]:
    return patch.object(engine, "_guarded", lambda home, seen, row: Change(home, put=row))


def _replay_ignored() -> AbstractContextManager[object]:
    return patch.object(engine, "replayed", lambda row, event: None)


def _pause_never_bites() -> AbstractContextManager[object]:
    return patch.object(live, "FRESH_FOR", timedelta(days=300))


def _coupon_guarded_by_state_alone() -> AbstractContextManager[object]:
    """What the simulation found in our own code (seed 1054 of its day)."""
    guarded = redeem._next
    state = {"redeemed": "available", "available": "redeemed", "void": "available"}

    def by_state(row: Row, **said: object) -> Change:
        return replace(guarded(row, **said), conditions=(engine.Is("state", state[str(said["state"])]),))

    return patch.object(redeem, "_next", by_state)


def _order_looks_at_its_own_coupon_alone() -> AbstractContextManager[object]:
    """The slot of a stacking group is written, whoever holds it."""
    taken = redeem._take_slot
    return patch.object(redeem, "_take_slot", lambda *said: [_unguarded(change) for change in taken(*said)])


def _publish_sets_the_stock() -> AbstractContextManager[object]:
    """The new stock is written as it was computed, not as a difference: grants in between are forgotten."""
    return patch.object(
        publishing, "_pool", lambda key, row, share: [Change(key, put={"stock": share, "remaining": share})]
    )


def _day_not_held() -> AbstractContextManager[object]:
    """What a day spent is added up, but nothing is asked of it: two who read the same are both paid."""
    guarded = spending.Day.changes
    return patch.object(spending.Day, "changes", lambda day: [_unguarded(change) for change in guarded(day)])


Broken = tuple[type[SteppingStore], Callable[[], AbstractContextManager[object]]]

ENGINES: dict[str, Broken] = {
    "no version guard": (SteppingStore, _no_version_guard),
    "read, then write the pool": (ReadThenWritePool, _as_usual),
    "additions without a transaction": (NoTransaction, _as_usual),
    "replay ignored": (SteppingStore, _replay_ignored),
    "pause never bites": (SteppingStore, _pause_never_bites),
    "coupon guarded by its state alone": (SteppingStore, _coupon_guarded_by_state_alone),
    "order looks at its own coupon alone": (SteppingStore, _order_looks_at_its_own_coupon_alone),
    "publish sets the stock": (SteppingStore, _publish_sets_the_stock),
    "a day's budget is only added up": (SteppingStore, _day_not_held),
}

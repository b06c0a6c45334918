"""Design §11, held against the rows after every write. Knows nothing of the engine but what it stores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from functions.checkin.record import Record
from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.storage.engine import REPLAYS_KEPT
from functions.storage.live import FRESH_FOR
from functions.storage.memory import MemoryStore
from tests.simulation.scheduler import Scheduler, Violation
from tests.storage.stage import CAMPAIGN, OPENS

Applied = tuple[str, list[Any]]
COST = 500  # of one coupon, minor units


def hold(holds: bool, invariant: str, evidence: Any = "") -> None:
    """Raise Violation unless it holds."""
    if not holds:
        raise Violation(f"{invariant}: {evidence}")


@dataclass
class Watch:
    """Remembers what was true before each write."""

    disk: MemoryStore
    scheduler: Scheduler
    per_member: int
    closes: datetime
    per_day: int | None = None
    rows: dict[Key, Row] = field(default_factory=dict)
    facts: set[tuple[str, str, str]] = field(default_factory=set)
    recorded: dict[str, int] = field(default_factory=dict)
    coupons: dict[str, set[str]] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    uses: set[tuple[str, str]] = field(default_factory=set)
    applied: dict[tuple[str, str], tuple[int, Applied]] = field(default_factory=dict)
    states: list[tuple[datetime, str]] = field(default_factory=list)
    stock: dict[int, int] = field(default_factory=dict)
    spent: dict[Key, int] = field(default_factory=dict)
    emptied: int = -1
    restocked: datetime = OPENS - timedelta(days=9)

    def begin(self) -> Watch:
        """From the rows as they are."""
        head = self._row(keys.head(CAMPAIGN))
        self.states.append((OPENS - timedelta(days=9), head["head"]["state"]))
        return self

    def wrote(self, changes: Sequence[Change], at: datetime) -> None:
        """Check what one applied write touched; `at` is the server time of the event behind it."""
        if any(change.key.kind == "state" for change in changes):
            self._open(at)
        kinds = {"state": self._state, "points": self._points, "wallet": self._coupon, "head": self._head}
        for change in changes:
            row = self.disk.read([change.key])[change.key]
            if change.key.kind == "version":
                hold(change.key not in self.rows, "9: a published version never changes", change.key)
            if row is not None and not change.checks_only:
                check = kinds.get(change.key.kind)
                if check:
                    check(change.key, row, self.rows.get(change.key, {}))
                self.rows[change.key] = row
        self._stock(changes)

    def answered(self, member: str, event_id: str, said: Applied, version: int) -> None:
        """2: what is told of an event, by a read that follows its application, is what was stored then."""
        known = self.applied.get((member, event_id))
        if known is not None and 0 <= version - known[0] < REPLAYS_KEPT:
            hold(known[1] == said, "2: the same event gets the same answer", (event_id, known[1], said))

    def told_exhausted(self, since: int, at: datetime) -> None:
        """1: nobody is told that all are gone while there are some, but for what was published a moment ago."""
        fresh = self.restocked > at - FRESH_FOR
        hold(self.emptied >= since or fresh, "1: 'exhausted' is said only of an empty pool", (self.emptied, since))

    def remember(self, member: str, event_id: str, version: int, said: Applied) -> None:
        """An event was applied by the write that made `version` of the member's row."""
        self.applied.setdefault((member, event_id), (version, said))

    def _state(self, key: Key, row: Row, before: Row) -> None:
        member = key.parts[1]
        hold(row["version"] == before.get("version", 0) + 1, "2: each version of a row is written once", row["version"])
        days, had = Record.of(row["record"]).days, Record.of(before.get("record", {})).days
        hold(had <= days, "6: no check-in is lost", (had, days))
        for kind, occurrence, fields in row["facts"]:
            hold((member, kind, occurrence) not in self.facts, "6: a fact becomes true once", (kind, occurrence))
            self.facts.add((member, kind, occurrence))
            if kind == "checkin.recorded":
                self.recorded[member] = self.recorded.get(member, 0) + 1
                hold(fields["total"] == len(days), "6: a total follows from check-ins alone", fields)
        hold(self.recorded.get(member, 0) == len(days), "6: one check-in a member and day", days)
        marks = [entry[0] for entry in row["events"]]
        hold(len(set(marks)) == len(marks), "2: an event is applied once", marks)
        consent = keys.consent(member, keys.participation(CAMPAIGN))
        hold(self._row(consent).get("live") is True, "12: nothing is processed without consent", member)

    def _open(self, at: datetime) -> None:
        """9: the campaign was published at most a moment before, and its window was open."""
        hold(OPENS <= at < self.closes, "9: nothing happens outside the window", at)
        ends = [*(when for when, _ in self.states[1:]), datetime.max.replace(tzinfo=at.tzinfo)]
        known = [state for (_, state), end in zip(self.states, ends, strict=True) if end > at - FRESH_FOR]
        hold("published" in known, "9: nothing happens unless published", known)

    def _points(self, key: Key, row: Row, before: Row) -> None:
        member = key.parts[0]
        pages = [page for _, page in self.disk.query("member", member, prefix="LEDGER#")]
        found = [tuple(entry) for page in [*pages, row] for entry in page["entries"]]
        ids = {entry[0]: entry for entry in found}
        hold(len(ids) == len(found), "3: a ledger entry is made once", found)
        known = self.entries.setdefault(member, {})
        hold(all(ids.get(name) == entry for name, entry in known.items()), "4: entries are never edited or lost", known)
        hold(row["balance"] == sum(entry[1] for entry in found), "4: a balance is the sum of its entries", row)
        hold(row["balance"] >= 0, "4: a balance is never negative", row)
        self.entries[member] = ids

    def _coupon(self, key: Key, row: Row, before: Row) -> None:
        self.coupons.setdefault(row["member"], set()).add(row["id"])
        if row["state"] == "redeemed" and before.get("state") != "redeemed":
            use = row["use"]
            hold((row["id"], use["event"]) not in self.uses, "5: a redemption happens once", use)
            self.uses.add((row["id"], use["event"]))
            at = datetime.fromisoformat(use["at"]).timestamp()
            hold(row["valid_from"] <= at < row["valid_until"], "5: redeemed inside its validity", use)
            hold(use["payable"] >= 0, "5: what is payable is never negative", use)
            others = [other for name, other in self.rows.items() if name.kind == "wallet" and name != key]
            same = [other["id"] for other in others if other["state"] == "redeemed" and _slot(other) == _slot(row)]
            hold(not row["group"] or not same, "5: an order takes one coupon of a group", (use, same))
        if before.get("state") == row["state"] == "redeemed":
            hold(before["use"] == row["use"], "5: one use at a time", row)

    def _head(self, key: Key, row: Row, before: Row) -> None:
        self.states.append((self.scheduler.now, row["head"]["state"]))
        if before and row["head"]["live"] != before["head"]["live"]:
            self.restocked = self.scheduler.now

    def _stock(self, changes: Sequence[Change]) -> None:
        """1: issued + left = stock; no shard below zero; nobody above the limit."""
        self._spent(changes)
        if not any(change.key.kind in ("pool", "wallet", "state", "head") for change in changes):
            return
        pools = [self._row(keys.pool(CAMPAIGN, "tea", n)) for n in range(8) if self._has(n)]
        left, stock = sum(pool["remaining"] for pool in pools), sum(pool["stock"] for pool in pools)
        issued = sum(map(len, self.coupons.values()))
        hold(all(pool["remaining"] >= 0 for pool in pools), "1: a pool is never below zero", pools)
        hold(issued + left == stock, "1: issued and left make the stock", (issued, left, stock))
        live = self._row(keys.head(CAMPAIGN))["head"]["live"]
        hold(stock == self.stock.setdefault(live, stock), "1: the stock is the live version's", (stock, self.stock))
        if left == 0:
            self.emptied = self.scheduler.steps
        for change in changes:
            if change.key.kind == "state":
                got = self._row(change.key)["got"].get("tea", 0)
                owned = len(self.coupons.get(change.key.parts[1], ()))
                hold(
                    got == owned <= self.per_member, "1: a member has what was counted, within the limit", (got, owned)
                )

    def _spent(self, changes: Sequence[Change]) -> None:
        """1: what the days spent is what the coupons cost, and no day passes its budget."""
        if self.per_day is None:
            return
        counters = [change.key for change in changes if change.key.kind == "spending"]
        self.spent.update({key: self._row(key)["spent"] for key in counters})
        for key in counters:
            of_day = sum(spent for other, spent in self.spent.items() if other.parts[1] == key.parts[1])
            hold(of_day <= self.per_day, "1: a day never passes its budget", (key.parts[1], of_day))
        issued = sum(map(len, self.coupons.values()))
        hold(sum(self.spent.values()) == issued * COST, "1: what is granted is put down to its day", self.spent)

    def _has(self, shard: int) -> bool:
        key = keys.pool(CAMPAIGN, "tea", shard)
        return self.disk.read([key])[key] is not None

    def _row(self, key: Key) -> Row:
        return self.disk.read([key])[key] or {}


def _slot(row: Row) -> tuple[str, str, str, str]:
    """The order, as a shop counts its own of a day, and the group that has one place in it."""
    use = row["use"]
    return use["store"], use["at"][:10], use["order"], row["group"]

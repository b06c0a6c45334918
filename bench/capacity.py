"""Write units of the events that matter, as Dynoxide reports them; and the hottest key of a rush, by the real keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.line import Line
from functions.codes.batch import SIZE_MAX
from functions.codes.scan import Scan, Tap
from functions.core.change import Change
from functions.core.event import Event
from functions.core.item import ProvenItem
from functions.core.keys import Key, Row
from functions.core.sharing import Share
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.storage import table
from functions.storage.engine import at_once, commit
from functions.storage.memory import MemoryStore
from functions.storage.shares import visit
from functions.storage.single import alter
from tests.codes.batches import ordered
from tests.storage.serving import Consumed, Server
from tests.storage.stage import OPENS, Shop, content, happened, live, member, publish
from tests.storage.test_budgets import DAILY_POINTS, EVERY_COUPON, checks_in, keys, metered, redeem

GRANTS = 10_000  # a second


def lines(server: Server) -> Iterator[Line]:
    """Every number that a meter can tell."""
    shop, meter = metered(server, [], 1)
    checks_in(shop, 1)
    yield Line("checkin.plain.write_units", meter.written, "write units", 1)
    yield Line("checkin.plain.read_units", meter.read, "read units", 1)
    yield Line("checkin.plain.requests", len(meter.requests), "requests", 2)
    shop, meter = metered(server, [], 0)
    checks_in(shop, 0)
    yield Line("checkin.first.write_units", meter.written, "write units", 4)
    shop, meter = metered(server, DAILY_POINTS, 1, days=366)
    checks_in(shop, 1)
    yield Line("checkin.points.write_units", meter.written, "write units", 4)
    yield Line("checkin.points.settled_write_units", _settled(server), "write units", 5)
    shop, meter = metered(server, EVERY_COUPON, 1)
    checks_in(shop, 1)
    yield Line("checkin.coupon.write_units", meter.written, "write units", 6)
    yield Line("checkin.coupon.requests", len(meter.requests), "requests", 2)
    yield Line("coupon.redeem.write_units", _redeemed(shop, meter), "write units", 2)
    yield Line("share.click.write_units", _clicked(shop, meter), "write units", 1)
    yield from _codes(server)
    yield Line("rush.hottest_key_units", hottest_key(), "write units/s", 500)


def _settled(server: Server) -> float:
    """With the pages of the ledger turned, over five pages."""
    shop, meter = metered(server, DAILY_POINTS, 1, days=366)
    rounds, key = 5 * PAGE_ENTRIES, keys.points(member(1))
    for day in range(1, rounds + 1):
        checks_in(shop, day)
        row = shop.store.read([key])[key] or {}
        if changes := turn_page(member(1), row):
            shop.store.write(changes)
    return float(meter.written / rounds)


def _codes(server: Server) -> Iterator[Line]:
    """An order of twenty million codes, and two taps on one of its items."""
    meter = Consumed()
    store = server.store(meter=meter)
    batch = ordered(store, size=SIZE_MAX, active=False)
    yield Line("codes.rows_per_batch", float(len(store.query("batches"))), "rows", 1)
    for number, name in enumerate(("first", "repeat")):
        event = Event(f"scan-{number:04d}", "scan", OPENS, batch.id, member(number), Tap(link="x"), day=OPENS.date())
        before = meter.written
        commit(store, Scan(ProvenItem(batch.id, 41, "good"), event), event, at_once)
        yield Line(f"codes.{name}_scan.write_units", float(meter.written - before), "write units", 1)


def _clicked(shop: Shop, meter: Any) -> float:
    """Somebody comes by a member's link, and once more."""
    before = meter.written
    for _ in range(2):
        visit(shop.store, Share(shop.serving.campaign.id, member(1)), member(2), 1, OPENS, at_once)
    return float(meter.written - before)


def _redeemed(shop: Shop, meter: Any) -> float:
    ((_, row), *_) = shop.store.query("member", member(1), prefix="W#coupon#")
    till = redeem.Till("till-0001", "north", "staff", OPENS)
    before = meter.written

    def decide(seen: Any) -> Any:
        verdict = redeem.redeem(seen, "order-1", 900, till)
        return verdict.outcome, verdict.changes

    alter(shop.store, keys.coupon(member(1), row["id"]), decide, at_once)
    return float(meter.written - before)


@dataclass
class Counting:
    """A store that counts the write units of each partition key: two a row in a transaction, one alone."""

    disk: MemoryStore = field(default_factory=MemoryStore)
    units: Counter[str] = field(default_factory=Counter)

    @property
    def tenant(self) -> str:
        """As the disk's."""
        return self.disk.tenant

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        """As the disk's."""
        return self.disk.read(keys)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        """As the disk's, counted whether refused or not."""
        for change in changes:
            self.units[table.address(self.tenant, change.key)[0]] += 2 if len(changes) > 1 else 1
        return self.disk.write(changes)

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        """As the disk's."""
        return self.disk.query(kind, *parts, **asked)


def hottest_key() -> int:
    """Write units on the busiest partition key in a second of 10,000 grants from a stock that was made for them."""
    store = Counting()
    publish(store, {**content(1_000_000, peak=GRANTS), "rules": EVERY_COUPON})
    shop = Shop(store, live(store))
    store.units.clear()
    for number in range(GRANTS):
        shop.hears(happened("checkin", member(number), "event-0001", OPENS))
    return max(store.units.values())

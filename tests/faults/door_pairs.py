"""Two at once where the stream keeps by which code a member came, and what they bought first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import new_id
from functions.core.keys import Key, Row
from functions.core.order import Order, order_name, row_of
from functions.insights import collected, doors
from functions.insights.counting import count
from functions.insights.reading import Counted, Written, counted_by
from tests.edge.test_doors import OTHER, live_code
from tests.edge.world import CAMPAIGN, MORNING, Phone, World
from tests.faults import deeds
from tests.faults.deeds import Act
from tests.orders.shop import order

Pair = tuple[Act, Act]
MEMBER = new_id("mem", MORNING, b"member---1")


def _go_on(attempt: int) -> bool:
    return attempt < 8


def _written(key: Key, row: Row) -> Written:
    return Written("1", key, None, row, MORNING)


def _count(world: World, who: str, found: Sequence[Counted]) -> None:
    """Each act into rows of its own: the order of marks in a row says who was first, which nobody minds."""
    for one in found:
        count(world.store, one.campaign, f"2026-03-02.{who}", [one], MORNING, _go_on)


def _comes(world: World, campaign: str, tag: str, newcomers: int) -> Act:
    """What the stream does with somebody's first row in a campaign."""
    code = live_code(world, tag.encode() * 10, tags=[tag])
    now, purpose = int(MORNING.timestamp()), keys.participation(campaign)
    world.store.write([Change(keys.consent(MEMBER, purpose), put={"purpose": purpose, "live": True})])
    row = {"version": 1, "channel": code, "since": now, "seen": now}
    write = _written(keys.state(campaign, MEMBER), row)
    found = counted_by(write, campaign, MORNING, {"newcomers": newcomers}, 1)
    return lambda: _count(world, tag, doors.people(world.store, write, found, _go_on))


def _buys(world: World, name: str) -> Act:
    told = row_of(Order.model_validate(order(name, paid_at=MORNING.isoformat())), "orders")
    row = told | {"member": MEMBER, "version": 1}
    write = _written(keys.order(order_name("orders", name)), row)
    return lambda: _count(world, name, doors.ordered(world.store, write, _go_on))


def two_doors_of_one_member(world: World) -> Pair:
    return _comes(world, CAMPAIGN, "a", 1), _comes(world, OTHER, "b", 0)


def two_more_doors_of_one_member(world: World) -> Pair:
    _comes(world, CAMPAIGN, "c", 1)()
    return _comes(world, OTHER, "a", 0), _comes(world, OTHER[:-1] + "9", "b", 0)


def two_first_orders_of_one_member(world: World) -> Pair:
    _comes(world, CAMPAIGN, "a", 1)()
    return _buys(world, "A-1"), _buys(world, "A-2")


def _collects(phone: Phone, batch: str) -> Act:
    """What the stream does with a write that took an item's reward."""
    facts = [["item_scan.recorded", f"batch_{batch * 26}.7", {"total": 1}]]
    write = _written(keys.state(CAMPAIGN, phone.member), {"version": 1, "facts": facts})
    return lambda: collected.note(phone.world.store, write, _go_on)


def two_first_batches_of_one_member(world: World) -> Pair:
    phone = deeds._joined(world)
    return _collects(phone, "0"), _collects(phone, "1")


def two_more_batches_of_one_member(world: World) -> Pair:
    phone = deeds._joined(world)
    _collects(phone, "2")()
    return _collects(phone, "0"), _collects(phone, "1")


def a_batch_against_erasing_its_member(world: World) -> Pair:
    phone = deeds._joined(world)
    return _collects(phone, "0"), partial(phone.call, "DELETE", "/api/me")


DOOR_PAIRS = (
    two_doors_of_one_member,
    two_more_doors_of_one_member,
    two_first_orders_of_one_member,
    two_first_batches_of_one_member,
    two_more_batches_of_one_member,
    a_batch_against_erasing_its_member,
)

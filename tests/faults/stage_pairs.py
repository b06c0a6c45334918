"""Two at once where the stream keeps how far a member has come."""

from __future__ import annotations

from functools import partial

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Row
from functions.core.order import Order, order_name, row_of
from functions.insights import stages
from functions.insights.reading import Written
from tests.edge.test_doors import OTHER
from tests.edge.world import CAMPAIGN, MORNING, Phone, World
from tests.faults import deeds
from tests.faults.deeds import Act
from tests.orders.shop import order

Pair = tuple[Act, Act]


def _go_on(attempt: int) -> bool:
    return attempt < 8


def _hears(world: World, write: Written) -> Act:
    """What the stream does with a write, where everybody brought one friend who bought."""
    return lambda: stages.note(world.store, write, lambda _campaign, _row: 1, MORNING, _go_on)


def _joins(phone: Phone, campaign: str) -> Act:
    purpose = keys.participation(campaign)
    phone.world.store.write([Change(keys.consent(phone.member, purpose), put={"purpose": purpose, "live": True})])
    row: Row = {"version": 1, "at": int(MORNING.timestamp()), "definition": 1, "record": {}}
    return _hears(phone.world, Written("1", keys.state(campaign, phone.member), None, row, MORNING))


def _buys(phone: Phone, order_id: str) -> Act:
    name = order_name("orders", order_id)
    phone.world.store.write([Change(keys.purchase(phone.member, name), put={"order": order_id, "hook": "orders"})])
    told = row_of(Order.model_validate(order(order_id, paid_at=MORNING.isoformat())), "orders")
    row = told | {"member": phone.member, "version": 1}
    return _hears(phone.world, Written("1", keys.order(name), None, row, MORNING))


def two_first_steps_of_one_member(world: World) -> Pair:
    phone = world.phone()
    return _joins(phone, CAMPAIGN), _joins(phone, OTHER)


def two_orders_of_one_member(world: World) -> Pair:
    phone = world.phone()
    _joins(phone, CAMPAIGN)()
    return _buys(phone, "A-1"), _buys(phone, "A-2")


def a_first_step_against_erasing_its_member(world: World) -> Pair:
    phone = deeds._joined(world)
    return _joins(phone, CAMPAIGN), partial(phone.call, "DELETE", "/api/me")


def an_order_heard_against_erasing_its_member(world: World) -> Pair:
    phone = deeds._joined(world)
    return _buys(phone, "A-1"), partial(phone.call, "DELETE", "/api/me")


STAGE_PAIRS = (
    two_first_steps_of_one_member,
    two_orders_of_one_member,
    a_first_step_against_erasing_its_member,
    an_order_heard_against_erasing_its_member,
)

"""What keeping a member's stage costs the stream, in units and requests as Dynoxide reports them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.ids import new_id
from functions.core.order import Order, order_name, row_of
from functions.insights import stages
from functions.insights.reading import Written
from functions.storage.dynamodb import DynamoStore
from tests.conftest import FreshTable
from tests.edge.world import MORNING
from tests.orders.shop import order
from tests.storage.serving import Consumed, Server

MEMBER = new_id("mem", MORNING, b"member----")
Act = Callable[[], None]


@pytest.fixture
def meter() -> Consumed:
    return Consumed()


@pytest.fixture
def store(dynoxide_table: FreshTable, meter: Consumed) -> DynamoStore:
    return DynamoStore(Server(dynoxide_table.endpoint).client, dynoxide_table.name, "demo", meter)


def test_a_first_step_and_an_order_cost_two_rows_in_one_write_and_a_move_told_to_thirty_campaigns_ten_units(
    store: DynamoStore, meter: Consumed
) -> None:
    assert cost(meter, first := joins(store, 1)) == (4, 1)
    assert cost(meter, first) == (0, 1)
    assert cost(meter, ordered := buys(store, 1)) == (4, 2)
    assert cost(meter, ordered) == (0, 2)
    for number in range(2, stages.FOLLOWED_MAX + 2):
        joins(store, number)()
    assert cost(meter, buys(store, 2)) == (10, 2)

    row = store.read([keys.stage(MEMBER)])[keys.stage(MEMBER)]
    assert row
    assert len(row["campaigns"]) == len(row["told"]) == stages.FOLLOWED_MAX
    assert f"camp_{1:026d}" not in row["campaigns"]


def cost(meter: Consumed, act: Act) -> tuple[float, float]:
    """Write units and read units."""
    meter.read = meter.written = 0
    act()
    return meter.written, meter.read


def joins(store: DynamoStore, number: int) -> Act:
    campaign = f"camp_{number:026d}"
    purpose = keys.participation(campaign)
    store.write([Change(keys.consent(MEMBER, purpose), put={"purpose": purpose, "live": True})])
    row = {"version": 1, "at": int(MORNING.timestamp()) + number, "definition": 1, "record": {}}
    return hears(store, Written("1", keys.state(campaign, MEMBER), None, row, MORNING))


def buys(store: DynamoStore, number: int) -> Act:
    name = order_name("orders", f"A-{number}")
    store.write([Change(keys.purchase(MEMBER, name), put={"order": f"A-{number}", "hook": "orders"})])
    told = row_of(Order.model_validate(order(f"A-{number}", paid_at=MORNING.isoformat())), "orders")
    row = told | {"member": MEMBER, "version": 1}
    return hears(store, Written("1", keys.order(name), None, row, MORNING))


def hears(store: DynamoStore, write: Written) -> Act:
    return lambda: stages.note(store, write, lambda _campaign, _row: 0, MORNING, lambda _attempt: True)

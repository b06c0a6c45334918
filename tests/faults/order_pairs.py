"""Two at once where orders are kept: tellings of one order, their buyer's appearing, erasure, and the shops' list."""

from __future__ import annotations

from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.order import Order, order_name, row_of
from functions.orders.settle import settle, tell
from functions.storage import orders
from tests.edge.world import CAMPAIGN, World
from tests.faults.deeds import Act
from tests.orders.shop import ShopSystem, order, purchase_campaign

MARK, NAME = "mark", order_name("orders", "A-1")
Pair = tuple[Act, Act]


def _go_on(attempt: int) -> bool:
    return attempt < 8


def _tells(world: World, revision: int, **extra: Any) -> Act:
    told = order("A-1", revision, total=revision * 100)
    message = {"kind": "order", "name": NAME, "shop": "Shop", "told": row_of(Order.model_validate(told), "orders")}
    whole = message | {"member": "", "mark": ""} | extra
    return lambda: settle(world.service, whole, _go_on)


def _appears(world: World, member: str) -> Act:
    """Somebody's first sign-in, and what the stream then asks of the queue."""

    def act() -> None:
        world.store.write([Change(keys.identity(MARK), put={"member": member, "at": "now"})])
        settle(world.service, {"kind": "identity", "mark": MARK}, _go_on)

    return act


def _joined(world: World) -> str:
    purchase_campaign(world)
    phone = world.phone()
    body = {"event_id": "event-join", "data": {}, "consent": True}
    assert phone.post(f"/api/campaigns/{CAMPAIGN}/events/join", body).code == "joined"
    return phone.member


def first_telling_of_an_order_twice(world: World) -> Pair:
    return _tells(world, 1), _tells(world, 2)


def a_later_telling_of_an_order_twice(world: World) -> Pair:
    _tells(world, 1)()
    return _tells(world, 2), _tells(world, 3)


def an_order_told_while_its_buyer_appears(world: World) -> Pair:
    member = _joined(world)
    return _tells(world, 1, mark=MARK), _appears(world, member)


def a_waiting_order_told_anew_while_its_buyer_appears(world: World) -> Pair:
    member = _joined(world)
    _tells(world, 1, mark=MARK)()
    return _appears(world, member), _tells(world, 2, mark=MARK)


def an_order_told_to_a_campaign_while_it_moves_on(world: World) -> Pair:
    member = _joined(world)
    _tells(world, 1)()
    store = world.store
    store.write([Change(keys.order(NAME), set={"member": member, "version": 2})])
    return (lambda: tell(world.service, NAME, _go_on)), _tells(world, 2)


def an_order_forgotten_while_it_is_told(world: World) -> Pair:
    member = _joined(world)
    _tells(world, 1, member=member)()
    return (lambda: orders.forget(world.store, NAME, _go_on)), _tells(world, 2, member=member)


def first_shop_twice(world: World) -> Pair:
    return (lambda: ShopSystem(world, "a") and None), (lambda: ShopSystem(world, "b") and None)


def more_shops_twice(world: World) -> Pair:
    ShopSystem(world, "c")
    return first_shop_twice(world)


ORDER_PAIRS = (
    first_telling_of_an_order_twice, a_later_telling_of_an_order_twice, an_order_told_while_its_buyer_appears,
    a_waiting_order_told_anew_while_its_buyer_appears, an_order_told_to_a_campaign_while_it_moves_on,
    an_order_forgotten_while_it_is_told, first_shop_twice, more_shops_twice,
)  # fmt: skip

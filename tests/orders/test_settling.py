"""What follows from orders: kept once, in any order, told to each campaign, and found by their buyer later."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.ids import new_id
from functions.core.order import order_name
from functions.storage import audit, orders
from functions.storage.memory import plain_copy
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, MORNING, Phone, World
from tests.orders.shop import ShopSystem, order, purchase_campaign

OTHER = new_id("camp", MORNING, b"campaign-2")
SEED = 20261122


def joins(phone: Phone, campaign: str = CAMPAIGN) -> None:
    body = {"event_id": f"join-{phone.member}"[:40], "data": {}, "consent": True}
    assert phone.post(f"/api/campaigns/{campaign}/events/join", body).code == "joined"


def bought(world: World, phone: Phone, campaign: str = CAMPAIGN) -> dict[str, int]:
    key = keys.state(campaign, phone.member)
    return dict((world.store.read([key])[key] or {}).get("record", {}).get("orders", {}))


def points(world: World, phone: Phone) -> int:
    key = keys.points(phone.member)
    return int((world.store.read([key])[key] or {"balance": 0})["balance"])


@pytest.fixture
def world() -> World:
    world = World()
    purchase_campaign(world)
    return world


@pytest.fixture
def shop(world: World) -> ShopSystem:
    return ShopSystem(world)


def test_an_order_of_a_member_counts_in_the_campaign_once(world: World, shop: ShopSystem) -> None:
    phone = world.phone()
    joins(phone)
    told = order(buyer={"member": phone.member})

    for _ in range(3):
        assert shop.tells(told).status == 202
        assert world.queue.deliver(world) == []

    assert bought(world, phone) == {order_name("orders", "A-1"): 12900}
    assert points(world, phone) == 1


def test_a_refund_counts_whether_it_comes_after_the_payment_or_before(world: World, shop: ShopSystem) -> None:
    phone = world.phone()
    joins(phone)
    buyer = {"member": phone.member}
    paid = order("A-1", 1, buyer=buyer)
    back = order("A-1", 2, buyer=buyer, status="refunded", refunded=900)
    early = order("A-2", 2, buyer=buyer, status="cancelled")
    late = order("A-2", 1, buyer=buyer)

    for told in (paid, back, early, late):
        shop.tells(told)
        world.queue.deliver(world)

    assert bought(world, phone) == {order_name("orders", "A-1"): 12000, order_name("orders", "A-2"): 0}


def test_two_shops_may_number_alike(world: World) -> None:
    phone = world.phone()
    joins(phone)
    for hook in ("orders", "kiosk"):
        ShopSystem(world, hook).tells(order("1", buyer={"member": phone.member}))
    world.queue.deliver(world)

    assert len(bought(world, phone)) == 2


def test_one_order_is_told_to_each_campaign_and_a_failure_in_one_undoes_no_other(
    world: World, shop: ShopSystem
) -> None:
    purchase_campaign_too(world)
    phone = world.phone()
    joins(phone)
    joins(phone, OTHER)
    mechanic: Any = world.service.catalogue.mechanic("purchase")
    real, told = mechanic.decide, []

    def breaks_in_the_first(config: Any, event: Any, seen: Any) -> Any:
        told.append(event.campaign)
        if len(told) == 1:
            raise RuntimeError("a mechanic that fails once")
        return real(config, event, seen)

    shop.tells(order(buyer={"member": phone.member}))
    try:
        mechanic.decide = breaks_in_the_first
        assert len(world.queue.deliver(world)) == 1
        after_one = [bought(world, phone), bought(world, phone, OTHER)]
        assert world.queue.deliver(world) == []
    finally:
        mechanic.decide = real

    assert sorted(map(len, after_one)) == [0, 1]
    assert len(bought(world, phone)) == len(bought(world, phone, OTHER)) == 1


def purchase_campaign_too(world: World) -> None:
    content = json.loads(world.service.live.version(CAMPAIGN, 1).definition.model_dump_json(by_alias=True))  # type: ignore[union-attr]
    world.publish(content, OTHER)


def test_an_order_of_somebody_unknown_waits_and_counts_when_they_sign_in(world: World, shop: ShopSystem) -> None:
    stream = Stream(world)
    phone = world.phone()
    joins(phone)
    shop.tells(order(buyer={"phone": "13800000000"}))
    world.queue.deliver(world)
    assert bought(world, phone) == {}

    phone.post("/api/session", {"provider": "phone", "phone": "13800000000"})
    code = "".join(letter for letter in world.messages[-1][1].split(".")[0] if letter.isdigit())[:6]
    assert phone.post("/api/session", {"provider": "phone", "phone": "13800000000", "code": code}).status == 200
    assert stream.deliver() == []
    assert world.queue.deliver(world) == []

    assert bought(world, phone) == {order_name("orders", "A-1"): 12900}
    assert not [place for place in world.store.rows if place[1].startswith("ORDER#") and "#ID#" in place[0]]  # type: ignore[attr-defined]


def test_one_revision_told_with_two_contents_keeps_the_first_and_is_noted(world: World, shop: ShopSystem) -> None:
    shop.tells(order("A-1", 1, total=100))
    shop.tells(order("A-1", 1, total=200))
    world.queue.deliver(world)

    row = orders.load(world.store, order_name("orders", "A-1"))
    assert row is not None
    assert row["total"] == 100
    assert [each.note for each in audit.entries(world.store) if each.what == "refuse_order"] == ["revision_reused"]


def test_whoever_is_erased_leaves_no_trace_in_orders(world: World, shop: ShopSystem) -> None:
    phone = world.phone()
    joins(phone)
    buyer = {"member": phone.member}
    shop.tells(order("A-1", 1, buyer=buyer))
    world.queue.deliver(world)

    exported = phone.get("/api/me/export").text
    assert phone.call("DELETE", "/api/me").code == "erased"
    shop.tells(order("A-1", 2, buyer=buyer, status="refunded"))
    world.queue.deliver(world)

    assert "A-1" in exported
    row = orders.load(world.store, order_name("orders", "A-1"))
    assert row is not None
    assert (row["member"], row["refunded"]) == ("", 12900)


def history(members: list[str]) -> list[dict[str, Any]]:
    """700 tellings of 300 orders, in the order in which a shop would tell them."""
    chance = random.Random(SEED)
    told = []
    for number in range(300):
        buyer = {"member": chance.choice(members)}
        at = (MORNING + timedelta(minutes=number)).isoformat()
        said = order(f"O-{number}", 1, buyer=buyer, total=chance.randrange(1, 50_000), paid_at=at)
        told.append(said)
        for revision in range(2, 2 + chance.choice((0, 1, 1, 2, 3))):
            status = chance.choice(("paid", "refunded", "cancelled"))
            back = chance.randrange(said["total"] + 1) if status == "refunded" else 0
            told.append(said | {"revision": revision, "status": status, "refunded": back})
    return told[:700]


def test_a_thousand_deliveries_shuffled_and_doubled_end_as_each_once_in_order() -> None:
    """Every row of the table but the audit list, which tells what was refused, and the points, which paid for each."""
    ends = []
    for shuffled in (False, True):
        world = World()
        purchase_campaign(world, rules=[])
        phones = [world.phone(name) for name in "abcdefgh"]
        for phone in phones:
            joins(phone)
        shop = ShopSystem(world)
        told = history([phone.member for phone in phones])
        if shuffled:
            chance = random.Random(SEED + 1)
            told += [chance.choice(told) for _ in range(1000 - len(told))]
            chance.shuffle(told)
            assert len(told) == 1000
        for start in range(0, len(told), 50):
            world.clock.pass_(seconds=10)
            assert shop.tells(*told[start : start + 50]).status == 202
            assert world.queue.deliver(world) == []
        ends.append(said(world))

    assert ends[0] == ends[1]


def said(world: World) -> dict[tuple[str, str], Any]:
    """What the rows say, without how often they were written."""
    history_of_writes = {"version", "events", "facts", "at", "definition"}
    rows = plain_copy(world.store.rows)  # type: ignore[attr-defined]
    return {
        place: {name: value for name, value in row.items() if name not in history_of_writes}
        for place, row in rows.items()
        if "#A#" not in place[0] and "#L#" not in place[0]
    }

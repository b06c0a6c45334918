"""What came of people by the printed code they first came through, from the stream."""

from __future__ import annotations

import random
from typing import Any

import pytest

from functions.core import keys
from functions.core.audit import Entry
from functions.core.live_code import LiveCode
from functions.core.order import Order, order_name, row_of
from functions.core.text import Text
from functions.insights.doors import LIVE
from functions.insights.numbers import Numbers, daily, totals
from functions.orders.settle import settle
from functions.storage import channels, live_codes
from tests.codes import batches as codes
from tests.edge.stream import Stream
from tests.edge.test_desk import asks
from tests.edge.test_items import collect, scan
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.orders.shop import order

OTHER = CAMPAIGN[:-1] + ("2" if CAMPAIGN[-1] != "2" else "3")


@pytest.fixture
def stream(world: World) -> Stream:
    world.publish(definition_content())
    return Stream(world)


def live_code(world: World, entropy: bytes = b"0123456789", **more: Any) -> str:
    said = Entry(what="live_code", by="Mei", at=world.clock.now, about=Text(zh="门口", en="Door"))
    live = live_codes.add(world.store, "Door", entropy, lambda _live: said)
    live_codes.save(world.store, LiveCode.model_validate(live.model_dump() | more), 1, said)
    return live.code


def bought(world: World, phone: Phone, name: str = "A-1", revision: int = 1, **more: Any) -> None:
    """The shop tells of an order, paid just now."""
    told = order(name, revision, paid_at=world.clock.now.isoformat(), **more)
    row = row_of(Order.model_validate(told), "orders")
    message = {"kind": "order", "name": order_name("orders", name), "shop": "Shop", "told": row}
    settle(world.service, {**message, "member": phone.member, "mark": ""}, lambda _attempt: True)


def of(world: World, campaign: str = CAMPAIGN) -> Numbers:
    return totals(daily(world.store, campaign))


def test_a_channels_people_stay_or_not_and_what_its_own_members_buy_is_its(world: World, stream: Stream) -> None:
    [shop] = channels.add(world.store, CAMPAIGN, ["shop"], b"bytes")
    mei, bo, passer_by = (world.phone(name) for name in "abc")
    for phone, door in ((mei, shop.code), (bo, shop.code), (passer_by, "")):
        phone.check_in(channel=door)
    bought(world, mei, total=12900)
    bought(world, passer_by, "B-1", total=5000)
    world.clock.pass_(days=1)
    bo.check_in("event-0002")
    world.clock.pass_(days=6)
    mei.check_in("event-0003")
    bought(world, mei, "A-2", total=1000)
    bought(world, mei, revision=2, total=12900, refunded=2900)

    stream.deliver()

    counted = of(world)
    assert (counted.channels, counted.own) == ({shop.code: 2}, {shop.code: 2})
    assert (counted.back1, counted.back7) == ({shop.code: 2}, {shop.code: 1})
    assert (counted.buyers, counted.orders) == ({shop.code: 1}, {shop.code: 2})
    assert counted.earned == {f"{shop.code}.CNY": 11000}


def test_told_again_in_any_order_nothing_counts_twice(world: World, stream: Stream) -> None:
    code = live_code(world, tags=["door"])
    phones = [world.phone(name) for name in "abcd"]
    for phone in phones:
        phone.check_in(channel=code)
    stream.deliver()
    for number, phone in enumerate(phones):
        bought(world, phone, f"A-{number}", total=100)
        bought(world, phone, f"B-{number}", total=100)
        bought(world, phone, f"B-{number}", 2, total=100, status="cancelled")
    told = stream.take() * 3
    random.Random(1).shuffle(told)

    for start in range(0, len(told), 5):
        assert stream.deliver(told[start : start + 5]) == []

    counted = of(world)
    assert (counted.buyers, counted.orders, counted.earned) == ({code: 4}, {code: 4}, {f"{code}.CNY": 400})
    assert of(world, LIVE).earned == counted.earned


def test_a_live_code_has_its_own_members_also_where_its_campaign_counts_a_channel(world: World, stream: Stream) -> None:
    [shop] = channels.add(world.store, CAMPAIGN, ["shop"], b"bytes")
    code = live_code(world, guide={"name": "小美"}, tags=["VIP", "茶"])
    phone = world.phone()
    phone.check_in(channel=shop.code + code)

    stream.deliver()

    assert of(world).channels == {shop.code: 1}
    assert (of(world, LIVE).channels, of(world, LIVE).own) == ({code: 1}, {code: 1})
    row = world.store.read([keys.door(phone.member)])[keys.door(phone.member)] or {}
    assert (row["door"], keys.tags_in(row)) == (shop.code + code, ["VIP", "茶"])


def test_who_was_a_member_before_is_tagged_and_stays_whose_they_were(world: World, stream: Stream) -> None:
    code = live_code(world, tags=["fair"])
    phone = world.phone()
    phone.check_in()
    world.clock.pass_(hours=1)
    world.publish(definition_content(), campaign=OTHER)
    phone.check_in("event-0002", campaign=OTHER, channel=code)
    bought(world, phone)

    stream.deliver()

    counted = of(world, OTHER)
    assert (counted.channels, counted.own, counted.orders) == ({code: 1}, {}, {})
    assert keys.tags_in(world.store.read([keys.door(phone.member)])[keys.door(phone.member)]) == ["fair"]


def test_a_campaign_may_be_for_who_has_a_tag(world: World, stream: Stream) -> None:
    code = live_code(world, tags=["茶友", "VIP"])
    world.publish(definition_content(), campaign=OTHER)
    tagged, other = world.phone("a"), world.phone("b")
    tagged.check_in(campaign=OTHER, channel=code)
    other.check_in(campaign=OTHER)
    stream.deliver()
    both = [{"kind": "tagged", "tag": "茶友"}, {"kind": "tagged", "tag": "VIP"}]
    world.publish(definition_content(audience={"needs": both}))

    told = [phone.check_in("event-0002").body["outcome"] for phone in (tagged, other)]

    assert told == ["checked_in", "not_in_audience"]


def test_a_code_that_nobody_made_makes_no_door(world: World, stream: Stream) -> None:
    phone = world.phone()
    phone.check_in(channel="aaaazzzzzz")
    bought(world, phone)

    stream.deliver()

    assert of(world).channels == of(world, LIVE).channels == of(world).orders == {}
    assert world.store.read([keys.door(phone.member)])[keys.door(phone.member)] is None


def test_erased_nothing_tells_by_which_door_they_came_and_the_sums_hold(world: World, stream: Stream) -> None:
    code = live_code(world, tags=["door"])
    phone = world.phone()
    phone.check_in(channel=code)
    bought(world, phone, total=100)
    stream.deliver()
    assert phone.get("/api/me/export").body["came_through"]["tag:door"] == 1
    person = asks(world, "look", by="member", text=phone.member).body["person"]
    assert (person["came_through"], person["tags"]) == ("Door", ["door"])

    phone.call("DELETE", "/api/me")
    stream.deliver()

    assert world.store.read([keys.door(phone.member)])[keys.door(phone.member)] is None
    assert of(world).earned == {f"{code}.CNY": 100}


def test_who_took_an_items_reward_is_of_its_batch_at_the_next_door_and_gone_when_erased(
    world: World, stream: Stream
) -> None:
    world.clock.now = codes.NOW
    world.publish(codes.gift())
    batch, other = codes.ordered(world.store), codes.ordered(world.store, name=b"batch----2", lot="L8")
    asks_for = {"needs": [{"kind": "collected", "batch": batch.id}]}
    world.publish(definition_content(audience=asks_for), campaign=OTHER)
    buyer, looker, passer_by = (world.phone(name) for name in "abc")
    scan(looker, codes.link(batch, 8))
    for phone, of_batch in ((buyer, batch), (passer_by, other)):
        scan(phone, codes.link(of_batch, 7))
        assert collect(phone, codes.link(of_batch, 7)).code == "collected"

    told = stream.take()
    assert [*stream.deliver(told), *stream.deliver(told[::-1])] == []

    came = [phone.check_in("event-0009", campaign=OTHER).code for phone in (buyer, looker, passer_by)]
    assert came == ["checked_in", "not_in_audience", "not_in_audience"]
    assert asks(world, "look", by="member", text=buyer.member).body["person"]["batches"] == [batch.id]
    assert buyer.get("/api/me/export").body["came_through"][f"item:{batch.id}"] == 1
    buyer.call("DELETE", "/api/me")
    stream.deliver(told)  # a delivery that comes late
    assert world.store.read([keys.door(buyer.member)]) == {keys.door(buyer.member): None}


def test_a_delivery_that_comes_after_erasing_brings_no_door_back(world: World, stream: Stream) -> None:
    code, phone = live_code(world, tags=["door"]), world.phone()
    phone.check_in(channel=code)
    told = stream.take()
    phone.call("DELETE", "/api/me")

    assert stream.deliver(told) == []

    assert world.store.read([keys.door(phone.member)]) == {keys.door(phone.member): None}

"""Stages as a marketer sees them: moved by orders, by refunds, and by friends who buy."""

from __future__ import annotations

from typing import Any

from functions.core import keys
from functions.insights.numbers import daily, totals
from tests.edge.stream import Stream
from tests.edge.test_desk import asks
from tests.edge.test_doors import OTHER
from tests.edge.test_sessions import ask_code, sign_in
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.orders.shop import ShopSystem
from tests.referral.test_played import buys, pair, referral


def stage(world: World, phone: Phone) -> tuple[Any, Any]:
    person = asks(world, "look", by="member", text=phone.member).body["person"]
    return person["stage"], person["stage_why"]


def test_who_signed_in_and_did_nothing_has_come_by(world: World) -> None:
    assert stage(world, sign_in(world.stranger(), ask_code(world, world.stranger())))[0] == "awareness"


def test_orders_take_a_member_and_who_brought_them_further_and_refunds_bring_them_back(world: World) -> None:
    referral(world, hold_days=0)
    shop, stream = ShopSystem(world), Stream(world)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    refunded = {"revision": 2, "status": "refunded", "paid_at": paid}
    seen = [stage(world, friend)]

    for step in ({}, {"order_id": "A-2"}, refunded, {"order_id": "A-2", **refunded}):
        buys(world, shop, friend, **step)
        seen.append(stage(world, friend))
        if step == {"order_id": "A-2"}:
            of_host = stage(world, host)

    took_part = ("interest", "Took part in one campaign")
    bought, twice = ("purchase", "Bought once"), ("loyalty", "Bought 2 times")
    assert seen == [took_part, bought, twice, bought, took_part]
    assert (of_host, stage(world, host)) == (("loyalty", "Brought a friend who bought"), took_part)

    while stream.records:
        assert stream.deliver() == []
    counted = totals(daily(world.store, CAMPAIGN))
    friends = ["interest.purchase", "purchase.loyalty", "loyalty.purchase", "purchase.interest"]
    hosts = ["interest.loyalty", "loyalty.interest"]
    assert (counted.entered, counted.found) == ({"awareness": 2}, {})
    assert counted.moved == {"awareness.interest": 2} | dict.fromkeys([*friends, *hosts], 1)


def test_a_campaign_may_be_for_who_has_bought_and_erased_they_leave_no_stage_behind(world: World) -> None:
    referral(world)
    shop, stream, (_host, friend) = ShopSystem(world), Stream(world), pair(world)
    world.publish(definition_content(audience={"needs": [{"kind": "stage"}]}), campaign=OTHER)
    said = [friend.check_in("event-0001", campaign=OTHER).code]
    buys(world, shop, friend)
    while stream.records:
        stream.deliver()

    said += [friend.check_in("event-0002", campaign=OTHER).code]

    assert said == ["not_in_audience", "checked_in"]
    assert friend.get("/api/me/export").body["stage"]["rank"] == 2
    friend.call("DELETE", "/api/me")
    stream.deliver()
    assert world.store.read([keys.stage(friend.member)]) == {keys.stage(friend.member): None}

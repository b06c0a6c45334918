"""Stages as a marketer sees them: moved by orders, by refunds, and by friends who buy."""

from __future__ import annotations

from typing import Any

from tests.edge.test_desk import asks
from tests.edge.test_sessions import ask_code, sign_in
from tests.edge.world import Phone, World
from tests.orders.shop import ShopSystem
from tests.referral.test_played import buys, pair, referral


def stage(world: World, phone: Phone) -> tuple[Any, Any]:
    person = asks(world, "look", by="member", text=phone.member).body["person"]
    return person["stage"], person["stage_why"]


def test_who_signed_in_and_did_nothing_has_come_by(world: World) -> None:
    assert stage(world, sign_in(world.stranger(), ask_code(world, world.stranger())))[0] == "awareness"


def test_orders_take_a_member_and_who_brought_them_further_and_refunds_bring_them_back(world: World) -> None:
    referral(world, hold_days=0)
    shop = ShopSystem(world)
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

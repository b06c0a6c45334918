"""What is done with money: asked for, paid, refused, given back, and taken back by a refund of the shop's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from functions.insights import sweeper
from functions.storage import payments
from tests.edge.test_groups import opened
from tests.edge.world import Context, World
from tests.orders.shop import ShopSystem, order
from tests.payments.test_money import PRICE, asks, decides
from tests.referral.test_played import link, referral, says

Act = Callable[[], Any]


def _seat(world: World, provider: str) -> Any:
    """Somebody holds a seat that is to be paid; what they are told."""
    world.service.settings = replace(world.service.settings, stage="local", payments=provider)
    opened(world, price=PRICE)
    return asks(world.phone("leader")).body


def ask_for_money(world: World) -> Act:
    """Where to pay, for what is owed."""
    world.service.settings = replace(world.service.settings, stage="local")
    opened(world, price=PRICE)
    return lambda: asks(world.phone("leader"))


def pay_in_the_sandbox(world: World) -> Act:
    """It came: the payment says so, the campaign hears of it, the intent goes; the sweeper has the rest."""
    pay_at = _seat(world, "sandbox")["pay_at"]
    return lambda: (decides(world.phone("leader"), pay_at), _sweeps(world))


def refuse_in_the_sandbox(world: World) -> Act:
    """It did not come: the seat is free."""
    pay_at = _seat(world, "sandbox")["pay_at"]
    return lambda: (decides(world.phone("leader"), pay_at, "refuse"), _sweeps(world))


def give_back(world: World) -> Act:
    """A group did not fill: its sweeper's rounds give back what was paid."""
    decides(world.phone("leader"), _seat(world, "sandbox")["pay_at"])
    world.clock.pass_(hours=24)
    return lambda: (_sweeps(world), _sweeps(world))


def hand_back(world: World) -> Act:
    """The same at the counter, by a clerk's hand."""
    name, clerk = _seat(world, "offline")["payment"], world.clerk()
    clerk.post("/api/payments/confirm", {"event_id": "confirm-1", "payment": name, "amount": PRICE})
    world.clock.pass_(hours=24)
    _sweeps(world)
    _sweeps(world)
    clerk = world.clerk("second")  # a clerk's session is over by then
    [(refund, _)] = payments.waiting(world.store, payments.REFUND)
    back = {"event_id": "back-0001", "payment": name, "refund": refund, "reference": "receipt 88"}
    return lambda: clerk.post("/api/payments/hand-back", back)


def reverse_an_order(world: World) -> Act:
    """A friend's order is refunded: both lose what it gave, and the promoter the commission."""
    referral(world, hold_days=0, commission={"levels": [1000]})
    host, friend, shop = world.phone("host"), world.phone("friend"), ShopSystem(world)
    says(host, "join", "event-join")
    says(friend, "join", "event-join", share=link(world, host))
    bought = order(buyer={"member": friend.member}, paid_at=world.clock.now.isoformat())
    shop.tells(bought)
    world.queue.deliver(world)
    shop.tells(bought | {"revision": 2, "status": "refunded"})
    waiting = list(world.queue.waiting)

    def delivered() -> None:
        world.queue.waiting = list(waiting)
        world.queue.deliver(world)

    return delivered


def _sweeps(world: World) -> None:
    sweeper.entry(lambda: world.service)({}, Context())


AT_ONCE = (ask_for_money, hand_back)
IN_STEPS = (pay_in_the_sandbox, refuse_in_the_sandbox, give_back, reverse_an_order)

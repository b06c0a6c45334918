"""Two at once where a referral is undone, or its reward let go."""

from __future__ import annotations

from functions.core import keys
from functions.core.change import take
from tests.edge.world import World
from tests.faults import deeds
from tests.faults.deeds import Act
from tests.orders.shop import ShopSystem, order
from tests.referral import test_played as played

Pair = tuple[Act, Act]


def a_refund_against_spending_what_it_takes_back(world: World) -> Pair:
    played.referral(world, hold_days=0)
    shop = ShopSystem(world)
    _, friend = played.pair(world)
    paid = world.clock.now.isoformat()
    played.buys(world, shop, friend)
    back = order("A-1", 2, buyer={"member": friend.member}, paid_at=paid, status="refunded", refunded=12900)
    assert shop.tells(back).status == 202
    spends = take(keys.points(friend.member), "balance", 20, "")
    waiting = list(world.queue.waiting)
    return (lambda: deeds._delivered(world, waiting)), (lambda: world.store.write([spends]) and None)


REFERRAL_PAIRS = (a_refund_against_spending_what_it_takes_back,)

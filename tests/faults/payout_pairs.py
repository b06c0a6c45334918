"""Two at once where commission is paid out."""

from __future__ import annotations

from datetime import timedelta

from functions.core import keys
from functions.core.change import Change
from functions.storage import payouts
from tests.edge.world import World
from tests.faults.deeds import Act
from tests.payouts import test_payouts as desk

Pair = tuple[Act, Act]


def two_make_the_list(world: World) -> Pair:
    desk.earns(world.store, desk.MEI, "ord_1", 500)
    return (lambda: desk.make(world.store) and None), (lambda: desk.make(world.store, desk.BO) and None)


def two_agree_to_a_list(world: World) -> Pair:
    desk.earns(world.store, desk.MEI, "ord_1", 500)
    desk.policy(world.store, count=2)
    made = desk.make(world.store)
    return (lambda: desk.agree(world.store, made) and None), (lambda: desk.agree(world.store, made, desk.BO) and None)


def a_list_booked_late_against_the_next_one(world: World) -> Pair:
    """The first list is paid and not booked yet; while that goes on, its order is refunded and another list paid."""
    store, later = world.store, desk.NOW + timedelta(days=3)
    desk.earns(store, desk.MEI, "ord_1", 500)
    desk.earns(store, desk.MEI, "ord_2", 900, frees_in=3)
    done = desk.pay(store, desk.agree(store, desk.make(store)))
    half = done.model_copy(update={"state": "paid", "version": done.version - 1})
    row = {"payout": half.model_dump_json(), "version": half.version}
    store.write([Change(keys.payout(desk.CAMPAIGN, 1), put=row)])
    store.write([Change(keys.commission(desk.CAMPAIGN, desk.MEI, "ord_1"), set={"paid": 0, "payout": 0})])

    def goes_on() -> None:
        payouts.book(store, half)
        if payouts.newest(store, desk.CAMPAIGN, 1)[0].number == 1:
            desk.refunds(store, desk.MEI, "ord_1", 100)
            desk.pay(store, desk.agree(store, desk.make(store, at=later), at=later))

    return (lambda: payouts.book(store, half) and None), goes_on


PAYOUT_PAIRS = (two_make_the_list, two_agree_to_a_list, a_list_booked_late_against_the_next_one)

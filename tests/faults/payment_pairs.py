"""Two at once where money moves: asking, notices, refunds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change, create
from functions.core.keys import Row
from functions.core.payment import Notice, Owed
from functions.payments import money
from functions.payments.port import Refused
from functions.storage import payments, unmatched
from tests.edge.world import CAMPAIGN, World
from tests.faults.deeds import Act

NAME, MEMBER = "pay_00000000000000000000000001", "mem_00000000000000000000000001"
OWED = Owed(NAME, CAMPAIGN, MEMBER, 900, "CNY", {"group": "g"})
Pair = tuple[Act, Act]


def _go_on(attempt: int) -> bool:
    return attempt < 8


def _asks(world: World) -> Act:
    return lambda: payments.ask(world.store, OWED, "offline", world.clock.now, _go_on)


def _comes(world: World, trade: str, paid: bool = True) -> Act:
    said = Notice(NAME, trade, 900, "CNY", paid)
    return lambda: money.notice(world.service, said, "offline", _go_on) and None


def a_first_asking_against_one_that_is_paid_already(world: World) -> Pair:
    def asks_and_pays() -> None:
        _asks(world)()
        _comes(world, "t1")()

    return _asks(world), asks_and_pays


def asking_again_while_the_money_comes_after_all(world: World) -> Pair:
    _asks(world)()
    _comes(world, "t0", paid=False)()
    return _asks(world), _comes(world, "t1")


def two_trades_for_one_payment(world: World) -> Pair:
    _asks(world)()
    return _comes(world, "t1"), _comes(world, "t2")


def two_refunds_of_one_payment(world: World) -> Pair:
    _asks(world)()
    _comes(world, "t1")()

    def goes_back(refund: str) -> Act:
        return lambda: payments.note_refund(world.store, NAME, refund, 300, _go_on) and None

    return goes_back("ref_a"), goes_back("ref_b")


def two_clerks_give_the_same_refund_back(world: World) -> Pair:
    _asks(world)()
    _comes(world, "t1")()
    row = {"payment": NAME, "amount": 300, "state": "wanted", "at": world.clock.now.isoformat()}
    world.store.write([Change(keys.intent("refund", "ref_" + "a" * 26), put=row)])
    payments.note_refund(world.store, NAME, "ref_" + "a" * 26, 300, _go_on)
    clerks = world.clerk(), world.clerk("south")

    def gives(clerk: int) -> Act:
        body = {"event_id": f"back-000{clerk}", "payment": NAME, "refund": "ref_" + "a" * 26, "reference": f"{clerk}"}
        return lambda: clerks[clerk].post("/api/payments/hand-back", body)

    return gives(0), gives(1)


class Strict:
    """A provider that refuses a refund it has done already; what it has done lies in the same table."""

    def __init__(self, world: World) -> None:
        self.world = world

    def give_back(self, payment: str, row: Row, refund: str, amount: int) -> None:
        """Done once."""
        if self.world.store.write([create(keys.counter("provider", refund), {"payment": payment})]):
            raise Refused("DONE_ALREADY")


def a_refund_that_is_refused_because_it_was_done_a_moment_ago(world: World) -> Pair:
    _asks(world)()
    _comes(world, "t1")()
    row = {"payment": NAME, "amount": 300, "state": "wanted", "at": world.clock.now.isoformat()}
    world.store.write([Change(keys.intent("refund", "ref_a"), put=row)])
    choose: Any = lambda _: Strict(world)  # noqa: E731

    def sweeps() -> None:
        money.give_back(world.service, choose, "ref_a", row, _go_on)

    return sweeps, sweeps


def two_settle_money_that_fits_no_payment_while_it_is_told_of_again(world: World) -> Pair:
    _asks(world)()
    _comes(world, "t1")()

    def comes_and_is_settled(who: str, seconds: int) -> Act:
        def act() -> None:
            _comes(world, "t2")()
            [(name, _)] = unmatched.everything(world.store)
            unmatched.settle(world.store, name, who, "bank 7", world.clock.now + timedelta(seconds=seconds), _go_on)

        return act

    return comes_and_is_settled("Li", 1), comes_and_is_settled("Mei", 2)


PAYMENT_PAIRS = (
    a_first_asking_against_one_that_is_paid_already, asking_again_while_the_money_comes_after_all,
    two_trades_for_one_payment, two_refunds_of_one_payment, two_clerks_give_the_same_refund_back,
    a_refund_that_is_refused_because_it_was_done_a_moment_ago,
    two_settle_money_that_fits_no_payment_while_it_is_told_of_again,
)  # fmt: skip

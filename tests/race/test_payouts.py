"""Sixty-four hands on one payout list, on a real table: made once, paid once, each order booked once, to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from functions.core import keys
from functions.core.workspace import Editor
from functions.storage import audit, commissions, payouts
from functions.storage.refusals import Refused
from functions.storage.store import WRITE_MAX
from tests.payouts import test_payouts as desk
from tests.race.crowd import THREADS, Observed, rush
from tests.storage.serving import Server

pytestmark = pytest.mark.xdist_group("race")

PROMOTERS, ORDERS = 12, 10  # of three writes' worth of rows
HANDS = [Editor(f"A{number}", "approver", f"{number}@x") for number in range(THREADS)]


def told(act: Callable[[Any], Any]) -> Callable[[Observed], Any]:
    """What came of a press, a refusal's code among it."""

    def press(view: Observed) -> Any:
        view.read([keys.workspace()])  # here all of them meet
        try:
            return act(view).state
        except Refused as refused:
            return refused.code

    return press


def test_sixty_four_hands_pay_each_order_once(server: Server) -> None:
    store = server.store()
    for first in range(0, PROMOTERS * ORDERS, WRITE_MAX):
        some = range(first, min(first + WRITE_MAX, PROMOTERS * ORDERS))
        store.write([desk.owed(f"mem_{number % PROMOTERS:02d}", f"ord_{number:03d}", 100 + number) for number in some])

    made, _ = rush(store, [told(lambda view, who=who: desk.make(view, who)) for who in HANDS])
    [one] = payouts.newest(store, desk.CAMPAIGN)
    agreed = desk.agree(store, one)
    paid, overlap = rush(store, [told(lambda view, who=who: desk.pay(view, agreed, who)) for who in HANDS])

    assert Counter(made)["waiting"] == 1
    assert set(made) <= {"waiting", "one_is_open", "conflict", "busy"}
    assert Counter(paid)["booked"] == 1
    assert set(paid) <= {"booked", "not_waiting", "conflict", "busy"}
    assert overlap.most == THREADS
    rows = dict(commissions.rows(store, desk.CAMPAIGN))
    assert [row["paid"] for row in rows.values()] == [row["amount"] for row in rows.values()]
    assert sum(row["paid"] for row in rows.values()) == one.total
    assert [entry.what for entry in audit.entries(store, desk.CAMPAIGN)].count("payout_paid") == 1

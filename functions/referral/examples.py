"""What a referral does, by example."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change, holds
from functions.core.example import CAMPAIGN, MEMBER, MORNING, Example
from functions.core.mechanic import Fact

FRIEND, ABOVE = "mem_00000000000000000000000002", "mem_00000000000000000000000003"
NAME = "ord_00000000000000000000000001"
DAY = 86_400
NOW = int(MORNING.timestamp())
WEEK = NOW + 7 * DAY
CAME: dict[str, Any] = {
    "first": FRIEND, "first_at": NOW - DAY, "depth": 1, "last": FRIEND, "last_at": NOW - DAY, "last_depth": 1,
}  # fmt: skip
HOST = {"record": {"at": NOW - 9 * DAY, "invited": 2, "qualified": 1}, "version": 3}
BY = {keys.state(CAMPAIGN, FRIEND): HOST}
BOUND: dict[str, Any] = {
    "at": NOW - DAY, "by": FRIEND, "up": [FRIEND], "depth": 1, "state": "joined", "times": 0,
}  # fmt: skip
FRESH = {**BOUND, "at": NOW}
TOLD = {"order": NAME, "revision": 1}
COUNTED = {FRIEND: {**HOST["record"], "qualified": 2}}  # type: ignore[dict-item]
AT_ONCE = {"hold_days": 0}
STILL = holds(keys.order(NAME), "version", 4, "")
QUALIFIED = {**BOUND, "state": "qualified", "times": 1, "orders": {NAME: [NOW, 9900]}}
HELD = {**BOUND, "state": "held", "orders": {NAME: [NOW, 9900]}, "due": WEEK, "worth": 9900}


def order(**changes: Any) -> dict[Any, Any]:
    """The order's row and the referrer's."""
    row: dict[str, Any] = {
        "member": MEMBER, "revision": 1, "version": 4, "status": "paid", "total": 9900, "refunded": 0,
        "currency": "CNY", "paid_at": NOW, "order": "A-1",
    }  # fmt: skip
    return {keys.order(NAME): row | changes, **BY}


def due(until: int) -> Change:
    """That a reward is held until then."""
    return Change(keys.due(CAMPAIGN, until, keys.MEMBER, MEMBER), put={"until": until})


def gone(until: int) -> Change:
    """That nothing is held until then."""
    return Change(keys.due(CAMPAIGN, until, keys.MEMBER, MEMBER), delete=True)


def qualified(amount: int, times: int = 1) -> Fact:
    """The friend did what counts."""
    return Fact("referral.qualified", str(times), {"number": 2, "order": amount}, {"referrer": (FRIEND,)}, True)


EARNS = keys.commission(CAMPAIGN, FRIEND, NAME)
EARNED = {
    "order": "A-1", "net": 9900, "amount": 495, "paid": 0, "currency": "CNY", "level": 1, "at": NOW,
    "frees_at": NOW + 15 * DAY,
}  # fmt: skip

EXAMPLES = [
    Example("by themselves", "join", "joined", after={"at": NOW}),
    Example(
        "by a friend",
        "join",
        "joined_by_friend",
        brought=CAME,
        rows=BY,
        after=FRESH,
        facts=(Fact("referral.joined", "once", {"depth": 1, "number": 3}, {"referrer": (FRIEND,)}),),
        records={FRIEND: {**HOST["record"], "invited": 3}},  # type: ignore[dict-item]
    ),
    Example("by their own link", "join", "joined", brought={**CAME, "last": MEMBER}, after={"at": NOW}),
    Example(
        "by somebody whom they brought themselves: no circle",
        "join",
        "joined",
        brought=CAME,
        rows={keys.state(CAMPAIGN, FRIEND): {"record": {"at": NOW - DAY, "by": MEMBER, "up": [MEMBER]}, "version": 1}},
        after={"at": NOW},
    ),
    Example(
        "by somebody who does not take part",
        "join",
        "joined",
        brought=CAME,
        rows={keys.state(CAMPAIGN, FRIEND): None},
        after={"at": NOW},
    ),
    Example(
        "by a visit that is too long ago",
        "join",
        "joined",
        {"window_days": 1},
        at=MORNING + timedelta(days=2),
        brought=CAME,
        after={"at": NOW + 2 * DAY},
    ),
    Example(
        "a customer of old", "join", "joined_as_customer", brought=CAME, rows=BY, newcomer=False, after={"at": NOW}
    ),
    Example("a second referrer", "join", "already_joined", record=BOUND, brought=CAME, rows=BY),
    Example(
        "where joining is enough",
        "join",
        "joined_by_friend",
        {"qualify": "join", "hold_days": 0},
        brought=CAME,
        rows=BY,
        after={**FRESH, "state": "qualified", "times": 1},
        facts=(
            Fact("referral.joined", "once", {"depth": 1, "number": 3}, {"referrer": (FRIEND,)}),
            Fact("referral.qualified", "1", {"number": 2, "order": 0}, {"referrer": (FRIEND,)}, True),
        ),
        records={FRIEND: {**HOST["record"], "invited": 3, "qualified": 2}},  # type: ignore[dict-item]
    ),
    Example(
        "a first day",
        "come",
        "came_by",
        {"qualify": "check_ins"},
        record=BOUND,
        after={**BOUND, "last": "2026-12-01", "days": 1},
    ),
    Example(
        "the last day it takes",
        "come",
        "qualified",
        {"qualify": "check_ins", "check_ins": 1, **AT_ONCE},
        record=BOUND,
        rows=BY,
        after={**BOUND, "last": "2026-12-01", "days": 1, "state": "qualified", "times": 1},
        facts=(qualified(0),),
        records=COUNTED,
    ),
    Example("twice a day", "come", "already_came", {"qualify": "check_ins"}, record={**BOUND, "last": "2026-12-01"}),
    Example("where orders count", "come", "not_asked", record=BOUND),
    Example("without joining", "come", "not_joined", {"qualify": "check_ins"}),
    Example(
        "a first order, held for a week",
        "order",
        "held",
        data=TOLD,
        actor="shop",
        record=BOUND,
        rows=order(),
        after=HELD,
        changes=(due(WEEK), STILL),
    ),
    Example(
        "a first order, at once",
        "order",
        "qualified",
        AT_ONCE,
        TOLD,
        actor="shop",
        record=BOUND,
        rows=order(),
        after=QUALIFIED,
        facts=(qualified(9900),),
        changes=(STILL,),
        records=COUNTED,
    ),
    Example(
        "an order below the amount",
        "order",
        "order_too_small",
        {"qualify": "order_above", "order_min": 10_000},
        TOLD,
        actor="shop",
        record=BOUND,
        rows=order(),
    ),
    Example(
        "an order from before joining",
        "order",
        "order_not_counted",
        {},
        TOLD,
        actor="shop",
        record=BOUND,
        rows=order(paid_at=NOW - 2 * DAY),
    ),
    Example(
        "an order that moved on meanwhile",
        "order",
        "order_not_counted",
        {},
        TOLD,
        actor="shop",
        record=BOUND,
        rows=order(revision=2),
    ),
    Example(
        "an order of somebody who is not in",
        "order",
        "not_joined",
        {},
        TOLD,
        actor="shop",
        rows={keys.order(NAME): order()[keys.order(NAME)]},
    ),
    Example(
        "a second order is noted, in case the first goes back",
        "order",
        "order_noted",
        AT_ONCE,
        TOLD,
        actor="shop",
        record={**QUALIFIED, "orders": {"ord_0": [NOW - 60, 5000]}},
        rows=order(),
        after={**QUALIFIED, "orders": {"ord_0": [NOW - 60, 5000], NAME: [NOW, 9900]}},
        changes=(STILL,),
    ),
    Example(
        "refunded while it is held",
        "order",
        "withdrawn",
        {},
        TOLD,
        actor="shop",
        record=HELD,
        rows=order(status="refunded", refunded=9900),
        after={**BOUND, "orders": {}},
        changes=(gone(WEEK), STILL),
    ),
    Example(
        "refunded after the rewards",
        "order",
        "reversed",
        AT_ONCE,
        TOLD,
        actor="shop",
        record=QUALIFIED,
        rows=order(status="cancelled"),
        after={**QUALIFIED, "state": "joined", "orders": {}},
        facts=(Fact("referral.reversed", "1"),),
        changes=(STILL,),
        records={FRIEND: {**HOST["record"], "qualified": 0}},  # type: ignore[dict-item]
        undone=(("referral.qualified", "1"),),
    ),
    Example(
        "a promoter earns of an order",
        "order",
        "order_noted",
        {"qualify": "join", "commission": {"levels": [500]}},
        TOLD,
        actor="shop",
        record={**BOUND, "state": "qualified", "times": 1},
        rows={**order(), EARNS: None},
        after={**BOUND, "state": "qualified", "times": 1},
        changes=(Change(EARNS, put=EARNED), STILL),
    ),
    Example(
        "and earns less of it when part goes back",
        "order",
        "order_noted",
        {"qualify": "join", "commission": {"levels": [500]}},
        TOLD,
        actor="shop",
        record={**BOUND, "state": "qualified", "times": 1},
        rows={**order(status="refunded", refunded=4900), EARNS: EARNED},
        after={**BOUND, "state": "qualified", "times": 1},
        changes=(Change(EARNS, set={"amount": 250, "net": 5000}), STILL),
    ),
    Example(
        "held long enough",
        "release",
        "released",
        at=MORNING + timedelta(days=7),
        actor="system",
        record=HELD,
        rows=BY,
        after=QUALIFIED,
        facts=(qualified(9900),),
        changes=(gone(WEEK),),
        records=COUNTED,
    ),
    Example("too soon", "release", "not_due", actor="system", record=HELD, rows=BY),
    Example("nothing there", "release", "nothing_held", actor="system", record=BOUND, rows=BY),
]

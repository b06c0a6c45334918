"""Sixty-four real threads at one table: nothing is given twice, nothing is lost, everyone gets an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Row
from functions.coupons import redeem
from functions.points import reward as points
from functions.storage import campaigns
from functions.storage.engine import Answer, TooBusy
from functions.storage.live import Live
from functions.storage.single import alter
from functions.storage.store import Store
from tests.race.crowd import THREADS, Observed, Overlap, jitter, rush
from tests.storage.serving import TABLE, Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, publish

pytestmark = pytest.mark.xdist_group("race")

STOCK = 100


def rows_of(server: Server, store: Store, sk: str) -> list[dict[str, Any]]:
    """Every row of the tenant whose sort key begins so, by a scan that owes nothing to the code under test."""
    pages = server.client.get_paginator("scan").paginate(
        TableName=TABLE,
        ConsistentRead=True,
        FilterExpression="begins_with(pk, :pk) AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"T#{store.tenant}#"}, ":sk": {"S": sk}},
    )
    return [item for page in pages for item in page["Items"]]


def check_in(serving: Live, who: int, event_id: str, at: Any = OPENS) -> Callable[[Observed], Answer]:
    event = happened("checkin", member(who), event_id, at)
    return lambda view: Shop(view, serving, jitter(who), view.known).hears(event)


def assert_a_real_race(overlap: Overlap, writes: int) -> None:
    assert overlap.most == THREADS
    assert overlap.overtaken >= writes // 2, f"only {overlap.overtaken} writes had others land before them"


def outcomes(results: list[Any]) -> Counter[str]:
    """What everyone was told; anything but an answer or TooBusy is an error of ours."""
    unexpected = [result for result in results if not isinstance(result, (Answer, TooBusy))]
    assert unexpected == []
    return Counter(result.outcome if isinstance(result, Answer) else "too_busy" for result in results)


@pytest.mark.parametrize(("peak", "members", "repeats"), [(10, 2000, 500), (1000, 400, 100)], ids=["one shard", "ten"])
def test_a_crowd_and_its_repeats_get_exactly_a_hundred_coupons(
    server: Server, peak: int, members: int, repeats: int
) -> None:
    """litemall#581: a stock of one, 64 requests, 36 told 'yes' and 9 rows."""
    store = server.store()
    publish(store, content(STOCK, peak=peak))
    serving = live(store)
    crowd = [*range(members), *Random(1).sample(range(members), repeats)]
    Random(2).shuffle(crowd)

    results, overlap = rush(store, [check_in(serving, who, f"event-{who:05d}") for who in crowd])

    told = outcomes(results)
    assert set(told) <= {"checked_in", "too_busy"}
    coupons = rows_of(server, store, "W#coupon#")
    assert len(coupons) == len({row["member"]["S"] for row in coupons}) == STOCK
    assert serving.version is not None
    assert campaigns.issued(store, serving.version) == {"tea": (STOCK, STOCK)}
    assert all(int(row["remaining"]["N"]) == 0 for row in rows_of(server, store, "POOL"))
    _every_repeat_says_the_same(crowd, results)
    assert_a_real_race(overlap, members)


def _every_repeat_says_the_same(crowd: list[int], results: list[Any]) -> None:
    said: dict[int, Answer] = {}
    for who, result in zip(crowd, results, strict=True):
        if isinstance(result, Answer):
            first = said.setdefault(who, result)
            assert (result.outcome, result.grants) == (first.outcome, first.grants)


def test_sixty_four_taps_of_one_member_are_one_check_in(server: Server) -> None:
    store = server.store()
    publish(store, content(STOCK))
    serving = live(store)

    results, overlap = rush(store, [check_in(serving, 1, f"event-{n:05d}") for n in range(THREADS * 3)])

    told = outcomes(results)
    assert told["checked_in"] == 1
    assert set(told) <= {"checked_in", "already_checked_in", "too_busy"}
    state = keys.state(CAMPAIGN, member(1))
    assert (store.read([state])[state] or {})["version"] == 1
    assert len(rows_of(server, store, "W#coupon#")) == 1
    assert overlap.most == THREADS


def test_sixty_four_copies_of_one_request_are_applied_once_and_answered_alike(server: Server) -> None:
    store = server.store()
    publish(store, content(STOCK))
    serving = live(store)

    results, overlap = rush(store, [check_in(serving, 1, "event-00001")] * THREADS * 3)

    assert set(outcomes(results)) <= {"checked_in", "too_busy"}
    answers = [result for result in results if isinstance(result, Answer)]
    assert sum(not answer.replayed for answer in answers) == 1
    assert all(answer.grants == answers[0].grants for answer in answers)
    assert overlap.most == THREADS


def test_of_sixty_four_clerks_one_redeems_a_coupon(server: Server) -> None:
    """macrozheng/mall#1003: one coupon, five orders at once, each paid -824.00."""
    store = server.store()
    publish(store, content(STOCK))
    Shop(store, live(store)).hears(happened("checkin", member(1), "event-00001", OPENS))
    ((sk, _),) = store.query("member", member(1), prefix="W#coupon#")
    key = keys.coupon(member(1), sk.rsplit("#", 1)[1])

    def clerk(number: int) -> Callable[[Store], Any]:
        till = redeem.Till(f"till-{number:04d}", "store", f"clerk {number}", OPENS + DAY)

        def decide(row: Row | None) -> tuple[redeem.Verdict, Sequence[Change]]:
            verdict = redeem.redeem(row or {}, f"o{number}", 300, till)
            return verdict, verdict.changes

        return lambda view: alter(view, key, decide, jitter(number))

    results, overlap = rush(store, [clerk(number) for number in range(THREADS)])

    told = Counter(result.outcome for result in results)
    assert told == {"redeemed": 1, "already_redeemed": THREADS - 1}
    assert min(result.values["payable"] for result in results if result.outcome == "redeemed") == 0
    assert overlap.most > THREADS // 2


def test_points_spent_from_sixty_four_threads_never_pass_below_zero(server: Server) -> None:
    """Starbucks 2015: the same five dollars, moved twice at once."""
    store = server.store()
    members, price = 64, 15
    publish(store, content(STOCK, make_up={"count": 2, "days_back": 5, "price": price}))
    serving = live(store)
    for who in range(members):
        for n, day in enumerate((4, 5)):  # 20 points: one make-up can be paid, and its own 10 points make 15 again
            check_in(serving, who, f"event-{n:05d}", OPENS + day * DAY)(Observed(store, Overlap()))

    def buy(who: int, n: int) -> Callable[[Store], Answer]:
        day = f"2026-12-0{n + 1}"
        event = happened("make_up", member(who), f"buys-{n:05d}", OPENS + 5 * DAY, day=day)
        return lambda view: Shop(view, serving, jitter(who * 7 + n)).hears(event)

    results, overlap = rush(store, [buy(who, n) for n in range(4) for who in range(members)])

    assert set(outcomes(results)) <= {
        "made_up",
        "points_insufficient",
        "make_up_none_left",
        "make_up_too_far",
        "too_busy",
    }
    rows = [store.read([keys.points(member(who))])[keys.points(member(who))] or {} for who in range(members)]
    assert all(row["balance"] == sum(points.entry(line)["points"] for line in row["entries"]) for row in rows)
    assert min(row["balance"] for row in rows) >= 0
    assert overlap.most == THREADS


def test_less_stock_published_during_a_rush_is_kept_or_refused_never_broken(server: Server) -> None:
    store = server.store()
    publish(store, content(STOCK, peak=1000))
    serving = live(store)
    stocks = [80, 40, 60, 20, 90, 50]

    def marketer(stock: int) -> Callable[[Store], Any]:
        return lambda view: publish(view, content(stock, peak=1000))

    jobs = [check_in(serving, who, f"event-{who:05d}") for who in range(400)]
    for n, stock in enumerate(stocks):
        jobs.insert(60 * n + 1, marketer(stock))
    results, overlap = rush(store, jobs)

    refused = {result.code for result in results if isinstance(result, campaigns.Refused)}
    assert refused <= {"stock_below_granted", "conflict", "busy"}
    newest = live(store, OPENS + DAY)
    assert newest.version is not None
    stock = newest.version.definition.reward("tea").stock
    coupons = rows_of(server, store, "W#coupon#")
    assert campaigns.issued(store, newest.version) == {"tea": (len(coupons), stock)}
    assert len(coupons) == stock or len(coupons) < 400
    assert all(int(row["remaining"]["N"]) >= 0 for row in rows_of(server, store, "POOL"))
    assert overlap.most == THREADS

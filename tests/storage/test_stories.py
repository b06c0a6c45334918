"""Losses that the field has told of, each as it would happen here (`tests/race` has those that need threads)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.coupons import redeem
from functions.storage import campaigns
from functions.storage.memory import MemoryStore, plain_copy
from functions.storage.store import Store, Unknown
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, open_shop, publish

ENDS = OPENS + 400 * DAY
SECOND = timedelta(seconds=1)


def checks_in(shop: Shop, event_id: str, at: Any, who: int = 1) -> Any:
    return shop.hears(happened("checkin", member(who), event_id, at))


def coupon_of(store: Store, who: int = 1) -> Row:
    ((_, row),) = store.query("member", member(who), prefix="W#coupon#")
    return row


@pytest.mark.parametrize(("at", "outcome"), [(OPENS - SECOND, "not_begun"), (OPENS, "checked_in"), (ENDS, "ended")])
def test_pinduoduo_2019_what_has_expired_gives_nothing_to_any_number_of_new_accounts(at: Any, outcome: str) -> None:
    store = MemoryStore()
    shop = open_shop(store)
    before = plain_copy(store.rows)

    told = {checks_in(shop, f"event-{who:04d}", at, who).outcome for who in range(4)}

    assert told == {outcome}
    assert (store.rows == before) == (outcome != "checked_in")


def test_pinduoduo_2019_a_campaign_that_was_stopped_gives_nothing_five_seconds_later() -> None:
    store = MemoryStore()
    open_shop(store)
    campaigns.turn(store, campaigns.load(store, CAMPAIGN).campaign, "ended", "marketer", OPENS)

    answer = checks_in(Shop(store, live(store, OPENS + 5 * SECOND)), "event-0001", OPENS + 5 * SECOND)

    assert (answer.outcome, answer.grants) == ("ended", ())


def test_pinduoduo_2019_an_expired_coupon_is_not_redeemed_though_its_row_is_still_there() -> None:
    store = MemoryStore()
    checks_in(open_shop(store), "event-0001", OPENS)
    row = coupon_of(store)
    till = redeem.Till("till-0001", "north", "clerk", OPENS + 60 * DAY)

    verdict = redeem.redeem(row, "order-1", 900, till)

    assert (verdict.outcome, verdict.changes) == ("expired", ())


def test_mall_1003_an_order_below_the_coupons_worth_is_paid_with_nothing_not_with_minus_824() -> None:
    store = MemoryStore()
    checks_in(open_shop(store), "event-0001", OPENS)

    verdict = redeem.redeem(coupon_of(store), "order-1", 1, redeem.Till("till-0001", "north", "clerk", OPENS))

    assert (verdict.outcome, verdict.values["discount"], verdict.values["payable"]) == ("redeemed", 1, 0)


def test_leetcode_city_542_a_refused_update_refuses_the_grant_with_it() -> None:
    store = MemoryStore()
    shop = open_shop(store, content(1))
    checks_in(shop, "event-0001", OPENS, who=1)

    answer = checks_in(shop, "event-0001", OPENS, who=2)

    assert [line["outcome"] for line in answer.grants] == ["granted", "exhausted"]
    assert store.query("member", member(2), prefix="W#coupon#") == []
    assert (answer.row or {})["got"] == {"points": 10}


class LosesItsFirstAnswer(MemoryStore):
    """The write happens; nobody hears of it."""

    lost = False

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        refused = super().write(changes)
        if not self.lost:
            self.lost = True
            raise Unknown
        return refused


def test_commit_unknown_result_an_addition_whose_answer_was_lost_is_not_made_twice() -> None:
    store = LosesItsFirstAnswer()
    store.lost = True
    shop = open_shop(store)
    store.lost = False

    answer = checks_in(shop, "event-0001", OPENS)

    assert answer.replayed
    points = keys.points(member(1))
    assert (store.read([points])[points] or {})["balance"] == 10


def test_streaker_38_two_evenings_and_a_midnight_in_shanghai_are_two_days_though_utc_calls_them_one() -> None:
    shop = open_shop(MemoryStore())
    late, after_midnight = OPENS + timedelta(hours=15, minutes=59), OPENS + timedelta(hours=16)

    assert checks_in(shop, "event-0001", late).outcome == "checked_in"
    assert checks_in(shop, "event-0002", after_midnight).values["streak"] == 2


def test_sixteen_limited_rewards_for_the_greatest_rush_still_fit_one_write() -> None:
    store = MemoryStore()
    tea = content(1_000_000, peak=10_000)["rewards"][1]
    wanted = content(1_000_000, peak=10_000)
    wanted["rewards"] += [{**tea, "id": f"tea{n}"} for n in range(15)]
    wanted["budget"] = {"total": 10**12}

    publish(store, wanted)

    version = live(store).version
    assert version is not None
    assert min(version.pools.values()) == 1
    assert sum(version.pools.values()) == campaigns.SHARDS_ROOM
    assert set(campaigns.issued(store, version).values()) == {(0, 1_000_000)}

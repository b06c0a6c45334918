"""A day's budget, a person's, and a rule's pause between two times: held in the write that grants."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.storage import campaigns, spending
from functions.storage.memory import MemoryStore
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, open_shop, publish

TEA = 500
EVERY = [{"id": "each", "when": "checkin.recorded", "then": [{"reward": "tea"}]}]
TODAY = OPENS.date()


def wanted(rules: Any = EVERY, peak: int = 10, **budget: Any) -> dict[str, Any]:
    """Nine coupons, one for each check-in, and a budget."""
    made = content(9, peak=peak) | {"rules": rules}
    return made | {"budget": made["budget"] | budget}


def told(shop: Shop, who: int, day: int = 0) -> str:
    """What came of the coupon of a check-in."""
    answer = shop.hears(happened("checkin", member(who), f"event-{who}-{day}", OPENS + day * DAY))
    return str(answer.grants[0]["outcome"]) if answer.grants else "none"


def spent(store: MemoryStore, shards: int = 1) -> int:
    rows = store.read([keys.spending(CAMPAIGN, TODAY, shard) for shard in range(shards)])
    return sum(row["spent"] for row in rows.values() if row)


def test_a_day_gives_what_its_budget_pays_and_the_next_day_goes_on() -> None:
    shop = open_shop(MemoryStore(), wanted(per_day=2 * TEA + 499))

    assert [told(shop, who) for who in range(4)] == ["granted", "granted", "day_spent", "day_spent"]
    assert told(shop, 5, day=1) == "granted"


def test_a_copy_that_knows_nothing_is_told_the_same_and_the_check_in_counts_all_the_same() -> None:
    store = MemoryStore()
    shop = open_shop(store, wanted(per_day=TEA))
    told(shop, 1)

    answer = Shop(store, live(store)).hears(happened("checkin", member(2), "event-2", OPENS))

    assert (answer.outcome, answer.grants[0]["outcome"]) == ("checked_in", "day_spent")
    assert spent(store) == TEA


def test_a_new_version_goes_on_where_the_day_stood_with_its_own_budget() -> None:
    store = MemoryStore()
    shop = open_shop(store, wanted(per_day=TEA))
    assert [told(shop, 1), told(shop, 2)] == ["granted", "day_spent"]

    publish(store, wanted(per_day=3 * TEA))
    more = Shop(store, live(store))
    assert [told(more, who) for who in (3, 4, 5)] == ["granted", "granted", "day_spent"]

    publish(store, wanted(per_day=TEA))
    assert told(Shop(store, live(store)), 6) == "day_spent"
    assert spent(store) == 3 * TEA


def test_a_rush_is_counted_in_shards_and_no_money_is_left_when_people_are_told_so() -> None:
    store = MemoryStore()
    made = wanted(peak=300, per_day=60 * TEA)
    made["rewards"][1]["stock"] = 1_000
    shop = open_shop(store, made)

    outcomes = [told(shop, who) for who in range(70)]

    assert (outcomes.count("granted"), outcomes.count("day_spent")) == (60, 10)
    assert spent(store, shards=3) == 60 * TEA
    assert shop.serving.version is not None
    assert shop.serving.version.day_shards == 3


def test_the_number_of_shards_is_settled_once_since_another_would_count_a_day_twice() -> None:
    store = MemoryStore()
    open_shop(store, wanted(peak=300, per_day=60 * TEA))

    publish(store, wanted(peak=800, per_day=9_000 * TEA))

    version = live(store).version
    assert version is not None
    assert version.day_shards == spending.shards_of(version.definition, version) == 3


def test_a_share_that_pays_nothing_is_refused_with_the_reason() -> None:
    store = MemoryStore()
    open_shop(store, wanted(peak=300, per_day=60 * TEA))

    with pytest.raises(campaigns.Refused, match="day_budget_too_small"):
        publish(store, wanted(peak=300, per_day=2 * TEA))


def test_two_rewards_of_one_event_are_paid_by_one_day_together() -> None:
    twice = [{**EVERY[0], "id": name} for name in ("a", "b")]
    shop = open_shop(MemoryStore(), wanted(twice, per_day=TEA))

    answer = shop.hears(happened("checkin", member(1), "event-1", OPENS))

    assert [line["outcome"] for line in answer.grants] == ["granted", "day_spent"]


def test_what_costs_nothing_is_given_though_the_day_is_spent() -> None:
    points = {"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]}
    shop = open_shop(MemoryStore(), wanted([*EVERY, points], per_day=TEA))
    told(shop, 1)

    answer = shop.hears(happened("checkin", member(2), "event-2", OPENS))

    assert [line["outcome"] for line in answer.grants] == ["day_spent", "granted"]


def test_one_person_gets_what_their_budget_pays_and_another_as_much() -> None:
    made = wanted(per_member=2 * TEA)
    made["rewards"][1]["per_member"] = 9
    shop = open_shop(MemoryStore(), made)

    assert [told(shop, 1, day) for day in range(4)] == ["granted", "granted", "limit_reached", "limit_reached"]
    assert told(shop, 2) == "granted"


def test_what_a_person_was_given_before_a_budget_came_counts() -> None:
    store = MemoryStore()
    told(open_shop(store, wanted()), 1)

    publish(store, wanted(per_member=TEA))

    assert told(Shop(store, live(store)), 1, day=1) == "limit_reached"


def test_a_rule_with_a_pause_pays_a_member_again_after_its_days() -> None:
    made = wanted([{**EVERY[0], "cooldown": 2}])
    made["rewards"][1]["per_member"] = 9
    shop = open_shop(MemoryStore(), made)

    assert [told(shop, 1, day) for day in range(5)] == ["granted", "none", "granted", "none", "granted"]


def test_what_could_not_be_paid_begins_no_pause() -> None:
    made = wanted([{**EVERY[0], "cooldown": 7}], per_day=TEA)
    shop = open_shop(MemoryStore(), made)
    told(shop, 2)

    assert [told(shop, 1, day) for day in range(3)] == ["day_spent", "granted", "none"]

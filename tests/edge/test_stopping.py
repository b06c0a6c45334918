"""A campaign that stops with its money: paused by the stream once all is given out, and not a moment before."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.audit import BUDGET_GONE
from functions.storage import audit, campaigns
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, World
from tests.storage import stage

COUPONS = [{"id": "each", "when": "checkin.recorded", "then": [{"reward": "tea"}]}]
MONEY = {"total": 10_000, "stop": "campaign"}


def opened(world: World, stock: int = 3, **changes: Any) -> Stream:
    """A campaign with a coupon for each check-in."""
    world.clock.now = stage.OPENS
    stage.publish(
        world.store, {**stage.content(stock), "rules": COUPONS, "budget": MONEY, **changes}, campaign=CAMPAIGN
    )
    return Stream(world)


def come(world: World, names: str) -> list[str]:
    """What came of everyone's coupon."""
    return [world.phone(name).check_in().body["grants"][0]["outcome"] for name in names]


def state(world: World) -> str:
    return campaigns.head_of(world.store, CAMPAIGN).state


def test_the_campaign_is_paused_when_somebody_came_too_late_for_the_last_money(world: World) -> None:
    stream = opened(world)

    come(world, "abc")
    stream.deliver()
    after_the_last = state(world)
    too_late = come(world, "d")
    records = stream.take()
    failed = [*stream.deliver(records), *stream.deliver(records)]

    assert (after_the_last, too_late, state(world), failed) == ("published", ["exhausted"], "paused", [])
    told = [(one.what, one.by, one.note) for one in audit.entries(world.store, CAMPAIGN)]
    assert told.count(("pause", "Pond", BUDGET_GONE)) == 1


@pytest.mark.parametrize(
    ("budget", "outcome"),
    [({"total": 10_000}, "exhausted"), ({**MONEY, "per_day": 1_500}, "day_spent")],
    ids=["only the rewards stop", "the day is spent, not the budget"],
)
def test_a_campaign_that_shall_go_on_goes_on(world: World, budget: dict[str, Any], outcome: str) -> None:
    stream = opened(world, budget=budget)

    assert come(world, "abcd")[-1] == outcome
    assert (stream.deliver(), state(world)) == ([], "published")


def test_as_long_as_something_that_costs_is_left_the_campaign_goes_on(world: World) -> None:
    rewards = stage.content(3)["rewards"]
    stream = opened(world, rewards=[*rewards, {**rewards[1], "id": "cake"}])

    assert come(world, "abcd")[-1] == "exhausted"
    assert (stream.deliver(), state(world)) == ([], "published")


def test_late_news_of_a_version_before_do_not_pause_the_one_with_more_stock(world: World) -> None:
    stream = opened(world)
    come(world, "abcd")
    late = stream.take()
    more = {**stage.content(4), "rules": COUPONS, "budget": MONEY}
    stage.publish(world.store, more, world.clock.now, CAMPAIGN)

    assert (stream.deliver(late), state(world)) == ([], "published")


def test_a_campaign_whose_end_has_passed_is_not_paused_and_the_record_does_not_come_again(world: World) -> None:
    stream = opened(world)
    come(world, "abcd")
    world.clock.now = campaigns.head_of(world.store, CAMPAIGN).ends_at or world.clock.now

    assert (stream.deliver(), state(world)) == ([], "published")

"""Assists as phones and the sweeper meet them: who may help, how often, until when, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from functions.assist.drive import Drive, key_of
from functions.insights.numbers import daily, totals
from tests.edge.stream import Stream
from tests.edge.test_groups import OTHER, post, sweep
from tests.edge.world import CAMPAIGN, Phone, World
from tests.pages.test_visits import visit
from tests.storage.group_stage import coupons_of, home
from tests.storage.stage import OPENS, answered, content, publish

RULES: list[dict[str, Any]] = [
    {"id": "done", "when": "assist.completed", "then": [{"reward": "tea", "to": "leader"}]},
    {"id": "thanks", "when": "assist.helped", "then": [{"reward": "points", "amount": 5}]},
]


def begun(world: World, **config: Any) -> tuple[Phone, str]:
    """Who began an assist, in a published campaign, and its name."""
    world.clock.now = OPENS
    made = content(9) | {"mechanic": "assist", "config": {"helpers": 2, "steps": [1], **config}, "rules": RULES}
    publish(world.store, made, OPENS, CAMPAIGN, answered(made))
    leader = world.phone("leader")
    assert post(leader, "begin", "event-begin") == "assist_begun"
    return leader, drive_name(world, leader)


def drive_name(world: World, leader: Phone) -> str:
    """The assist that they began last."""
    row = world.store.read([home(CAMPAIGN, leader.member)])[home(CAMPAIGN, leader.member)] or {}
    return str(row["record"]["assist"])


def helps(phone: Phone, assist: str, event_id: str = "event-help") -> str:
    return post(phone, "help", event_id, assist=assist)


def drive_of(world: World, assist: str) -> Drive:
    row = world.store.read([key_of(CAMPAIGN, assist)])[key_of(CAMPAIGN, assist)] or {}
    return Drive.of(assist, row["record"])


def test_two_friends_help_the_leader_has_the_coupon_and_everyone_else_is_told_why_not(world: World) -> None:
    leader, assist = begun(world)
    a, b, c = (world.phone(name) for name in "abc")

    assert helps(leader, assist) == "own_assist"
    assert [helps(a, assist), helps(a, assist, "event-again"), helps(b, assist)] == [
        "helped", "already_helped", "helped_last",
    ]  # fmt: skip
    assert (helps(c, assist), helps(c, "ast_" + "0" * 26)) == ("assist_full", "unknown_assist")

    assert [coupons_of(world.store, one.member) for one in (leader, a, b, c)] == [1, 0, 0, 0]
    assert post(leader, "begin", "event-second") == "starts_used_up"


def test_one_helps_as_often_as_one_may(world: World) -> None:
    _, first = begun(world)
    second = world.phone("second")
    assert post(second, "begin", "event-begin") == "assist_begun"
    friend = world.phone("a")

    assert helps(friend, first) == "helped"
    assert helps(friend, drive_name(world, second), "event-other") == "helps_used_up"


def test_where_only_newcomers_help_who_took_part_elsewhere_cannot(world: World) -> None:
    _, assist = begun(world, newcomers_only=True)
    known = world.phone("known")
    publish(world.store, content(), OPENS, OTHER)
    world.clock.pass_(seconds=6)
    assert known.check_in("event-before", OTHER).code == "checked_in"

    assert helps(known, assist) == "newcomers_only"
    assert helps(world.phone("new"), assist) == "helped"


def test_an_assist_whose_time_is_over_takes_no_help_and_the_sweeper_closes_it_once(world: World) -> None:
    leader, assist = begun(world)
    assert helps(world.phone("a"), assist) == "helped"
    late = world.phone("late")
    world.clock.pass_(hours=24)

    assert helps(late, assist) == "assist_over"
    assert [sweep(world)["closed"] for _ in range(2)] == [1, 0]

    assert drive_of(world, assist).state == "expired"
    assert coupons_of(world.store, leader.member) == 0
    assert world.store.query("due", CAMPAIGN) == []


def withdraws(phone: Phone, live: bool = False) -> None:
    assert phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": live}).status == 200


def erases(phone: Phone) -> None:
    assert phone.call("DELETE", "/api/me").status == 200


@pytest.mark.parametrize("leaves", [withdraws, erases])
def test_who_leaves_takes_no_help_any_more_and_no_friend_spends_theirs(
    world: World, leaves: Callable[[Phone], None]
) -> None:
    leader, assist = begun(world)
    assert helps(world.phone("a"), assist) == "helped"
    friend, other = world.phone("b"), world.phone("other")
    assert post(other, "begin", "event-begin") == "assist_begun"
    theirs = drive_name(world, other)

    leaves(leader)

    asked = visit(world, f"/c/{CAMPAIGN}?g={assist}", friend)["body"]
    assert "form-help" not in asked
    assert (helps(friend, assist), helps(friend, theirs, "event-other")) == ("assist_over", "helped")
    assert len(drive_of(world, assist).helpers) == 1
    world.clock.pass_(hours=24)
    assert [sweep(world)["closed"] for _ in range(2)] == [2, 0]
    assert world.store.query("due", CAMPAIGN) == []


def test_the_page_of_who_left_asks_nobody_for_help_and_says_why_once_they_are_back(world: World) -> None:
    leader, assist = begun(world)
    assert "请朋友帮忙" in visit(world, f"/c/{CAMPAIGN}", leader)["body"]

    withdraws(leader)
    away = visit(world, f"/c/{CAMPAIGN}?g={assist}", leader)["body"]
    withdraws(leader, live=True)
    back = visit(world, f"/c/{CAMPAIGN}", leader)["body"]

    assert [word for word in ("请朋友帮忙", 'id="link"', "还差") if word in away] == []
    assert "你退出过活动，助力就结束了。" in back
    assert post(leader, "begin", "event-second") == "starts_used_up"


@pytest.mark.parametrize("at", [timedelta(hours=23, minutes=59, seconds=59), timedelta(hours=24)])
def test_the_last_help_comes_in_time_or_it_does_not(world: World, at: timedelta) -> None:
    leader, assist = begun(world)
    a, b = world.phone("a"), world.phone("b")
    helps(a, assist)
    world.clock.now = OPENS + at

    said = helps(b, assist)
    world.clock.pass_(hours=1)
    sweep(world)

    in_time = at < timedelta(hours=24)
    assert said == ("helped_last" if in_time else "assist_over")
    assert drive_of(world, assist).state == ("completed" if in_time else "expired")
    assert coupons_of(world.store, leader.member) == in_time


def test_the_stream_counts_begun_helped_on_the_way_and_completed(world: World) -> None:
    stream = Stream(world)
    _, assist = begun(world)
    for name in "ab":
        helps(world.phone(name), assist)

    stream.deliver()

    counted = totals(daily(world.store, CAMPAIGN))
    facts = [counted.facts[f"assist.{name}"] for name in ("begun", "helped", "step", "completed")]
    assert facts == [1, 2, 1, 1]
    assert (counted.granted["tea"], counted.granted["points"]) == (1, 10)


def test_a_cut_is_told_in_the_campaigns_currency(world: World) -> None:
    _, assist = begun(world, style={"kind": "bargain", "price": 12_900, "floor": 4_900})
    friend = world.phone("a")
    body = {"event_id": "event-help", "data": {"assist": assist}, "consent": True}

    told = friend.post(f"/api/campaigns/{CAMPAIGN}/events/help", body).body["message"]
    page = visit(world, f"/c/{CAMPAIGN}?o=cut", friend)["body"]

    cut = drive_of(world, assist).cuts[0]
    assert told == f"You cut it by ¥{cut / 100:.2f}. 1 more to go".replace(".00.", ".")
    assert f"砍掉了 ¥{cut / 100:.2f}，还差 1 位".replace(".00，", "，") in page

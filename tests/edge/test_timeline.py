"""What a member did, told from the rows at hand: each thing once, the newest first, in words of both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from functions.core.keys import Row
from functions.members.timeline import SHOWN, Told
from functions.storage.members import Holdings
from tests.edge.world import CAMPAIGN, World, definition_content, rule

NOON = datetime(2026, 12, 10, 4, 0, tzinfo=UTC)
AT = int(NOON.timestamp())


@pytest.fixture
def world() -> World:
    """A shop where a check-in gives points by two rules."""
    world = World()
    world.publish(definition_content(rules=[rule("daily", "points", 10), rule("more", "points", 5)]))
    return world


def told(world: World, held: Holdings, language: Any = "en", state: Row | None = None) -> list[tuple[str, int]]:
    telling = Told(partial(world.service.live.get, at=world.clock.now), world.service.catalogue, language)
    return [(step.what, step.points) for step in telling.steps(held, {CAMPAIGN: state})]


def entries(*lines: tuple[int, int, str]) -> Row:
    return {"entries": [[f"grant_{at}", points, at, f"{CAMPAIGN}/{why}"] for at, points, why in lines]}


@pytest.mark.parametrize(
    ("points", "why", "zh", "en"),
    [
        (10, "daily", "打卡成功", "Checked in"),
        (10, "a_rule_that_is_gone", "得到积分", "Got points"),
        (-50, "make_up:2026-12-02", "花掉积分", "Spent points"),
        (-10, "undone", "积分被收回", "Points were taken back"),
    ],
)
def test_points_are_told_by_what_they_came_for(world: World, points: int, why: str, zh: str, en: str) -> None:
    held = Holdings(points=entries((AT, points, why)))

    assert told(world, held, "zh") + told(world, held) == [(zh, points), (en, points)]


def test_a_fact_and_all_that_it_brought_are_one_step(world: World) -> None:
    held = Holdings(points=entries((AT, 10, "daily"), (AT, 5, "more")))
    state = {"at": AT, "facts": [["checkin.recorded", "d1", {}], ["checkin.gone", "d1", {}]]}

    assert told(world, held, state=state) == [("Checked in", 15)]


def test_agreements_and_a_coupon_used_are_told_of_one_moment_the_last_first(world: World) -> None:
    used = {"name": {"zh": "满减券", "en": "¥10 off"}, "use": {"at": (NOON + timedelta(1)).isoformat(), "store": "One"}}
    held = Holdings(
        profile={"at": NOON.isoformat()},
        consents={
            f"participate.{CAMPAIGN}": {"live": True, "at": (NOON + timedelta(seconds=0.4)).isoformat()},
            "messages": {"live": False, "at": (NOON + timedelta(2)).isoformat()},
        },
        wallet={("coupon", "c1"): used, ("coupon", "c2"): {"name": {"zh": "券", "en": "Coupon"}}},
        points=entries((AT, 10, "daily")),
    )

    assert told(world, held) == [
        ("Wants no more messages", 0),
        ("Used “¥10 off”", 0),
        ("Checked in", 10),
        ("Joined", 0),
        ("First signed in with a phone number", 0),
    ]


def test_the_newest_twenty_are_told_from_the_open_page_and_the_closed_ones(world: World) -> None:
    lines = [(AT + day, 1 + day, "daily") for day in range(30)]
    pages = {f"{place:08d}": entries(*lines[place : place + 8]) for place in (0, 8, 16)}

    steps = told(world, Holdings(points=entries(*lines[24:]), ledger=pages))

    assert [points for _, points in steps] == list(range(30, 30 - SHOWN, -1))


def test_a_campaign_that_nobody_knows_any_more_goes_by_its_id(world: World) -> None:
    gone = "camp_" + "9" * 26
    telling = Told(lambda _campaign: None, world.service.catalogue, "en")
    consents: dict[str, Row] = {f"participate.{gone}": {"live": False, "at": NOON.isoformat()}}

    (step,) = telling.steps(Holdings(consents=consents), {gone: {"at": AT, "facts": [["checkin.recorded", "d", {}]]}})

    assert (step.what, step.where) == ("Left", gone)


@pytest.mark.parametrize(
    ("live", "zh", "en"),
    [(True, "上了排行榜", "Joined the leaderboard"), (False, "退出排行榜", "Left the leaderboard")],
)
def test_being_shown_on_a_leaderboard_is_told_as_that(world: World, live: bool, zh: str, en: str) -> None:
    held = Holdings(consents={f"board.{CAMPAIGN}": {"live": live, "at": NOON.isoformat()}})

    assert told(world, held, "zh") + told(world, held) == [(zh, 0), (en, 0)]

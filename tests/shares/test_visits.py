"""Visits by members' links: a person once, at most one write unit, never by a GET, a preview or a robot."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.ids import new_id
from functions.core.sharing import Share, brought_by
from functions.edge import shares
from functions.insights.numbers import history, totals
from functions.pages import handler as pages
from functions.storage.dynamodb import DynamoStore
from functions.storage.shares import visit
from infra.local import dynoxide as program
from tests.conftest import FreshTable
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, MORNING, Context, Phone, World, definition_content, rule
from tests.pages.serve import gateway_event

HUMAN = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"}
VISITS = f"/api/campaigns/{CAMPAIGN}/visits"
numbers = itertools.count(1)


@pytest.fixture
def world() -> World:
    world = World()
    world.publish(definition_content(rules=[rule("daily", "points")]))
    return world


def token(world: World, phone: Phone, campaign: str = CAMPAIGN, way: Any = "link") -> str:
    return shares.sealed(world.service.keys.ring(world.clock.now), Share(campaign, phone.member, way))


def comes(phone: Phone, share: str, **headers: str) -> Any:
    body = f'{{"event_id": "visit-{next(numbers):06d}", "share": "{share}"}}'
    return phone.call("POST", VISITS, body, {"content-type": "application/json", **HUMAN, **headers})


def touch(world: World, phone: Phone) -> dict[str, Any]:
    key = keys.touch(CAMPAIGN, phone.member)
    return world.store.read([key])[key] or {}


def test_a_visit_counts_once_and_names_the_sharer(world: World) -> None:
    friend, me = world.phone("friend"), world.phone("me")

    outcomes = [comes(me, token(world, friend)).code for _ in range(3)]

    assert outcomes == ["counted", "known", "known"]
    assert (touch(world, me)["first"], touch(world, me)["depth"]) == (friend.member, 1)


def test_a_stranger_becomes_a_guest_who_is_the_same_person_when_they_join(world: World) -> None:
    friend, stranger = world.phone("friend"), world.stranger()

    answer = comes(stranger, token(world, friend))
    guest = Phone(world, answer.session)
    guest.check_in()

    (state,) = [place for place in world.store.rows if place[1] == "STATE"]  # type: ignore[attr-defined]
    assert (state[0], "TOUCH") in world.store.rows  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "agent", ["", "WhatsApp/2.23", "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; Baiduspider/2.0)", "curl/8.0"]
)
def test_a_preview_or_a_robot_is_nobody(world: World, agent: str) -> None:
    me = world.phone("me")

    assert comes(me, token(world, world.phone("friend")), **{"user-agent": agent}).code == "not_counted"
    assert touch(world, me) == {}


def test_opening_a_shared_page_writes_nothing_and_carries_the_share(world: World) -> None:
    share = token(world, world.phone("friend"))
    before = dict(world.store.rows)  # type: ignore[attr-defined]

    answer = pages.entry(lambda: world.service)(gateway_event("GET", f"/s/{share}", HUMAN, b""), Context())

    assert answer["statusCode"] == 200
    assert f'name="share" value="{share}"' in answer["body"]
    assert f'data-share="{share}"' in answer["body"]
    assert world.store.rows == before  # type: ignore[attr-defined]


def test_a_form_of_a_phone_without_scripts_brings_its_share(world: World) -> None:
    friend, me = world.phone("friend"), world.phone("me")

    me.form(
        f"/api/campaigns/{CAMPAIGN}/events/checkin", event_id="event-0001", consent="yes", share=token(world, friend)
    )

    assert touch(world, me)["first"] == friend.member


def test_who_takes_part_already_is_brought_by_nobody(world: World) -> None:
    me = world.phone("me")
    me.check_in()

    assert comes(me, token(world, world.phone("friend"))).code == "joined"
    assert touch(world, me) == {}


def test_ones_own_link_counts_for_nothing(world: World) -> None:
    me = world.phone("me")

    assert comes(me, token(world, me)).code == "own"


@pytest.mark.parametrize("share", ["", "share.k1.e30.AAAA", "x" * 300])
def test_a_link_that_is_none_counts_for_nobody_and_breaks_nothing(world: World, share: str) -> None:
    me = world.phone("me")

    assert comes(me, share).code == "not_counted"
    assert me.check_in(share=share).code == "checked_in"


def test_a_link_of_another_campaign_counts_for_nobody(world: World) -> None:
    other = new_id("camp", MORNING, b"campaign-9")

    assert comes(world.phone("me"), token(world, world.phone("friend"), other)).code == "not_counted"


def test_depth_grows_along_the_chain_and_the_first_and_the_last_are_both_known(world: World) -> None:
    chain = [world.phone(name) for name in ("a", "b", "c", "d")]
    for sharer, visitor in itertools.pairwise(chain):
        comes(visitor, token(world, sharer))
    world.clock.pass_(days=3)
    comes(chain[3], token(world, chain[0]))

    row = touch(world, chain[3])
    at = world.clock.now
    week, day = timedelta(days=7), timedelta(days=1)
    assert brought_by(row, "first", week, at).member == chain[2].member  # type: ignore[union-attr]
    assert brought_by(row, "last", week, at).member == chain[0].member  # type: ignore[union-attr]
    assert brought_by(row, "first", day, at).member == chain[0].member  # type: ignore[union-attr]
    assert brought_by(row, "last", day, at + 2 * day) is None
    assert (row["depth"], row["last_depth"]) == (3, 1)


def test_clicks_and_joins_are_counted_by_depth_and_way(world: World) -> None:
    stream = Stream(world)
    a, b, c = (world.phone(name) for name in "abc")
    a.check_in()
    comes(b, token(world, a, way="poster"))
    b.check_in()
    comes(c, token(world, b))
    comes(c, token(world, b))
    assert stream.deliver() == []

    counted = totals(history(world.store, CAMPAIGN))
    assert (counted.clicks, counted.shared, counted.participants) == (2, 1, 2)
    assert counted.clicks_by == {"depth.1": 1, "depth.2": 1, "way.poster": 1, "way.link": 1}
    assert counted.shared_by == {"depth.1": 1, "way.poster": 1}


def test_a_click_costs_one_write_unit_and_a_repeat_none(dynoxide_table: FreshTable) -> None:
    units: list[float] = []

    def meter(operation: str, consumed: Any) -> None:
        if operation == "put_item":
            units.append(consumed["CapacityUnits"])

    store = DynamoStore(program.client(dynoxide_table.endpoint), dynoxide_table.name, "demo", meter)
    share = Share(CAMPAIGN, "mem_00000000000000000000000001")
    for _ in range(2):
        visit(store, share, "mem_00000000000000000000000002", 1, MORNING, lambda attempt: True)

    assert units == [1.0]

"""A known week, delivered by the real stream function: what was counted is what happened, by day, version and rule."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import Definition, Version
from functions.core.change import Change
from functions.edge import codes
from functions.insights.numbers import Numbers, by_day, daily, history, totals
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Phone, World, definition_content, rule

RULES = [rule("daily", "points", 10), rule("once", "ten_off")]


@pytest.fixture
def stream(world: World) -> Stream:
    world.publish(definition_content(rules=RULES))
    return Stream(world)


def second_version(world: World, **changes: Any) -> None:
    """The same campaign, changed while it runs."""
    head = world.service.live.get(CAMPAIGN, world.clock.now)
    assert head
    assert head.version
    definition = Definition.model_validate(definition_content(rules=RULES) | changes)
    made = {"number": 2, "definition": definition, "content_hash": definition.content_hash}
    version = head.version.model_copy(update=made)
    campaign = head.campaign.model_copy(update={"live": 2, "revision": 2})
    world.store.write(
        [
            Change(keys.version(CAMPAIGN, 2), put={"content": Version.model_dump_json(version, by_alias=True)}),
            Change(keys.head(CAMPAIGN), put={"revision": 2, "head": campaign.model_dump(mode="json")}),
        ]
    )
    world.clock.pass_(seconds=6)


def week(world: World, phones: list[Phone], days_of_each: list[int]) -> None:
    """Each phone checks in on its first so many days."""
    for day in range(max(days_of_each)):
        for phone, kept in zip(phones, days_of_each, strict=True):
            if day < kept:
                phone.check_in(f"event-{day:04}")
        world.clock.pass_(days=1)


def test_how_far_people_came_is_counted_step_by_step(world: World, stream: Stream) -> None:
    week(world, [world.phone(name) for name in "abc"], [3, 1, 2])

    stream.deliver()

    assert totals(daily(world.store, CAMPAIGN)).reached == {"1": 3, "2": 2, "3": 1}


def test_agreeing_is_counted_once_also_by_who_agrees_and_does_nothing_more(world: World, stream: Stream) -> None:
    purpose = f"participate.{CAMPAIGN}"
    world.phone("a").check_in()
    looker = world.phone("b")
    for live in (True, False, True):
        looker.post("/api/me/consents", {"purpose": purpose, "live": live})
    looker.post("/api/me/consents", {"purpose": "messages", "live": True})

    stream.deliver()

    (day,) = daily(world.store, CAMPAIGN)
    assert (day.consents, day.participants) == (2, 1)


def test_who_took_part_in_an_earlier_campaign_is_no_newcomer(world: World, stream: Stream) -> None:
    other = "camp_" + "1" * 26
    world.publish(definition_content(), campaign=other)
    regular = world.phone("a")
    regular.check_in(campaign=other)
    world.clock.pass_(minutes=1)
    for phone in (regular, world.phone("b")):
        phone.check_in("event-0002")

    stream.deliver()

    assert [day.newcomers for day in daily(world.store, other)] == [1]
    (day,) = daily(world.store, CAMPAIGN)
    assert (day.participants, day.newcomers) == (2, 1)


def test_each_rule_is_counted_by_what_became_of_it(world: World, stream: Stream) -> None:
    for name in "abcde":
        world.phone(name).check_in()

    stream.deliver()

    (day,) = daily(world.store, CAMPAIGN)
    assert day.rules == {"daily.granted": 5, "once.granted": 3, "once.exhausted": 2}


def test_a_rule_that_is_no_longer_there_keeps_what_it_paid(world: World, stream: Stream) -> None:
    world.phone("a").check_in()
    second_version(world, rules=[rule("other", "points", 5)])
    world.phone("b").check_in()

    stream.deliver()

    first, second = history(world.store, CAMPAIGN)
    assert (first.version, first.participants, first.rules) == (1, 1, {"daily.granted": 1, "once.granted": 1})
    assert (second.version, second.participants, second.rules) == (2, 1, {"other.granted": 1})
    assert first.day == second.day
    assert by_day([first, second])[0].participants == 2


def test_a_coupon_counts_as_usable_until_its_last_day_unless_it_is_used_or_void(world: World, stream: Stream) -> None:
    phones, clerk = [world.phone(name) for name in "abc"], world.clerk()
    for phone in phones:
        phone.check_in()
    stream.deliver()
    (last_day,) = totals(daily(world.store, CAMPAIGN)).lapses
    at = world.clock.now
    token = codes.redeem_token(world.service.keys.ring(at), phones[0].member, world.coupon(phones[0]), at)
    order = {"code": token, "order_id": "order-1"}

    def usable() -> int:
        stream.deliver()
        return totals(daily(world.store, CAMPAIGN)).lapses.get(last_day, 0)

    assert world.store.query("member", phones[0].member, prefix="W#coupon")[0][1]["zone"] == "Asia/Shanghai"
    assert (last_day, usable()) == ("2026-04-01", 3)
    clerk.post("/api/coupons/redeem", {**order, "event_id": "redeem-01", "amount": 5000})
    assert usable() == 2
    clerk.post("/api/coupons/reverse", {**order, "event_id": "reverse-01"})
    assert usable() == 3
    phones[1].call("DELETE", "/api/me")
    assert usable() == 2


def test_when_something_was_counted_last_is_known(world: World, stream: Stream) -> None:
    world.phone("a").check_in()
    world.clock.pass_(minutes=3)

    stream.deliver()

    (day,) = daily(world.store, CAMPAIGN)
    assert day.counted_at == int(world.clock.now.timestamp())


def test_rows_of_before_versions_were_counted_apart_are_still_read(world: World) -> None:
    row = {"version": 1, "counts": {"participants": 2, "exhausted.ten_off": 1}, "marks": []}
    world.store.write([Change(keys.counter(CAMPAIGN, "2026-03-01"), put=row)])

    assert daily(world.store, CAMPAIGN) == [Numbers(day="2026-03-01", participants=2, refused={"exhausted.ten_off": 1})]

"""The newest facts of a campaign, as marketers try their rules on them."""

from __future__ import annotations

from functions.insights.latest import LINES_KEPT, latest
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, World, definition_content, rule


def opened(world: World) -> Stream:
    world.publish(definition_content(rules=[rule("daily", "points", 10)]))
    return Stream(world)


def test_the_newest_facts_tell_whom_by_four_letters_what_and_what_rules_had_paid(world: World) -> None:
    stream = opened(world)
    phone = world.phone("a")
    phone.check_in("event-0001")
    world.clock.pass_(days=1)
    phone.check_in("event-0002")
    records = stream.take()

    assert stream.deliver(records) == stream.deliver(records) == []

    told = [(one.who, one.kind, one.fields["streak"], one.paid) for one in latest(world.store, CAMPAIGN)]
    tail = phone.member[-4:].upper()
    assert told == [(tail, "checkin.recorded", 1, {}), (tail, "checkin.recorded", 2, {"daily": 1})]


def test_no_more_than_ten_are_kept_and_the_oldest_goes(world: World) -> None:
    stream = opened(world)
    for number in range(LINES_KEPT + 2):
        world.phone(f"p{number}").check_in()
        world.clock.pass_(seconds=10)
        stream.deliver()

    kept = latest(world.store, CAMPAIGN)

    assert len(kept) == LINES_KEPT
    assert [one.at for one in kept] == sorted(one.at for one in kept)


def test_who_leaves_says_nothing_new(world: World) -> None:
    stream = opened(world)
    phone = world.phone()
    phone.check_in()
    stream.deliver()
    before = latest(world.store, CAMPAIGN)
    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})
    stream.deliver()

    assert latest(world.store, CAMPAIGN) == before

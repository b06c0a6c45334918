"""Groups as phones, the sweeper and the stream meet them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from functions.edge import timers
from functions.group_buy import group as group_buy
from functions.insights import sweeper
from functions.insights.numbers import daily, totals
from functions.storage import campaigns
from functions.storage.engine import Answer
from functions.storage.live import LiveCampaigns
from functions.storage.store import Busy
from infra import template
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Context, Phone, World
from tests.storage import group_stage
from tests.storage.group_stage import coupons_of, members_of, refunds, unit_record
from tests.storage.stage import OPENS, Shop, content, publish

OTHER = "camp_0000000000000000000000other"


def post(phone: Phone, kind: str, event_id: str, **data: object) -> str:
    body = {"event_id": event_id, "data": data, "consent": True}
    return phone.post(f"/api/campaigns/{CAMPAIGN}/events/{kind}", body).code


def opened(world: World, *, at: datetime = OPENS, **config: object) -> str:
    """A group that the leader's phone opened, in a published campaign."""
    world.clock.now = at
    publish(world.store, group_stage.content(10, **config), OPENS, CAMPAIGN)
    leader = world.phone("leader")
    assert post(leader, "open", "event-open") in ("group_opened", "seat_held")
    row = world.store.read([group_stage.home(CAMPAIGN, leader.member)])
    return str((row[group_stage.home(CAMPAIGN, leader.member)] or {})["record"]["group"])


def pays(world: World, phone: Phone, group: str) -> str:
    serving = LiveCampaigns(world.store).get(CAMPAIGN, world.clock.now)
    assert serving is not None
    event = group_stage.payment(world.store, CAMPAIGN, phone.member, group, world.clock.now)
    return Shop(world.store, serving).hears(event).outcome


def sweep(world: World) -> dict[str, int]:
    return sweeper.entry(lambda: world.service)({}, Context())


def test_three_phones_form_a_group_and_all_have_the_coupon_in_their_wallets(world: World) -> None:
    group = opened(world)

    assert post(world.phone("a"), "join", "event-join", group=group) == "group_joined"
    assert post(world.phone("b"), "join", "event-join", group=group) == "group_formed"

    for name in ("leader", "a", "b"):
        kinds = [line["kind"] for line in world.phone(name).call("GET", "/api/me/wallet").body["entries"]]
        assert "coupon" in kinds


def test_a_group_for_newcomers_takes_who_took_part_in_nothing_and_nobody_else(world: World) -> None:
    group = opened(world, newcomers_only=True)
    known = world.phone("known")
    publish(world.store, content(), OPENS, OTHER)
    world.clock.pass_(seconds=6)
    assert known.check_in("event-before", OTHER).code == "checked_in"

    assert post(known, "join", "event-join", group=group) == "newcomers_only"
    assert post(world.phone("new"), "join", "event-join", group=group) == "group_joined"


def test_a_group_whose_time_is_over_is_closed_by_the_sweeper_once(world: World) -> None:
    group = opened(world, price=900)
    pays(world, world.phone("leader"), group)
    assert sweep(world)["closed"] == 0

    world.clock.pass_(hours=24)

    assert sweep(world)["closed"] == 1
    assert sweep(world)["closed"] == 0
    assert unit_record(world.store, CAMPAIGN, group)["state"] == "expired"
    assert [(amount, why) for _, amount, why in refunds(world.store)] == [(900, "expired")]
    assert world.store.query("due", CAMPAIGN) == []


def test_a_schedule_wakes_the_sweeper_in_the_minute_in_which_the_group_ends(world: World) -> None:
    stream = Stream(world)
    world.clock.now = OPENS + timedelta(seconds=20)
    group = opened(world, price=900, at=world.clock.now)
    pays(world, world.phone("leader"), group)
    stream.deliver()
    handler = sweeper.entry(lambda: world.service)
    (asked,) = world.scheduler.asked.values()
    assert (asked["ScheduleExpression"], asked["ActionAfterCompletion"]) == ("at(2026-12-02T00:01:00)", "DELETE")

    world.clock.pass_(hours=24)
    assert world.scheduler.calls(handler, world.clock) == []
    world.clock.pass_(seconds=40)

    assert world.scheduler.calls(handler, world.clock) == [{"closed": 1}]
    assert sweep(world)["closed"] == 0
    assert unit_record(world.store, CAMPAIGN, group)["state"] == "expired"
    assert [(amount, why) for _, amount, why in refunds(world.store)] == [(900, "expired")]


def test_groups_of_one_minute_ask_for_one_schedule_however_often_they_are_told(world: World) -> None:
    stream = Stream(world)
    opened(world)
    for name in ("a", "b"):
        world.clock.pass_(seconds=15)
        assert post(world.phone(name), "open", "event-open") == "group_opened"
    batch = stream.take()

    for _ in range(2):
        assert stream.deliver(batch) == []
        world.service.schedules.known.clear()

    assert len(world.scheduler.asked) == 2  # the first minute's own group, and the two that follow it


def test_a_lost_schedule_makes_an_end_late_by_two_rounds_of_the_sweeper_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst of it: one round comes a second too early, and the next one meets a table that is away."""
    stream, period = Stream(world), sweeps_every()
    world.scheduler.away = True
    group = opened(world, price=900)
    pays(world, world.phone("leader"), group)
    assert stream.deliver() == []  # nothing of the batch is held up by it
    ends = OPENS + timedelta(hours=24)

    world.clock.now = ends - timedelta(seconds=1)
    assert sweep(world)["closed"] == 0
    world.clock.now += period
    with monkeypatch.context() as away:
        away.setattr(timers, "hear", is_away)
        assert sweep(world)["closed"] == 0
    world.clock.now += period
    assert sweep(world)["closed"] == 1

    assert world.scheduler.asked == {}
    assert world.clock.now - ends < 2 * period
    assert unit_record(world.store, CAMPAIGN, group)["state"] == "expired"


def sweeps_every() -> timedelta:
    """The sweeper's period, as template.yaml has it."""
    events = template.load()["Resources"]["Sweeper"]["Properties"]["Events"]
    rate = events["EveryFiveMinutes"]["Properties"]["ScheduleExpression"]
    return timedelta(minutes=int(rate.removeprefix("rate(").removesuffix(" minutes)")))


def is_away(*_said: object) -> Answer:
    """What a table says that is not there."""
    raise Busy


@pytest.mark.parametrize("prompt", [True, False])
def test_a_large_group_is_settled_in_steps_by_the_stream_or_the_sweeper(
    world: World, monkeypatch: pytest.MonkeyPatch, prompt: bool
) -> None:
    """As large is taken what has more than one member; also when the campaign has ended meanwhile: it was promised."""
    monkeypatch.setattr(group_buy, "AT_ONCE", 1)
    monkeypatch.setattr(group_buy, "WHOLE_MAX", 1)
    stream, group = Stream(world), opened(world)
    phones = [world.phone(name) for name in ("leader", "a", "b")]
    assert [post(one, "join", "event-join", group=group) for one in phones[1:]] == ["group_joined", "group_formed"]
    assert [coupons_of(world.store, one.member) for one in phones] == [0, 0, 0]
    head = campaigns.load(world.store, CAMPAIGN).campaign
    campaigns.turn(world.store, head, "ended", "marketer", world.clock.now)
    world.clock.pass_(seconds=6)

    if prompt:
        stream.deliver()
        assert world.queue.deliver(world) == []
    else:
        assert sweep(world)["closed"] == 1

    assert [coupons_of(world.store, one.member) for one in phones] == [1, 1, 1]
    assert sweep(world)["closed"] == 0
    stream.deliver()
    counted = totals(daily(world.store, CAMPAIGN))
    assert (counted.facts["group.completed"], counted.granted["tea"], counted.rules["led.granted"]) == (1, 3, 1)


def test_what_waits_holds_up_nobody_behind_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than one query shows: the first is a full group of a paused campaign, the last ones expire."""
    monkeypatch.setattr(timers, "UNITS_AT_ONCE", 1)
    first = opened(world, size=2, price=900, ladder=[{"people": 3, "price": 800}])
    post(world.phone("a"), "join", "event-join", group=first)
    for name in ("leader", "a"):
        pays(world, world.phone(name), first)
    world.clock.pass_(minutes=1)
    post(world.phone("b"), "open", "event-open")
    campaigns.turn(world.store, campaigns.load(world.store, CAMPAIGN).campaign, "paused", "marketer", world.clock.now)

    world.clock.pass_(hours=25)

    assert sweep(world)["closed"] == 1
    assert len(world.store.query("due", CAMPAIGN)) == 1  # which completes when the campaign goes on


def test_who_leaves_the_campaign_leaves_the_group_and_is_paid_back(world: World) -> None:
    group = opened(world, price=900)
    pays(world, world.phone("leader"), group)
    friend = world.phone("a")
    post(friend, "join", "event-join", group=group)
    pays(world, friend, group)

    friend.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})

    assert members_of(world.store, CAMPAIGN, group) == (world.phone("leader").member,)
    assert refunds(world.store) == [(friend.member, 900, "left")]


def test_an_erased_member_leaves_the_group_and_gets_nothing_of_it(world: World) -> None:
    group = opened(world)
    gone = world.phone("a")
    post(gone, "join", "event-join", group=group)

    assert gone.call("DELETE", "/api/me").status == 200
    for name in ("b", "c"):
        post(world.phone(name), "join", "event-join", group=group)

    assert unit_record(world.store, CAMPAIGN, group)["state"] == "completed"
    assert coupons_of(world.store, gone.member) == 0
    assert gone.member not in members_of(world.store, CAMPAIGN, group)


def test_the_stream_counts_what_everyone_in_the_group_got(world: World) -> None:
    stream = Stream(world)
    group = opened(world)
    for name in ("a", "b"):
        post(world.phone(name), "join", "event-join", group=group)

    stream.deliver()

    counted = totals(daily(world.store, CAMPAIGN))
    assert counted.granted["tea"] == 3
    assert (counted.rules["formed.granted"], counted.rules["led.granted"]) == (3, 1)
    assert [counted.facts[f"group.{name}"] for name in ("opened", "joined", "completed")] == [1, 2, 1]
    assert counted.participants == 3

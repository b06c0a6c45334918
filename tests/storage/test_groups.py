"""Facts that concern others: the engine, over both stores, with groups that fill, expire and pay back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.money import MINOR_MAX
from functions.coupons import redeem
from functions.group_buy.config import LARGE_MAX
from functions.storage import campaigns
from functions.storage.engine import Answer
from functions.storage.store import Store
from tests.storage import stage
from tests.storage.group_stage import (
    BOTH,
    FORMED,
    LED,
    closes,
    content,
    coupons,
    crowd,
    group_of,
    happened,
    joins,
    opened,
    pays,
    refunds,
    settles,
    unit,
)
from tests.storage.serving import Consumed, Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, live, member, open_shop, publish
from tests.storage.test_budgets import KB, size_of

TENANT_MAX = 32  # template.yaml: a tenant's name is part of every key
PAID: dict[str, Any] = {"price": 900, "groups_each": 9}
LADDER = {"size": 2, "price": 900, "ladder": [{"people": 3, "price": 700}], "leader_discount": 100}


def state(store: Store, who: int) -> dict[str, Any]:
    key = keys.state(CAMPAIGN, member(who))
    return store.read([key])[key] or {}


def fills(shop: Shop, size: int = 3, at: Any = OPENS) -> tuple[str, Answer]:
    """A group filled by the members 0, 1, …; the last answer."""
    group = opened(shop, 0, at)
    for who in range(1, size - 1):
        assert joins(shop, who, group, at) == "group_joined"
    return group, shop.hears(happened("join", member(size - 1), "join-last", at, group=group))


def test_the_last_member_completes_the_group_and_everyone_has_the_coupon(store: Store) -> None:
    group, answer = fills(open_shop(store, content()))

    assert answer.outcome == "group_formed"
    assert [line["outcome"] for line in answer.grants] == ["granted"]
    assert [coupons(store, who) for who in range(3)] == [1, 1, 1]
    assert group_of(store, group).state == "completed"
    assert state(store, 0)["got"] == {"tea": 1, "points": 50}
    assert state(store, 1)["got"] == state(store, 2)["got"] == {"tea": 1}
    assert (store.read([keys.points(member(0))])[keys.points(member(0))] or {})["balance"] == 50


def test_told_again_it_gets_the_same_answer_and_nobody_gets_more(store: Store) -> None:
    shop = open_shop(store, content())
    group, first = fills(shop)

    again = shop.hears(happened("join", member(2), "join-last", OPENS + DAY, group=group))

    assert (again.outcome, again.grants, again.replayed) == (first.outcome, first.grants, True)
    assert [coupons(store, who) for who in range(3)] == [1, 1, 1]


def test_what_others_did_to_a_members_row_leaves_the_members_own_replays_alone(store: Store) -> None:
    shop = open_shop(store, content())
    group, _ = fills(shop)

    again = shop.hears(happened("join", member(1), "join-0001", OPENS, group=group))

    assert (again.outcome, again.replayed) == ("group_joined", True)
    assert state(store, 1)["version"] == 2


def test_who_has_left_gets_nothing_and_the_others_do(store: Store) -> None:
    shop = open_shop(store, content())
    group = opened(shop)
    joins(shop, 1, group)
    left = state(store, 1) | {"closed": "withdrawn", "version": 2}
    _put(store, keys.state(CAMPAIGN, member(1)), left)

    answer = shop.hears(happened("join", member(2), "join-last", OPENS, group=group))

    assert answer.outcome == "group_formed"
    assert [coupons(store, who) for who in range(3)] == [1, 0, 1]
    assert state(store, 1) == left
    assert ["formed", "tea", "left", 1, 1] in state(store, 2)["given"]


def test_each_members_own_limit_holds(store: Store) -> None:
    """The leader's two coupons are all that one may have: in the third group only the others get one."""
    shop = open_shop(store, content(groups_each=9, size=2))
    for number, friend in enumerate((1, 2, 3)):
        event = happened("open", member(0), f"open-{number:04d}", OPENS + timedelta(minutes=number))
        shop.hears(event)
        joins(shop, friend, state(store, 0)["record"]["group"], OPENS + timedelta(minutes=number))

    assert [coupons(store, who) for who in range(4)] == [2, 1, 1, 1]
    assert ["formed", "tea", "limit_reached", 1, 1] in state(store, 3)["given"]


def test_a_rules_limit_is_each_recipients_own(store: Store) -> None:
    rules = [{**LED[0], "limit": 1}]
    shop = open_shop(store, content(rules=rules, groups_each=9, size=2))
    for number, friend in enumerate((1, 2)):
        shop.hears(happened("open", member(0), f"open-{number:04d}", OPENS + timedelta(minutes=number)))
        joins(shop, friend, state(store, 0)["record"]["group"], OPENS + timedelta(minutes=number))

    assert state(store, 0)["got"] == {"points": 50}
    assert state(store, 0)["paid"] == {"led": 1}


def test_a_stock_that_runs_out_in_the_midst_goes_to_those_who_joined_first(store: Store) -> None:
    shop = open_shop(store, content(stock=2))

    _, answer = fills(shop)

    assert [coupons(store, who) for who in range(3)] == [1, 1, 0]
    assert [line["outcome"] for line in answer.grants] == ["exhausted"]
    version = live(store).version
    assert version is not None
    assert campaigns.issued(store, version) == {"tea": (2, 2)}


def test_a_group_that_does_not_fill_expires_and_pays_back_what_was_paid(store: Store) -> None:
    shop = open_shop(store, content(**PAID))
    group = opened(shop)
    pays(shop, 0, group)
    joins(shop, 1, group)
    pays(shop, 1, group)
    joins(shop, 2, group)  # and never pays

    assert shop.hears(closes(group, OPENS + DAY / 2)).outcome == "not_due"
    assert shop.hears(closes(group, OPENS + DAY, "close-0002")).outcome == "group_expired"
    assert shop.hears(closes(group, OPENS + DAY, "close-0003")).outcome == "group_over"

    assert refunds(store) == sorted((member(who), 900, "expired") for who in (0, 1))
    assert group_of(store, group).state == "expired"
    assert [coupons(store, who) for who in range(3)] == [0, 0, 0]


def test_a_payment_after_the_end_goes_back_once(store: Store) -> None:
    shop = open_shop(store, content(**PAID))
    group = opened(shop)
    seat = group_of(store, group).seats[0]
    said = {"group": group, "payment": group_of(store, group).payment(CAMPAIGN, seat), "amount": 900}
    shop.hears(closes(group, OPENS + DAY))

    told = [shop.hears(happened("paid", member(0), f"paid-{n:04d}", OPENS + DAY, **said)).outcome for n in range(2)]

    assert told == ["seat_gone", "already_refunded"]
    assert refunds(store) == [(member(0), 900, "seat_gone")]


def test_on_a_ladder_each_gets_back_what_was_paid_above_the_last_price(store: Store) -> None:
    shop = open_shop(store, content(**LADDER))
    group = opened(shop)
    pays(shop, 0, group)
    for who in (1, 2):
        joins(shop, who, group)
        pays(shop, who, group)

    assert group_of(store, group).state == "completed"
    assert refunds(store) == sorted((member(who), 200, "ladder") for who in range(3))


def test_enough_on_a_ladder_are_complete_when_time_is_over_and_everyone_has_the_coupon(store: Store) -> None:
    shop = open_shop(store, content(**LADDER))
    group = opened(shop)
    pays(shop, 0, group)
    joins(shop, 1, group)
    assert pays(shop, 1, group) == "enough"

    assert shop.hears(closes(group, OPENS + DAY)).outcome == "group_formed"

    assert [coupons(store, who) for who in range(2)] == [1, 1]
    assert refunds(store) == []


def test_a_paused_campaign_takes_payments_and_gives_nothing_until_it_goes_on(store: Store) -> None:
    shop = open_shop(store, content(size=2, price=900))
    group = opened(shop)
    pays(shop, 0, group)
    joins(shop, 1, group)
    campaigns.turn(store, campaigns.load(store, CAMPAIGN).campaign, "paused", "marketer", OPENS)
    paused = Shop(store, live(store, OPENS + DAY))

    assert pays(paused, 1, group) == "enough"
    assert paused.hears(closes(group, OPENS + DAY)).outcome == "group_waits"
    assert coupons(store, 0) == 0
    campaigns.turn(store, campaigns.load(store, CAMPAIGN).campaign, "published", "marketer", OPENS)

    assert Shop(store, live(store, OPENS + 2 * DAY)).hears(closes(group, OPENS + 2 * DAY)).outcome == "group_formed"
    assert [coupons(store, who) for who in range(2)] == [1, 1]


@pytest.mark.parametrize("ends", ["completed", "expired"])
def test_more_than_one_write_holds_is_settled_in_steps(server: Server, ends: str) -> None:
    """The most there may be, at 900 each: formed, each has a coupon, points and 200 back; else one is missing."""
    formed, meter = ends == "completed", Consumed()
    people = LARGE_MAX if formed else LARGE_MAX - 1
    ladder = {"ladder": [{"people": LARGE_MAX, "price": 700}]} if formed else {}
    terms = {"size": 20 if formed else LARGE_MAX, "price": 900, **ladder}
    shop = open_shop(server.store(meter=meter), content(rules=BOTH if formed else FORMED, **terms))
    group = crowd(shop.store, people, terms)
    assert shop.hears(closes(group, OPENS + DAY)).outcome == ("group_formed" if formed else "group_expired")
    steps = []

    for step in range(4):
        meter.written = 0
        told = settles(group, OPENS + DAY, f"settle-{step:04d}")
        steps.append((shop.hears(told).outcome, meter.written))
        again = shop.hears(told)
        assert again.replayed or again.outcome == "group_over"

    words = ["group_settling", "group_formed" if formed else "group_expired"] + ["group_over"] * 2
    assert [word for word, _ in steps] == words
    each = 8 if formed else 2  # a member's row, a coupon, points, what goes back
    assert all(units <= 4 + each * n for (_, units), n in zip(steps, (20, people - 20, 0, 0), strict=True)), steps
    assert [coupons(shop.store, who) for who in range(people)] == [int(formed)] * people
    assert [amount for _, amount, _ in refunds(shop.store)] == [200 if formed else 900] * people


def test_rules_that_give_more_than_when_the_group_was_opened_do_not_keep_it_from_its_end(store: Store) -> None:
    """Six coupons each, to groups of three: for the twenty of a group from before that is more than one write."""
    shop = open_shop(store, content(200, SIX, per_member=6, size=3))
    group = crowd(store, 19, {"size": 20})

    assert joins(shop, 19, group) == "group_formed"
    told = [shop.hears(settles(group, OPENS, f"settle-{step:04d}")).outcome for step in range(3)]

    assert told == ["group_settling", "group_formed", "group_over"]
    assert [coupons(store, who) for who in range(20)] == [6] * 20


SIX = [{**FORMED[0], "id": f"formed_{number}"} for number in range(6)]


@pytest.mark.parametrize("on_refund", ["dissolve", "replace"])
def test_no_version_is_published_whose_rules_an_open_group_has_no_room_for(store: Store, on_refund: Any) -> None:
    """Such a group is complete in one write, for a refund may change it: its twenty are told what they get at once."""
    terms = {"size": 20, "on_refund": on_refund}
    more = content(200, SIX, per_member=6, size=3)
    shop = open_shop(store, content(200, FORMED, **terms))
    group = crowd(store, 19, terms)

    with pytest.raises(campaigns.Refused) as refused:
        publish(store, more)
    assert refused.value.code == "open_need_room"
    assert joins(shop, 19, group) == "group_formed"
    assert [coupons(store, who) for who in range(20)] == [1] * 20
    assert not store.write([Change(key, delete=True) for key in due_of(store)])  # as the timer does

    assert publish(store, more).live == 2


def test_what_was_opened_in_the_moment_of_such_a_publish_ends_in_steps_and_stays(store: Store) -> None:
    shop = open_shop(store, content(200, SIX, per_member=6, size=3))
    group = crowd(store, 19, {"size": 20, "price": 900, "on_refund": "dissolve"})
    assert joins(shop, 19, group) == "seat_held"

    assert pays(shop, 19, group) == "group_formed"
    told = [shop.hears(settles(group, OPENS, f"settle-{step:04d}")).outcome for step in range(3)]

    assert told == ["group_settling", "group_formed", "group_over"]
    assert [coupons(store, who) for who in range(20)] == [6] * 20
    assert group_of(store, group).on_refund == "keep"


def test_a_campaign_that_was_live_keeps_its_mechanic(store: Store) -> None:
    publish(store, content())

    with pytest.raises(campaigns.Refused) as refused:
        publish(store, stage.content())

    assert refused.value.code == "mechanic_changed"


def due_of(store: Store) -> list[keys.Key]:
    """The rows that say whose time is over when."""
    split = [where.split("#") for where, _ in store.query("due", CAMPAIGN)]
    return [keys.due(CAMPAIGN, int(until), kind, name) for until, kind, name in split]


def redeems(store: Store, who: int) -> None:
    """A clerk takes the member's coupon."""
    ((_, row),) = store.query("member", member(who), prefix="W#coupon#")
    step = redeem.redeem(row, "order-1", 900, redeem.Till("till-0001", "", "clerk", OPENS))
    assert step.outcome == "redeemed"
    assert not store.write(step.changes)


def states(store: Store, who: int) -> list[str]:
    return [row["state"] for _, row in store.query("member", member(who), prefix="W#coupon#")]


def test_a_dissolved_group_takes_back_what_nobody_used_and_pays_everyone_back_once(store: Store) -> None:
    shop = open_shop(store, content(size=3, price=900, on_refund="dissolve"))
    group = opened(shop)
    pays(shop, 0, group)
    for who in (1, 2):
        joins(shop, who, group)
        pays(shop, who, group)
    redeems(store, 1)
    said = {"group": group, "payment": group_of(store, group).payment(CAMPAIGN, group_of(store, group).seats[2])}

    told = [shop.hears(happened("refunded", member(2), f"back-{n:04d}", OPENS, **said)).outcome for n in range(2)]

    assert told == ["group_dissolved", "already_refunded"]
    assert [states(store, who) for who in range(3)] == [["void"], ["redeemed"], ["void"]]
    assert (store.read([keys.points(member(0))])[keys.points(member(0))] or {})["balance"] == 0
    assert refunds(store) == sorted([*((member(who), 900, "dissolved") for who in (0, 1)), (member(2), 900, "by_hand")])


def test_when_the_leader_leaves_the_next_one_leads(store: Store) -> None:
    shop = open_shop(store, content(size=3))
    group = opened(shop)
    joins(shop, 1, group)

    assert shop.hears(happened("leave", member(0), "leave-0001", OPENS)).outcome == "left_group"
    joins(shop, 2, group)
    assert joins(shop, 3, group) == "group_formed"

    assert group_of(store, group).leader == member(1)
    assert state(store, 1)["got"] == {"tea": 1, "points": 50}
    assert coupons(store, 0) == 0


@pytest.mark.parametrize(("size", "name"), [(3, "three"), (LARGE_MAX, "the largest")])
def test_completion_costs_four_write_units_and_four_for_each(server: Server, size: int, name: str) -> None:
    meter = Consumed()
    shop = open_shop(server.store(meter=meter), content(rules=FORMED, size=size))
    group = crowd(shop.store, size - 1, {"size": size})
    last = happened("join", member(size - 1), "join-last", OPENS, group=group)
    _agreed(shop, size - 1)
    meter.requests.clear()
    meter.read = meter.written = 0

    assert shop.hears(last).outcome == "group_formed", name

    assert meter.written <= 4 + 4 * size
    assert meter.requests == ["batch_get_item", "batch_get_item", "transact_write_items"]
    assert size_of(shop, unit(group)) <= KB - TENANT_MAX
    assert [coupons(shop.store, who) for who in range(size)] == [1] * size


def test_completion_at_the_deadline_costs_no_more(server: Server) -> None:
    """One is missing to the last step of a ladder: the group's row remembers the event as well."""
    meter, people = Consumed(), LARGE_MAX - 1
    terms = {"size": people, "price": 900, "ladder": [{"people": LARGE_MAX, "price": 700}]}
    shop = open_shop(server.store(meter=meter), content(rules=FORMED, **terms))
    group = crowd(shop.store, people, terms)
    meter.written = 0

    assert shop.hears(closes(group, OPENS + DAY)).outcome == "group_formed"

    assert meter.written <= 4 + 4 * people
    assert size_of(shop, unit(group)) + people <= KB - TENANT_MAX
    assert [coupons(shop.store, who) for who in range(people)] == [1] * people


def test_the_last_join_of_the_largest_group_costs_four_write_units_and_two_requests(server: Server) -> None:
    """Every seat held while it is paid, under the longest terms there may be."""
    steps = [{"people": LARGE_MAX - n, "price": MINOR_MAX - 9 + n} for n in (2, 1, 0)]
    terms = {"size": LARGE_MAX - 3, "price": MINOR_MAX - 1, "ladder": steps, "leader_discount": MINOR_MAX - 9}
    meter = Consumed()
    shop = open_shop(server.store(meter=meter), content(rules=FORMED, hold_minutes=60, **terms))
    group = crowd(shop.store, LARGE_MAX - 1, terms, hold=3600)
    _agreed(shop, LARGE_MAX - 1)
    meter.requests.clear()
    meter.read = meter.written = 0

    assert joins(shop, LARGE_MAX - 1, group) == "seat_held"

    assert (meter.written, meter.requests) == (4, ["batch_get_item", "transact_write_items"])
    assert size_of(shop, unit(group)) + LARGE_MAX <= KB - TENANT_MAX  # also where members came and went between


def _agreed(shop: Shop, who: int) -> None:
    """The member has taken part before: an event of theirs is not the first, which writes the consent beside it."""
    key = keys.state(CAMPAIGN, member(who))
    row = {"version": 1, "record": {}, "paid": {}, "got": {}, "events": [], "facts": [], "definition": 1, "at": 0}
    _put(shop.store, key, row)


def _put(store: Store, key: keys.Key, row: dict[str, Any]) -> None:
    assert not store.write([Change(key, put=row)])

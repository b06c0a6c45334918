"""A referral from link to reward and back: real handlers, orders by the hook, the sweeper's release."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.campaign import State
from functions.core.order import order_name
from functions.core.sharing import Share
from functions.edge import shares
from functions.edge.timers import close_due
from functions.storage import campaigns, payouts
from infra import reconcile_command
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.orders.shop import ShopSystem, order
from tests.pages.test_visits import visit
from tests.payouts.test_payouts import ABOUT, MING

POINTS = {"id": "points", "kind": "points", "name": {"zh": "积分", "en": "Points"}}
COUPON = {
    "id": "host", "kind": "coupon", "name": {"zh": "券", "en": "Coupon"}, "stock": 5, "per_member": 2, "unit_cost": 500,
    "config": {"value": {"kind": "amount_off", "amount": 500}},
}  # fmt: skip
RULES = [
    {"id": "host", "when": "referral.qualified", "then": [{"reward": "host", "to": "referrer"}]},
    {"id": "friend", "when": "referral.qualified", "then": [{"reward": "points", "amount": 30}]},
]


def referral(world: World, **config: Any) -> None:
    content = definition_content(mechanic="referral", config=config, rewards=[POINTS, COUPON], rules=RULES)
    world.publish(content)


def says(phone: Phone, kind: str, event: str, **extra: Any) -> Any:
    body = {"event_id": event, "data": {}, "consent": True, **extra}
    return phone.post(f"/api/campaigns/{CAMPAIGN}/events/{kind}", body)


def link(world: World, phone: Phone) -> str:
    return shares.sealed(world.service.keys.ring(world.clock.now), Share(CAMPAIGN, phone.member))


def record(world: World, phone: Phone) -> dict[str, Any]:
    key = keys.state(CAMPAIGN, phone.member)
    return dict((world.store.read([key])[key] or {}).get("record", {}))


def coupons(world: World, phone: Phone) -> list[str]:
    rows = world.store.query("member", phone.member, prefix="W#coupon#")
    return [row["state"] for _, row in rows]


def balance(world: World, phone: Phone) -> int:
    key = keys.points(phone.member)
    return int((world.store.read([key])[key] or {"balance": 0})["balance"])


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def shop(world: World) -> ShopSystem:
    return ShopSystem(world)


def pair(world: World) -> tuple[Phone, Phone]:
    host, friend = world.phone("host"), world.phone("friend")
    assert says(host, "join", "join-host-1").code == "joined"
    assert says(friend, "join", "join-friend", share=link(world, host)).code == "joined_by_friend"
    return host, friend


def buys(
    world: World, shop: ShopSystem, friend: Phone, order_id: str = "A-1", revision: int = 1, **changes: Any
) -> None:
    paid_at = changes.pop("paid_at", world.clock.now.isoformat())
    told = order(order_id, revision, buyer={"member": friend.member}, paid_at=paid_at, **changes)
    assert shop.tells(told).status == 202
    assert world.queue.deliver(world) == []


def test_both_are_rewarded_at_the_friends_first_order_and_lose_it_by_the_refund(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()

    buys(world, shop, friend)
    assert (coupons(world, host), balance(world, friend)) == (["available"], 30)

    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)
    assert (coupons(world, host), balance(world, friend)) == (["void"], 0)
    assert (record(world, friend)["state"], record(world, host)["qualified"]) == ("joined", 0)


def test_another_order_after_the_refund_is_rewarded_anew(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)

    buys(world, shop, friend, "A-2")

    assert sorted(coupons(world, host)) == ["available", "void"]
    assert balance(world, friend) == 30


def test_of_two_orders_one_may_go_back_and_the_reward_stays(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    buys(world, shop, friend, "A-2")

    buys(world, shop, friend, revision=2, status="cancelled", paid_at=paid)

    assert coupons(world, host) == ["available"]


def test_a_coupon_that_was_used_stays_used_and_points_that_were_spent_stay_spent(
    world: World, shop: ShopSystem
) -> None:
    referral(world, hold_days=0)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    code = host.post(f"/api/me/coupons/{world.coupon(host)}/code").body["code"]
    used = {"event_id": "till-0001", "code": code, "order_id": "o-1", "amount": 900}
    assert world.clerk().post("/api/coupons/redeem", used).code == "redeemed"
    spent = keys.points(friend.member)
    row = world.store.read([spent])[spent] or {}
    world.store.rows[(f"T#demo#M#{friend.member}", "POINTS")] = row | {"balance": 10}  # type: ignore[attr-defined]

    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)

    assert (coupons(world, host), balance(world, friend)) == (["redeemed"], 0)


def test_a_held_reward_comes_by_itself_when_its_time_is_over_and_once(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=7)
    host, friend = pair(world)
    buys(world, shop, friend)
    assert (coupons(world, host), record(world, friend)["state"]) == ([], "held")

    for days in (6, 1, 1):
        world.clock.pass_(days=days)
        sweep(world)
        sweep(world)

    assert (coupons(world, host), balance(world, friend)) == (["available"], 30)
    assert world.store.query("due", CAMPAIGN) == []


def test_a_refund_while_it_is_held_means_nothing_ever_comes(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=7)
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    world.clock.pass_(days=3)
    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)

    world.clock.pass_(days=30)
    sweep(world)

    assert (coupons(world, host), balance(world, friend)) == ([], 0)
    assert world.store.query("due", CAMPAIGN) == []


def sweep(world: World) -> None:
    """The timer of whose time is over."""
    close_due(world.service, lambda attempt: True)


def test_a_visit_days_ago_counts_when_they_join_by_the_plain_link(world: World) -> None:
    referral(world)
    host, friend = world.phone("host"), world.phone("friend")
    says(host, "join", "join-host-1")
    body = {"event_id": "visit-0001", "share": link(world, host)}
    person = {"user-agent": "Mozilla/5.0 (iPhone)", "content-type": "application/json"}
    friend.call("POST", f"/api/campaigns/{CAMPAIGN}/visits", __import__("json").dumps(body), person)
    world.clock.pass_(days=3)

    assert says(friend, "join", "join-friend").code == "joined_by_friend"


def test_who_bought_before_is_no_newcomer(world: World, shop: ShopSystem) -> None:
    referral(world)
    host, friend = world.phone("host"), world.phone("friend")
    says(host, "join", "join-host-1")
    buys(world, shop, friend)

    assert says(friend, "join", "join-friend", share=link(world, host)).code == "joined_as_customer"


def test_oneself_a_second_referrer_and_a_circle_bring_nobody(world: World) -> None:
    referral(world, qualify="join", hold_days=0)
    host, friend = pair(world)

    assert says(host, "join", "join-host-2", share=link(world, friend)).code == "already_joined"
    assert says(friend, "join", "join-friend-2", share=link(world, world.phone("other"))).code == "already_joined"
    alone = world.phone("alone")
    assert says(alone, "join", "join-alone", share=link(world, alone)).code == "joined"
    assert "by" not in record(world, host)
    assert record(world, friend)["by"] == host.member


def test_coming_on_three_days_is_what_counts(world: World) -> None:
    referral(world, qualify="check_ins", check_ins=3, hold_days=0)
    host, friend = pair(world)

    said = []
    for day in range(3):
        said += [says(friend, "come", f"come-{day}-{n}").code for n in range(2)]
        world.clock.pass_(days=1)

    assert said == ["came_by", "already_came", "came_by", "already_came", "qualified", "already_came"]
    assert coupons(world, host) == ["available"]


def test_a_referrer_who_was_erased_gets_nothing_and_the_friend_still_does(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0)
    host, friend = pair(world)
    assert host.call("DELETE", "/api/me").code == "erased"

    buys(world, shop, friend)

    assert (coupons(world, host), balance(world, friend)) == ([], 30)


@pytest.mark.parametrize("hold_days", [0, 90])
@pytest.mark.parametrize("state", ["ended", "archived"])
def test_a_refund_after_the_campaign_takes_reward_and_commission_back(
    world: World, shop: ShopSystem, state: str, hold_days: int
) -> None:
    referral(world, hold_days=hold_days, commission={"levels": [1000], "freeze_days": 0})
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    over(world, state)

    buys(world, shop, friend, "A-2")
    buys(world, shop, friend, "A-2", revision=2, status="refunded", paid_at=paid)
    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)
    world.clock.pass_(days=100)
    sweep(world)

    assert (coupons(world, host), balance(world, friend)) == ([] if hold_days else ["void"], 0)
    assert {row["amount"] for _, row in world.store.query("commissions", CAMPAIGN)} == {0}
    assert reconcile_command.found(world.store, world.clock.now) == []


@pytest.mark.parametrize("when", ["listed_before", "listed_after"])
def test_of_an_erased_buyers_refunded_order_nothing_is_paid_to_whoever_brought_them(
    world: World, shop: ShopSystem, when: str
) -> None:
    """The bond goes with the friend: a held reward never comes, and what the order earned is listed, and not paid."""
    referral(world, hold_days=7, commission={"levels": [1000], "freeze_days": 0})
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    buys(world, shop, friend)
    buys(world, shop, friend, "A-2", total=5_000, lines=[])
    made = (
        payouts.make(world.store, CAMPAIGN, ABOUT, "CNY", MING, world.clock.now) if when == "refunded_before" else None
    )

    assert friend.call("DELETE", "/api/me").code == "erased"
    buys(world, shop, friend, revision=2, status="refunded", paid_at=paid)
    world.clock.pass_(days=8)
    sweep(world)

    assert coupons(world, host) == []
    listed = [(one.code, one.amount) for one in reconcile_command.found(world.store, world.clock.now)]
    assert listed == [("commission_behind_order", 12_900)]
    if made is not None:
        assert [line.told for line in payouts.moved(world.store, made, world.clock.now)] == ["A-1"]
        payouts.drop(world.store, made, ABOUT, MING, world.clock.now)
    again = payouts.lines(world.store, lists_what_is_due(world))
    assert [(line.told, line.amount) for line in again] == [("A-2", 500)]


def lists_what_is_due(world: World) -> payouts.Payout:
    """A payout list, made by a marketer."""
    return payouts.make(world.store, CAMPAIGN, ABOUT, "CNY", MING, world.clock.now)


def over(world: World, state: State) -> None:
    """The marketer ends the campaign, and puts it away."""
    for step in ("ended", "archived")[: 1 + (state == "archived")]:
        [head] = campaigns.campaigns(world.store)
        campaigns.turn(world.store, head, step, "marketer", world.clock.now)
    world.clock.pass_(seconds=6)


def test_commission_reaches_as_many_levels_as_it_says_and_follows_the_refund(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0, commission={"levels": [1000, 200], "freeze_days": 7})
    host, friend = pair(world)
    third = world.phone("third")
    says(third, "join", "join-third", share=link(world, friend))
    paid = (world.clock.now + timedelta(minutes=1)).isoformat()

    buys(world, shop, third, total=10_000, paid_at=paid)
    buys(world, shop, third, revision=2, total=10_000, status="refunded", refunded=4_000, paid_at=paid)

    rows = {
        where.split("#")[0]: (row["level"], row["amount"]) for where, row in world.store.query("commissions", CAMPAIGN)
    }
    assert rows == {friend.member: (1, 600), host.member: (2, 120)}


def test_who_has_not_the_right_earns_no_commission(world: World, shop: ShopSystem) -> None:
    referral(world, commission={"levels": [1000], "right": "promoter"})
    host, friend = pair(world)
    buys(world, shop, friend)
    assert world.store.query("commissions", CAMPAIGN) == []

    from functions.core.change import Change

    right = {"name": "promoter", "valid_until": int(world.clock.now.timestamp()) + 60, "grant": "g"}
    world.store.write([Change(keys.entitlement(host.member, "promoter"), put=right)])
    buys(world, shop, friend, "A-2", total=5_000)

    assert [row["amount"] for _, row in world.store.query("commissions", CAMPAIGN)] == [500]


def test_orders_shuffled_and_doubled_leave_a_bond_and_its_commission_as_told_once_in_order(world: World) -> None:
    import random

    ends = []
    for seed in (None, 1, 2, 3, 4, 5):
        there = World()
        shop = ShopSystem(there)
        referral(there, qualify="order_above", order_min=5_000, hold_days=30, commission={"levels": [500]})
        _, friend = pair(there)
        chance = random.Random(7)
        told = []
        for number in range(5):
            at = (there.clock.now + timedelta(hours=number)).isoformat()
            base = order(
                f"O-{number}", 1, buyer={"member": friend.member}, total=chance.randrange(3_000, 9_000), paid_at=at
            )
            told += [
                base,
                base | {"revision": 2, "status": "refunded", "refunded": chance.choice((100, base["total"]))},
            ]
        if seed is not None:
            told += told[:4]
            random.Random(seed).shuffle(told)
        there.clock.pass_(days=1)
        for one in told:
            shop.tells(one)
            there.queue.deliver(there)
        mine = record(there, friend)
        earned = [(where, row["amount"], row["net"]) for where, row in there.store.query("commissions", CAMPAIGN)]
        ends.append(({name: mine.get(name) for name in ("state", "orders", "due", "worth")}, earned_now(earned)))

    assert all(end == ends[0] for end in ends)
    assert order_name("orders", "O-0")


def earned_now(earned: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Rows that were made and came to nothing say the same as none."""
    return [line for line in earned if line[1]]


def test_what_an_order_has_to_be_worth_is_said_in_money(world: World) -> None:
    referral(world, qualify="order_above", order_min=1_250)

    page = str(visit(world, f"/c/{CAMPAIGN}", world.phone("host"), "zh")["body"])

    assert "一单满 ¥12.50" in page

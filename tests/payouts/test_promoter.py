"""The promoter's own side: how the right to earn is earned, and what the page says from the order to the payout."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.text import Text
from functions.storage import commissions, payouts
from tests.codes.batches import gift, link, ordered
from tests.edge.test_desk import asks
from tests.edge.test_desk import gives as gives_by_hand
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.orders.shop import ShopSystem
from tests.pages.test_visits import visit
from tests.payouts.test_payouts import ADA, MING
from tests.referral.test_played import buys, pair, referral, says
from tests.referral.test_played import link as invitation


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def shop(world: World) -> ShopSystem:
    return ShopSystem(world)


def centre(phone: Phone, language: str = "zh") -> str:
    page = str(visit(phone.world, f"/c/{CAMPAIGN}", phone, language)["body"])
    return page.split('id="earn"')[1].split("</section>")[0]


def pays_out(world: World) -> None:
    at, about = world.clock.now, Text(zh="推广", en="Promoters")
    made = payouts.make(world.store, CAMPAIGN, about, "CNY", MING, at)
    payouts.pay(world.store, payouts.answer(world.store, made, about, True, ADA, at), about, "bank 7", ADA, at)


def test_the_page_follows_an_order_from_frozen_to_paid_out_and_back(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0, commission={"levels": [1000, 250], "freeze_days": 7})
    host, friend = pair(world)
    paid = world.clock.now.isoformat()
    assert "好友下单后" in centre(host)

    buys(world, shop, friend, total=10_000)
    frozen = centre(host)
    world.clock.pass_(days=7)
    due = centre(host)
    pays_out(world)
    done = centre(host, "en")
    buys(world, shop, friend, revision=2, total=10_000, status="refunded", refunded=4_000, paid_at=paid)
    back = centre(host)

    assert "冻结到" in frozen
    assert frozen.count("¥10.00") == 2
    assert "好友实付的 10% 归你" in frozen
    assert "好友再邀请的人下单，你得 2.5%" in frozen
    assert "冻结到" not in due
    assert "待结算" in due
    assert "Paid out" in done
    assert "Due</dt><dd>¥0.00" in done
    assert "−¥4.00" in back
    assert "下次扣回" in back
    assert friend.member[-8:] not in frozen
    assert "A-1" not in frozen


RIGHT = {"id": "right", "kind": "entitlement", "name": {"zh": "推广员", "en": "Promoter"},
         "config": {"name": "promoter", "days": 90}}  # fmt: skip


def gives(when: str) -> dict[str, Any]:
    return {"id": "right", "when": when, "then": [{"reward": "right"}]}


@pytest.mark.parametrize(("mechanic", "tap", "fact"), [("checkin", "checkin", "checkin.recorded"),
                                                       ("claim", "claim", "claim.recorded")])  # fmt: skip
def test_who_holds_no_right_is_told_so_and_earns_once_another_campaign_gave_it(
    world: World, shop: ShopSystem, mechanic: str, tap: str, fact: str
) -> None:
    referral(world, hold_days=0, commission={"levels": [1000], "right": "promoter"})
    host, friend = pair(world)
    buys(world, shop, friend, total=10_000)
    assert "还没有推广资格" in centre(host)

    config = {"days": 7} if mechanic == "checkin" else {}
    other = definition_content(mechanic=mechanic, config=config, rewards=[RIGHT], rules=[gives(fact)])
    world.publish(other, "camp_other")
    said = {"event_id": "other-0001", "data": {}, "consent": True}
    assert host.post(f"/api/campaigns/camp_other/events/{tap}", said).status == 200
    buys(world, shop, friend, "A-2", total=5_000)

    assert "还没有推广资格" not in centre(host)
    assert [row["order"] for _, row in commissions.rows(world.store, CAMPAIGN)] == ["A-2"]


def test_a_pack_that_is_scanned_makes_its_buyer_a_promoter_and_nobody_else(world: World, shop: ShopSystem) -> None:
    referral(world, hold_days=0, commission={"levels": [1000], "right": "promoter"})
    host, friend = pair(world)
    world.publish(gift(rewards=[RIGHT], rules=[gives("item_scan.recorded")]), "camp_pack")
    pack = link(ordered(world.store, campaign="camp_pack"), 41)
    taking = {"event_id": "take-0001", "consent": True, "data": {"item": pack}}

    host.post("/api/items/scan", {"event_id": "scan-0001", "code": pack})
    codes = [phone.post("/api/campaigns/camp_pack/events/collect", taking).code for phone in (friend, host)]
    buys(world, shop, friend, total=10_000)

    assert codes == ["scanned_by_another", "collected"]
    assert "还没有推广资格" not in centre(host)
    assert [row["amount"] for _, row in commissions.rows(world.store, CAMPAIGN)] == [1_000]


def test_by_hand_a_promoter_earns_from_then_on_and_no_longer_once_it_is_taken_back(
    world: World, shop: ShopSystem
) -> None:
    referral(world, hold_days=0, commission={"levels": [1000], "right": "promoter"})
    host, friend = pair(world)

    buys(world, shop, friend, total=10_000)
    gives_by_hand(world, host.member, "promoter")
    buys(world, shop, friend, "A-2", total=5_000)
    asks(world, "take", host.member, right="promoter", reason="left the team")
    buys(world, shop, friend, "A-3", total=7_000)

    assert [row["order"] for _, row in commissions.rows(world.store, CAMPAIGN)] == ["A-2"]
    assert "还没有推广资格" in centre(host)


def test_a_friends_own_first_order_may_make_them_a_promoter(world: World, shop: ShopSystem) -> None:
    config = {"hold_days": 0, "commission": {"levels": [1000], "right": "promoter"}}
    rules = [gives("referral.qualified")]
    world.publish(definition_content(mechanic="referral", config=config, rewards=[RIGHT], rules=rules))
    _, friend = pair(world)
    third = world.phone("third")
    says(third, "join", "join-third", share=invitation(world, friend))

    buys(world, shop, third, "B-1", total=5_000)
    buys(world, shop, friend)
    buys(world, shop, third, "B-2", total=7_000)

    assert [(row["order"], row["amount"]) for _, row in commissions.rows(world.store, CAMPAIGN)] == [("B-2", 700)]

"""A referrer is rewarded after the friend's first order and loses it by the refund; a seat is paid in the sandbox."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from functions.storage import orders
from tests.browser.conftest import OpenPhone
from tests.browser.test_phone_journeys import Shop, press, sound
from tests.edge.test_groups import opened
from tests.edge.world import CAMPAIGN, Phone, World
from tests.orders.shop import ShopSystem, order
from tests.payments.test_money import PRICE, payment_of
from tests.referral.test_played import referral

pytestmark = pytest.mark.browser


def test_a_friend_joins_by_the_link_buys_and_takes_it_back(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    referral(world, hold_days=0)
    url, _ = shop
    host, friend = open_phone(), open_phone()

    host.goto(f"{url}/c/{CAMPAIGN}")
    press(host, ".dock [name=consent]")
    press(host, ".dock button")
    link = host.locator("#my-link")
    expect(link).to_be_visible()
    sound(host)

    friend.goto(str(link.input_value()))
    press(friend, ".dock [name=consent]")
    press(friend, ".dock button")
    expect(friend.locator("#mine")).to_be_visible()
    sound(friend)
    host.reload()
    expect(host.locator("[aria-labelledby=invite] .num").first).to_have_text("1")

    member = next(
        place[0].rpartition("#")[2]
        for place, row in world.store.rows.items()  # type: ignore[attr-defined]
        if place[1] == "STATE" and row.get("record", {}).get("by")
    )
    system = ShopSystem(world)
    told = order(buyer={"member": member}, paid_at=world.clock.now.isoformat())
    for telling, shown in ((told, "券"), (told | {"revision": 2, "status": "refunded"}, "")):
        assert system.tells(telling).status == 202
        assert world.queue.deliver(world) == []
        host.goto(f"{url}/me")
        coupons = host.locator("a[href^='/me/coupons/']")
        expect(coupons).to_have_count(1 if shown else 0)
    assert len(list(orders.everything(world.store))) == 1


def test_a_seat_is_paid_on_the_sandboxs_page(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    opened(world, price=PRICE)
    url, _ = shop
    leader: Phone = world.phone("leader")
    world.service.settings = replace(world.service.settings, stage="local")
    page = open_phone()
    page.context.add_cookies([{"name": "pond_session", "value": leader.token, "url": url}])

    page.goto(f"{url}/c/{CAMPAIGN}")
    press(page, "button[form=form-pay]")
    page.wait_for_url("**/pay/**")
    sound(page)
    press(page, "#form-approve button")
    page.wait_for_url(f"{url}/c/{CAMPAIGN}*")

    assert payment_of(world, leader)["state"] == "paid"

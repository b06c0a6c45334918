"""Phones that buy together and help each other (issue 4's "done when", as far as groups go)."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from functions.insights import sweeper
from functions.storage import payments
from tests.browser.conftest import OpenPhone
from tests.browser.test_phone_journeys import Shop, press
from tests.edge.world import CAMPAIGN, Context, World
from tests.pages import assist_samples, group_samples
from tests.storage.stage import OPENS, content, publish

pytestmark = pytest.mark.browser
EVENING = datetime.fromisoformat("2026-12-06T20:00:00+08:00")
FORM = "[form=form-open]"
JOIN = "[form=form-join]"
COURSE = "camp_00000000000000000000c0vrse"
BRIDGE = "window.WeixinJSBridge = { call: function (name) { window.called = name; } }"  # what WeChat gives its pages


def agree(page: Page, button: str) -> None:
    """Tick and tap."""
    press(page, ".dock [name=consent]")
    press(page, f".dock button{button}")


def pay(page: Page) -> None:
    """In the sandbox, where money is but a word."""
    press(page, ".dock button[form=form-pay]")
    press(page, "#form-approve button, [form=form-approve]")


def test_three_phones_form_a_group_and_have_coupons_and_a_fourth_group_expires_and_is_paid_back(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    wechat = group_samples.definition(price=900).model_copy(update={"channel": "wechat"})
    world.publish(wechat.model_dump(mode="json", by_alias=True))
    world.clock.now = EVENING
    url, _ = shop
    leader, friend, third, fourth = (open_phone() for _ in range(4))

    leader.add_init_script(BRIDGE)
    leader.goto(f"{url}/c/{CAMPAIGN}")
    assert leader.evaluate("window.called") == "hideOptionMenu"  # a group is not shared to Moments: lint C3
    agree(leader, FORM)
    expect(leader.locator(".note.good")).to_contain_text("座位留好了")
    pay(leader)
    expect(leader.locator("#group")).to_have_text("还差 2 人成团")
    link = leader.locator("#link").input_value()
    for phone, said in ((friend, "还差 1 人成团"), (third, "拼团成功")):
        phone.goto(link)
        expect(phone.locator("#invited")).to_contain_text("朋友邀请你参团")
        agree(phone, JOIN)
        pay(phone)
        expect(phone.locator("#group")).to_have_text(said)
    for phone in (leader, friend, third):
        phone.goto(f"{url}/me")
        expect(phone.locator("main")).to_contain_text("奶茶减 8 元券")

    fourth.goto(link)
    expect(fourth.locator("#invited")).to_have_text("这个团已经结束了")
    agree(fourth, FORM)
    pay(fourth)
    expect(fourth.locator("#group")).to_have_text("还差 2 人成团")
    world.clock.pass_(hours=25)
    sweeper.entry(lambda: world.service)({}, Context())
    fourth.goto(f"{url}/c/{CAMPAIGN}")
    expect(fourth.locator("#group")).to_have_text("这个团没有成")
    back = [sum(row["refunds"].values()) for _, row in payments.everything(world.store)]
    assert sorted(back) == [0, 0, 0, 900]


def test_three_friends_help_and_open_the_course(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    """The right that the assist gives is the door of a check-in campaign: for who was helped, for nobody else."""
    world.publish(assist_samples.definition().model_dump(mode="json", by_alias=True))
    publish(world.store, {**content(), "audience": {"entitlement": "free_course"}}, OPENS, COURSE)
    world.clock.now = EVENING
    url, _ = shop
    leader, *friends = (open_phone() for _ in range(4))

    leader.goto(f"{url}/c/{CAMPAIGN}")
    agree(leader, "[form=form-begin]")
    link = leader.locator("#link").input_value()
    for friend in friends:
        friend.goto(link)
        agree(friend, "[form=form-help]")
        expect(friend.locator(".note.good")).to_contain_text("帮到了")
    leader.reload()

    expect(leader.locator("#drive")).to_have_text("凑齐了！")
    leader.goto(f"{url}/c/{COURSE}")
    agree(leader, "")
    expect(leader.locator(".dock")).to_contain_text("今天已打卡")
    friends[0].goto(f"{url}/c/{COURSE}")
    expect(friends[0].locator(".note")).to_contain_text("只对部分会员开放")

"""Phones that buy together and help each other, as issue 4's "done when" has it, on the deployed product."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from functions.core.discovery import discover
from functions.storage.store import Store
from infra.definition_shelf import open_store, publish
from tests.browser.conftest import OpenPhone
from tests.browser.test_phone_journeys import press, sound
from tests.cloud import LocalCloud
from tests.pages import assist_samples, group_samples
from tests.storage.stage import answered, content

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("cloud")]
FORM = "[form=form-open]"
JOIN = "[form=form-join]"
BRIDGE = "window.WeixinJSBridge = { call: function (name) { window.called = name; } }"  # what WeChat gives its pages
ALWAYS = {"zone": "Asia/Shanghai", "starts_at": "2020-01-01T00:00:00+08:00", "ends_at": "2099-01-01T00:00:00+08:00"}


@pytest.fixture
def store(local_cloud: LocalCloud) -> Store:
    """The cloud's table."""
    return open_store({"POND_TABLE": local_cloud.table, "AWS_ENDPOINT_URL_DYNAMODB": local_cloud.table_endpoint})


def live(store: Store, made: dict[str, Any]) -> str:
    """The id of a campaign that is published now; somebody answers for every warning."""
    made, at = {**made, "schedule": ALWAYS}, datetime.now(UTC)
    return publish(store, made, answered(made, at), discover(), "tester", at).id


def agree(page: Page, button: str) -> None:
    """Tick and tap."""
    press(page, ".dock [name=consent]")
    press(page, f".dock button{button}")


def pay(page: Page) -> None:
    """In the sandbox, where money is but a word."""
    press(page, ".dock button[form=form-pay]")
    press(page, "#form-approve button, [form=form-approve]")


def looks_until(page: Page, what: str, said: str) -> None:
    """Open the page anew until it says so: what the stream brings takes a moment."""
    expect(page.locator("main")).to_be_visible()
    for _ in range(60):
        if said in page.locator(what).inner_text():
            return
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator(what)).to_contain_text(said)


def test_three_phones_form_a_group_and_have_coupons_and_a_fourth_group_expires_and_is_paid_back(
    local_cloud: LocalCloud, store: Store, open_phone: OpenPhone
) -> None:
    wechat = group_samples.definition(price=900).model_copy(update={"channel": "wechat"})
    campaign, url = live(store, wechat.model_dump(mode="json", by_alias=True)), local_cloud.api
    leader, friend, third, fourth = (open_phone() for _ in range(4))

    leader.add_init_script(BRIDGE)
    leader.goto(f"{url}/c/{campaign}")
    assert leader.evaluate("window.called") == "hideOptionMenu"  # a group is not shared to Moments: lint C3
    agree(leader, FORM)
    expect(leader.locator(".note.good")).to_contain_text("名额给你留好了")
    press(leader, ".dock button[form=form-pay]")
    leader.wait_for_selector("#form-approve")
    sound(leader)
    press(leader, "#form-approve button")
    expect(leader.locator("#group")).to_have_text("还差 2 人成团")
    link = leader.locator("#link").input_value()
    for phone, said in ((friend, "还差 1 人成团"), (third, "拼团成功")):
        phone.goto(link)
        expect(phone.locator("#invited")).to_contain_text("朋友邀请你参团")
        agree(phone, JOIN)
        pay(phone)
        expect(phone.locator("#group")).to_have_text(said)
    expect(third.locator(".note.good")).to_contain_text(
        "+ 奶茶减 8 元券"
    )  # the payment led back, and told what it came to
    for phone in (leader, friend, third):
        phone.goto(f"{url}/me")
        expect(phone.locator("a.coupon")).to_have_count(1)
        expect(phone.locator("a.coupon")).to_contain_text("奶茶减 8 元券")

    fourth.goto(link)
    expect(fourth.locator("#invited")).to_have_text("这个团已经结束了")
    agree(fourth, FORM)
    pay(fourth)
    expect(fourth.locator("#group")).to_have_text("还差 2 人成团")
    assert local_cloud.wakes(campaign) == {"closed": 0}  # a schedule was made from the stream; the time is not over
    with local_cloud.later(hours=25):
        assert local_cloud.wakes(campaign) == {
            "closed": 2
        }  # the group that formed, which stays as it is, and the one that did not
        fourth.goto(f"{url}/c/{campaign}")
        expect(fourth.locator("#group")).to_have_text("没有成团")
        looks_until(fourth, "[aria-labelledby=group]", "你付的 ¥9 已退回")
        for phone in (leader, friend, third):
            phone.goto(f"{url}/c/{campaign}")
            expect(phone.locator("#group")).to_have_text("拼团成功")
            expect(phone.locator("[aria-labelledby=group]")).not_to_contain_text("已退回")
    fourth.goto(f"{url}/me")
    expect(fourth.locator("a.coupon")).to_have_count(0)


def test_friends_help_and_open_the_course(local_cloud: LocalCloud, store: Store, open_phone: OpenPhone) -> None:
    """The right that the assist gives is the door of a check-in campaign: for who was helped, for nobody else."""
    assist = live(store, assist_samples.definition(helpers=2).model_dump(mode="json", by_alias=True))
    course, url = live(store, {**content(), "audience": {"entitlement": "free_course"}}), local_cloud.api
    leader, *friends = (open_phone() for _ in range(3))

    leader.goto(f"{url}/c/{assist}")
    agree(leader, "[form=form-begin]")
    link = leader.locator("#link").input_value()
    leader.goto(f"{url}/c/{course}")
    expect(leader.locator(".note")).to_contain_text("只对部分会员开放")
    for friend in friends:
        friend.goto(link)
        agree(friend, "[form=form-help]")
        expect(friend.locator(".note.good")).to_contain_text("帮到了")
    leader.goto(link)

    expect(leader.locator("#drive")).to_have_text("凑齐了！")
    leader.goto(f"{url}/c/{course}")
    agree(leader, "")
    expect(leader.locator(".dock")).to_contain_text("今天已打卡")
    friends[0].goto(f"{url}/c/{course}")
    expect(friends[0].locator(".note")).to_contain_text("只对部分会员开放")

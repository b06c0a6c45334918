"""A consumer's week and a clerk's counter, tap by tap (journeys 6 and 8)."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from functions.storage import invitations
from tests.browser.conftest import OpenPhone
from tests.browser.test_phone_axe import RULES
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, World
from tests.pages.samples import content

pytestmark = pytest.mark.browser
Shop = tuple[str, list[str]]
PRESS_MS = 80
FIRST_MORNING = datetime.fromisoformat("2026-12-01T07:00:00+08:00")


def press(page: Page, what: str) -> None:
    """As long as a person presses."""
    page.click(what, delay=PRESS_MS)


def sound(page: Page) -> None:
    """Nothing for axe to find, and nothing sideways with text twice the size."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    page.evaluate("document.documentElement.style.fontSize = ''")


def with_certificate() -> dict[str, Any]:
    """Seven mornings that end with a certificate besides the coupon."""
    made = copy.deepcopy(content("seven-mornings"))
    made["rewards"].append({"id": "done", "kind": "certificate", "name": {"zh": "结业证书", "en": "Certificate"}})
    next(rule for rule in made["rules"] if rule["when"] == "checkin.completed")["then"].append({"reward": "done"})
    return made


def test_a_week_with_a_missed_day_and_a_dead_spot_ends_with_one_coupon_and_one_certificate(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    world.publish(with_certificate())
    world.clock.now = FIRST_MORNING
    url, requests = shop
    page = open_phone()

    page.goto(f"{url}/c/{CAMPAIGN}")
    sound(page)
    press(page, ".dock [name=consent]")
    page.dblclick(".dock button", delay=PRESS_MS)
    expect(page.locator(".note.good")).to_contain_text("今天打卡成功")
    expect(page.locator(".dock")).to_contain_text("今天已打卡")
    assert page.url == f"{url}/c/{CAMPAIGN}"  # whoever gets this link is not told what came of the press
    assert len([line for line in requests if line.startswith("POST")]) == 1
    sound(page)

    for day in (2, 3, 5, 6, 7):
        world.clock.now = FIRST_MORNING.replace(day=day)
        page.goto(f"{url}/c/{CAMPAIGN}")
        if day == 3:
            page.context.set_offline(True)
            press(page, ".dock button")
            expect(page.locator("#say")).to_contain_text("再点一次就行")
            page.context.set_offline(False)
        press(page, ".dock button")
        expect(page.locator(".note.good")).to_contain_text("今天打卡成功")
    expect(page.locator(".nums")).to_contain_text("6 天")

    press(page, ".cal .can a")
    expect(page.locator("#make-up")).to_contain_text("50 积分")
    sound(page)
    press(page, "#make-up button")
    expect(page.locator(".note.good")).to_contain_text("+ 满 30 减 10 元券")
    expect(page.locator(".note.good")).to_contain_text("+ 结业证书")
    expect(page.locator("#page")).to_contain_text("全部完成了")
    page.reload()
    page.go_back()

    page.goto(f"{url}/me")
    expect(page.locator("a.coupon")).to_have_count(1)
    certificate = page.locator("a[href^='/me/certificates/']")
    expect(certificate).to_have_count(1)
    sound(page)
    place = certificate.get_attribute("href")
    press(page, "a.coupon")
    page.wait_for_selector(".qr img")
    sound(page)
    page.goto(f"{url}{place}")
    assert page.locator("figure img").evaluate("drawn => drawn.decode().then(() => drawn.naturalWidth)") == 750
    press(page, "a[href^='/v/']")
    expect(page.locator(".verdict.good")).to_contain_text("这张证书是真的")
    for place in (f"/c/{CAMPAIGN}/poster", f"/privacy?c={CAMPAIGN}"):
        page.goto(url + place)
        sound(page)


def clerk_of(world: World, shop: Shop, open_phone: OpenPhone, store: str, name: str) -> Page:
    """A clerk's phone, signed in by a new invitation."""
    ring, dice = world.service.keys.ring(world.clock.now), world.service.entropy
    page = open_phone()
    page.goto(f"{shop[0]}/staff")
    page.fill("#invitation", invitations.invite(world.store, ring, store, name, "boss", world.clock.now, dice(10)))
    press(page, "form button")
    page.wait_for_selector("#code")
    return page


def look_up(page: Page, code: str) -> None:
    """Type a code as somebody in a hurry does."""
    page.fill("#code", "")
    page.locator("#code").press_sequentially(code.lower().replace("-", ""))
    assert page.input_value("#code") == code
    press(page, "form[method=get] button:not([data-scan])")
    page.wait_for_selector(".verdict")


def fill_in(page: Page) -> None:
    """The order that the coupon is used for."""
    page.fill("#amount", "35.50")
    page.fill("#order", "A-1")


def test_of_two_clerks_one_redeems_another_store_may_not_and_an_undone_coupon_is_ready_again(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    made = copy.deepcopy(content("seven-mornings"))
    made["config"]["days"] = 1
    made["rewards"][1]["config"]["stores"] = ["Store 1"]
    world.publish(made)
    world.clock.now = FIRST_MORNING
    stream = Stream(world)
    owner = open_phone()
    owner.goto(f"{shop[0]}/c/{CAMPAIGN}")
    press(owner, ".dock [name=consent]")
    press(owner, ".dock button")
    owner.wait_for_selector(".note.good")
    owner.goto(f"{shop[0]}/me")
    press(owner, "a.coupon")
    press(owner, "form[action*='/code'] button")
    code = owner.locator("p.code").inner_text()
    li, wang = (clerk_of(world, shop, open_phone, "Store 1", name) for name in ("小李", "小王"))
    elsewhere = clerk_of(world, shop, open_phone, "Store 2", "小赵")

    look_up(elsewhere, code)
    expect(elsewhere.locator(".verdict.bad")).to_contain_text("不能在本店使用")
    for clerk in (li, wang):
        look_up(clerk, code)
        expect(clerk.locator(".verdict.ready")).to_contain_text("可以核销")
        fill_in(clerk)
    for clerk in (li, wang):
        clerk.evaluate("document.querySelector('form[action*=redeem]').requestSubmit()")
    for clerk in (li, wang):
        clerk.wait_for_selector(".verdict:not(.ready)")
    tones = sorted(clerk.locator(".verdict").get_attribute("class") or "" for clerk in (li, wang))
    assert tones == ["verdict bad", "verdict good"]

    won, lost = (li, wang) if li.locator(".verdict.good").count() else (wang, li)
    expect(lost.locator(".verdict.bad")).to_contain_text(f"12 月 1 日 07:00 · 本店 · {'小李' if won is li else '小王'}")
    assert lost.locator("form[action*=redeem]").count() == 0
    stream.deliver()
    won.reload()
    expect(won.locator("[aria-labelledby=past]")).to_contain_text("1 张")
    sound(won)

    press(won, "summary:has-text('撤销')")
    press(won, "[name=reason][value=wrong_coupon]")
    press(won, "form[action*=reverse] button")
    expect(won.locator(".verdict.ready")).to_contain_text("又可以用了")
    stream.deliver()
    won.goto(f"{shop[0]}/staff")
    expect(won.locator("[aria-labelledby=past]")).to_contain_text("0 张")
    owner.goto(f"{shop[0]}/me")
    expect(owner.locator("a.coupon")).to_contain_text("出示")

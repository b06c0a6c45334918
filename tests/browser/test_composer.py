"""The composer in a real browser: journeys 2 and 3 of ux §3, and a preview that no text can get out of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from functions.core.ids import new_id
from functions.core.templates import starting
from functions.storage import campaigns
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from functions.storage.store import Store
from tests.browser.payloads import PAYLOADS
from tests.cloud import LocalCloud
from tests.screen_server import screens
from ui.templates import templates

pytestmark = [pytest.mark.browser, pytest.mark.cloud]
PATIENCE_MS, PRESS_MS = 150_000, 80
AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
STEPS = ("玩法", "规则", "奖励与预算", "页面与海报", "人群与时间", "检查与上线")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
ROOM = 3900  # characters of a text


@pytest.fixture(scope="module")
def address(local_cloud: LocalCloud) -> Iterator[str]:
    """Where the screens are."""
    with screens(local_cloud.environment) as served:
        yield served


@pytest.fixture(scope="module")
def store(local_cloud: LocalCloud) -> Store:
    """The table beneath them."""
    return DynamoStore(dynamodb_client("us-east-1", local_cloud.table_endpoint), local_cloud.table, "demo")


@pytest.fixture
def calls() -> list[str]:
    """Every call of xss(), in whatever frame."""
    return []


@pytest.fixture
def page(browser: Browser, calls: list[str]) -> Iterator[Page]:
    """A marketer's browser in which any frame may call xss(), which is then written down."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.expose_binding("xss", lambda source, *_said: calls.append(source["frame"].url))
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()


def begun(store: Store, number: int, **changes: Any) -> str:
    content = {**starting(templates()["seven-mornings"], AT), **changes}
    content.pop("template", None)
    return campaigns.begin(store, new_id("camp", AT, bytes([number] * 10)), content, "Li", AT).id


def compose(page: Page, address: str, campaign: str) -> None:
    page.goto(f"{address}/compose?c={campaign}&lang=zh")
    shown(page)


def shown(page: Page) -> Frame:
    """The frame of the phone, once it is drawn."""
    frame = page.wait_for_selector(".st-key-phone_pane iframe:not(.next)").content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def go_to(page: Page, step: str) -> None:
    page.wait_for_selector(IDLE)  # a button drawn anew between press and release loses the press
    named = re.compile(rf"^{step}( \(|$)")  # where it holds something to correct, its name says so
    page.get_by_role("radio", name=named).or_(page.get_by_role("button", name=step, exact=True)).click(delay=PRESS_MS)


def field(page: Page, path: str, kind: str = "input") -> Any:
    return page.locator(f'[class*="{path.replace(".", "-")}"] {kind}').first


def test_blocked_wording_leads_to_its_field_and_back(page: Page, address: str, store: Store) -> None:
    compose(page, address, begun(store, 1, channel="wechat"))

    go_to(page, "页面与海报")
    field(page, "_page.body.zh", "textarea").fill("转发朋友圈领券")
    field(page, "_page.title.zh").click(delay=PRESS_MS)
    go_to(page, "检查与上线")
    expect(page.get_by_text("“转发朋友圈”")).to_be_visible()
    expect(page.locator(".st-key-btn_publish button")).to_be_disabled()
    page.wait_for_selector(IDLE)
    page.locator('[class*="st-key-btn_find_C2"] button').first.click(delay=PRESS_MS)
    field(page, "_page.body.zh", "textarea").fill("每天早上来打卡")
    field(page, "_page.title.zh").click(delay=PRESS_MS)
    go_to(page, "检查与上线")

    expect(page.locator(".st-key-btn_publish button")).to_be_enabled()


def test_a_rule_is_composed_tried_and_still_there_after_a_reload(page: Page, address: str, store: Store) -> None:
    campaign = begun(store, 2, rules=[])
    compose(page, address, campaign)
    go_to(page, "规则")
    page.locator(".st-key-btn_rule_add button").click(delay=PRESS_MS)
    _chosen(page, "_rules.0.when", "打卡成功")
    page.locator('[class*="_rules-0-if~add"] button, [class*="rules-0-if-add"] button').first.click(delay=PRESS_MS)
    _chosen(page, "_rules.0.if.0.field", "连续天数")
    expect(page.get_by_text("若连续天数等于 1").first).to_be_visible()
    _typed(page, "_rules.0.if.0.value", "3")
    expect(page.get_by_text("若连续天数等于 3").first).to_be_visible()
    _typed(page, "_rules.0.then.0.amount", "20")
    sentence = "当打卡成功，若连续天数等于 3，就发 20 积分"
    expect(page.get_by_text(sentence).first).to_be_visible()

    page.get_by_text("试一试", exact=True).click(delay=PRESS_MS)
    streak = page.locator('[class*="try_checkin-recorded_streak"] input')
    streak.fill("3")
    streak.press("Enter", delay=PRESS_MS)
    expect(page.get_by_text("会发：20 积分")).to_be_visible()
    streak.fill("2")
    streak.press("Enter", delay=PRESS_MS)
    expect(page.get_by_text("什么都不会发。")).to_be_visible()
    page.reload()
    shown(page)
    go_to(page, "规则")

    expect(page.get_by_text(sentence).first).to_be_visible()
    [rule] = campaigns.load(store, campaign).content["rules"]
    assert rule["if"] == [{"field": "streak", "op": "=", "value": 3}]


def test_words_that_are_typed_reach_the_phone_and_the_store_without_leaving_the_field(
    page: Page, address: str, store: Store
) -> None:
    campaign = begun(store, 3)
    compose(page, address, campaign)
    go_to(page, "页面与海报")
    shown(page).evaluate("() => { window.same = 'same frame' }")

    field(page, "_page.title.zh").press_sequentially("清晨（新）")

    expect(page.frame_locator(".st-key-phone_pane iframe:not(.next)").locator("h1")).to_have_text("清晨（新）")
    assert shown(page).evaluate("() => window.same") == "same frame"
    assert field(page, "_page.title.zh").evaluate("one => one === document.activeElement")
    assert campaigns.load(store, campaign).content["page"]["title"]["zh"] == "清晨（新）"
    long = field(page, "_page.body.zh", "textarea")
    long.fill("")
    long.press_sequentially("一段介绍")
    shown_text = page.frame_locator(".st-key-phone_pane iframe:not(.next)").locator("body")
    expect(shown_text).to_contain_text("一段介绍")
    assert long.evaluate("one => one === document.activeElement")
    assert campaigns.load(store, campaign).content["page"]["body"]["zh"] == "一段介绍"


def test_what_is_under_the_phone_stays_where_it_is_while_the_phone_is_drawn(
    page: Page, address: str, store: Store
) -> None:
    compose(page, address, begun(store, 6))
    page.evaluate(
        """() => {
          window.stood = new Set()
          const look = () => {
            const place = [...document.querySelectorAll(".st-key-phone_pane [role=radio]")].at(-1)
            window.stood.add(place ? Math.round(place.getBoundingClientRect().y) : "gone")
            requestAnimationFrame(look)
          }
          look()
        }"""
    )

    for _round in range(5):
        for state in ("进行中", "完成", "已结束", "首页"):
            page.get_by_role("radio", name=state, exact=True).click(delay=PRESS_MS)
            expect(page.get_by_role("radio", name=state, exact=True)).to_be_checked()

    assert len(page.evaluate("() => [...window.stood]")) == 1


def test_the_preview_cannot_reach_the_screens(page: Page, address: str, store: Store) -> None:
    compose(page, address, begun(store, 4))
    frame = shown(page)

    tried = frame.evaluate(
        """() => ["parent.document.title", "top.document.cookie", "parent.localStorage", "localStorage.length",
                  "document.cookie", "top.location.href"].map(what => {
            try { return String(Function("return " + what)()) } catch (refused) { return refused.name } })"""
    )
    reached = frame.evaluate("() => fetch('/compose').then(() => 'reached', () => 'refused')")

    assert set(tried) <= {"SecurityError", "EvalError"}, tried
    assert reached == "refused"


def test_no_payload_in_any_text_runs_in_the_preview_or_the_composer(
    page: Page, calls: list[str], address: str, store: Store
) -> None:
    compose(page, address, begun(store, 5, **_laden()))

    for step in STEPS:
        go_to(page, step)
    for state in ("进行中", "完成", "已结束", "首页"):
        go_to(page, state)
        expect(page.get_by_role("radio", name=state, exact=True)).to_be_checked()
    page.locator(".st-key-phone_pane iframe:not(.next)").wait_for()
    ran = list(calls)
    page.evaluate("xss()")

    assert len(PAYLOADS) >= 300
    assert (ran, len(calls)) == ([], 1)


def _chosen(page: Page, path: str, words: str) -> None:
    field(page, path).click(delay=PRESS_MS)
    page.get_by_role("option", name=words, exact=True).click(delay=PRESS_MS)


def _typed(page: Page, path: str, words: str) -> None:
    field(page, path).fill(words)
    field(page, path).press("Enter", delay=PRESS_MS)


def _laden() -> dict[str, Any]:
    """A campaign whose every text is full of payloads: all of them on the page, and all again in rewards."""
    parts = [""]
    for payload in PAYLOADS:
        parts[-1:] = [f"{parts[-1]} {payload}"] if len(parts[-1]) + len(payload) < ROOM else [parts[-1], payload]
    texts = [{"zh": part, "en": part} for part in parts] * 5
    content = starting(templates()["seven-mornings"], AT)
    page = {name: texts[n] for n, name in enumerate(("title", "subtitle", "body", "button", "rules", "organiser"))}
    rewards = [{**one, "name": texts[n]} for n, one in enumerate([*content["rewards"], *_more(content["rewards"])])]
    purposes = [{"field": "x", "purpose": text} for text in texts[:3]]
    return {
        "name": texts[0],
        "page": {**content["page"], **page},
        "rewards": rewards,
        "privacy": {**content["privacy"], "purposes": purposes},
    }


def _more(rewards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "id": f"{one['id']}_2"} for one in rewards]

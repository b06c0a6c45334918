"""Journey 1: from an empty system to a live seven-day check-in, at a person's pace."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journey.conftest import PATIENCE_MS, NewUser, opened

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("journey")]
PRESS_MS, PACE_MS = 80, 500  # a finger's time on a button; the time between two steps
CLICKS_MAX, SECONDS_MAX = 15, 180
ONWARD = ("规则", "奖励与预算", "页面与海报", "人群与时间", "检查与上线")


@dataclass
class Hand:
    """Someone who presses one thing at a time, and is counted."""

    page: Page
    clicks: int = 0

    def press(self, what: Locator) -> None:
        """One click, and a breath."""
        what.click(delay=PRESS_MS)
        self.clicks += 1
        self.page.wait_for_timeout(PACE_MS)

    def button(self, key: str) -> Locator:
        """The Streamlit button with this key, once it can be pressed."""
        found = self.page.locator(f".st-key-{key} button")
        expect(found).to_be_enabled(timeout=PATIENCE_MS)
        return found


def test_an_empty_system_has_a_live_check_in_within_fifteen_clicks_and_three_minutes(
    new_user: NewUser, browser: Browser
) -> None:
    new_user.make_run()
    page = opened(browser, phone=False)
    hand, began = Hand(page), time.monotonic()

    page.goto(f"{new_user.addresses['ui']}/?lang=zh")
    hand.press(hand.button("btn_template_seven-mornings"))
    name = page.get_by_label("活动名称 · 中文", exact=True)
    hand.press(name)
    name.fill("十二月早起打卡")
    for step in ONWARD:
        hand.press(page.get_by_role("button", name=f"下一步：{step}"))
    hand.press(hand.button("btn_publish"))
    hand.press(page.locator(".st-key-publish_sure label"))
    hand.press(hand.button("btn_publish_now"))
    expect(page.get_by_text("活动已上线")).to_be_visible(timeout=PATIENCE_MS)
    took = time.monotonic() - began

    assert hand.clicks <= CLICKS_MAX
    assert took <= SECONDS_MAX
    expect(page.get_by_text("进行中").first).to_be_visible()
    campaign = re.search(r"camp_[0-9a-z]{26}", page.url)
    assert campaign is not None
    live = httpx.get(f"{new_user.addresses['api']}/c/{campaign[0]}", headers={"accept-language": "zh"})
    assert live.status_code == 200
    assert "十二月早起打卡" in live.text

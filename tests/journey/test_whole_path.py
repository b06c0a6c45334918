"""One campaign walks all the way, as a new user would walk it: README's command in a fresh folder, and a browser."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journey.conftest import PATIENCE_MS, NewUser, opened

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("journey")]
PRESS_MS = 80  # a finger's time on a button
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
DAYS, RESTARTED = 7, 4  # on the fifth morning everything has been down, and is kept


def press(page: Page, key: str) -> None:
    """Press the Streamlit button with this key."""
    button = page.locator(f".st-key-{key} button")
    button.wait_for()
    page.wait_for_selector(READY)  # one presses what stands still
    button.click(delay=PRESS_MS)


def fill(page: Page, label: str, text: str) -> None:
    """Type into the field with this label, and leave it."""
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Tab")


def decoded(picture: bytes) -> str:
    """What an independent reader finds in a code."""
    (found,) = zxingcpp.read_barcodes(
        Image.open(io.BytesIO(picture)).convert("RGB"), formats=zxingcpp.BarcodeFormat.QRCode
    )
    return str(found.text)


def compose(desk: Page, ui: str) -> str:
    """From the template to a campaign that is live; returns what its QR code says."""
    desk.goto(f"{ui}/?lang=zh")
    press(desk, "btn_template_seven-mornings")
    fill(desk, "活动名称 · 中文", "十二月早起打卡")
    expect(desk.get_by_role("heading", name="十二月早起打卡")).to_be_visible()

    desk.get_by_role("radio", name="奖励与预算").click(delay=PRESS_MS)
    fill(desk, "预算（元）", "10")
    desk.get_by_role("radio", name="检查与上线").click(delay=PRESS_MS)
    # What the check says, not the same words under the field, which are on the page until this step is drawn.
    expect(desk.get_by_text(re.compile(r"阻止.*超过预算 ¥10\.00"))).to_be_visible()
    expect(desk.locator(".st-key-btn_publish button")).to_be_disabled()

    desk.get_by_role("button", name="去修改").first.click(delay=PRESS_MS)
    fill(desk, "预算（元）", "1000")
    desk.get_by_role("radio", name="检查与上线").click(delay=PRESS_MS)
    expect(desk.locator(".st-key-btn_publish button")).to_be_enabled()
    press(desk, "btn_publish")
    desk.locator(".st-key-publish_sure label").click(delay=PRESS_MS)
    expect(desk.locator(".st-key-btn_publish_now button")).to_be_enabled()
    press(desk, "btn_publish_now")
    expect(desk.get_by_text("活动已上线")).to_be_visible()

    with desk.expect_download() as download:
        press(desk, "btn_png")
    return decoded(Path(download.value.path()).read_bytes())


def check_in(phone: Page, url: str) -> str:
    """Open the campaign, agree when asked, tap; what the page says then."""
    phone.goto(url)
    if phone.locator("[name=consent]").count():
        phone.check("[name=consent]")
    phone.click(".dock button", delay=PRESS_MS)
    return phone.locator(".note").inner_text()


def redeem(clerk: Page, scanned: str, invitation: str) -> Locator:
    """A clerk scans a customer's code, signs in when asked, and redeems; the card that is shown then."""
    clerk.goto(scanned)
    if clerk.locator("#invitation").count():
        clerk.fill("#invitation", invitation)
        clerk.click("form button")
    clerk.fill("#amount", "35.50")
    clerk.fill("#order", "A-1")
    clerk.click("form[action*=redeem] button")
    return clerk.locator(".verdict")


def invite(desk: Page, ui: str) -> str:
    """An invitation for a clerk."""
    desk.goto(f"{ui}/staff?lang=zh")
    fill(desk, "门店", "shop1")
    fill(desk, "店员姓名", "小李")
    press(desk, "btn_invite")
    expect(desk.get_by_text("邀请码").first).to_be_visible()
    return desk.locator("[data-testid=stCode] code").first.inner_text().strip()


def test_a_campaign_is_composed_published_scanned_played_for_seven_days_redeemed_and_counted(
    new_user: NewUser, browser: Browser
) -> None:
    new_user.make_run()
    ui, api = new_user.addresses["ui"], new_user.addresses["api"]
    desk, phone, clerk = opened(browser, phone=False), opened(browser, phone=True), opened(browser, phone=True)

    link = compose(desk, ui)
    assert link.startswith(f"{api}/c/camp_")

    assert "今天打卡成功" in check_in(phone, link)
    assert phone.locator(".cal .done").count() == 1
    assert phone.locator(".dock").inner_text() == "✓ 今天已打卡"
    for day in range(1, DAYS):
        if day == RESTARTED:
            new_user.make_down()
        if day in (1, RESTARTED):
            new_user.make_run(days_ahead=day)
        else:
            new_user.sleep_until(day)
        said = check_in(phone, link)
        assert "今天打卡成功" in said
    assert "满 30 减 10 元券" in said
    assert phone.locator(".cal .done").count() == DAYS

    phone.goto(f"{api}/me")
    assert "70" in phone.locator("main").inner_text()
    phone.click("a.coupon")
    phone.wait_for_load_state("networkidle")
    scanned = decoded(phone.locator(".qr img").screenshot())
    invitation = invite(desk, ui)
    expect(redeem(clerk, scanned, invitation)).to_contain_text("核销成功")
    clerk.goto(scanned)
    expect(clerk.locator(".verdict.bad")).to_contain_text("不能核销")

    campaign = link.rpartition("/")[2]
    desk.goto(f"{ui}/results?c={campaign}&lang=zh")
    expect(desk.get_by_test_id("stMetric").filter(has_text="完成率")).to_contain_text("100", timeout=PATIENCE_MS)
    expect(desk.get_by_test_id("stMetric").filter(has_text="核销率")).to_contain_text("100")

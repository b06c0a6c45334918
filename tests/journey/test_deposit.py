"""A deposit from the template to the books: paid, kept to, given back, left and lost, on the deployed product."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from functions.storage import payments
from infra import reconcile_command
from infra.definition_shelf import open_store
from tests.browser.test_groups import looks_until
from tests.cloud import LocalCloud
from tests.journey.conftest import opened

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("journey")]
PRESS_MS = 80
TRIES = 60
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
TEMPLATE = "btn_template_deposit-21-days"
DAYS, LEAVES, LASTS = (
    21,
    8,
    31,
)  # of the template: the days to do, more than its first step takes, the day after its end
PAID = "押金 ¥99 · 再打 21 天全额退回"


def press(page: Page, key: str) -> None:
    """Press the Streamlit button with this key, once the page stands still."""
    page.wait_for_selector(READY)
    page.locator(f".st-key-{key} button").click(delay=PRESS_MS)


def goes_live(desk: Page, composer: str) -> str:
    """From the gallery to a campaign that is live, as the template is."""
    desk.goto(f"{composer}/?lang=zh")
    press(desk, "btn_all_templates")
    expect(desk.locator(".st-key-btn_all_templates")).to_have_count(0)  # what is pressed in mid-drawing may be lost
    press(desk, TEMPLATE)
    expect(desk.get_by_role("heading", name="21 天押金打卡")).to_be_visible()
    desk.get_by_role("radio", name="检查与上线").click(delay=PRESS_MS)
    press(desk, "btn_publish")
    desk.locator(".st-key-publish_sure label").click(delay=PRESS_MS)
    expect(desk.locator(".st-key-btn_publish_now button")).to_be_enabled()
    press(desk, "btn_publish_now")
    expect(desk.get_by_text("线上就是这一版")).to_be_visible()
    found = re.search(r"camp_[0-9a-z]{26}", desk.url)
    assert found is not None
    return found[0]


def pays(phone: Page, link: str) -> None:
    """Read when it comes back, agree, and pay in the sandbox."""
    phone.goto(link)
    expect(phone.locator("[aria-labelledby=deposit]")).to_contain_text("退 ¥29.70")
    phone.locator(".dock [name=consent]").click(delay=PRESS_MS)
    phone.locator(".dock button").click(delay=PRESS_MS)
    phone.locator(".dock button[form=form-pay]").click(delay=PRESS_MS)
    phone.locator("#form-approve button").click(delay=PRESS_MS)
    expect(phone.locator("main")).to_contain_text(PAID)


def does_a_day(cloud: LocalCloud, phone: Page, campaign: str, number: int) -> None:
    """As the page's script sends it."""
    said = {"event_id": f"journey-day-{number:02}", "data": {}}
    answer = phone.request.post(f"{cloud.api}/api/campaigns/{campaign}/events/checkin", data=said)
    assert answer.ok, answer.text()


def reads(phone: Page, page: str, said: str) -> None:
    """The page comes to say so: money goes back from a queue."""
    phone.goto(page)
    looks_until(phone, "main", said)


def sums(desk: Page, page: str, *wanted: str) -> None:
    """Results come to say so: what the stream counts takes a moment."""
    told = desk.locator(".st-key-deposits [data-testid=stMetricValue]")
    desk.goto(page)
    for _ in range(TRIES):
        told.nth(3).wait_for()
        desk.wait_for_selector(READY)
        if tuple(told.all_inner_texts()) == wanted:
            return
        desk.wait_for_timeout(250)
        desk.reload()
    assert tuple(told.all_inner_texts()) == wanted


def test_a_deposit_is_paid_kept_to_and_given_back_another_is_left_and_a_third_is_kept_and_the_books_agree(
    composer: str, local_cloud: LocalCloud, browser: Browser
) -> None:
    desk = opened(browser, phone=False)
    keeper, leaver, idler = phones = [opened(browser, phone=True) for _ in range(3)]
    campaign = goes_live(desk, composer)
    link, results = f"{local_cloud.api}/c/{campaign}", f"{composer}/results?c={campaign}&lang=zh"

    def day(number: int) -> AbstractContextManager[None]:
        return local_cloud.later(hours=12 + 24 * number)  # the template's campaign begins at four in the morning

    with day(0):
        for phone in phones:
            pays(phone, link)

    for number in range(DAYS - 1):
        with day(number):
            for phone in (keeper, leaver)[: 2 if number < LEAVES else 1]:
                does_a_day(local_cloud, phone, campaign, number)
    with day(DAYS - 1):
        leaver.goto(f"{local_cloud.api}/privacy?c={campaign}")
        expect(leaver.locator("main")).to_contain_text("押金按已打的天数结清")
        leaver.get_by_role("button", name="撤回").click(delay=PRESS_MS)
        expect(leaver.get_by_text("没有同意")).to_be_visible()
        reads(leaver, link, "押金已退回 ¥29.70")
        keeper.goto(link)
        expect(keeper.locator("main")).to_contain_text("再打 1 天全额退回")
        keeper.locator(".dock button").click(delay=PRESS_MS)
        expect(keeper.locator("main")).to_contain_text("全部完成了！")
        reads(keeper, link, "押金已退回 ¥99")
        sums(desk, results, "¥297", "¥128.70", "¥69.30", "¥99")
    with day(LASTS):
        assert local_cloud.wakes(campaign) == {"closed": 1}
        reads(idler, link, "押金已结清：打了 0 天，没有可退的")
    store = open_store({"POND_TABLE": local_cloud.table, "AWS_ENDPOINT_URL_DYNAMODB": local_cloud.table_endpoint})
    own = {name: row for name, row in payments.everything(store) if row["campaign"] == campaign}
    names = {*own, *(refund for row in own.values() for refund in row["refunds"])}
    found = reconcile_command.found(store, datetime.now(UTC) + timedelta(days=LASTS))
    assert len(names) == 5  # three payments, two refunds
    assert [one for one in found if one.about in names or one.code == "money_unmatched"] == []

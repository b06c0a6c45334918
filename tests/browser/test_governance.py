"""Journeys 5 and 10 in a browser, over a real table: two people agree; and a running campaign is paused and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from functions.core.discovery import discover
from functions.core.templates import starting
from functions.core.workspace import Approval, Workspace
from functions.edge.clock import clock
from functions.insights.counting import count
from functions.insights.reading import Counted
from functions.storage import audit, campaigns, workspace
from functions.storage.dynamodb import DynamoStore
from infra.local.cloud import CREDENTIALS, plain_environment
from tests.conftest import FreshTable
from tests.edge.world import World
from tests.pages.test_visits import visit
from tests.screen_server import screens
from tests.storage.serving import Server
from ui.templates import templates

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
PRESS_MS = 80
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
ID = "camp_00000000000000000000000001"


@dataclass
class Desk:
    """The screens, and the table under them."""

    browser: Browser
    address: str
    store: DynamoStore

    def sit_down(self, path: str, person: str) -> Page:
        """Somebody's own browser, at a page."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{self.address}/{path}")
        if person != "管理员":
            page.get_by_label("切换身份试用").click()
            page.get_by_role("option", name=person).click(delay=PRESS_MS)
            expect(page.get_by_label("切换身份试用")).to_have_value(f"{person}")
        return page


@pytest.fixture
def desk(browser: Browser, dynoxide_table: FreshTable) -> Iterator[Desk]:
    """A campaign that runs, and screens where nobody signs in."""
    store = DynamoStore(Server(dynoxide_table.endpoint).client, dynoxide_table.name, "demo")
    now = clock({})()
    campaigns.begin(store, ID, starting(templates()["seven-mornings"], now), "Li", now)
    campaigns.publish(store, campaigns.load(store, ID), discover(), "Li", now)
    environment = plain_environment() | CREDENTIALS | {
        "POND_TABLE": dynoxide_table.name, "POND_TENANT": "demo", "POND_STAGE": "local",
        "AWS_ENDPOINT_URL_DYNAMODB": dynoxide_table.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    with screens(environment) as address:
        yield Desk(browser, address, store)
    for context in browser.contexts:
        context.close()


def press(page: Page, key: str) -> None:
    button = page.locator(f".st-key-{key} button")
    button.wait_for()
    page.wait_for_selector(READY)  # one presses what stands still
    button.click(delay=PRESS_MS)


def answering(store: DynamoStore, what: str) -> str:
    """The button of the request that stands."""
    return f"btn_{what}_{ID}_{campaigns.head_of(store, ID).request}"


def change_budget(store: DynamoStore, total: int) -> None:
    draft = campaigns.load(store, ID)
    content = {**draft.content, "budget": {**draft.content["budget"], "total": total}}
    campaigns.save(store, draft, content, "Ming", clock({})())


def to_the_check(page: Page) -> None:
    page.get_by_role("radio", name="检查与上线").click(delay=PRESS_MS)


def to_step(page: Page, name: str) -> None:
    """Another step of the composer, with keys alone."""
    page.get_by_role("radio", name=name).focus()
    page.keyboard.press("Space", delay=PRESS_MS)
    expect(page.get_by_role("radio", name=name)).to_be_checked()


def test_journey_5_two_people_agree(desk: Desk) -> None:
    workspace.save(desk.store, Workspace(approval=Approval(needed=True)), 0)
    change_budget(desk.store, 300_000)

    ming = desk.sit_down(f"compose?c={ID}&lang=zh", "编辑 · Ming")
    to_the_check(ming)
    press(ming, "btn_publish")
    expect(ming.get_by_role("dialog")).to_contain_text("预算：¥1,000.00 → ¥3,000.00")
    press(ming, "btn_ask_now")
    expect(ming.get_by_text("0/1 人已同意")).to_be_visible()
    ada = desk.sit_down("approvals?lang=zh", "审批人 · Ada")
    expect(ada.get_by_text("预算：¥1,000.00 → ¥3,000.00")).to_be_visible()
    expect(ada.locator("[data-testid=stMarkdown]:has-text('修改')")).to_have_count(1)
    ada.get_by_label("意见", exact=True).fill("预算太高，改到 2000")
    ada.keyboard.press("Tab")
    press(ada, answering(desk.store, "return"))
    expect(ada.get_by_text("没有待审批的活动")).to_be_visible()
    change_budget(desk.store, 200_000)
    ming = desk.sit_down(f"compose?c={ID}&lang=zh", "编辑 · Ming")
    to_the_check(ming)
    expect(ming.get_by_text("Ada 要求修改：预算太高，改到 2000")).to_be_visible()
    press(ming, "btn_publish")
    press(ming, "btn_ask_now")
    expect(ming.get_by_text("0/1 人已同意")).to_be_visible()
    ada = desk.sit_down("approvals?lang=zh", "审批人 · Ada")
    expect(ada.get_by_text("预算：¥1,000.00 → ¥2,000.00")).to_be_visible()
    press(ada, answering(desk.store, "agree"))
    expect(ada.get_by_text("活动已上线：第 2 版")).to_be_visible()

    version = campaigns.versions(desk.store, ID)[0]
    assert (version.number, version.approved_by, version.definition.budget.total) == (2, ["Ada"], 200_000)
    assert {one.by for one in audit.entries(desk.store, ID)} == {"Li", "Ming", "Ada"}
    ada.goto(f"{desk.address}/versions?c={ID}&lang=zh")
    expect(ada.get_by_text("Ada 审批")).to_be_visible()
    expect(ada.get_by_text(version.content_hash[:10])).to_be_visible()
    expect(ada.get_by_text("Ming 为").first).to_be_visible()


def test_journey_10_a_running_campaign_is_paused_changed_and_goes_on_by_keyboard(desk: Desk) -> None:
    phone = Visitor(desk.store)
    assert phone.checks_in() == ("checked_in", 1)
    page = desk.sit_down("campaigns?lang=zh", "管理员")
    turn(page, "暂停")
    expect(page.get_by_role("dialog")).to_contain_text("活动暂停了，已得的奖励还在")
    by_key(page, "btn_turn")
    expect(page.get_by_role("dialog")).to_have_count(0)
    paused = campaigns.head_of(desk.store, ID).state
    phone.world.clock.pass_(seconds=5)
    assert "活动暂停了" in phone.sees()
    assert phone.checks_in()[0] == "paused"

    page.goto(f"{desk.address}/compose?c={ID}&lang=zh")
    to_step(page, "奖励与预算")
    page.get_by_label("预算（元）", exact=True).fill("5000")
    page.keyboard.press("Tab")
    expect(page.get_by_text("已自动保存")).to_be_visible()
    to_step(page, "检查与上线")
    by_key(page, "btn_publish")
    page.locator(".st-key-publish_sure input").focus()
    page.keyboard.press("Space")
    expect(page.locator(".st-key-btn_publish_now button")).to_be_enabled()
    by_key(page, "btn_publish_now")
    expect(page.get_by_text("活动仍在暂停中")).to_be_visible()
    changed = campaigns.head_of(desk.store, ID)

    page.goto(f"{desk.address}/campaigns?lang=zh")
    turn(page, "恢复")
    by_key(page, "btn_turn")
    expect(page.get_by_role("dialog")).to_have_count(0)

    phone.world.clock.pass_(days=1)
    assert phone.checks_in() == ("checked_in", 2)
    assert campaigns.versions(desk.store, ID)[0].definition.budget.total == 500_000
    assert (paused, changed.state, changed.live) == ("paused", "paused", 2)
    assert campaigns.head_of(desk.store, ID).state == "published"
    assert [one.what for one in audit.entries(desk.store, ID)] == ["resume", "publish", "pause", "publish"]
    _reads_its_numbers_in_both_languages(desk, page)


def _reads_its_numbers_in_both_languages(desk: Desk, page: Page) -> None:
    """The file opens with its Chinese columns; in English the same page has no Chinese but what people wrote."""
    news = [Counted(ID, clock({})(), b"a" * 6, {"participants": 1, "granted.points": 10})]
    count(desk.store, ID, f"{clock({})():%Y-%m-%d}.000001", news, clock({})(), lambda _attempt: True)
    page.goto(f"{desk.address}/results?c={ID}&lang=zh")
    with page.expect_download() as download:
        by_key(page, "btn_csv")
    assert download.value.path().read_bytes()[:9] == b"\xef\xbb\xbf" + "日期".encode()
    page.get_by_role("radio", name="en").focus()
    page.keyboard.press("Space")
    page.wait_for_url(f"**/results?c={ID}&lang=en")
    expect(page.get_by_role("heading", name="Seven-morning check-in")).to_be_visible()
    page.wait_for_function(
        """() => !/[\\u3400-\\u9fff]/.test(
            document.body.innerText.replace("语言 Language", "").replaceAll("中文", "").replaceAll("池塘", "")
        )"""
    )


@dataclass
class Visitor:
    """A member's phone over the same table, at the functions' own door."""

    store: DynamoStore

    def __post_init__(self) -> None:
        self.world = World(store=self.store)
        self.world.clock.now = clock({})()
        self.phone, self.taps = self.world.phone(), 0

    def checks_in(self) -> tuple[str, int]:
        """A tap: its outcome, and the days in a row."""
        self.taps += 1
        path = f"/api/campaigns/{ID}/events/checkin"
        body = {"event_id": f"event-{self.taps:04d}", "data": {}, "consent": True}
        answer = self.phone.post(path, body)
        return answer.body["outcome"], answer.body["state"].get("streak", 0)

    def sees(self) -> str:
        """The campaign's page."""
        return str(visit(self.world, f"/c/{ID}", self.phone)["body"])


def turn(page: Page, what: str) -> None:
    """From the campaign's menu, with keys alone."""
    by_key(page, f"btn_more_{ID}")
    page.get_by_role("menuitem", name=what).or_(page.get_by_role("option", name=what)).focus()
    page.keyboard.press("Enter")


def by_key(page: Page, key: str) -> None:
    button = page.locator(f".st-key-{key} button")
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press("Enter", delay=PRESS_MS)

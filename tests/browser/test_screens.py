"""The marketer's screens in a real browser: their language, their addresses, and what axe says of them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from functions.core.campaign import Campaign
from functions.core.tokens import Keyring
from functions.storage import campaigns as life
from functions.storage import invitations
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from functions.storage.store import Store
from infra import template
from infra.local import dynoxide as dynoxide_program
from tests.gate import Gate, gate_before
from tests.screen_server import screens
from tests.screens.demo import TYPED, fill
from ui.catalogues import written
from ui.components.forms.values import Path, get
from ui.navigation import SCREENS

pytestmark = [pytest.mark.browser]
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
SHOWN = """() => !document.querySelector('[data-testid=stSkeleton]')
  && document.querySelector('[data-testid=stMain]').innerText.trim().length > 20"""
HAN = re.compile("[\u3400-\u9fff]")
ITS_OWN = {"语言 Language", "中文", "English"}  # the toggle names itself in both languages
PRESS_MS = 80
PATIENCE_MS = 60_000
# Streamlit's own markup, which no page of ours can change (docs/ui.md)
STREAMLITS_OWN = {
    "aria-allowed-attr",
    "aria-required-children",
    "list",
    "listitem",
    "nested-interactive",
    "scrollable-region-focusable",
    "target-size",
}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WORDS = """() => {
  const seen = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, above = node.parentElement;
    if (!above || above.closest('script,style,noscript,[data-testid=stIconMaterial]')) continue;
    if (!above.checkVisibility()) continue;
    const said = node.textContent.trim();
    if (said) seen.push(said);
  }
  return seen;
}"""


# As the back button goes: the address first, then the word that it changed. Nothing is loaded anew.
GO = """address => {
  const title = document.title;
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  return title;
}"""


@dataclass(frozen=True)
class Desk:
    """The screens over a shop with something in it."""

    address: str
    campaigns: Mapping[str, Campaign]
    gate: Gate
    store: Store

    def page(self, browser: Browser, language: str) -> Page:
        """A browser of somebody with that language, nothing open yet."""
        context = browser.new_context(
            locale="en-GB" if language == "en" else "zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1440, "height": 900},
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    def open(self, browser: Browser, path: str, language: str = "zh") -> Page:
        """A page as somebody with that language opens it, when it has settled."""
        page = self.page(browser, language)
        page.goto(f"{self.address}{path}{'&' if '?' in path else '?'}lang={language}")
        return settled(page)


@pytest.fixture(scope="module")
def desk(dynoxide: str) -> Iterator[Desk]:
    """One server for all of these."""
    table = "test-screens"
    dynoxide_program.create_table(dynoxide, table, template.load())
    store = DynamoStore(dynamodb_client("us-east-1", dynoxide), table, "demo")
    campaigns = fill(store, datetime.now(UTC))
    with gate_before(dynoxide) as gate:
        told = {"POND_TABLE": table, "POND_STAGE": "local", "AWS_ENDPOINT_URL_DYNAMODB": gate.address}
        with screens({**os.environ, **told}) as address:
            yield Desk(address, campaigns, gate, store)


def addresses(desk: Desk) -> list[str]:
    """Every screen there is, with the composer's steps."""
    campaign = desk.campaigns["seven-mornings"].id
    paths = [f"/{screen.name}?c={campaign}" for screen in SCREENS if screen.name != "home"]
    return [*paths, "/", "/campaigns?table=on", "/compose?c=camp_none"]


def settled(page: Page) -> Page:
    """The page when it shows all it has."""
    page.wait_for_selector(READY)
    page.wait_for_function(SHOWN)
    return page


def test_every_screen_speaks_one_language_and_axe_finds_nothing_that_is_ours(desk: Desk, browser: Browser) -> None:
    english = {source for source, said in written("zh").items() if source != said and re.search("[a-z]{3}", source)}
    strays: dict[str, list[str]] = {}
    found: dict[str, list[tuple[str, str]]] = {}

    for language in ("en", "zh"):
        page = desk.open(browser, "/", language)
        for path in addresses(desk):
            title = page.evaluate(GO, f"{path}{'&' if '?' in path else '?'}lang={language}")
            page.wait_for_function("before => document.title !== before", arg=title)
            said = {without_typed(one) for one in settled(page).evaluate(WORDS)} - ITS_OWN
            wrong = [one for one in said if (HAN.search(one) if language == "en" else one in english)]
            strays |= {f"{language} {path}": wrong} if wrong else {}
            if language == "en" and (ours := findings(page)):
                found[path] = ours
            assert page.evaluate("document.documentElement.lang") == ("en" if language == "en" else "zh-CN")
        page.context.close()

    assert (strays, found) == ({}, {})


def without_typed(said: str) -> str:
    """What the screen itself says: names that people typed are theirs."""
    for name in TYPED:
        said = said.replace(name, "")
    return said


def findings(page: Page) -> list[tuple[str, str]]:
    """What axe finds that is not Streamlit's own: the rule, and the first place."""
    told = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response
    ours = [one for one in told["violations"] if one["id"] not in STREAMLITS_OWN]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in ours]


def test_filters_outlive_a_refresh_and_go_back_with_the_back_button(desk: Desk, browser: Browser) -> None:
    page = desk.open(browser, "/campaigns", "en")
    shown = page.get_by_test_id("stMain").get_by_text("Latte art camp")

    page.get_by_role("button", name="Paused", exact=True).click(delay=PRESS_MS)
    expect(shown).to_be_hidden()
    expect(page).to_have_url(re.compile("state=paused"))
    page.reload()
    expect(page.get_by_text("Winter reading club")).to_be_visible()
    expect(shown).to_be_hidden()
    expect(page).to_have_url(re.compile("state=paused"))

    page.locator(f".st-key-btn_open_{desk.campaigns['reading-21-days'].id} button").click(delay=PRESS_MS)
    expect(page).to_have_url(re.compile("/compose.*c=camp_"))
    page.wait_for_selector(READY)
    page.go_back()
    expect(page).to_have_url(re.compile("/campaigns"))
    expect(page.get_by_text("Winter reading club")).to_be_visible()
    page.context.close()


@dataclass
class Line:
    """What the server says to a page. While it is held, nothing arrives; what was asked goes through."""

    is_held: bool = False
    waiting: list[tuple[WebSocketRoute, bytes]] = field(default_factory=list)

    def join(self, page: WebSocketRoute) -> None:
        """Between a page and its server from now on."""
        page.connect_to_server().on_message(lambda said: self._pass(page, said))

    def _pass(self, page: WebSocketRoute, said: Any) -> None:
        self.waiting.append((page, said))
        if not self.is_held:
            self.release()

    def release(self) -> None:
        """All that waits arrives, in its order."""
        self.is_held = False
        while self.waiting:
            page, said = self.waiting.pop(0)
            page.send(said)

    def has_heard(self, kind: str) -> bool:
        """Whether a message of this kind waits."""
        return any(ForwardMsg.FromString(said).WhichOneof("type") == kind for _page, said in self.waiting)


def test_a_file_that_is_asked_for_while_its_page_is_drawn_anew_still_comes(desk: Desk, browser: Browser) -> None:
    """Leaving a field redraws the page, and whoever presses at once means the button that they still see."""
    line = Line()
    page = desk.page(browser, "en")
    page.route_web_socket(re.compile("_stcore/stream"), line.join)
    page.goto(f"{desk.address}/livecodes?lang=en")
    settled(page).get_by_label("Name of a new live code").fill("East gate")
    page.locator(".st-key-btn_live_new button").click(delay=PRESS_MS)
    page.locator(".st-key-btn_way_page button").click(delay=PRESS_MS)
    page.get_by_label("Address", exact=True).fill("https://shop.example/spring")
    page.get_by_role("button", name="PNG").first.hover()

    line.is_held = True
    page.mouse.down()
    while not line.has_heard("script_finished"):
        page.wait_for_timeout(20)
    with page.expect_download() as coming:
        page.mouse.up()
        while not line.has_heard("backend_operation_response"):
            page.wait_for_timeout(20)
        line.release()

    assert coming.value.path().read_bytes().startswith(b"\x89PNG")
    page.context.close()


def test_a_deep_link_to_what_is_not_there_says_so_and_leads_on(desk: Desk, browser: Browser) -> None:
    page = desk.open(browser, "/compose?c=camp_00000000000000000000000000", "en")
    expect(page.get_by_text("There is no such campaign")).to_be_visible()
    page.locator(".st-key-btn_back button").click(delay=PRESS_MS)
    expect(page.get_by_role("heading", name="Campaigns")).to_be_visible()

    answer = page.goto(f"{desk.address}/nothing?lang=en")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link").click(delay=PRESS_MS)
    expect(page.get_by_role("heading", name="Home", exact=True)).to_be_visible()
    page.context.close()


def test_a_dialog_closes_when_its_work_is_done_and_says_why_a_file_is_not_taken(desk: Desk, browser: Browser) -> None:
    ring, now = Keyring("demo", "k1", {"k1": bytes(32)}), datetime.now(UTC)
    invitations.invite(desk.store, ring, "jingan", "Bo", "Li", now, bytes(10), 2, timedelta(days=7))
    page = desk.open(browser, "/staff")
    dialog = page.get_by_role("dialog")

    def press(key: str) -> None:
        page.wait_for_selector(READY)
        page.locator(f"[class*=st-key-{key}] button").last.click(delay=PRESS_MS)

    press("btn_revoke_")
    expect(dialog).to_be_visible()
    press("btn_revoke_now")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("现在没有人能登录")).to_be_visible()

    page.evaluate(GO, "/members?lang=zh")
    press("btn_segment_new")
    expect(dialog).to_be_visible()
    press("btn_segment_cancel")
    expect(dialog).to_have_count(0)
    press("btn_segment_new")
    dialog.get_by_role("textbox").first.fill("VIP 2026")
    press("btn_segment_save")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("radio", name="VIP 2026").or_(page.get_by_role("button", name="VIP 2026"))).to_be_visible()

    page.evaluate(GO, "/campaigns?lang=zh")
    press("btn_import")
    dialog.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"a"})
    page.locator("[data-testid=stFileUploader] [aria-invalid=true]").wait_for()
    said = dialog.get_by_test_id("stFileUploader").evaluate("one => getComputedStyle(one, '::after').content")
    assert "没有收下：只收 YAML 或 JSON" in said
    page.context.close()


@pytest.mark.parametrize("slow", [0, 450], ids=["at once", "a pause after every key"])
def test_a_number_a_date_and_an_hour_outlive_a_refresh_while_the_cursor_is_in_them(
    desk: Desk, browser: Browser, slow: int
) -> None:
    campaign = desk.campaigns["study-camp"].id
    page = desk.open(browser, f"/compose?c={campaign}&step=3", "zh")
    most = page.locator("[class*='_budget-total'] input")
    most.press("Control+a")
    most.press_sequentially(typed := "2048.05" if slow else "2048.5", delay=slow)
    expect(most).to_have_value(typed)
    expect(most).to_be_focused()
    kept(desk, campaign, ("budget", "total"), 204805 if slow else 204850)
    daily = page.locator("[class*='_budget-per_day'] input")
    daily.press_sequentially("300", delay=slow)  # into an empty field: with its first number comes a button beside it
    expect(daily).to_have_value("300")
    kept(desk, campaign, ("budget", "per_day"), 30000)
    page.locator("[class*='_budget-per_day'] button[kind=tertiary]").first.click(delay=PRESS_MS)
    kept(desk, campaign, ("budget", "per_day"), None)
    page.reload()
    expect(most).to_have_value(typed, timeout=PATIENCE_MS)

    page.goto(f"{desk.address}/compose?c={campaign}&step=5&lang=zh")
    ends = page.locator("[class*='_schedule-ends_at'] [role=group]")
    part = ends.locator("[role=spinbutton]")
    settled(page)
    ends.locator("[data-type=year]").press_sequentially("2031" if slow else "2032", delay=slow)
    ends.locator("[data-type=hour]").press_sequentially("21" if slow else "19", delay=slow)
    shown = part.all_inner_texts()
    wall = f"{shown[0]}-{shown[1]}-{shown[2]}T{shown[3]}:{shown[4]}:00+08:00"
    assert (shown[0], shown[3]) == (("2031", "21") if slow else ("2032", "19"))
    kept(desk, campaign, ("schedule", "ends_at"), wall)
    page.reload()
    settled(page)
    assert part.all_inner_texts() == shown

    begins = page.locator("[class*='_schedule-day_start'] [role=group]")
    begins.locator("[data-type=hour]").press_sequentially("05" if slow else "06", delay=slow)
    kept(desk, campaign, ("schedule", "day_start"), "05:00:00" if slow else "06:00:00")
    page.context.close()


def kept(desk: Desk, campaign: str, path: Path, value: Any) -> None:
    """Wait until the draft holds it; whoever typed it has not left its field."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while (there := get(life.load(desk.store, campaign).content, path)) != value:
        assert time.monotonic() < until, there
        time.sleep(0.05)


def test_nothing_typed_is_lost_by_refreshing_going_back_or_a_store_that_is_away(desk: Desk, browser: Browser) -> None:
    campaign = desk.campaigns["study-camp"].id
    page = desk.open(browser, f"/compose?c={campaign}", "zh")
    chinese, english = (page.locator(f"[class*='_name-{tongue}'] input") for tongue in ("zh", "en"))

    chinese.press_sequentially("写到一半")  # and not left
    page.get_by_role("heading", name=re.compile("写到一半")).wait_for()
    page.reload()
    expect(chinese).to_have_value(re.compile("写到一半"), timeout=PATIENCE_MS)

    chinese.fill("又改了一次")
    page.get_by_role("heading", name="又改了一次").wait_for()
    page.locator(".st-key-btn_tab_versions button").click(delay=PRESS_MS)
    expect(page).to_have_url(re.compile("/versions"), timeout=PATIENCE_MS)
    page.go_back()
    expect(page).to_have_url(re.compile("/compose"), timeout=PATIENCE_MS)
    expect(chinese).to_have_value("又改了一次", timeout=PATIENCE_MS)

    page.get_by_role("radio", name="页面与海报").click(delay=PRESS_MS)
    expect(page).to_have_url(re.compile("step=4"), timeout=PATIENCE_MS)
    page.reload()
    expect(page.get_by_role("radio", name="页面与海报")).to_be_checked(timeout=PATIENCE_MS)
    page.get_by_role("radio", name="玩法").click(delay=PRESS_MS)

    desk.gate.shut()
    chinese.fill("断网时写的")
    page.get_by_text("内容还在页面里").wait_for()
    kept = life.load(desk.store, campaign).content["name"]["zh"]
    desk.gate.open()
    english.fill("typed when it was back")  # takes along what could not be saved
    expect(page.get_by_text("内容还在页面里")).to_be_hidden(timeout=PATIENCE_MS)
    page.reload()
    expect(chinese).to_have_value("断网时写的", timeout=PATIENCE_MS)
    expect(english).to_have_value("typed when it was back", timeout=PATIENCE_MS)

    assert kept == "又改了一次"
    assert life.load(desk.store, campaign).content["name"] == {"zh": "断网时写的", "en": "typed when it was back"}
    page.context.close()

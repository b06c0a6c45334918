"""What somebody does on a page before it is pictured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import FilePayload, Page

from functions.storage import campaigns
from functions.storage.store import Store
from tests.gate import Gate
from tests.screens.camera import PRESS_MS, settle
from tests.screens.demo import MEIMEI

STRANGER = "eve"  # the issuer's own name for them
BROKEN = FilePayload(name="poster.png", mimeType="image/png", buffer=b"GIF89a, and not really that either")


@dataclass(frozen=True)
class Stage:
    """What an act may reach for: the table's gate, the odd shop's store, and ids by name."""

    gate: Gate
    odd: Store
    known: dict[str, str]


Act = Callable[[Page, Stage], None]


def press(*keys: str) -> Act:
    """Press what has these keys, one after the other."""

    def act(page: Page, _stage: Stage) -> None:
        for key in keys:
            page.locator(f"[class*='st-key-{key}'] button").first.click(delay=PRESS_MS)
            settle(page)

    return act


def step(place: int, *keys: str) -> Act:
    """Go to a step of the composer, counted from 0, and press what has these keys."""

    def act(page: Page, stage: Stage) -> None:
        page.locator("[class*=st-key-step_] button").nth(place).click(delay=PRESS_MS)
        settle(page)
        press(*keys)(page, stage)

    return act


def choose(key: str, option: int) -> Act:
    """Choose from a menu button or a list of segments or pills."""

    def act(page: Page, _stage: Stage) -> None:
        page.locator(f"[class*='st-key-{key}'] button").first.click(delay=PRESS_MS)
        page.locator("[role=menuitem], [role=menu] button, [data-testid=stMenuButtonItem]").nth(option).click()
        settle(page)

    return act


def more(campaign: str, place: int) -> Act:
    """Choose from the menu of a campaign's card, counted from 0 or, below it, from the end."""

    def act(page: Page, stage: Stage) -> None:
        choose(f"btn_more_{stage.known[campaign]}", place)(page, stage)

    return act


def plan(page: Page, _stage: Stage) -> None:
    """Ask what a deployment would change, and wait for it: a job goes on while its page is still."""
    changes = page.locator("[class*='st-key-all_changes']")
    if not changes.count():
        page.locator("[class*='st-key-btn_plan'] button").click(delay=PRESS_MS)
        changes.wait_for()
        settle(page)


def make_a_payout(page: Page, stage: Stage) -> None:
    """Make the list of what may be paid out, unless there is one already."""
    if not page.locator("[class*='st-key-payout_1']").count():
        press("btn_payout_make")(page, stage)


def go_live(page: Page, stage: Stage) -> None:
    """From a template to a campaign that is live."""
    press("btn_template_")(page, stage)
    page.locator("[class*=st-key-step_]").wait_for()
    step(5, "btn_publish")(page, stage)
    page.locator("[class*='st-key-publish_sure'] label").click()
    settle(page)
    press("btn_publish_now")(page, stage)


def come_as_a_stranger(page: Page, stage: Stage) -> None:
    """Sign in as somebody whom nobody put on the list."""
    page.locator("[class*='st-key-btn_sign_in'] button").click(delay=PRESS_MS)
    page.get_by_role("link", name=STRANGER).click()
    page.locator("[class*='st-key-btn_sign_out'] button").wait_for()
    settle(page)


def segment(key: str, place: int) -> Act:
    """Choose one of the segments, counted from 0."""

    def act(page: Page, _stage: Stage) -> None:
        page.locator(f"[class*='st-key-{key}'] button").nth(place).click(delay=PRESS_MS)
        settle(page)

    return act


def after(*acts: Act) -> Act:
    """One after the other."""

    def act(page: Page, stage: Stage) -> None:
        for one in acts:
            one(page, stage)

    return act


def rename(page: Page, words: str, *, chinese: bool = True) -> None:
    """Type another name, in one of both languages."""
    name = page.locator("[class*='_name-'] input").nth(0 if chinese else 1)
    name.fill(words)
    name.press("Enter")
    settle(page)


def lose_the_store(page: Page, stage: Stage) -> None:
    """The table goes away while somebody types."""
    stage.gate.shut()
    rename(page, "写到一半的名字 half-typed")


def store_lost(page: Page, stage: Stage) -> None:
    """The table went away; the page is asked for again."""
    stage.gate.shut()
    page.reload()
    settle(page)


def cross(page: Page, stage: Stage) -> None:
    """Somebody else changes the very field that is being changed here."""
    chinese = str(page.evaluate("document.documentElement.lang")).startswith("zh")
    _name_it(stage, {"zh": "早安打卡 7 天", "en": "Seven-morning check-in"})  # as it began
    page.reload()
    settle(page)
    _name_it(stage, {"zh": "跨年早安打卡"} if chinese else {"en": "New Year mornings"})
    rename(page, "元旦早起打卡" if chinese else "Mornings into the New Year", chinese=chinese)


def _name_it(stage: Stage, words: dict[str, str]) -> None:
    """Somebody else names the campaign, in one language or in both."""
    draft = campaigns.load(stage.odd, stage.known["crossed"])
    content = {**draft.content, "name": {**draft.content["name"], **words}}
    campaigns.save(stage.odd, draft, content, MEIMEI, datetime.now(UTC))


def find_member(page: Page, stage: Stage) -> None:
    """Look a member up by their number."""
    segment("find_by_", 1)(page, stage)
    page.locator("[class*='st-key-find_member'] input").fill(stage.known["member"])
    page.locator("[data-testid=stMain] button[kind^=primary]").first.click(delay=PRESS_MS)
    settle(page)


def erase_member(page: Page, stage: Stage) -> None:
    """The step before somebody is erased."""
    find_member(page, stage)
    press("btn_erase")(page, stage)


def find_by_nickname(page: Page, stage: Stage) -> None:
    """Look for everybody whose nickname begins so: several, masked."""
    segment("find_by_", 2)(page, stage)
    page.locator("[class*='st-key-find_nickname'] input").fill("小")
    page.locator("[data-testid=stMain] button[kind^=primary]").first.click(delay=PRESS_MS)
    settle(page)


def invite(page: Page, stage: Stage) -> None:
    """A clerk is invited, another in each language: the code is shown once."""
    name = {"zh": "小陈", "en": "Chen Yu"}[page.evaluate("document.documentElement.lang")[:2]]
    for field, words in (("shop", "东门店 East Gate"), ("name", name)):
        page.locator(f".st-key-invite_{field} input").fill(words)
        page.locator(f".st-key-invite_{field} input").press("Enter")
        settle(page)
    press("btn_invite")(page, stage)


def wrong_picture(page: Page, stage: Stage) -> None:
    """A picture that is none, whatever its name says."""
    step(3)(page, stage)
    page.locator("[data-testid=stFileUploaderDropzoneInput], input[type=file]").first.set_input_files(BROKEN)
    settle(page)


def join(page: Page, _stage: Stage) -> None:
    """Agree and take part: two taps."""
    if page.locator("[name=consent]").count():
        page.check("[name=consent]")
    page.click(".dock button")
    page.wait_for_selector(".note")
    settle(page)


def open_coupon(page: Page, _stage: Stage) -> None:
    """The first coupon of the wallet."""
    page.click("a.coupon")
    settle(page)


def read_out(page: Page, stage: Stage) -> None:
    """The code for reading out; the till of this language takes it from here."""
    open_coupon(page, stage)
    page.click("form[action*='/code'] button")
    page.wait_for_selector(".code")
    stage.known[_till(page)] = page.inner_text("p.code")
    settle(page)


def come_in(page: Page, stage: Stage) -> None:
    """A clerk signs in by invitation."""
    page.fill("#invitation", stage.known["invitation"])
    page.click("form button")
    page.wait_for_selector("#code")
    settle(page)


def check_code(page: Page, stage: Stage) -> None:
    """A clerk types the customer's code."""
    page.fill("#code", stage.known[_till(page)])
    page.press("#code", "Enter")
    page.wait_for_selector(".verdict")
    settle(page)


def redeem(page: Page, stage: Stage) -> None:
    """And redeems it."""
    check_code(page, stage)
    page.fill("#amount", "68.50")
    page.fill("#order", "A-1024")
    page.click("form[action*=redeem] button")
    page.wait_for_selector(".verdict.good")
    settle(page)


def _till(page: Page) -> str:
    return f"code {page.evaluate('document.documentElement.lang')}"


def be(place: int) -> Act:
    """Sit there as somebody else: the roles from the most to the least, counted from 0."""

    def act(page: Page, _stage: Stage) -> None:
        shown = page.locator("[class*='st-key-person_']")
        if not shown.is_visible():
            page.locator("[data-testid=stExpandSidebarButton]").click()
        shown.locator("input").click()
        page.locator("[role=option]").nth(place).click()
        settle(page)

    return act

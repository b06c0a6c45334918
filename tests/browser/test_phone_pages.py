"""A consumer's and a clerk's phone, from the scanned link to the redeemed coupon; with scripts and without."""

from __future__ import annotations

import copy
import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Page

from functions.storage import invitations
from tests.browser.conftest import OpenPhone
from tests.edge.world import CAMPAIGN, World
from tests.pages import group_samples
from tests.pages.samples import content

pytestmark = pytest.mark.browser
Shop = tuple[str, list[str]]
DAY_THREE = datetime.fromisoformat("2026-12-03T08:00:00+08:00")
# What a phone's browser brings and a desktop's does not: a camera, and a reader of what it sees.
LENS = """
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream(5);
HTMLMediaElement.prototype.play = async () => {};
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return window.seen ? [{ rawValue: window.seen }] : []; }
};
"""
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def publish(world: World, example: str, **config: Any) -> None:
    """An example campaign, on its third day."""
    world.clock.now = DAY_THREE
    made = copy.deepcopy(content(example))
    made["config"] |= config
    world.publish(made)


def check_in(page: Page, url: str) -> str:
    """Open the campaign, agree when asked, tap; what the page says then."""
    page.goto(f"{url}/c/{CAMPAIGN}")
    if page.locator("[name=consent]").count():
        page.check("[name=consent]")
    page.click(".dock button")
    return page.locator(".note").inner_text()


@with_and_without_scripts
def test_two_mornings_earn_points_and_a_coupon_which_a_clerk_redeems_once(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "seven-mornings", days=2)
    url, _ = shop
    mine, clerks = open_phone(scripts), open_phone(scripts)
    clerks.add_init_script(LENS)

    assert "今天打卡成功" in check_in(mine, url)
    assert mine.locator(".dock").inner_text() == "✓ 今天已打卡"
    world.clock.pass_(days=1)
    assert "+ 满 30 减 10 元券" in check_in(mine, url)

    mine.goto(f"{url}/me")
    mine.click("a.coupon")
    assert mine.locator(".qr img").evaluate("image => image.naturalWidth") > 0 if scripts else True
    mine.click("form[action*='/code'] button")
    code = mine.locator("p.code").inner_text()

    invitation = invitations.invite(
        world.store, world.service.keys.ring(world.clock.now), "Store 1", "小李", "boss", world.clock.now, b"0123456789"
    )
    clerks.goto(f"{url}/staff")
    clerks.fill("#invitation", invitation)
    clerks.click("form button")
    if scripts:
        clerks.set_input_files("#picture", photographed(mine))  # sent as soon as it is taken
        clerks.wait_for_selector(".verdict.ready")
        clerks.goto(f"{url}/staff")
        clerks.evaluate("address => { window.seen = address }", f"{url}/staff?code={code}")
        clerks.click("[data-scan]")
    else:
        assert not clerks.locator("[data-scan]").is_visible()
        clerks.set_input_files("#picture", photographed(mine))
        clerks.click(".photo button")
    assert "可以核销" in clerks.locator(".verdict.ready").inner_text()
    for amount, verdict in (("20", ".verdict.warn"), ("35.50", ".verdict.good")):
        clerks.fill("#amount", amount)
        clerks.fill("#order", "A-1")
        clerks.click("form[action*=redeem] button")
        clerks.wait_for_selector(verdict)
    assert "减 ¥10.00，应付 ¥25.50" in clerks.locator(".verdict.good").inner_text()

    clerks.fill("#code", code.lower().replace("-", " "))
    clerks.click("form[method=get] button:not([data-scan])")
    assert "不能核销" in clerks.locator(".verdict.bad").inner_text()
    assert clerks.locator("form[action*=redeem]").count() == 0
    clerks.go_back()
    clerks.click("summary:has-text('撤销')")
    clerks.check("[name=reason][value=wrong_amount]")
    clerks.click("form[action*=reverse] button")
    assert "又可以用了" in clerks.locator(".verdict.ready").inner_text()


def photographed(phone: Page) -> FilePayload:
    """The customer's screen, as another phone sees it: askew, not quite in focus, larger than it need be."""
    screen = Image.open(io.BytesIO(phone.screenshot())).convert("RGB").resize((1560, 3376))
    taken = screen.rotate(9, expand=True, fillcolor="#446").filter(ImageFilter.GaussianBlur(2))
    out = io.BytesIO()
    taken.save(out, "JPEG", quality=85)
    return {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@with_and_without_scripts
def test_a_picture_is_sent_and_waits_for_the_clerk(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "fitness-picture")
    page = chosen(open_phone(scripts), shop[0])
    page.click("#picture button")
    page.wait_for_selector("text=图片已经上传")
    page.check("[name=consent]")
    page.click(".dock button")

    assert "等待审核" in page.locator(".note.good").inner_text()
    assert page.locator(".cal .pending.now").count() == 1
    assert [key for key in world.s3.objects if key.startswith("proofs/")]


def chosen(page: Page, address: str) -> Page:
    """The page with a picture chosen, which is still to be sent."""
    page.goto(f"{address}/c/{CAMPAIGN}")
    page.click(".dock button")
    page.set_input_files("#file", photo())
    return page


def photo() -> FilePayload:
    """A picture of a run."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(out, "JPEG")
    return {"name": "run.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@with_and_without_scripts
def test_a_picture_chosen_before_midnight_can_be_handed_in_after_it(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "fitness-picture")
    page = chosen(open_phone(scripts), shop[0])
    world.clock.pass_(days=1)
    assert ("/api/" in page.url) != scripts  # a tab that is loaded anew finds a page there

    page.click("#picture button")

    page.wait_for_selector(".note.warn:has-text('图片是 12 月 3 日选的，现在提交算今天的打卡')")
    page.check("[name=consent]")
    sent = page.url
    page.click(".dock button")
    assert "12 月 4 日 的打卡已提交" in page.locator(".note.good").inner_text()
    page.goto(sent.replace("2026-12-03", "2026-12-04"))
    world.clock.pass_(days=1)
    page.reload()
    assert "上传今天的照片" in page.locator(".dock").inner_text()  # what was handed in is not offered once more


def test_a_picture_for_a_day_that_can_no_longer_be_made_up_is_not_dropped_without_a_word(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "fitness-picture", start="fixed", make_up={"count": 1, "days_back": 1, "price": 0})
    page = open_phone()
    page.goto(f"{shop[0]}/c/{CAMPAIGN}?make_up=2026-12-02")
    page.click("#make-up button")
    page.set_input_files("#file", photo())
    world.clock.pass_(days=1)

    page.click("#picture button")

    assert page.locator(".note.warn strong").inner_text() == "12 月 2 日不能再补卡了"


@with_and_without_scripts
def test_what_is_mine_can_be_named_withdrawn_and_erased(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "seven-mornings", leaderboard=True)
    url, _ = shop
    page = open_phone(scripts)
    check_in(page, url)

    page.click("text=排行榜")
    page.fill("#nickname", "小鱼")
    page.click("button:has-text('同意并上榜')")
    page.wait_for_selector(".note.good:has-text('你上榜了')")
    assert page.locator(".board .me th").inner_text() == "小** （你）"
    page.click("button:has-text('退出排行榜')")
    page.wait_for_selector(".note.good:has-text('别人看不到你了')")
    assert page.locator(".board").count() == 0

    page.goto(f"{url}/privacy?c={CAMPAIGN}")
    page.click("li:has-text('参加“早安打卡') button")
    assert page.locator(".note").inner_text() == "已撤回"
    page.fill("#nickname", "小鱼 138 0013")
    page.click("form:has(#nickname) button")
    assert "不写网址、电话" in page.locator(".note.bad").inner_text()
    page.fill("#nickname", "小鱼")
    page.click("form:has(#nickname) button")
    assert (page.locator(".note.good").inner_text(), page.input_value("#nickname")) == ("昵称记下了", "小鱼")
    page.goto(f"{url}/me/erase")
    page.check("[name=confirm]")
    page.click("button.bad")

    assert page.locator(".note").inner_text() == "你的数据已删除"
    assert "pond_session" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_note_that_is_too_short_is_told_and_a_right_answer_counts_without_scripts(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "quiz-a-day")
    url, _ = shop
    page = open_phone(scripts=False)
    page.goto(f"{url}/c/{CAMPAIGN}")

    for choice, tone in ((1, "warn"), (2, "good")):
        page.check(f"[name='data.proof.answer'] >> nth={choice - 1}")
        page.check("[name=consent]")
        page.click(".dock button")
        page.wait_for_selector(f".note.{tone}")


@with_and_without_scripts
def test_an_answer_sent_after_midnight_is_not_held_against_the_new_days_question(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "quiz-a-day", start="fixed")
    asked, today = content("quiz-a-day")["config"]["proof"]["questions"][2:4]
    page = open_phone(scripts)
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.fill("[name='data.proof.answer']", asked["answer"].partition("|")[0])
    page.check("[name=consent]")
    world.clock.pass_(days=1)

    page.click(".dock button")

    assert page.locator(".note.warn").inner_text() == "新的一天开始了，这是今天的题"
    assert page.locator("legend").inner_text() == today["question"]["zh"]
    assert [key for key in world.store.rows if key[1] == "STATE"] == []  # type: ignore[attr-defined]
    page.check(f"[name='data.proof.answer'] >> nth={int(today['answer']) - 1}")
    page.check("[name=consent]")
    page.click(".dock button")
    assert "今天打卡成功" in page.locator(".note.good").inner_text()


def test_a_friend_who_gets_the_link_of_an_answer_is_not_told_it_without_scripts_either(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "seven-mornings")
    mine, friends = open_phone(scripts=False), open_phone(scripts=False)
    assert "今天打卡成功" in check_in(mine, shop[0])

    friends.goto(mine.url)

    assert "o=checked_in" in mine.url
    assert friends.locator(".note").count() == 0
    assert friends.locator(".dock [name=consent]").count() == 1


def comes_back(page: Page, **later: int) -> None:
    """The phone was in a pocket for that long."""
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true })")
    for away in (True, False):
        page.evaluate("away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }", away)
        page.clock.fast_forward(timedelta(**later).total_seconds() * 1000 if away else 0)


def test_who_comes_back_to_a_page_the_next_morning_sees_the_new_day(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "seven-mornings")
    page = open_phone()
    page.clock.install()
    check_in(page, shop[0])
    page.wait_for_selector(".dock:has-text('今天已打卡')")
    asked = len(shop[1])

    comes_back(page, minutes=5)
    assert len(shop[1]) == asked

    world.clock.pass_(days=1)
    comes_back(page, hours=23)
    page.click(".dock button:has-text('今天打卡')")
    page.wait_for_selector(".nums dd:has-text('2 天')")


def test_a_page_kept_by_the_browser_is_as_it_is_now_when_one_steps_back_to_it(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "seven-mornings")
    page = open_phone()
    check_in(page, shop[0])
    page.wait_for_selector(".dock:has-text('今天已打卡')")
    world.clock.pass_(days=1)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    page.wait_for_selector(".dock button:has-text('今天打卡')")


def test_what_is_being_typed_outlasts_a_phone_in_a_pocket(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    publish(world, "reading-21-days")
    page = open_phone()
    page.clock.install()
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.fill("textarea", "今天读到")
    asked = len(shop[1])

    comes_back(page, hours=23)

    assert page.input_value("textarea") == "今天读到"
    assert len(shop[1]) == asked


def test_a_double_tap_posts_once(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    publish(world, "seven-mornings")
    url, requests = shop
    page = open_phone()
    page.goto(f"{url}/c/{CAMPAIGN}")
    page.check("[name=consent]")

    page.evaluate("() => { const button = document.querySelector('.dock button'); button.click(); button.click(); }")
    page.wait_for_selector(".note.good")

    assert len([line for line in requests if line.startswith("POST")]) == 1
    assert page.evaluate("document.activeElement.className") == "note good"


def test_the_second_of_two_quick_taps_is_not_for_the_button_that_the_first_one_led_to(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    world.clock.now = DAY_THREE
    world.publish(group_samples.definition(**group_samples.PAID).model_dump(mode="json", by_alias=True))
    page = open_phone()
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.check("[name=consent]")

    page.dblclick(".dock button", delay=60)

    page.wait_for_selector(".note.good")
    assert "去付款" in page.locator(".dock").inner_text()
    assert [line for line in shop[1] if "/payments" in line] == []


@pytest.mark.parametrize("may_copy", [True, False])
def test_a_link_is_said_to_be_copied_where_it_is_and_shown_where_it_is_not(
    world: World, shop: Shop, open_phone: OpenPhone, may_copy: bool
) -> None:
    world.clock.now = DAY_THREE
    world.publish(group_samples.definition().model_dump(mode="json", by_alias=True))
    page = open_phone(permissions=["clipboard-read", "clipboard-write"] if may_copy else [])
    if not may_copy:
        page.add_init_script("delete Navigator.prototype.clipboard; document.execCommand = () => false")
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.check("[name=consent]")
    page.click(".dock button")
    steps = page.evaluate("history.length")

    page.click(".dock a[data-copy]")

    if may_copy:
        page.wait_for_selector("#say:has-text('链接已复制')")
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#link")
    else:
        assert page.evaluate("getSelection().toString()") == page.input_value("#link")
        assert page.inner_text("#say") == ""
    assert page.evaluate("history.length") == steps  # one step back still leads where it led


def test_a_lost_answer_asks_for_another_tap_which_counts_once(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    publish(world, "seven-mornings")
    url, _ = shop
    page = open_phone()
    page.goto(f"{url}/c/{CAMPAIGN}")
    page.check("[name=consent]")
    sent: list[str] = []

    def lose(route: Any) -> None:
        sent.append(route.request.post_data)
        route.fetch(max_redirects=0)  # it arrives, its answer does not
        route.abort()

    page.route("**/events/checkin*", lose)
    page.click(".dock button")
    page.wait_for_selector("#say:has-text('再点一次')")
    page.unroute("**/events/checkin*")
    assert page.locator(".dock button").is_enabled()
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.click(".dock button")

    assert "今天打卡成功" in page.locator(".note").inner_text()
    assert page.locator(".nums dd").all_inner_texts()[:2] == ["1 天", "1 天"]
    assert sent[0] == sent[1]
    assert len([key for key in world.store.rows if key[1] == "STATE"]) == 1  # type: ignore[attr-defined]


def test_with_scripts_the_coupons_code_turns_by_itself_and_without_by_a_refresh(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "seven-mornings", days=1)
    url, requests = shop
    page = open_phone()
    page.clock.install()
    check_in(page, url)
    page.goto(f"{url}/me")
    page.click("a.coupon")
    page.wait_for_selector(".qr img")
    before = len([line for line in requests if "qr.svg" in line])

    with page.expect_response(re.compile(r"/qr\.svg\?t=")):
        page.clock.run_for(26_000)

    assert len([line for line in requests if "qr.svg" in line]) > before
    assert '<noscript><meta http-equiv="refresh" content="25"></noscript>' in page.request.get(page.url).text()


@with_and_without_scripts
def test_rewards_are_found_again_on_another_phone_by_a_code_in_a_message(
    world: World, shop: Shop, open_phone: OpenPhone, scripts: bool
) -> None:
    publish(world, "seven-mornings")
    url, _ = shop
    first, second = open_phone(scripts), open_phone(scripts)
    check_in(first, url)

    for page in (first, second):
        page.goto(f"{url}/me/sign-in")
        page.fill("#phone", "13800138000")
        page.click("form button")
        page.wait_for_selector("#otp")
        assert "尾号 8000" in page.inner_text(".note")
        assert page.input_value("#phone") == ("13800138000" if scripts else "")
        page.fill("#phone", "13800138000")
        page.fill("#otp", world.messages[-1][1][4:10])
        page.click("form button")
        page.wait_for_selector(".note:has-text('已登录')")

    second.goto(f"{url}/c/{CAMPAIGN}")
    assert second.locator(".dock").inner_text() == "✓ 今天已打卡"


def test_a_missed_day_is_made_up_for_with_its_own_question(world: World, shop: Shop, open_phone: OpenPhone) -> None:
    publish(world, "quiz-a-day", start="fixed", make_up={"count": 2, "days_back": 5, "price": 0})
    url, _ = shop
    question = content("quiz-a-day")["config"]["proof"]["questions"][0]
    page = open_phone(scripts=False)

    page.goto(f"{url}/c/{CAMPAIGN}")
    page.click(".cal .can a >> nth=0")
    assert page.locator("#make-up legend").inner_text() == question["question"]["zh"]
    page.check(f"#make-up [name='data.proof.answer'] >> nth={int(question['answer']) - 1}")
    page.check("#make-up [name=consent]")
    page.click("#make-up button")

    assert "12 月 1 日 已补卡" in page.locator(".note.good").inner_text()


SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def test_a_page_takes_at_most_four_requests_stands_still_and_says_nothing_on_the_console(
    world: World, shop: Shop, open_phone: OpenPhone
) -> None:
    publish(world, "seven-mornings", days=1, leaderboard=True)
    url, requests = shop
    page = open_phone()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    check_in(page, url)
    page.goto(f"{url}/me")
    coupon = page.locator("a.coupon").get_attribute("href")

    for place in (
        f"/c/{CAMPAIGN}",
        f"/c/{CAMPAIGN}/board",
        "/me",
        str(coupon),
        "/privacy",
        "/me/erase",
        "/me/sign-in",
        "/staff",
        "/",
    ):
        requests.clear()
        page.goto(url + place)
        assert page.evaluate(SHIFTS) == 0
        assert len(requests) <= 4
    assert said == []

"""Journey 9: ten thousand codes ordered, printed, half of them activated; a buyer scans; forgers learn nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Download, Page, expect

from functions.core.ids import new_id
from functions.storage import campaigns
from functions.storage.dynamodb import DynamoStore
from infra.local import dynoxide
from tests.cloud import LocalCloud
from tests.journey.conftest import opened
from tests.storage.stage import publish
from ui.templates import templates

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.xdist_group("journey")]
PRESS_MS, SIZE = 80, 10_000
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="module")
def campaign(local_cloud: LocalCloud) -> str:
    """The template's campaign, live."""
    now = datetime.now(UTC)
    store = DynamoStore(dynoxide.client(local_cloud.table_endpoint), local_cloud.table, "demo")
    hours = {"starts_at": (now - timedelta(hours=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    content: dict[str, Any] = dict(templates()["genuine-and-a-gift"])
    named = content | {"name": {"zh": "扫码验真", "en": "Genuine"}, "schedule": content["schedule"] | hours}
    publish(store, named, now, new_id("camp", now, b"items-----"))
    return next(one.id for one in campaigns.campaigns(store) if one.mechanic == "item_scan")


@pytest.fixture(scope="module")
def desk(composer: str, browser: Browser, campaign: str) -> Iterator[Page]:
    page = opened(browser, phone=False)
    page.goto(f"{composer}/items?lang=zh")
    yield page
    page.context.close()


def turn_to(page: Page, name: str) -> None:
    """Another screen, by the sidebar: the tests share one desk, in any order."""
    page.wait_for_selector(READY)
    page.get_by_role("link", name=name, exact=True).click(delay=PRESS_MS)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def press(page: Page, key: str) -> None:
    page.wait_for_selector(READY)  # what was typed has arrived: a press in the midst of a drawing may be lost
    page.locator(f".st-key-{key} button").click(delay=PRESS_MS)


def fill(page: Page, label: str, text: str) -> None:
    page.wait_for_selector(READY)
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Tab")


def part(page: Page, name: str) -> None:
    page.wait_for_selector(READY)
    page.get_by_role("radio", name=name).click(delay=PRESS_MS)


def made(page: Page, kind: str, words: str) -> bytes:
    """A file made with its bar, and taken."""
    page.wait_for_selector(READY)
    page.get_by_role("radio", name=words).click(delay=PRESS_MS)
    press(page, f"btn_make_{kind}")
    taking: Download
    with page.expect_download() as waiting:
        page.locator(f".st-key-btn_take_{kind} button").click(delay=PRESS_MS)
    taking = waiting.value
    return Path(taking.path()).read_bytes()


def scan(phone: Page, link: str) -> str:
    """Scan with the camera, and tap."""
    phone.goto(link)
    phone.click(".dock button", delay=PRESS_MS)
    phone.wait_for_selector(".verdict")
    return phone.locator("main").inner_text()


def test_ten_thousand_codes_from_the_order_to_the_buyer(desk: Page, browser: Browser, local_cloud: LocalCloud) -> None:
    turn_to(desk, "一物一码")
    press(desk, "btn_batch_new")
    fill(desk, "商品名 · 中文", "明前龙井")
    fill(desk, "商品条码 GTIN", "9520123456788")
    fill(desk, "批号", "L/7")
    fill(desk, "数量（个）", str(SIZE))
    desk.get_by_label("首扫奖励").click()
    desk.get_by_role("option", name="扫码验真").first.click()
    press(desk, "btn_batch_order")
    expect(desk.get_by_role("heading", name="明前龙井")).to_be_visible()

    fill(desk, "哪些商品", f"1-{SIZE // 2}")
    press(desk, "btn_ranges_activate")
    expect(desk.get_by_text("已激活 5,000 件")).to_be_visible()
    part(desk, "打印")
    sheet = made(desk, "pdf", "标签 PDF")
    rows = list(csv.DictReader(io.StringIO(made(desk, "csv", "CSV").decode("utf-8-sig"))))

    assert len(rows) == SIZE
    paper = pypdfium2.PdfDocument(sheet)
    a_page = SIZE // len(paper)
    for number in (0, len(paper) // 2):
        assert read(paper[number]) == {row["link"] for row in rows[number * a_page : (number + 1) * a_page]}

    good, idle = rows[9]["link"], rows[SIZE - 1]["link"]
    forged = good[:-1] + ("0" if good[-1] != "0" else "1")
    phone, other = opened(browser, phone=True), opened(browser, phone=True)
    assert "首次扫描，这是正品" in scan(phone, good)
    phone.check("[name=consent]")
    phone.click(".dock button", delay=PRESS_MS)
    expect(phone.get_by_text("领取成功，这是你的第 1 件")).to_be_visible()
    expect(phone.get_by_text("+ 10 积分")).to_be_visible()
    assert "第一次就是你扫的" in scan_again(phone, good)
    assert "之前被扫过" in scan(other, good)
    assert "还没有激活" in scan(phone, idle)
    phone.goto(forged)
    expect(phone.get_by_text("查不到这个码")).to_be_visible()
    for page in (phone, other):
        page.context.close()

    resolver_answers(local_cloud, good, forged)


def read(sheet: pypdfium2.PdfPage) -> set[str]:
    """What a reader that knows nothing of us finds on a printed page."""
    return codes_in(sheet.render(scale=300 / 72).to_pil())


def codes_in(picture: Image.Image) -> set[str]:
    return {one.text for one in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)}


def test_what_is_printed_of_a_live_code_leads_elsewhere_once_its_target_changed(desk: Page) -> None:
    turn_to(desk, "活码")
    fill(desk, "新活码的名称", "东门店")
    press(desk, "btn_live_new")
    press(desk, "btn_way_page")
    fill(desk, "网址", "https://shop.example/spring")
    with desk.expect_download() as waiting:
        desk.get_by_role("button", name="PNG").click(delay=PRESS_MS)
    (printed,) = codes_in(Image.open(waiting.value.path()))

    with httpx.Client(timeout=60) as http:
        assert http.get(printed).headers["location"] == "https://shop.example/spring"
        fill(desk, "网址", "https://shop.example/summer")
        desk.wait_for_selector(READY)
        assert http.get(printed).headers["location"] == "https://shop.example/summer"


def resolver_answers(local_cloud: LocalCloud, good: str, forged: str) -> None:
    """What GS1's standard says of a link, through the gateway, which undoes the encoding of the lot's slash."""
    path, campaign = urlsplit(good).path, local_cloud.api + "/c/"
    lot, product = path.partition("/21/")[0], path.partition("/10/")[0]
    leads = {path: f"{local_cloud.api}/i{path}", lot: campaign, product: campaign, f"{product}/10/unheard-of": campaign}
    statuses = {
        f"{path}?linkType=gs1:epil": 404,
        urlsplit(forged).path: 404,
        f"{path}/10/L7": 400,
        product[:-1] + "0": 400,
        f"{path}?linkType=linkset": 200,
    }
    with httpx.Client(base_url=local_cloud.api, timeout=60) as http:
        for at, place in leads.items():
            assert (answer := http.get(f"{at}?utm=a%2Fb")).status_code == 307
            assert answer.headers["location"].startswith(place)
            assert answer.headers["location"].endswith("?utm=a%2Fb")
        assert {at: http.get(at).status_code for at in statuses} == statuses
        told = http.get(path, headers={"accept": "application/linkset+json"})
        assert told.headers["content-type"] == "application/linkset+json"
        assert [one["anchor"] for one in told.json()["linkset"]] == [
            local_cloud.api + at for at in (path, lot, product)
        ]
        assert 'rel="http://www.w3.org/ns/json-ld#context"' in told.headers["link"]
        assert (head := http.head(path)).status_code == 307
        assert head.content == b""
        assert http.options(path).headers["access-control-allow-origin"] == "*"
        assert http.get("/.well-known/gs1resolver").json()["supportedPrimaryKeys"] == ["01"]


def scan_again(phone: Page, link: str) -> str:
    """The first scanner sees at once what there is to know."""
    phone.goto(link)
    return phone.locator("main").inner_text()

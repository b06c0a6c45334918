"""`python -m tests.screens [--to docs/screens] [--only home]`: every page in both languages and sizes, compressed."""

from __future__ import annotations

import argparse
import io
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from infra import browser as browser_program
from infra.local.processes import free_port
from infra.template import ROOT
from tests.cloud import standing_cloud
from tests.conftest import CHROMIUM_FLAGS
from tests.screen_server import screens
from tests.screens.demo import fill, store_of
from tests.screens.pages import PICTURES, Picture

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
HEIGHT_MAX, SETTLE_MS, PATIENCE_MS = 1800, 900, 60_000
COLOURS = 128  # a palette: a page of flat colours takes a fifth of the bytes
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


def main() -> None:
    """Bring up the demo shop, an empty one and one whose table is away; walk the pages; keep the pictures."""
    told = argparse.ArgumentParser()
    told.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    told.add_argument("--only", default="")
    arguments = told.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in PICTURES if one.name.startswith(arguments.only)]
    with ExitStack() as stack:
        cloud = stack.enter_context(standing_cloud())
        campaigns = fill(store_of(cloud.environment, "demo"), datetime.now(UTC))
        nowhere = f"http://127.0.0.1:{free_port()}"
        shops = {"phone": cloud.api}
        tellings = {"full": {}, "empty": {"POND_TENANT": "empty"}, "away": {"AWS_ENDPOINT_URL_DYNAMODB": nowhere}}
        for shop in {one.shop for one in wanted} - {"phone"}:
            shops[shop] = stack.enter_context(screens(cloud.environment, **tellings[shop]))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browser_program.require(), args=CHROMIUM_FLAGS)
        stack.callback(browser.close)
        for picture in wanted:
            for language in LANGUAGES:
                for size in picture.sizes:
                    taken = take(
                        browser, shops[picture.shop] + picture.path(campaigns, language), picture, language, size
                    )
                    file = arguments.to / f"{picture.name}.{size}.{language}.png"
                    file.write_bytes(compressed(taken))
                    print(f"{file.name} {file.stat().st_size // 1024} KB")


def take(browser: Browser, address: str, picture: Picture, language: str, size: str) -> bytes:
    """One page as people see it, down to its end."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=LANGUAGES[language], timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    if picture.shop != "phone" and page.locator("#root").count():
        page.wait_for_selector(READY)
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
        page.wait_for_timeout(SETTLE_MS)
        if picture.press:
            page.locator(f".st-key-{picture.press} button").first.click(delay=80)
            page.wait_for_timeout(SETTLE_MS)
        if picture.step:
            page.locator("[class*=st-key-step_] button").nth(picture.step).click(delay=80)
            page.wait_for_timeout(2 * SETTLE_MS)
        tall = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]')?.scrollHeight ?? 0")
        page.set_viewport_size({"width": width, "height": max(height, min(int(tall) + 40, HEIGHT_MAX))})
        page.wait_for_timeout(SETTLE_MS)
    shot = page.screenshot(full_page=picture.shop == "phone")
    context.close()
    return shot


def compressed(shot: bytes) -> bytes:
    """The same picture in a palette, a fifth of the bytes."""
    small = io.BytesIO()
    drawn = Image.open(io.BytesIO(shot)).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


main()

"""What a marketer waits for in a browser: the list with 1,000 campaigns, and the bytes of a first load."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

from bench.line import Line
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from infra import browser as browser_program
from infra import template
from infra.local import dynoxide
from tests.cloud import standing_dynoxide
from tests.conftest import CHROMIUM_FLAGS
from tests.screen_server import screens
from tests.ui.conftest import begun

MANY, FEW, REPEATS = 1000, 20, 9
LIST_MS, WIRE_KILOBYTES = 400, 2000
READY = "[data-testid=stApp][data-test-script-state=notRunning] h1"
PATIENCE_MS = 120_000


def lines() -> Iterator[Line]:
    """The list, beside the same list with a page of campaigns; then the heaviest first load."""
    with standing_dynoxide() as endpoint, chromium() as page:
        few = filter_ms(page, endpoint, "few", FEW)
        many = filter_ms(page, endpoint, "many", MANY)
        yield Line("list.filter_ms", many, "ms", LIST_MS, reference=few)
        yield Line("screens.first_load_kilobytes", first_load_kilobytes(page, endpoint, "few"), "KB", WIRE_KILOBYTES)


@contextmanager
def chromium() -> Iterator[Page]:
    """One page of one browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program.require(), args=CHROMIUM_FLAGS)
        page = browser.new_page(locale="en-GB", viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        yield page
        browser.close()


def filter_ms(page: Page, endpoint: str, table: str, campaigns: int) -> float:
    """From the press on a pill to the list that it asks for; median."""
    dynoxide.create_table(endpoint, table, template.load())
    store = DynamoStore(dynamodb_client("us-east-1", endpoint), table, "demo")
    for number in range(campaigns):
        begun(store, number)  # type: ignore[arg-type]
    with screens(environment(endpoint, table)) as address:
        page.goto(f"{address}/campaigns?lang=en")
        page.wait_for_selector(READY)
        return statistics.median(press(page, campaigns, on=turn % 2 == 0) for turn in range(2 * REPEATS))


def press(page: Page, campaigns: int, on: bool) -> float:
    """Milliseconds; the pill *Draft* shows all of them, *Running* none."""
    shown = page.get_by_text("No campaign matches.") if on else page.get_by_text(f"{campaigns:,} of {campaigns:,}")
    begins = time.perf_counter()
    page.get_by_role("button", name="Running", exact=True).click()
    shown.wait_for()
    return (time.perf_counter() - begins) * 1000


def first_load_kilobytes(page: Page, endpoint: str, table: str) -> float:
    """The heaviest of home, list and composer, on the wire, in a browser that has nothing yet."""
    with screens(environment(endpoint, table)) as address:
        paths = ("/", "/campaigns", f"/compose?c=camp_{0:026d}")
        return max(loaded_bytes(page, address + path) for path in paths) / 1000


def loaded_bytes(page: Page, address: str) -> int:
    """Everything that came, the socket's frames included."""
    assert page.context.browser is not None
    context = page.context.browser.new_context(locale="en-GB")
    fresh = context.new_page()
    wire = context.new_cdp_session(fresh)
    wire.send("Network.enable")
    came: list[int] = []
    wire.on("Network.loadingFinished", lambda told: came.append(int(told["encodedDataLength"])))
    wire.on("Network.webSocketFrameReceived", lambda told: came.append(len(told["response"]["payloadData"]) * 3 // 4))
    fresh.goto(address)
    fresh.wait_for_selector(READY, timeout=PATIENCE_MS)
    fresh.wait_for_load_state("networkidle")
    context.close()
    return sum(came)


def environment(endpoint: str, table: str) -> dict[str, str]:
    """What the screens are told."""
    told = {"POND_TABLE": table, "POND_STAGE": "local", "POND_BASE_URL": "http://127.0.0.1:9"}
    return {**os.environ, **told, "AWS_ENDPOINT_URL_DYNAMODB": endpoint, "AWS_DEFAULT_REGION": "us-east-1"}


if __name__ == "__main__":
    os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_EC2_METADATA_DISABLED": "true"}
    for line in lines():
        print(line, flush=True)

"""From a key pressed in a field to the phone that shows it, in a real browser, with 21 rules; alone and ten at once.

Measured inside the page, so that the driver's own time does not count. `python -m bench.editing` prints the lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.line import Line
from functions.core.ids import new_id
from functions.core.templates import starting
from functions.storage import campaigns
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from infra import browser as browser_program
from tests.cloud import LocalCloud, standing_cloud
from tests.conftest import CHROMIUM_FLAGS
from tests.screen_server import screens
from ui.templates import templates

RULES, EDITORS, EDITS = 21, 10, 20
ALONE_MS, TOGETHER_MS = 300, 600
AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
FIELD = '[class*="_page-title-zh"] input'
ARM = """(words) => {
  const input = document.querySelector('[class*="_page-title-zh"] input');
  const host = [...document.querySelectorAll(".st-key-phone_pane *")].find(one => one.shadowRoot);
  window.took = null;
  input.addEventListener("keydown", () => {
    const began = performance.now();
    const look = () => {
      const phone = host.shadowRoot.querySelector("iframe:not(.next)");
      if (phone && phone.srcdoc.includes(words)) window.took = performance.now() - began;
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true, capture: true });
}"""


def lines() -> Iterator[Line]:
    """The 95th percentile of one editor's edits, and that of ten editors at once."""
    with standing_cloud() as cloud, screens(cloud.environment) as address, chromium() as browser:
        alone = p95(edits(opened(browser, address, cloud, 1), EDITS))
        together = p95(edits(opened(browser, address, cloud, EDITORS), EDITS // 4))
    yield Line("composer.edit_ms", alone, "ms", ALONE_MS)
    yield Line("composer.edit_of_ten_ms", together, "ms", TOGETHER_MS)
    yield Line("composer.edit_of_ten_over_one", together / alone, "times", TOGETHER_MS / ALONE_MS * EDITORS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of the bench's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_program.require(), args=CHROMIUM_FLAGS)
        yield started
        started.close()


def opened(browser: Browser, address: str, cloud: LocalCloud, editors: int) -> list[Page]:
    """So many editors, each at a campaign of their own, at its page's texts."""
    store = DynamoStore(dynamodb_client("us-east-1", cloud.table_endpoint), cloud.table, "demo")
    pages = []
    for editor in range(editors):
        content = {**starting(templates()["seven-mornings"], AT), "rules": _rules()}
        content.pop("template", None)
        head = campaigns.begin(store, new_id("camp", AT, bytes([editors, editor] * 5)), content, "Li", AT)
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/compose?c={head.id}&lang=zh")
        page.wait_for_selector(".st-key-phone_pane iframe:not(.next)")
        step = page.get_by_role("radio", name="页面与海报", exact=True)
        step.or_(page.get_by_role("button", name="页面与海报", exact=True)).click(delay=80)
        page.wait_for_selector(FIELD)
        pages.append(page)
    return pages


def edits(pages: list[Page], rounds: int) -> list[float]:
    """Every editor's milliseconds of every round; all press within a breath of one another."""
    took = []
    for number in range(rounds):
        for place, page in enumerate(pages):
            page.evaluate(ARM, f"第 {number} 次 {place}")
        for place, page in enumerate(pages):
            page.fill(FIELD, f"第 {number} 次 {place}")
            page.press(FIELD, "Enter")
        for page in pages:
            took.append(page.wait_for_function("() => window.took").json_value())
    for page in pages:
        page.context.close()
    return took


def p95(numbers: list[float]) -> float:
    """The 95th percentile."""
    return sorted(numbers)[max(0, -(-len(numbers) * 95 // 100) - 1)]


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": f"rule_{n}",
            "when": "checkin.recorded",
            "if": [{"field": "total", "op": "=", "value": n}],
            "then": [{"reward": "points"}],
        }
        for n in range(1, RULES + 1)
    ]


if __name__ == "__main__":
    import os

    os.environ |= {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_EC2_METADATA_DISABLED": "true"}
    for line in lines():
        print(line, flush=True)

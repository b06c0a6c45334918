"""From a key pressed in a field to the phone that shows it, in a real browser, with 21 rules; alone and ten at once.

Measured inside the page, so that the driver's own time does not count. `python -m bench.editing` prints the lines.
Ten editors are measured twice: at the pace of people, and all pressing in the same moment, again and again. Their ten
browsers share the machine with the server (docs/decisions/0019-ten-editors-at-a-pace.md).
"""

from __future__ import annotations

import random
import time
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
PACE_SECONDS = 3  # from one edit to the next: to find the next field, to think of a word, to type it
AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
TITLE = '[class*="_page-title-zh"] input'
AMOUNT = '[class*="_rules-0-then-0-amount"] input'
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
# A key pressed in the field; then the frame in which `what` has changed. The phone says when it shows another page.
ARM = """([field, what]) => {
  const input = document.querySelector(field);
  const phone = () => [...document.querySelectorAll(".st-key-phone_pane *")].find(one => one.shadowRoot).shadowRoot;
  const seen = what ? document.querySelector(what) : phone().querySelector(".screen");
  const changes = what ? { subtree: true, childList: true, characterData: true }
                       : { attributes: true, attributeFilter: ["data-shown"] };
  window.took = new Promise(done => input.addEventListener("keydown", () => {
    const began = performance.now();
    new MutationObserver((_, watch) => {
      watch.disconnect();
      requestAnimationFrame(() => done(performance.now() - began));
    }).observe(seen, changes);
  }, { once: true, capture: true }));
}"""


def lines() -> Iterator[Line]:
    """95th percentiles: one editor's texts, one editor's rule, ten editors at people's pace, ten in lockstep."""
    with standing_cloud() as cloud, screens(cloud.environment) as address, chromium() as browser:
        [page] = pages = opened(browser, address, cloud, 1)
        alone = p95(in_lockstep(pages, EDITS))
        yield Line("composer.edit_ms", alone, "ms", ALONE_MS)
        yield Line("composer.rule_edit_ms", p95(rule_edits(page, EDITS)), "ms", ALONE_MS)
        page.context.close()
        ten = opened(browser, address, cloud, EDITORS)
        together = p95(at_a_pace(ten, EDITS // 2))
        yield Line("composer.edit_of_ten_ms", together, "ms", TOGETHER_MS, reference=alone)
        yield Line("composer.edit_of_ten_over_one", together / alone, "times", TOGETHER_MS / alone)
        lockstep = p95(in_lockstep(ten, EDITS // 4))
        yield Line("composer.lockstep_of_ten_over_one", lockstep / alone, "times", EDITORS, reference=alone)


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
        content["page"] = {**content["page"], "title": {"zh": "早安", "en": "Good morning"}}
        head = campaigns.begin(store, new_id("camp", AT, bytes([editors, editor] * 5)), content, "Li", AT)
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}/compose?c={head.id}&lang=zh")
        page.wait_for_selector(".st-key-phone_pane iframe:not(.next)")
        _go_to(page, "页面与海报")
        page.wait_for_selector(TITLE)
        _took(page, _pressed(page, TITLE, "清晨"))  # what a first edit finds cold is not what is measured
        pages.append(page)
    return pages


def in_lockstep(pages: list[Page], rounds: int) -> list[float]:
    """Milliseconds of every editor's edits when all press within a breath of one another, and again once all saw."""
    took = []
    for number in range(rounds):
        pressed = [_pressed(page, TITLE, f"第 {number} 次 {place}") for place, page in enumerate(pages)]
        took += [_took(page, words) for page, words in zip(pages, pressed, strict=True)]
    return took


def at_a_pace(pages: list[Page], rounds: int) -> list[float]:
    """Milliseconds of every editor's edits when each makes one every few seconds, at moments of their own."""
    chance = random.Random(7)  # noqa: S311 - the same moments in every run
    moments = sorted(
        ((number + chance.random()) * PACE_SECONDS, place) for number in range(rounds) for place in range(len(pages))
    )
    began, waits, took = time.monotonic(), dict.fromkeys(range(len(pages)), ""), list[float]()
    for number, (moment, place) in enumerate(moments):
        if waits[place]:
            took.append(_took(pages[place], waits[place]))
        pages[place].wait_for_timeout(max(0.0, moment - (time.monotonic() - began)) * 1000)
        waits[place] = _pressed(pages[place], TITLE, f"第 {number} 句")
    return took + [_took(pages[place], words) for place, words in waits.items()]


def rule_edits(page: Page, rounds: int) -> list[float]:
    """Milliseconds until the rule's sentence says another amount, one rule of 21 open."""
    _go_to(page, "规则")
    page.wait_for_selector(".st-key-btn_rule_open_rule_1 button")
    page.wait_for_selector(IDLE)
    page.locator(".st-key-btn_rule_open_rule_1 button").click(delay=80)
    page.wait_for_selector(AMOUNT)
    took = []
    for number in range(rounds):
        sentence = page.locator("[data-testid=stMarkdown]", has_text="若").first
        sentence.evaluate("one => one.setAttribute('data-bench', '')")
        took.append(_took(page, _pressed(page, AMOUNT, str(20 + number), "[data-bench]"), sentence=True))
    return took


def p95(numbers: list[float]) -> float:
    """The 95th percentile."""
    return sorted(numbers)[max(0, -(-len(numbers) * 95 // 100) - 1)]


def _go_to(page: Page, step: str) -> None:
    names = page.get_by_role("radio", name=step, exact=True), page.get_by_role("button", name=step, exact=True)
    page.wait_for_selector(IDLE)
    names[0].or_(names[1]).click(delay=80)


def _pressed(page: Page, field: str, words: str, what: str = "") -> str:
    """An edit begun; `_took` tells how long it took, once it has been seen."""
    page.evaluate(ARM, [field, what])
    page.fill(field, words)
    page.press(field, "Enter")
    return words


def _took(page: Page, words: str, sentence: bool = False) -> float:
    took = float(page.evaluate("() => window.took"))
    if sentence:
        page.get_by_text(f"就发 {words} 积分").first.wait_for()
    else:
        page.frame_locator(".st-key-phone_pane iframe:not(.next)").get_by_text(words).first.wait_for()
    return took


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

"""How soon a consumer's page shows its largest content, on a poor phone in a poor network."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from bench.line import Line
from infra import browser as browser_program
from tests.edge.world import CAMPAIGN, World
from tests.pages.samples import DAY_SIX, content
from tests.pages.serve import serving

BUDGET_MS = 1500
ROUNDS = 5
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}  # 1.6 Mbit/s
PHONE = {"width": 390, "height": 844}
PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""


def lines() -> Iterator[Line]:
    """The median of five first visits at 1.6 Mbit/s, 150 ms and a fourth of this machine's speed."""
    world = World()
    world.clock.now = DAY_SIX
    world.publish(content("seven-mornings"))
    with serving(world) as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program.require(), args=["--no-sandbox"])
        painted = [_visit(browser, f"{url}/c/{CAMPAIGN}") for _ in range(ROUNDS)]
        browser.close()
    yield Line("page.largest_paint_ms", statistics.median(painted), "ms", BUDGET_MS)


def _visit(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    found = float(page.evaluate(PAINTED))
    context.close()
    return found

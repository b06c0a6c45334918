"""Every consumer's and clerk's page by axe: WCAG 2.2 at level AA, both languages, no finding at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE_MS, PHONE
from tests.pages import samples

pytestmark = pytest.mark.browser
PAGES = samples.layouts()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """One phone to draw on, which no page can leave."""
    # As tall as the longest page: what scrolls under the dock is not hidden by it, and axe does not scroll.
    context = browser.new_context(viewport=PHONE | {"height": 9_000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.route("**/*", lambda route: route.abort())
    yield page
    context.close()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_axe_finds_nothing_on_a_phones_page(screen: Page, name: str) -> None:
    screen.set_content(PAGES[name]("en"), wait_until="domcontentloaded")

    found = Axe().run(screen, options=RULES).response["violations"]

    assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []

"""What a member typed is still there when it was not taken, whatever the reason."""

from __future__ import annotations

import copy
from datetime import datetime

import pytest
from playwright.sync_api import Page

from functions.storage.store import Busy
from tests.browser.conftest import OpenPhone
from tests.edge.world import CAMPAIGN, World
from tests.pages.samples import content

pytestmark = pytest.mark.browser
NOTE = "今天读到“三人行”，想起了老师"


@pytest.fixture
def page(world: World, shop: tuple[str, list[str]], open_phone: OpenPhone) -> Page:
    """The page of a campaign that asks for a few words, on its third day, with the words being typed."""
    world.clock.now = datetime.fromisoformat("2026-12-03T08:00:00+08:00")
    made = copy.deepcopy(content("reading-21-days"))
    made["config"]["proof"]["min_length"] = 20
    world.publish(made)
    page = open_phone()
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.fill("textarea", NOTE + " " * 10)  # long enough for a browser, and too short without its spaces
    page.check("[name=consent]")
    return page


def test_words_that_are_too_few_can_be_added_to(page: Page) -> None:
    page.click(".dock button")
    page.wait_for_selector(".note.warn")
    assert page.input_value("textarea").startswith(NOTE)

    page.fill("textarea", NOTE + "，明天接着读")
    page.check("[name=consent]")
    page.click(".dock button")

    page.wait_for_selector(".note.good")
    assert page.locator("textarea").count() == 0


def test_words_outlast_a_table_that_is_away(world: World, page: Page) -> None:
    def away(wanted: object) -> None:
        raise Busy("throttled")

    read, world.store.read = world.store.read, away  # type: ignore[assignment, method-assign]
    page.click(".dock button")
    page.wait_for_selector("#say:has-text('再点一次')")
    world.store.read = read  # type: ignore[method-assign]

    assert page.input_value("textarea").startswith(NOTE)
    assert page.is_checked("[name=consent]")
    assert page.locator(".dock button").is_enabled()

"""A real browser on a phone's screen, before a shop in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.edge.world import World
from tests.pages.serve import serving

PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 10_000
OpenPhone = Callable[..., Page]


@pytest.fixture
def open_phone(browser: Browser) -> Iterator[OpenPhone]:
    """Takes out a phone of one's own: `open_phone(scripts=False, language="en-GB")`."""
    contexts = []

    def open_(scripts: bool = True, language: str = "zh-CN", **options: Any) -> Page:
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, locale=language, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def world() -> World:
    """A shop with nothing in it."""
    return World()


@pytest.fixture
def shop(world: World) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the requests it gets."""
    with serving(world) as served:
        yield served

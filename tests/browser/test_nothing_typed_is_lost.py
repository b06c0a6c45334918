"""What a member typed is still there when it was not taken, whatever the reason."""

from __future__ import annotations

import copy
import io
import random
from datetime import datetime

import pytest
from PIL import Image
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


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_words_stay_to_be_copied_when_the_campaign_stopped_meanwhile(world: World, page: Page, state: str) -> None:
    world.publish(content("reading-21-days"), state=state)

    page.click(".dock button")

    page.wait_for_selector(".note + .card textarea")
    assert page.get_by_label("你写的还在这里").input_value().startswith(NOTE)
    assert page.evaluate("document.activeElement.className").startswith("note")


MOST = 400_000


@pytest.fixture
def upload(world: World, shop: tuple[str, list[str]], open_phone: OpenPhone) -> Page:
    """The page where a picture is chosen, of a campaign that takes 400 KB."""
    world.clock.now = datetime.fromisoformat("2026-12-03T08:00:00+08:00")
    made = copy.deepcopy(content("fitness-picture"))
    made["config"]["proof"]["max_bytes"] = MOST
    world.publish(made)
    page = open_phone()
    page.goto(f"{shop[0]}/c/{CAMPAIGN}")
    page.click(".dock button")
    return page


def test_a_photo_larger_than_the_bucket_takes_is_made_smaller_on_the_phone(world: World, upload: Page) -> None:
    photo = io.BytesIO()
    Image.frombytes("RGB", (500, 400), random.Random(1).randbytes(500 * 400 * 3)).save(photo, "PNG")
    assert len(photo.getvalue()) > MOST

    upload.set_input_files("#file", {"name": "run.png", "mimeType": "image/png", "buffer": photo.getvalue()})
    upload.click("#picture button")
    upload.check("[name=consent]")
    upload.click(".dock button")

    upload.wait_for_selector(".note.good")
    (sent,) = [data for key, data in world.s3.objects.items() if key.startswith("uploads/")]
    assert len(sent) <= MOST
    assert Image.open(io.BytesIO(sent)).size == (500, 400)


def test_what_cannot_be_made_smaller_stays_on_the_phone_with_a_sentence(
    world: World, shop: tuple[str, list[str]], upload: Page
) -> None:
    upload.set_input_files("#file", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" * MOST})
    upload.click("#picture button")
    upload.wait_for_selector("#say:has-text('图片太大了')")

    assert upload.locator("#picture button").is_enabled()
    assert upload.evaluate("document.querySelector('#file').files.length") == 1
    assert "POST /bucket" not in shop[1]
    assert world.s3.objects == {}

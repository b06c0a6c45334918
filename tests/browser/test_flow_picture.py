"""The flow picture in a real browser: beside one another where there is room, below where not; no word small or cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from functions.core.discovery import discover
from functions.core.text import LANGUAGES, Language
from ui.components.composer import flow
from ui.components.composer.gifts import gifts_of
from ui.frame import STYLE
from ui.templates import templates

pytestmark = pytest.mark.browser
PHONE, DESKTOP = 328, 543  # the picture's room in pixels on pages of 390 and 1440
NAME = {"zh": "手作陶瓷咖啡杯" * 8 + "一套四只", "en": "A handmade ceramic cup and two lattes, Incomprehensibilities"}
FOUND = """() => [...document.querySelectorAll('.flow')].map(flow => {
  const end = flow.getBoundingClientRect(), boxes = [...flow.querySelectorAll('span')]
  const at = boxes.map(box => box.getBoundingClientRect())
  return {
    small: boxes.filter(box => parseFloat(getComputedStyle(box).fontSize) < 12).length,
    cut: boxes.filter((box, n) => box.scrollWidth > box.clientWidth || at[n].right > end.right + 0.5).length,
    spare: end.bottom - Math.max(...at.map(box => box.bottom)),
    beside: at.length > 1 && at[1].left >= at[0].right, below: at.length > 1 && at[1].top >= at[0].bottom,
  } })"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with the screens' own style and nothing else."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize(("room", "lies"), [(PHONE, "below"), (DESKTOP, "beside")])
def test_every_template_21_rules_and_long_names_are_drawn_whole(page: Page, room: int, lies: str) -> None:
    pictures = [_picture(one, language) for one in (*templates().values(), _long()) for language in LANGUAGES]

    page.set_content(STYLE + "".join(f'<div style="width: {room}px">{one}</div>' for one in pictures))
    found = page.evaluate(FOUND)

    assert len(found) == len(pictures)
    assert all(one[lies] and one["small"] == 0 and one["cut"] == 0 and one["spare"] < 1 for one in found), found


def _picture(content: Mapping[str, Any], language: Language) -> str:
    gifts = gifts_of(content["rewards"], language)
    return flow.picture(flow.tree(content, discover().mechanic(content["mechanic"]), gifts, language), [], language)


def _long() -> dict[str, Any]:
    """Twenty-one rules about one fact, each of which gives a reward of sixty characters."""
    content = templates()["seven-mornings"]
    reward = {**content["rewards"][1], "name": NAME}
    one = {"when": "checkin.recorded", "limit": 1, "then": [{"reward": reward["id"], "amount": 3}]}
    rules = [one | {"id": f"r{n}", "if": [{"field": "total", "op": "=", "value": n}]} for n in range(1, 22)]
    return {**content, "rewards": [reward], "rules": rules}

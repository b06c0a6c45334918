"""The gallery: every template in both languages, clean, with a picture, an honest guess, and a name of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from functions.core.discovery import discover
from functions.core.lint import lint
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.core.text import LANGUAGES, Language
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, healthy, keyed, press, words
from ui.templates import FIRST, Template, gallery

HAN = re.compile("[\u3400-\u9fff]")
ALL = [pytest.param(one, id=one.name) for one in gallery().values()]


def texts(content: Any, tongue: Language) -> list[str]:
    """Every text of a definition in one language."""
    if isinstance(content, dict) and set(content) == set(LANGUAGES):
        return [str(content[tongue])]
    inside = content.values() if isinstance(content, dict) else content if isinstance(content, list) else []
    return [text for one in inside for text in texts(one, tongue)]


WARNED = {"assist": {"C2"}}  # friends' help is what it is: somebody must answer for it, and inside WeChat nobody can


def test_there_are_ten_and_more_and_the_seven_mornings_come_first() -> None:
    assert len(gallery()) >= 10
    assert next(iter(gallery())) == FIRST
    assert {"checkin", "claim"} <= {one.mechanic for one in gallery().values()}


@pytest.mark.parametrize("template", ALL)
@pytest.mark.parametrize("channel", ["wechat", "web", "offline"])
def test_a_template_taken_today_is_right_open_and_clean_in_every_channel(template: Template, channel: str) -> None:
    now = datetime(2027, 3, 5, 23, 30, tzinfo=UTC)

    definition, faults = parse({**starting(template.content, now), "channel": channel}, discover())

    assert definition is not None, faults
    assert faults == []
    assert {finding.rule for finding in lint(definition, discover())} == WARNED.get(template.mechanic, set())
    assert definition.schedule.starts_at <= now + timedelta(hours=4) < definition.schedule.ends_at
    assert definition.worst_cost == template.worst_cost == definition.budget.total


@pytest.mark.parametrize("template", ALL)
def test_a_template_is_said_in_both_languages(template: Template) -> None:
    chinese, english = (texts(template.content, tongue) for tongue in LANGUAGES)

    assert all(chinese)
    assert all(english)
    assert not [text for text in english if HAN.search(text)]
    assert template.suits.complete
    assert template.shows.complete
    assert not HAN.search(template.suits.en + template.shows.en)


@pytest.mark.parametrize("template", ALL)
def test_a_picture_is_small_drawn_and_asks_for_nothing_from_elsewhere(template: Template) -> None:
    drawn = ElementTree.fromstring(template.picture)  # noqa: S314 (our own file)

    assert drawn.get("viewBox") == "0 0 360 150"
    assert len(template.picture.encode()) < 6_000
    assert not re.search(r"href|url\(|<(script|image|foreignObject|style)", template.picture)


@pytest.mark.parametrize("template", ALL)
def test_a_guess_lies_below_the_worst_case(template: Template) -> None:
    assert 0 <= template.guessed_cost <= template.worst_cost


def test_a_double_press_begins_one_campaign_and_a_later_one_another_with_a_number(
    open_app: Open, store: MemoryStore
) -> None:
    app = open_app()
    for seconds in (0, 1, 3):
        app.session_state["now"] = NOW + timedelta(seconds=seconds)
        app.switch_page("app_pages/home.py")
        press(healthy(app.run()), "btn_template_seven-mornings")

    assert app.title[0].value == "早安打卡 7 天 2"
    assert sorted(one.name.en for one in campaigns.campaigns(store)) == [
        "Seven-morning check-in",
        "Seven-morning check-in 2",
    ]


def test_a_clock_that_was_set_back_makes_no_double_press(open_app: Open, store: MemoryStore) -> None:
    app = press(open_app(), "btn_template_seven-mornings")

    app.session_state["now"] = NOW - timedelta(days=1)
    app.switch_page("app_pages/home.py")
    press(healthy(app.run()), "btn_template_seven-mornings")

    assert len(campaigns.campaigns(store)) == 2


def test_a_look_inside_tells_the_rules_and_takes_a_name(open_app: Open, store: MemoryStore) -> None:
    app = press(press(open_app(), "btn_all_templates"), "btn_inside_win-back")
    told = words(app)

    keyed(app, "text_input", "win-back").set_value("冬天回店礼").run()
    press(app, "btn_begin")

    assert "当领取成功" in told.replace(" ", "")
    assert "满 80 减 25 元券" in told
    assert app.title[0].value == "冬天回店礼"
    assert [one.mechanic for one in campaigns.campaigns(store)] == ["claim"]


def test_the_gallery_is_narrowed_by_kind(open_app: Open) -> None:
    app = press(open_app(), "btn_all_templates")

    app.get_by_key("gallery_zh").set_value(["claim"]).run()

    offered = {one.key for one in healthy(app).button if one.key.startswith("btn_template_")}
    assert offered == {f"btn_template_{name}" for name in ("members-day", "new-member-welcome", "win-back")}

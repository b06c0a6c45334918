"""A campaign as text: brought in as a file, seen and edited in the composer; bad text is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.core.discovery import discover
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from infra.definition_files import BYTES_MAX, parse, written, written_json
from tests.ui.conftest import LIST, Open, begun, go_to, healthy, keyed, press, words
from ui.components.composer.definition_text import OPENED, reading
from ui.sign_in import CHOSEN
from ui.templates import templates

GOOD = written(templates()["seven-mornings"])


def bring(open_app: Open, text: str, name: str = "mine.yaml", **more: Any) -> AppTest:
    """The dialog with a file in it."""
    app = press(open_app(LIST, **more), "btn_import")
    [uploader] = app.get("file_uploader")
    return healthy(uploader.set_value((name, text.encode(), "text/plain")).run())


def buttons(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key]


@pytest.mark.parametrize(("name", "text"), [("a.yaml", GOOD), ("A.JSON", written_json(parse(GOOD)))])
def test_a_file_becomes_a_new_draft_beside_the_campaign_of_the_same_name(
    open_app: Open, store: MemoryStore, name: str, text: str
) -> None:
    before = begun(store)

    app = press(bring(open_app, text, name), "btn_import_now")

    new, old = campaigns.campaigns(store)
    assert (old.id, old.revision) == (before.id, 1)
    assert (new.state, new.name) == ("linted", old.name)
    assert campaigns.load(store, new.id).content["config"]["days"] == 7
    assert app.title[0].value == new.name.zh


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mechanic: checkin\nname: {zh: x\n", "第 3 行第 1 列：YAML 写法有误"),
        ("mechanic: checkin\nmechanic: claim\n", "第 2 行第 1 列：“mechanic”写了两次"),
        ("a: &x 1\nb: *x\n", "第 1 行第 4 列：不支持锚点和引用"),
        ("- 1\n", "文件里应是一个活动定义"),
        ("", "文件里应是一个活动定义"),
        ("x" * (BYTES_MAX + 1), "文件超过 256 KB"),
    ],
)
def test_text_that_holds_no_definition_is_told_with_its_place(text: str, said: str) -> None:
    found = reading(text.encode(), "mine.yaml", discover())

    assert found.content is None
    assert said in found.unreadable.zh


def test_a_file_that_cannot_be_read_makes_nothing(open_app: Open, store: MemoryStore) -> None:
    app = bring(open_app, "mechanic: [checkin")

    assert "YAML 写法有误" in words(app)
    assert "btn_import_now" not in buttons(app)
    assert campaigns.campaigns(store) == []


def test_a_file_in_another_encoding_is_told_with_its_place() -> None:
    found = reading("名: 早".encode("gbk"), "mine.yaml", discover())

    assert (found.content, found.unreadable.zh) == (None, "第 1 行第 1 列：文件不是 UTF-8 编码")


def test_a_file_with_faults_is_told_line_by_line_and_may_come_in_as_it_is(open_app: Open, store: MemoryStore) -> None:
    text = GOOD.replace("  zone: ", "  zone: Mars # ").replace("mechanic: checkin", "mechanic: checkin\ncolour: red")

    app = bring(open_app, text)
    told = words(app).replace("\\", "")
    press(app, "btn_import_now")

    line = next(n for n, line in enumerate(text.splitlines(), 1) if "Mars" in line)
    assert f"第 {line} 行，schedule.zone: 没有这个时区" in told
    assert "第 2 行，colour" in told
    [campaign] = campaigns.campaigns(store)
    assert campaigns.load(store, campaign.id).content["schedule"]["zone"] == "Mars"


@pytest.mark.parametrize("text", ["mechanic: 5\nname: 3\nrules: x\nrewards: [1]\nschedule: no\n", "a: 1\n"])
def test_a_file_of_something_else_altogether_opens_in_the_composer_all_the_same(
    open_app: Open, store: MemoryStore, text: str
) -> None:
    app = press(bring(open_app, text), "btn_import_now")

    assert app.title[0].value == "未命名"
    assert len(campaigns.campaigns(store)) == 1


def test_who_may_not_compose_is_offered_no_import(open_app: Open, store: MemoryStore) -> None:
    app = open_app(LIST, **{CHOSEN: "viewer"})

    assert "btn_import" not in buttons(app)


def composed(open_app: Open, campaign: Campaign, **more: Any) -> AppTest:
    """The last step with the text unfolded."""
    app = open_app(f"app_pages/compose.py?c={campaign.id}", **more)
    app.session_state[OPENED] = True
    return go_to(app, "check")


def test_the_draft_is_shown_as_yaml_and_as_json_that_read_back_as_it_is(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = composed(open_app, campaign)
    as_yaml = next(code.value for code in app.code if code.language == "yaml")
    app.get_by_key("text_form").set_value("json").run()
    as_json = next(code.value for code in app.code if code.language == "json")

    assert parse(as_yaml) == parse(as_json)
    assert parse(as_yaml)["name"] == campaigns.load(store, campaign.id).content["name"]


def test_text_edited_is_taken_over_when_asked_and_can_be_taken_back(
    open_app: Open, store: MemoryStore, campaign: Campaign
) -> None:
    app = press(composed(open_app, campaign), "btn_text_edit")
    area = next(area for area in app.text_area if area.key.startswith("text_"))
    area.set_value(area.value.replace("days: 7", "days: 9")).run()
    untouched = campaigns.load(store, campaign.id).content["config"]["days"]
    press(app, "btn_text_take")
    after = campaigns.load(store, campaign.id).content["config"]["days"]
    press(app, "btn_undo")

    assert (untouched, after) == (7, 9)
    assert campaigns.load(store, campaign.id).content["config"]["days"] == 7
    go_to(app, "basics")
    assert keyed(app, "number_input", "_config.days").value == 7


def test_text_that_cannot_be_read_stays_in_its_area_and_is_not_taken_over(open_app: Open, campaign: Campaign) -> None:
    app = press(composed(open_app, campaign, language="en"), "btn_text_edit")
    area = next(area for area in app.text_area if area.key.startswith("text_"))

    area.set_value("mechanic: [checkin").run()

    assert "line 1, column" in words(app)
    assert app.button(key="btn_text_take").disabled
    assert next(one for one in app.text_area if one.key == area.key).value == "mechanic: [checkin"

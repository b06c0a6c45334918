"""Every word of the screens in both languages; the composer's steps in one of them at a time.

Every other page is held to that in a browser (tests/browser/test_screens.py).
"""

from __future__ import annotations

import re
from string import Formatter

import pytest
from streamlit.testing.v1 import AppTest

from functions.core.campaign import Campaign
from functions.core.text import LANGUAGES, Language
from functions.core.workspace import Workspace
from functions.storage import workspace
from functions.storage.memory import MemoryStore
from tests.ui.conftest import APP, SETTINGS, Open, go_to, healthy, words
from ui.catalogues import called, sources, written
from ui.components.composer.places import STEPS

HAN = re.compile("[\u3400-\u9fff]")
ITS_OWN = "语言 Language"  # the toggle names itself in both languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_every_source_string_and_no_other(language: Language) -> None:
    catalogue = written(language)

    assert set(catalogue) == sources()
    assert not [source for source, said in catalogue.items() if not said]


def test_words_within_a_string_that_is_filled_in_are_found() -> None:
    assert list(called("""f"{'' if open else _('closed now')}" + said("on", tongue) + other("not ours")""")) == [
        "on",
        "closed now",
    ]


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    for source, said in written("zh").items():
        assert names(source) == names(said), source


def names(sentence: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def test_chinese_screens_are_chinese() -> None:
    untranslated = {source for source, said in written("zh").items() if source == said}

    assert {word for word in untranslated if re.search("[a-z]{3}", word)} - {"{field} {operator} {value}"} == set()


@pytest.mark.parametrize("step", STEPS)
def test_no_chinese_on_an_english_step_of_the_composer(open_app: Open, campaign: Campaign, step: str) -> None:
    app = open_app(f"app_pages/compose.py?c={campaign.id}", language="en")

    assert not HAN.search(words(go_to(app, step)).replace(ITS_OWN, ""))


@pytest.mark.parametrize(
    ("locale", "house", "title"),
    [("en-GB", "zh", "Home"), ("zh-CN", "en", "首页"), ("fr-FR", "en", "Home")],
)
def test_the_first_language_is_the_browsers_or_else_the_houses(
    store: MemoryStore, locale: str, house: Language, title: str
) -> None:
    workspace.save(store, Workspace(language=house), 0)
    app = AppTest.from_file(APP, default_timeout=30)
    app.session_state["store"], app.session_state["settings"] = store, SETTINGS
    app.context["locale"] = locale

    assert healthy(app.run()).title[0].value == title


def test_the_toggle_changes_every_word(open_app: Open) -> None:
    app = open_app(language="zh")

    app.get_by_key("lang").set_value("en").run()

    assert healthy(app).title[0].value == "Home"

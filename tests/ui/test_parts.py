"""What an edit draws again: the phone and the foot where nothing else tells of it, else the whole page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from tests.ui.conftest import LIST, Open, begun, edited, go_to, healthy, keyed, words
from ui import sign_in
from ui.components.composer import parts

TITLE = "_page.title.zh"


@pytest.fixture
def app(open_app: Open, store: MemoryStore) -> Any:
    """The composer at the page's texts; AppTest knows only what the last run drew."""
    campaign = begun(store, page={"title": {"zh": "清晨", "en": "Mornings"}})
    composer = go_to(open_app(f"app_pages/compose.py?c={campaign.id}"), "page")
    return healthy(typed(composer, "早晨").run())  # the first change of a draft may change its state in the head


def typed(app: Any, words: str, ending: str = TITLE) -> Any:
    return keyed(app, "text_input", ending).set_value(words)


def _step(app: Any) -> Any:
    return next(one for one in app.button_group if one.key.startswith("step_"))


def test_an_edit_that_its_own_field_shows_draws_the_phone_and_the_foot_alone(app: Any, store: MemoryStore) -> None:
    healthy(typed(app, "清晨（新）").run())

    [campaign] = campaigns.campaigns(store)
    assert campaigns.load(store, campaign.id).content["page"]["title"]["zh"] == "清晨（新）"
    assert not app.title
    assert not app.text_input
    assert "已自动保存" in words(app)
    assert [one.key for one in app.toggle] == ["phone_large_pane"]


@pytest.mark.parametrize("written", ["", "长" * 10_000], ids=["a language is missing now", "too long now"])
def test_an_edit_that_the_line_below_speaks_of_draws_the_whole_page(app: Any, written: str) -> None:
    healthy(typed(app, written).run())

    assert keyed(app, "text_input", TITLE).value == written


def test_the_name_is_told_by_the_head_as_well(app: Any) -> None:
    go_to(app, "basics")

    healthy(typed(app, "十二月早起", "_name.zh").run())

    assert app.title[0].value == "十二月早起"


@pytest.mark.parametrize(
    ("press", "seen"),
    [
        (lambda app: app.button(key="btn_next_step").click(), lambda app: app.subheader[0].value == "时间"),
        (
            lambda app: app.button(key="btn_tab_versions").click(),
            lambda app: not app.text_input and len(app.title) == 1,
        ),
        (lambda app: app.get_by_key("lang").set_value("en"), lambda app: "Poster and shared link" in words(app)),
        (lambda app: app.switch_page(LIST), lambda app: app.title[0].value == "活动"),
        (
            lambda app: _step(app).set_value("rules"),
            lambda app: "btn_rule_add" in {button.key for button in app.button},
        ),
    ],
    ids=["next", "another page of the campaign", "language", "another page", "step"],
)
def test_a_press_that_comes_together_with_an_edit_counts(
    app: Any, press: Callable[[Any], Any], seen: Callable[[Any], bool]
) -> None:
    typed(app, "清晨（新）")
    press(app)

    healthy(app.run())

    assert seen(app), words(app)


def test_after_a_drawing_that_was_cut_short_the_whole_page_is_drawn(app: Any) -> None:
    app.session_state[parts.DRAWN] = None

    healthy(typed(app, "清晨（新）").run())

    assert app.title


def test_whoever_may_do_less_by_now_sees_the_whole_page_anew(app: Any) -> None:
    app.session_state[sign_in.CHOSEN] = "viewer"

    healthy(typed(app, "清晨（新）").run())

    assert app.title


def test_what_counts_only_with_another_choice_is_hidden_unless_something_is_wrong_there(app: Any) -> None:
    go_to(app, "basics")
    assert "审核" not in folds(app)

    _proof(app, "text")
    assert "审核" in folds(app)

    edited(keyed(app, "button_group", "_config.review.by").set_value("manual"))
    _proof(app, "none")
    assert "审核" in folds(app)
    assert "人工审核需要文字或图片凭证" in words(app)

    edited(keyed(app, "button_group", "_config.review.by").set_value("automatic"))
    assert "审核" not in folds(app)


def folds(app: Any) -> str:
    return " ".join(one.label for one in app.expander)


def _proof(app: Any, kind: str) -> None:
    healthy(keyed(app, "button_group", "_config.proof").set_value(kind).run())

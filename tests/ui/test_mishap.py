"""Our own error page: a sentence and a mark for the log, never a trace."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import healthy, words

PAGE = str(Path(__file__).with_name("broken_page.py"))


def test_a_page_that_breaks_shows_a_sentence_and_the_mark_that_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_file(PAGE)
    app.session_state["lang"] = "zh"

    with caplog.at_level(logging.ERROR, "pond.screens"):
        healthy(app.run())

    assert "这个页面出了点问题" in words(app)
    assert "secret detail" not in words(app)
    assert app.code[0].value in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert app.button(key="btn_mishap").label == "重试"

"""Our own error page: a sentence and a mark for the log, never a trace."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.error_util import handle_user_script_exception
from streamlit.testing.v1 import AppTest

from functions.storage.refusals import SIGNED_OUT, Refused
from functions.storage.store import Busy, Unknown
from tests.ui.conftest import healthy, words
from ui.mishap import STREAMLITS, log_in_a_line

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


def test_a_refused_press_shows_why_and_no_mark() -> None:
    app = AppTest.from_file(PAGE)
    app.session_state["lang"] = "en"
    app.session_state["error"] = Refused("signed_out", SIGNED_OUT)

    healthy(app.run())

    assert SIGNED_OUT.en in words(app)
    assert not app.code


@pytest.fixture
def streamlits(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What Streamlit logs of a page that breaks, as the server of the screens has it."""
    log_in_a_line()
    STREAMLITS.addHandler(caplog.handler)
    yield caplog
    STREAMLITS.removeHandler(caplog.handler)
    STREAMLITS.filters.clear()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unknown("no connection"), "the table did not answer a press: Unknown('no connection')"),
        (Busy("throttled"), "the table did not answer a press: Busy('throttled')"),
        (Refused("signed_out", SIGNED_OUT), "a press was refused: signed_out"),
    ],
)
def test_what_is_no_fault_of_the_code_is_a_line_of_the_log(
    streamlits: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    handle_user_script_exception(error, lambda _error: True)

    assert [streamlits.handler.format(record) for record in streamlits.records] == [
        f"ERROR    streamlit.error_util:error_util.py:{streamlits.records[0].lineno} {said}"
    ]


def test_a_fault_of_the_code_keeps_its_traceback(streamlits: pytest.LogCaptureFixture) -> None:
    handle_user_script_exception(ZeroDivisionError("secret detail"), lambda _error: True)

    assert "ZeroDivisionError: secret detail" in streamlits.text

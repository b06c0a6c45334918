"""What a spreadsheet gets: names that open, numbers that add up, and nothing that it would run."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.components.sheet import as_csv
from ui.i18n import _, speaking

NASTY = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000＝1", "\ufeff=1", "|x", "%x"]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_names_survive_and_numbers_stay_numbers() -> None:
    data = as_csv([{"渠道": "东门店, “二楼”", "人数": 1200, "花费": -3.5}])

    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [["渠道", "人数", "花费"], ["东门店, “二楼”", "1200", "-3.5"]]


def test_a_file_that_is_made_outside_of_the_session_speaks_its_pages_language() -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        made = [elsewhere.submit(speaking(tongue, lambda: _("Day").encode())).result() for tongue in ("en", "zh")]

    assert made == [b"Day", "日期".encode()]


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_and_no_heading_is_a_formula(text: str) -> None:
    for row in read(as_csv([{text: text}])):
        assert row[0][0] == "'"


@given(st.text())
def test_whatever_was_typed_no_spreadsheet_runs_it(text: str) -> None:
    (cell,) = read(as_csv([{"a": text}]))[1] or [""]

    seen = "".join(letter for letter in cell if letter.isprintable() and not letter.isspace())
    assert not seen.startswith(("=", "+", "@", "|", "%", "＝", "＋", "－", "＠"))
    assert not seen.startswith("-") or all(letter in "-0123456789,." for letter in seen)


def test_without_rows_the_columns_are_named_all_the_same() -> None:
    assert read(as_csv([], ["日期", "人数"])) == [["日期", "人数"]]

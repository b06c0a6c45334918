"""Codes as a workbook: an independent reader finds every row, and no cell is a formula."""

from __future__ import annotations

import io

import openpyxl
import pytest

from functions.drawing.labels import tables
from functions.drawing.labels.tables import Table, workbook


def read(rows: list[tables.Row]) -> list[list[tuple[object, ...]]]:
    file = io.BytesIO()
    workbook(rows, file)
    book = openpyxl.load_workbook(file)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_words_stay_words_whatever_they_begin_with() -> None:
    row = (1, "00012345678901234567", "https://a.example/?x=1&y=<2>", "=1+1")

    assert read([row]) == [[tables.COLUMNS, row]]


def test_more_rows_than_a_sheet_takes_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SHEET_ROWS", 4)
    rows = list(Table("https://a/", "").rows(0, map(str, range(7))))

    sheets = read(rows)

    assert [sheet[0] for sheet in sheets] == [tables.COLUMNS] * 3
    assert [row for sheet in sheets for row in sheet[1:]] == rows
    assert read([]) == [[tables.COLUMNS]]

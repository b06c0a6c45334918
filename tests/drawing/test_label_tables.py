"""Codes as a workbook: an independent reader finds every row, and no cell is a formula."""

from __future__ import annotations

import io

import openpyxl
import pytest

from functions.drawing.labels import tables
from functions.drawing.labels.output import whole
from functions.drawing.labels.tables import Table, Workbook


def read(table: Table, serials: list[str]) -> list[list[tuple[object, ...]]]:
    data = b"".join(whole(Workbook(table, len(serials)), serials))
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_words_stay_words_whatever_they_begin_with() -> None:
    table = Table("https://a.example/?x=1&y=<2>", "=1+1 ", inner=lambda number: f"+{number}")

    sheets = read(table, ["00012345678901234567"])

    row = (1, "00012345678901234567", "https://a.example/?x=1&y=<2>00012345678901234567", "=1+1 00012345678901234567")
    assert sheets == [[(*tables.COLUMNS, tables.INNER), (*row, "+0")]]


def test_more_rows_than_a_sheet_takes_go_on_in_the_next_which_says_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SHEET_ROWS", 3)
    table, serials = Table("https://a/", ""), [str(number) for number in range(7)]

    sheets = read(table, serials)

    assert [sheet[0] for sheet in sheets] == [tables.COLUMNS] * 3
    assert [row for sheet in sheets for row in sheet[1:]] == list(table.rows(0, serials))
    data = io.BytesIO(b"".join(whole(Workbook(table, 7), serials)))
    assert openpyxl.load_workbook(data).sheetnames == ["1-3", "4-6", "7-7"]

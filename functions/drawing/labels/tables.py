"""Codes as a table for the printer's own program: CSV, and a workbook whose every word is a word, never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import IO
from xml.sax.saxutils import escape

from functions.drawing.labels import archive

COLUMNS, INNER = ("number", "serial", "link", "text"), "inner"
WIDTHS = (10, 26, 70, 50, 16)  # characters
CHUNK = 2_000
SHEET_ROWS = 200_000  # a part of a job: its bytes pass what S3 asks of one, and a phone still opens it
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Row = tuple[int | str, ...]


@dataclass(frozen=True)
class Table:
    """A CSV of number, serial, link and line for people. A link begins with http, so no cell is a formula.

    `inner` gives the covert code of an item, counted from 0; on a label it stands in a box for a scratch-off.
    """

    link: str
    text: str
    inner: Callable[[int], str] | None = None

    ending = "csv"
    step = 1

    def rows(self, first: int, serials: Iterable[str]) -> Iterator[Row]:
        """The rows of these serials, numbered from 1."""
        for number, serial in zip(count(first + 1), serials, strict=False):
            covert = () if self.inner is None else (self.inner(number - 1),)
            yield number, serial, self.link + serial, self.text + serial, *covert

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return COLUMNS if self.inner is None else (*COLUMNS, INNER)

    def opening(self) -> Iterator[bytes]:
        """The names of the columns."""
        yield _lines([self.columns])

    def some(self, first: int, serials: Iterable[str]) -> Iterator[bytes]:
        """The lines of these serials, many at a time."""
        rows = self.rows(first, serials)
        while chunk := list(islice(rows, CHUNK)):
            yield _lines(chunk)

    def note(self, _piece: bytes) -> bytes:
        """A line needs no note."""
        return b""

    def closing(self, _notes: IO[bytes]) -> Iterator[bytes]:
        """A table ends with its last line."""
        yield from ()


@dataclass(frozen=True)
class Workbook:
    """The same as an Office Open XML workbook (ECMA-376): a sheet for each STEP rows, each a part of its own."""

    table: Table
    count: int

    ending = "xlsx"

    @property
    def step(self) -> int:
        """Rows of a sheet: they cannot be parted."""
        return SHEET_ROWS

    def opening(self) -> Iterator[bytes]:
        """A ZIP begins with its first file."""
        yield from ()

    def some(self, first: int, serials: Iterable[str]) -> Iterator[bytes]:
        """The sheets of these serials."""
        rest = iter(serials)
        while some := list(islice(rest, self.step)):
            sheet = b"".join(_sheet(self.table.columns, self.table.rows(first, some)))
            yield archive.file(f"xl/worksheets/sheet{first // self.step + 1}.xml".encode(), sheet)
            first += self.step

    def note(self, piece: bytes) -> bytes:
        """What the list at the end says of a sheet."""
        return archive.note(piece)

    def closing(self, notes: IO[bytes]) -> Iterator[bytes]:
        """What holds the sheets together, then the list of all."""
        around = [archive.file(name.encode(), f"{XML}{said}".encode()) for name, said in _parts(self._names)]
        yield from around
        yield from archive.closing(notes, around)

    @property
    def _names(self) -> dict[int, str]:
        """The sheets, by the numbers of the codes on them."""
        firsts = range(1, self.count + 1, self.step)
        return {n: f"{first}-{min(self.count, first + self.step - 1)}" for n, first in enumerate(firsts, 1)}


def _sheet(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    widths = "".join(f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, wide in enumerate(WIDTHS, 1))
    yield f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'.encode()
    yield b'<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    yield f"<cols>{widths}</cols><sheetData><row>{''.join(map(_word, columns))}</row>".encode()
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        lines = (f"<row><c><v>{row[0]}</v></c>{''.join(map(_word, row[1:]))}</row>" for row in chunk)
        yield "".join(lines).encode()
    yield b"</sheetData></worksheet>"


def _word(text: object) -> str:
    return f'<c t="inlineStr"><is><t>{escape(str(text))}</t></is></c>'


def _parts(sheets: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Everything around the sheets."""
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KINDS}.worksheet+xml"/>' for n in sheets
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KINDS}.sheet.main+xml"/>{kinds}</Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
    )
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in sheets.items())
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in sheets
    )
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()

"""Codes as a table for the printer's own program: CSV, and a workbook whose every word is a word, never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import IO
from xml.sax.saxutils import escape

COLUMNS, INNER = ("number", "serial", "link", "text"), "inner"
WIDTHS = (10, 26, 70, 50, 16)  # characters
CHUNK = 2_000
SHEET_ROWS = 1_048_576  # the most that ECMA-376 readers take, the names of the columns among them
EARLIEST = (1980, 1, 1, 0, 0, 0)
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


def workbook(rows: Iterable[Row], file: IO[bytes], columns: Sequence[str] = COLUMNS) -> None:
    """The rows as an Office Open XML workbook (ECMA-376), with as many sheets as they need; in the same memory."""
    rest = iter(rows)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for sheets in count(1):
            begun = list(islice(rest, 1))
            if not begun and sheets > 1:
                break
            _sheet(archive, f"xl/worksheets/sheet{sheets}.xml", columns, chain(begun, islice(rest, SHEET_ROWS - 2)))
        for name, said in _parts(range(1, sheets)):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), XML + said, zipfile.ZIP_DEFLATED)


def _sheet(archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    widths = "".join(f'<col min="{n}" max="{n}" width="{wide}" customWidth="1"/>' for n, wide in enumerate(WIDTHS, 1))
    part = zipfile.ZipInfo(name, EARLIEST)
    part.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(part, "w", force_zip64=True) as out:
        out.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'.encode())
        out.write(b'<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>')
        out.write(f"<cols>{widths}</cols><sheetData><row>{''.join(map(_word, columns))}</row>".encode())
        rest = iter(rows)
        while chunk := list(islice(rest, CHUNK)):
            lines = (f"<row><c><v>{row[0]}</v></c>{''.join(map(_word, row[1:]))}</row>" for row in chunk)
            out.write("".join(lines).encode())
        out.write(b"</sheetData></worksheet>")


def _word(text: object) -> str:
    return f'<c t="inlineStr"><is><t>{escape(str(text))}</t></is></c>'


def _parts(sheets: range) -> Iterator[tuple[str, str]]:
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
    names = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in sheets)
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in sheets
    )
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()

"""Codes for the printer: one with its name on a page of its size, or many on sheets of A4; as vectors."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from functions.drawing import codes, lettering
from functions.drawing.pdf import Page, Stamp, document

A4_WIDTH, A4_HEIGHT, EDGE = 210.0, 297.0, 10.0  # millimetres; printers leave an edge
NAME_HEIGHT, NAME_GAP, APART = 7.0, 0.0, 4.0
NAME_PIXELS, NAME_SMALLEST, LEADING = 56, 30, 1.5  # 84 pixels on 7 mm are 300 to the inch
MODULE_MIN = 0.4  # millimetres; below it phones need patience (GS1 General Specifications 5.12.3.1: X 0.396)
DISTANCE = 10  # a code is read from about ten times its side
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first instant a zip can name


@dataclass(frozen=True)
class Named:
    """A code's address and what stands under it."""

    url: str
    name: str


def module_size(url: str, millimetres: float) -> float:
    """How large a module of a campaign's code is when it is printed so wide, its light margin included."""
    return millimetres / codes.symbol(url, "Q").width


def single(code: Named, millimetres: float) -> bytes:
    """A PDF page with one code and its name."""
    page = Page(millimetres, millimetres + NAME_GAP + NAME_HEIGHT + 1.5 if code.name else millimetres)
    _place(page, code, 0, 0, millimetres)
    return document([page])


def sheets(named: Sequence[Named], millimetres: float) -> bytes:
    """A PDF of A4 pages, as many codes on each as there is room for, with lines to cut along."""
    across, down = per_page(millimetres)
    pages = [
        _sheet(named[first : first + across * down], across, millimetres)
        for first in range(0, len(named), across * down)
    ]
    return document(pages or [Page(A4_WIDTH, A4_HEIGHT)])


def per_page(millimetres: float) -> tuple[int, int]:
    """How many codes of a size stand beside and below one another on A4."""
    wide, high = _cell(millimetres)
    return max(1, int((A4_WIDTH - 2 * EDGE) // wide)), max(1, int((A4_HEIGHT - 2 * EDGE) // high))


def pictures(named: Sequence[Named], millimetres: float) -> bytes:
    """A ZIP with a PNG of each code, named after it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, code in enumerate(named, 1):
            name = zipfile.ZipInfo(f"{number:03d} {file_name(code.name)}".strip() + ".png", EARLIEST)
            archive.writestr(name, codes.campaign_png(code.url, millimetres))
    return out.getvalue()


def file_name(name: str) -> str:
    """A name as part of a file's: without what some system gives a meaning."""
    plain = "".join(" " if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in name)
    return " ".join(plain.split()).strip(". ")[:60]


def _sheet(named: Sequence[Named], across: int, millimetres: float) -> Page:
    page = Page(A4_WIDTH, A4_HEIGHT)
    wide, high = _cell(millimetres)
    left = (A4_WIDTH - across * wide) / 2
    for number, code in enumerate(named):
        row, column = divmod(number, across)
        x, y = left + column * wide, EDGE + row * high
        page.frame(x, y, wide, high)
        _place(page, code, x + APART / 2, y + APART / 2, millimetres)
    return page


def _cell(millimetres: float) -> tuple[float, float]:
    return millimetres + APART, millimetres + NAME_GAP + NAME_HEIGHT + APART


def _place(page: Page, code: Named, left: float, top: float, millimetres: float) -> None:
    symbol = codes.symbol(code.url, "Q")
    module = millimetres / symbol.width
    page.boxes([(left + x * module, top + y * module, length * module, module) for x, y, length in codes.runs(symbol)])
    for stamp, wide in _name(code.name, millimetres):
        page.stamp(stamp, left + (millimetres - wide) / 2, top + millimetres + NAME_GAP, NAME_HEIGHT)


def _name(name: str, millimetres: float) -> Iterator[tuple[Stamp, float]]:
    """A name as a picture of one line, and how wide it is in print; nothing when there is nothing to say."""
    from PIL import Image, ImageDraw

    high = int(NAME_PIXELS * LEADING)
    room = int(millimetres / NAME_HEIGHT * high)
    fitted = lettering.fit(lettering.printable(name), room, NAME_PIXELS, NAME_SMALLEST, 1)
    for line in fitted.lines:
        wide = min(room, -int(-lettering.measure(fitted.size)(line) // 1))
        picture = Image.new("1", (max(1, wide), high), 1)
        pen = ImageDraw.Draw(picture)
        pen.text((0, high / 2), line, 0, lettering.font(fitted.size), "lm")
        yield Stamp(picture.width, high, picture.tobytes()), picture.width / high * NAME_HEIGHT

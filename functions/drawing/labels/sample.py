"""One label as a picture for the screen, drawn from what the printer's file is drawn from."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from functions.drawing.codes import QUIET_MODULES
from functions.drawing.labels import letters
from functions.drawing.labels.layout import CELL, LEADING
from functions.drawing.labels.sheet import Sheets, covert

if TYPE_CHECKING:
    from PIL.Image import Image

SERIAL = "0123456789ABCDEFGHJK"  # nobody's: it proves nothing
PIXELS = 12  # a millimetre
EDGE = 160  # the grey of the label's edge
ROUND = 40  # its corners' share of the width: as the screen rounds pictures


def sample(sheets: Sheets) -> bytes:
    """The first label of these with a serial that is none, as PNG."""
    from PIL import Image, ImageDraw

    layout = sheets.layout
    wide, high = (round(side * PIXELS) for side in layout.label)
    picture = Image.new("L", (wide, high), 255)
    code = _code(sheets)
    left, top = layout.code
    picture.paste(code, (round(left * PIXELS), round((top + QUIET_MODULES * layout.module) * PIXELS)))
    for number, line in enumerate(sheets.lines(SERIAL)):
        _write(picture, sheets, number, line)
    if layout.panel is not None:
        _panel(picture, sheets)
    ImageDraw.Draw(picture).rounded_rectangle((0, 0, wide - 1, high - 1), wide // ROUND, outline=EDGE)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _code(sheets: Sheets) -> Image:
    from PIL import Image

    series, module = sheets.series, sheets.layout.module * PIXELS
    light = bytes(255 - byte for byte in series.symbol(SERIAL))
    drawn = Image.frombytes("1", (8 * series.row_bytes, series.modules), light).crop(
        (0, 0, series.width, series.modules)
    )
    size = (round(series.width * module), round(series.modules * module))
    return drawn.convert("L").resize(size, Image.Resampling.BOX)


def _write(picture: Image, sheets: Sheets, number: int, line: str) -> None:
    """A line for people, letter by letter, where the sheet has it."""
    words = sheets.layout.words
    assert words is not None
    room = 0.0 if words.is_beside else max(0.0, words.block[0] - len(line) * CELL * words.height)
    left, top = sheets.layout.text[0] + room / 2, sheets.layout.text[1] + number * LEADING * words.height
    _spell(picture, line, left, top, words.height)


def _panel(picture: Image, sheets: Sheets) -> None:
    """The box of the covert code with a code that is none."""
    from PIL import ImageDraw

    assert sheets.layout.panel is not None
    x, y, wide, high = sheets.layout.panel
    height = sheets.layout.panel_letters
    corners = tuple(round(side * PIXELS) for side in (x, y, x + wide, y + high))
    ImageDraw.Draw(picture).rectangle(corners, outline=0)
    top = y + (high + letters.CAPITAL * height) / 2 - letters.ABOVE * height
    _spell(picture, covert(SERIAL[:10]), x + CELL * height / 2, top, height)


def _spell(picture: Image, line: str, left: float, top: float, height: float) -> None:
    """Letters from a corner on, in millimetres."""
    cell, high = CELL * height, (letters.ABOVE + letters.BELOW) * height
    size = (max(1, round(cell * PIXELS)), max(1, round(high * PIXELS)))
    for place, letter in enumerate(line):
        picture.paste(_letter(letter).resize(size), (round((left + place * cell) * PIXELS), round(top * PIXELS)))


@cache
def _letter(letter: str) -> Image:
    from PIL import Image

    wide, high, bits = letters.picture(letter)
    return Image.frombytes("1", (wide, high), bits).convert("L")

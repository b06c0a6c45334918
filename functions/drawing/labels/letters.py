"""The letters of a label in a PDF: ASCII of our one font, each as wide as the next, as pictures that print sharp."""

from __future__ import annotations

from functools import cache

from functions.drawing import lettering
from functions.drawing.labels.layout import CELL
from functions.drawing.pdf import stream

EM = 160  # pixels; 1,600 to the inch where letters are 2.5 mm high
ABOVE, BELOW = 0.95, 0.25  # of the baseline, in letters' heights
FIRST, LAST = 32, 126
CAPITAL = 0.733  # how high a capital is
UNITS = 1000
UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Pond def /CMapType 2 def
1 begincodespacerange <20> <7E> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange endcmap end end"""


@cache
def font_objects(first: int) -> tuple[bytes, ...]:
    """The font (Type 3, ISO 32000-1 9.6.5) and what it refers to, as objects numbered from `first`, the font's own."""
    letters = range(FIRST, LAST + 1)
    drawn = " ".join(f"/a{letter} {first + 2 + number} 0 R" for number, letter in enumerate(letters))
    names = " ".join(f"/a{letter}" for letter in letters)
    widths = " ".join([f"{CELL * UNITS:.0f}"] * len(letters))
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 {-BELOW * UNITS:.0f} {CELL * UNITS:.0f} {ABOVE * UNITS:.0f}]"
        f" /FontMatrix [{1 / UNITS} 0 0 {1 / UNITS} 0 0] /Resources << >> /ToUnicode {first + 1} 0 R"
        f" /Encoding << /Type /Encoding /Differences [{FIRST} {names}] >> /CharProcs << {drawn} >>"
        f" /FirstChar {FIRST} /LastChar {LAST} /Widths [{widths}] >>"
    )
    return (font.encode(), stream("", UNICODE), *(stream("", _procedure(chr(letter))) for letter in letters))


def written(text: str) -> bytes:
    """A line in the font's characters, as a PDF string's content; what it lacks is a question mark."""
    return text.encode("ascii", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _procedure(letter: str) -> bytes:
    wide, high, bits = picture(letter)
    box = f"{CELL * UNITS:.0f} 0 0 {-BELOW * UNITS:.0f} {CELL * UNITS:.0f} {ABOVE * UNITS:.0f}"
    place = f"{CELL * UNITS:.0f} 0 0 {(ABOVE + BELOW) * UNITS:.0f} 0 {-BELOW * UNITS:.0f}"
    return f"{box} d1 {place} cm BI /W {wide} /H {high} /IM true /BPC 1 /F /AHx ID {bits.hex()}> EI".encode()


def picture(letter: str) -> tuple[int, int, bytes]:
    """A letter in its cell: width and height in pixels, and one bit for each, 0 for black."""
    from PIL import Image, ImageDraw

    font = lettering.font(EM)
    cell, high = round(CELL * EM), round((ABOVE + BELOW) * EM)
    natural = max(cell, -int(-font.getlength(letter) // 1))
    drawn = Image.new("L", (natural, high), 255)
    ImageDraw.Draw(drawn).text((natural / 2, ABOVE * EM), letter, 0, font, "ms")
    fitted = drawn.resize((cell, high), Image.Resampling.LANCZOS).point(lambda grey: 255 if grey > 127 else 0)
    return cell, high, fitted.convert("1").tobytes()

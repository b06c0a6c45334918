"""QR codes as SVG and PNG: payload, symbol and picture kept apart.

Levels and quiet zone follow ISO/IEC 18004: M (15 % may be lost) for screens and posters, Q (25 %) for what is
printed small or handled; four light modules around the symbol.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

Level = Literal["L", "M", "Q", "H"]
QUIET_MODULES = 4
MILLIMETRES_PER_INCH = 25.4
# Scoring all eight masks costs five times the rest of the work (16.6 ms against 3.0 ms); readers accept any mask.
MASK = 3
PAYLOAD_MAX = 1200  # above this a phone camera has trouble with a symbol on a screen


@dataclass(frozen=True)
class Symbol:
    """A QR code as rows of modules, True for dark, without the quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def width(self) -> int:
        """Modules along a side, quiet zone included."""
        return len(self.rows) + 2 * QUIET_MODULES


def symbol(payload: str, level: Level = "M", mask: int | None = MASK) -> Symbol:
    """The smallest QR code that holds `payload`; `mask` None lets the library score all eight."""
    if not 0 < len(payload) <= PAYLOAD_MAX:
        raise ValueError(f"a code holds 1 to {PAYLOAD_MAX} characters")
    from qrcode import constants  # brings Pillow along: kept out of a function's start
    from qrcode.main import QRCode

    levels = {name: getattr(constants, f"ERROR_CORRECT_{name}") for name in "LMQH"}
    drawn = QRCode(error_correction=levels[level], border=0, mask_pattern=mask)
    drawn.add_data(payload, optimize=0)
    drawn.make(fit=True)
    return Symbol(tuple(tuple(bool(module) for module in row) for row in drawn.modules))


def svg(code: Symbol, label: str = "") -> str:
    """A standalone SVG, one unit a module; scales to any size. `label` is what a screen reader says."""
    side = code.width
    named = f"<title>{_escaped(label)}</title>" if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img">'
        f'{named}<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{_path(code)}"/></svg>'
    )


def png(code: Symbol, millimetres: float = 40, dpi: int = 300) -> bytes:
    """A black and white PNG for print: whole pixels a module, so at least `millimetres` wide at `dpi`."""
    pixels = millimetres / MILLIMETRES_PER_INCH * dpi
    out = io.BytesIO()
    bitmap(code, max(1, -int(-pixels // code.width))).save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def bitmap(code: Symbol, pixels: int) -> Image:
    """The code with its quiet zone in black and white, so many pixels a module."""
    from PIL import Image

    picture = Image.new("1", (code.width, code.width), 1)
    picture.putdata([pixel for row in _framed(code) for pixel in row])
    return picture.resize((code.width * pixels, code.width * pixels), Image.Resampling.NEAREST)


def campaign_svg(url: str) -> str:
    """The code of a campaign's link, as SVG."""
    return svg(symbol(url, "Q"), url)


def campaign_png(url: str, millimetres: float = 40, dpi: int = 300) -> bytes:
    """The code of a campaign's link, as PNG for print."""
    return png(symbol(url, "Q"), millimetres, dpi)


def staff_svg(url: str) -> str:
    """The code of the clerks' page, as SVG: printed on cards, so with a quarter that may be lost."""
    return svg(symbol(url, "Q"), url)


def coupon_svg(payload: str) -> str:
    """A coupon's code for a phone screen; unlabelled, since what it says is a secret of the moment."""
    return svg(symbol(payload, "M"))


def runs(code: Symbol) -> Iterator[tuple[int, int, int]]:
    """Dark modules as horizontal runs: left, top, length; the quiet zone is counted in."""
    for y, row in enumerate(code.rows, QUIET_MODULES):
        x = 0
        while x < len(row):
            length = _run(row, x)
            if row[x]:
                yield x + QUIET_MODULES, y, length
            x += length


def _path(code: Symbol) -> str:
    """Dark modules as one path: a rectangle for each run."""
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs(code))


def _run(row: tuple[bool, ...], start: int) -> int:
    end = start
    while end < len(row) and row[end] == row[start]:
        end += 1
    return end - start


def _framed(code: Symbol) -> list[list[int]]:
    """Pixels (1 is white) with the quiet zone."""
    margin = [1] * QUIET_MODULES
    blank = [[1] * code.width for _ in range(QUIET_MODULES)]
    return [*blank, *([*margin, *(int(not dark) for dark in row), *margin] for row in code.rows), *blank]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

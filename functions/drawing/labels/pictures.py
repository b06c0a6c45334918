"""A ZIP with a picture of each code, made piece by piece: any number of them in the same memory.

PNG (ISO/IEC 15948) of one bit a pixel and whole pixels a module, at the printer's dots; or SVG.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from operator import getitem
from typing import IO, Literal

from functions.drawing.codes import QUIET_MODULES
from functions.drawing.labels import archive
from functions.drawing.labels.layout import INCH
from functions.drawing.labels.series import RUNS, Series

COMPRESSION = 6
DIGITS = 8  # of a label's number in a name: 20 million are 8


@dataclass(frozen=True)
class Pictures:
    """A ZIP of codes, `dots` pixels a module at `dpi`, each named by its number and serial."""

    series: Series
    kind: Literal["png", "svg"]
    dots: int
    dpi: int

    ending = "zip"
    step = 1

    def opening(self) -> Iterator[bytes]:
        """A ZIP begins with its first file."""
        yield from ()

    def some(self, first: int, serials: Iterable[str]) -> Iterator[bytes]:
        """The pictures of these serials."""
        draw = self._png if self.kind == "png" else self._svg
        for number, serial in zip(count(first + 1), serials, strict=False):
            name = f"{number:0{DIGITS}d}-{serial}.{self.kind}".encode()
            yield archive.file(name, draw(self.series.symbol(serial)), is_packed=self.kind == "png")

    def note(self, piece: bytes) -> bytes:
        """What the list at the end says of a picture."""
        return archive.note(piece)

    def closing(self, notes: IO[bytes]) -> Iterator[bytes]:
        """The list of all pictures."""
        return archive.closing(notes)

    def _png(self, symbol: bytes) -> bytes:
        wide, high = self.series.row_bytes, self.dots
        light = (b"\0" + b"\xff" * len(b"".join(map(getitem, self._stretched, symbol[:wide])))) * high * QUIET_MODULES
        rows = [
            (b"\0" + b"".join(map(getitem, self._stretched, symbol[at : at + wide]))) * high
            for at in range(0, len(symbol), wide)
        ]
        return self._before + _chunk(b"IDAT", zlib.compress(b"".join([light, *rows, light]), COMPRESSION)) + END

    @cached_property
    def _before(self) -> bytes:
        side = self.series.width * self.dots
        resolution = round(self.dpi / 0.0254)  # dots a metre
        header = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"pHYs", struct.pack(">IIB", resolution, resolution, 1))

    @cached_property
    def _stretched(self) -> list[list[bytes]]:
        """For each byte of a row, its pixels: so many for each module, 1 for light."""
        pixels = {"0": "1" * self.dots, "1": "0" * self.dots}
        bytes_of = [
            int("".join(pixels[module] for module in f"{byte:08b}"), 2).to_bytes(self.dots, "big")
            for byte in range(256)
        ]
        last = -(-self.series.width * self.dots // 8) - (self.series.row_bytes - 1) * self.dots
        return [bytes_of] * (self.series.row_bytes - 1) + [[pixels[:last] for pixels in bytes_of]]

    def _svg(self, symbol: bytes) -> bytes:
        return b"".join([self._svg_before, *map(getitem, self._paths, symbol), b'"/></svg>'])

    @cached_property
    def _svg_before(self) -> bytes:
        side = self.series.width
        wide = side * self.dots / self.dpi * INCH
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.3f}mm" height="{wide:.3f}mm"'
            f' viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            '<path d="'
        ).encode()

    @cached_property
    def _paths(self) -> list[list[bytes]]:
        return [
            [
                b"".join(b"M%d %dh%dv1h-%dz" % (8 * column + x, row, wide, wide) for x, wide in RUNS[byte])
                for byte in range(256)
            ]
            for row in range(QUIET_MODULES, QUIET_MODULES + self.series.modules)
            for column in range(self.series.row_bytes)
        ]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


END = _chunk(b"IEND", b"")

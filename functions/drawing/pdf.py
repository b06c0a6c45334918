"""The little of PDF that printed codes need (ISO 32000-1): pages of filled boxes, thin lines and black words.

Written by hand, since a library would bring ten packages for it; equal content makes equal bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

POINTS_PER_MILLIMETRE = 72 / 25.4
HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True)
class Stamp:
    """A black picture, `width` by `height` pixels, one bit each: 0 is black, 1 lets the paper through."""

    width: int
    height: int
    bits: bytes


@dataclass
class Page:
    """A page in millimetres, its origin at the upper left."""

    width: float
    height: float
    drawn: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Black boxes: left, top, width, height."""
        lines = [
            f"{plain(x)} {plain(self.height - y - high)} {plain(wide)} {plain(high)} re" for x, y, wide, high in boxes
        ]
        self.drawn.append("\n".join([*lines, "f"]))

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        """A thin grey line around, to cut along."""
        self.drawn.append(
            f"0.75 G 0.1 w {plain(left)} {plain(self.height - top - height)} {plain(width)} {plain(height)} re S"
        )

    def stamp(self, stamp: Stamp, left: float, top: float, height: float) -> None:
        """A black picture, so many millimetres high."""
        width = stamp.width / stamp.height * height
        name = f"/S{len(self.stamps)}"
        self.stamps.append(stamp)
        self.drawn.append(
            f"q {plain(width)} 0 0 {plain(height)} {plain(left)} {plain(self.height - top - height)} cm {name} Do Q"
        )


def document(pages: Sequence[Page]) -> bytes:
    """The pages as a PDF file."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[str] = []
    for page in pages:
        names = []
        for number, stamp in enumerate(page.stamps):
            objects.append(_stamp(stamp))
            names.append(f"/S{number} {len(objects)} 0 R")
        # In millimetres from here on; black where nothing else is said.
        words = "\n".join([f"{POINTS_PER_MILLIMETRE:.6f} 0 0 {POINTS_PER_MILLIMETRE:.6f} 0 0 cm 0 g", *page.drawn])
        objects.append(stream("", words.encode("ascii")))
        wide, high = (f"{side * POINTS_PER_MILLIMETRE:.3f}" for side in (page.width, page.height))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {len(objects)} 0 R"
            f" /Resources << /XObject << {' '.join(names)} >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def numbered(number: int, said: bytes) -> bytes:
    """An object of a file under its number."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, said)


def stream(said: str, content: bytes, level: int = 9) -> bytes:
    """A stream object, packed; `said` is what its dictionary says besides."""
    packed = zlib.compress(content, level)
    return f"<< {said}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"


def plain(number: float) -> str:
    """A number as PDF writes it: no exponent, at most four places."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(HEADER)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += numbered(number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))


def _stamp(stamp: Stamp) -> bytes:
    size = f"/Width {stamp.width} /Height {stamp.height} "
    return stream(f"/Type /XObject /Subtype /Image /ImageMask true /BitsPerComponent 1 {size}", stamp.bits)

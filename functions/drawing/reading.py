"""QR codes in a photo: read from its pixels, which are kept nowhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from functions.drawing.pictures import on_white, rewritten

if TYPE_CHECKING:
    from PIL.Image import Image

BYTES_MAX = 4 * 1024 * 1024  # what fits into a function's 6 MB, packed as Base64
PIXELS_MAX = 64_000_000  # the largest that phones take
SIDES = (1600, 800)  # pixels: the finer first; where hands shook, the coarser one says more
CODES_MAX = 4


def texts_in(photo: bytes) -> list[str]:
    """What the QR codes in a picture say, the clearest first; empty when there is none. Raises PictureRefused."""
    found: list[str] = []
    rewritten(photo, BYTES_MAX, PIXELS_MAX, partial(_look, found))
    return found


def _look(found: list[str], picture: Image) -> bytes:
    import zxingcpp
    from PIL import Image

    grey = on_white(picture).convert("L")
    for side in SIDES:
        grey.thumbnail((side, side), Image.Resampling.BOX)
        seen = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
        found += [code.text for code in seen[:CODES_MAX] if code.text]
        if found:
            break
    return b""

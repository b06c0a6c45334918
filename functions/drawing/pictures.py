"""Pictures that people send: checked before they are decoded, and written anew without what they carried along."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from functions.core.text import Text

if TYPE_CHECKING:
    from PIL.Image import Image

LONG_SIDE_KEPT = 2048  # pixels: enough to read a page of handwriting, and a tenth of a phone's file
QUALITY = 82
SCANS_MAX = 100  # a progressive JPEG has about ten; thousands keep a decoder busy for minutes
FORMATS = {"JPEG": (b"\xff\xd8\xff",), "PNG": (b"\x89PNG\r\n\x1a\n",), "WEBP": (b"RIFF",)}

MESSAGES = {
    "picture_too_large": Text(
        zh="图片太大了，请换一张小一点的", en="That picture is too large. Please choose a smaller one"
    ),
    "picture_too_small": Text(
        zh="图片太小了，放大会糊，请换一张大一点的",
        en="That picture is too small and would look blurred. Please choose a larger one",
    ),
    "picture_wrong_type": Text(zh="请上传 JPEG、PNG 或 WebP 图片", en="Please send a JPEG, PNG or WebP picture"),
    "picture_unreadable": Text(zh="图片打不开，请重新拍一张", en="That picture cannot be opened. Please take it again"),
}


class PictureRefused(Exception):
    """A picture that will not do. `code` is stable, `message` a sentence for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.message = code, MESSAGES[code]


def reencode(data: bytes, max_bytes: int, max_pixels: int) -> bytes:
    """`data` as an upright JPEG of at most 2,048 pixels a side, without metadata (place, camera, thumbnails).

    Raises PictureRefused: too many bytes or pixels (before anything is decoded), not a picture, or broken.
    """
    return rewritten(data, max_bytes, max_pixels, _written)


def rewritten(data: bytes, max_bytes: int, max_pixels: int, write: Callable[[Image], bytes]) -> bytes:
    """What `write` makes of the picture in `data`, once its bytes, type and size are judged. Raises PictureRefused."""
    if len(data) > max_bytes:
        raise PictureRefused("picture_too_large")
    name = _format(data)
    if name == "JPEG" and data.count(b"\xff\xda") > SCANS_MAX:
        raise PictureRefused("picture_unreadable")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which is dropped, and of sizes judged here
        return _decoded(data, name, max_pixels, write)


def _format(data: bytes) -> str:
    """The format by its first bytes; a name or a content type proves nothing."""
    for name, starts in FORMATS.items():
        if data.startswith(starts) and (name != "WEBP" or data[8:12] == b"WEBP"):
            return name
    raise PictureRefused("picture_wrong_type")


def _decoded(data: bytes, name: str, max_pixels: int, write: Callable[[Image], bytes]) -> bytes:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=[name]) as picture:
            if picture.width * picture.height > max_pixels:
                raise PictureRefused("picture_too_large")
            picture.draft("RGB", (LONG_SIDE_KEPT, LONG_SIDE_KEPT))  # JPEG: decode at an eighth, quarter or half
            return write(picture)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused("picture_too_large") from error
    except Exception as error:  # Pillow names no closed set of what hostile bytes may raise
        raise PictureRefused("picture_unreadable") from error


def _written(picture: Image) -> bytes:
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONG_SIDE_KEPT, LONG_SIDE_KEPT), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    on_white(upright).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def on_white(picture: Image) -> Image:
    """The pixels alone on a fresh canvas; what is transparent shows white, as on the phone's own screen."""
    from PIL import Image

    canvas = Image.new("RGB", picture.size, "white")
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        canvas.paste(rgba, mask=rgba)
    else:
        canvas.paste(_eight_bits(picture))
    return canvas


def _eight_bits(picture: Image) -> Image:
    """RGB; 16-bit grey is scaled, since Pillow would clip it to white."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return picture.convert("RGB")

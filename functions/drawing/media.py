"""Pictures of the marketers', made ready for phones: a hero of three by two, a logo that may be transparent, a code."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from functions.core.upload import BYTES_MAX, PIXELS_MAX
from functions.drawing.pictures import PictureRefused, on_white, rewritten

if TYPE_CHECKING:
    from PIL.Image import Image

Use = Literal["hero", "logo", "code"]
HERO_SIZE, HERO_WIDTH_MIN = (1080, 720), 480  # a phone's full width at 2.77 pixels a point
LOGO_SIDE, LOGO_SIDE_MIN = 400, 48
CODE_SIDE, CODE_SIDE_MIN = 1080, 200  # a screenshot of a contact or a group with its code
BYTES_KEPT = 60 * 1024  # on the wire, of either
QUALITIES = (82, 74, 66, 58, 50)
SMALLER = 0.8  # of either side, when no quality is small enough


def ready(data: bytes, use: Use) -> tuple[bytes, str]:
    """`data` as it will be served, at most 60 KB, and its ending, `jpg` or `png`.

    A hero is cut to 3:2 around its middle, a logo and a code keep their shape. None is enlarged.
    Raises PictureRefused: too large, too small, of another type, broken.
    """
    write, ending = WRITERS[use]
    return rewritten(data, BYTES_MAX, PIXELS_MAX, write), ending


def _hero(picture: Image) -> bytes:
    from PIL import Image, ImageOps

    upright = on_white(ImageOps.exif_transpose(picture))
    width = min(HERO_SIZE[0], upright.width, upright.height * HERO_SIZE[0] // HERO_SIZE[1])
    if width < HERO_WIDTH_MIN:
        raise PictureRefused("picture_too_small")
    size = (width, width * HERO_SIZE[1] // HERO_SIZE[0])
    return _small_enough(ImageOps.fit(upright, size, Image.Resampling.LANCZOS), _jpegs)


def _logo(picture: Image) -> bytes:
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    drawn = upright.convert("RGBA") if upright.has_transparency_data else on_white(upright)
    if max(drawn.size) < LOGO_SIDE_MIN:
        raise PictureRefused("picture_too_small")
    drawn.thumbnail((LOGO_SIDE, LOGO_SIDE), Image.Resampling.LANCZOS)
    return _small_enough(drawn, _pngs)


def _code(picture: Image) -> bytes:
    from PIL import Image, ImageOps

    upright = on_white(ImageOps.exif_transpose(picture))
    if min(upright.size) < CODE_SIDE_MIN:
        raise PictureRefused("picture_too_small")
    upright.thumbnail((CODE_SIDE, CODE_SIDE), Image.Resampling.LANCZOS)
    return _small_enough(upright, _jpegs)


def _small_enough(picture: Image, tries: Callable[[Image], list[Callable[[], bytes]]]) -> bytes:
    """The best of the tries that fits; with none, the same of a smaller picture."""
    from PIL import Image

    for attempt in tries(picture):
        if len(data := attempt()) <= BYTES_KEPT:
            return data
    less = (max(1, int(picture.width * SMALLER)), max(1, int(picture.height * SMALLER)))
    return _small_enough(picture.resize(less, Image.Resampling.LANCZOS), tries)


def _jpegs(picture: Image) -> list[Callable[[], bytes]]:
    return [lambda q=quality: _saved(picture, "JPEG", quality=q, progressive=True) for quality in QUALITIES]  # type: ignore[misc]


def _pngs(picture: Image) -> list[Callable[[], bytes]]:
    from PIL import Image

    return [
        lambda: _saved(picture, "PNG", optimize=True),
        lambda: _saved(picture.quantize(256, Image.Quantize.FASTOCTREE), "PNG", optimize=True),
    ]


def _saved(picture: Image, kind: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


WRITERS: Mapping[Use, tuple[Callable[[Image], bytes], str]] = {
    "hero": (_hero, "jpg"),
    "logo": (_logo, "png"),
    "code": (_code, "jpg"),
}

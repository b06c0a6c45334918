"""A code is read from photos as clerks take them: askew, out of focus, small, in bad light; and from nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from functions.drawing.codes import png, symbol
from functions.drawing.pictures import PictureRefused
from functions.drawing.reading import BYTES_MAX, texts_in

SAYS = "https://shop.example/staff?code=redeem.k1." + "Ab3_" * 30
PHOTOS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda shot: shot,
    "turned on its side": lambda shot: shot.rotate(90, expand=True),
    "askew": lambda shot: shot.rotate(27, expand=True, fillcolor="#777"),
    "out of focus": lambda shot: shot.filter(ImageFilter.GaussianBlur(2)),
    "in bad light": lambda shot: ImageEnhance.Contrast(shot).enhance(0.3),
    "askew, out of focus and dark": lambda shot: ImageEnhance.Brightness(
        shot.rotate(12, expand=True).filter(ImageFilter.GaussianBlur(2))
    ).enhance(0.5),
}


@cache
def table(width: int = 900, height: int = 1200, side: int = 540) -> Image.Image:
    """A phone with a code on its screen, lying on a counter."""
    scene = Image.new("RGB", (width, height), "#8A6A4F")
    drawn = ImageDraw.Draw(scene)
    for y in range(0, height, 40):
        drawn.line((0, y, width, y + 25), fill="#7A5B42", width=9)
    code = Image.open(io.BytesIO(png(symbol(SAYS)))).convert("RGB").resize((side, side), Image.Resampling.NEAREST)
    drawn.rectangle(((width - side) // 2 - 60, 200, (width + side) // 2 + 60, height - 100), fill="white")
    scene.paste(code, ((width - side) // 2, 300))
    return scene


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize("taken", PHOTOS.values(), ids=PHOTOS)
def test_a_code_is_read_as_people_photograph_it(taken: Callable[[Image.Image], Image.Image]) -> None:
    assert texts_in(jpeg(taken(table()))) == [SAYS]


def test_a_photo_without_a_code_says_nothing() -> None:
    assert texts_in(jpeg(Image.linear_gradient("L").resize((900, 1200)))) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + b"0" * 200, "picture_wrong_type"),
        (b"", "picture_wrong_type"),
        (b"\xff\xd8\xff" + b"0" * 500, "picture_unreadable"),
        (b"\xff\xd8\xff" + b"0" * BYTES_MAX, "picture_too_large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        texts_in(data)

    assert refused.value.code == code


def test_it_needs_no_package_that_is_not_packed() -> None:
    said = "import sys; sys.modules['numpy'] = None; from functions.drawing.reading import texts_in; "
    read = "print(texts_in(sys.stdin.buffer.read())[0])"

    done = subprocess.run([sys.executable, "-c", said + read], input=jpeg(table()), capture_output=True, check=True)

    assert done.stdout.decode().strip() == SAYS

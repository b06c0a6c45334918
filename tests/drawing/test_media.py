"""Pictures of the marketers' made ready for phones: cut, small, upright, without what they carried along."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from functions.drawing import codes, media
from functions.drawing.pictures import PictureRefused


def file(kind: str, picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def seen(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("size", [(1080, 720), (2400, 1800), (600, 2000), (2000, 700), (480, 320)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_hero_is_three_by_two_and_never_enlarged(size: tuple[int, int], kind: str) -> None:
    data, ending = media.ready(file(kind, Image.new("RGB", size, "teal")), "hero")

    picture = seen(data)
    assert (ending, picture.format) == ("jpg", "JPEG")
    assert picture.width <= min(size[0], 1080)
    assert picture.width * 2 == pytest.approx(picture.height * 3, abs=3)


def test_a_hero_of_noise_is_small_on_the_wire_all_the_same() -> None:
    data, _ = media.ready(file("PNG", noise(1100, 740)), "hero")

    assert len(data) <= media.BYTES_KEPT


def test_a_hero_keeps_its_middle() -> None:
    wide = Image.new("RGB", (3000, 700), "red")
    wide.paste("blue", (1200, 0, 1800, 700))

    red, _, blue = seen(media.ready(file("PNG", wide), "hero")[0]).convert("RGB").getpixel((500, 300))  # type: ignore[misc]

    assert blue > 200 > 60 > red


def test_a_transparent_logo_stays_transparent_and_keeps_its_shape() -> None:
    logo = Image.new("RGBA", (1200, 300), (0, 0, 0, 0))
    logo.paste((200, 0, 0, 255), (300, 50, 900, 250))

    data, ending = media.ready(file("PNG", logo), "logo")

    picture = seen(data).convert("RGBA")
    assert (ending, picture.size) == ("png", (400, 100))
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert picture.getpixel((200, 50)) == (200, 0, 0, 255)


def test_a_logo_of_noise_is_small_on_the_wire_all_the_same() -> None:
    data, _ = media.ready(file("PNG", noise(800, 800)), "logo")

    assert len(data) <= media.BYTES_KEPT


def test_the_camera_and_the_place_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif[0x0112] = 6  # lies on its side

    data, _ = media.ready(file("JPEG", Image.new("RGB", (1200, 1800), "teal"), exif=exif), "hero")

    assert b"a camera" not in data
    assert seen(data).size == (1080, 720)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a....", "picture_wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_wrong_type"),
        (b"%PDF-1.7 named.jpg", "picture_wrong_type"),
        (b"", "picture_wrong_type"),
        (b"\xff\xd8\xff" + b"0" * 500, "picture_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 1024 * 1024), "picture_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name(data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as caught:
        media.ready(data, "hero")

    assert caught.value.code == code
    assert caught.value.message.complete


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    with pytest.raises(PictureRefused) as caught:
        media.ready(file("PNG", Image.new("1", (12_000, 12_000))), "hero")

    assert caught.value.code == "picture_too_large"


@pytest.mark.parametrize(("use", "side"), [("hero", 200), ("logo", 40)])
def test_a_picture_that_would_look_blurred_is_refused(use: media.Use, side: int) -> None:
    with pytest.raises(PictureRefused) as caught:
        media.ready(file("PNG", Image.new("RGB", (side, side))), use)

    assert caught.value.code == "picture_too_small"


def test_a_code_in_a_screenshot_is_still_read_after_it_was_made_small() -> None:
    screenshot = noise(1242, 1660).resize((1242, 1660))
    code = seen(codes.campaign_png("https://u.wechat.example/AbCdEf0123456789", 60)).convert("RGB").resize((500, 500))
    screenshot.paste(code, (371, 600))

    data, ending = media.ready(file("PNG", screenshot), "code")

    (found,) = zxingcpp.read_barcodes(seen(data), formats=zxingcpp.BarcodeFormat.QRCode)
    assert (found.text, ending) == ("https://u.wechat.example/AbCdEf0123456789", "jpg")
    assert len(data) <= media.BYTES_KEPT

"""What people send is decoded only when it is safe to, and written anew without what it carried."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc
import zlib

import pytest
from PIL import Image

from functions.drawing.pictures import LONG_SIDE_KEPT, MESSAGES, PictureRefused, reencode

MAX_BYTES, MAX_PIXELS = 5_000_000, 24_000_000


def encoded(mode: str = "RGB", size: tuple[int, int] = (60, 40), format_: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, options.pop("colour", None)).save(out, format_, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def refusal(data: bytes, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> str:
    with pytest.raises(PictureRefused) as caught:
        reencode(data, max_bytes, max_pixels)
    assert caught.value.message == MESSAGES[caught.value.code]
    return caught.value.code


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, *more: bytes, body: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_back_as_jpeg_of_its_size(format_: str) -> None:
    again = opened(reencode(encoded(format_=format_, colour=(200, 30, 30)), MAX_BYTES, MAX_PIXELS))

    assert (again.format, again.mode, again.size) == ("JPEG", "RGB", (60, 40))
    red, green, blue = again.getpixel((30, 20))
    assert red > 180
    assert green < 60
    assert blue < 60


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("I;16", 30000, (117, 117, 117)),
        ("LA", (5, 0), (255, 255, 255)),
        ("RGBA", (9, 9, 9, 0), (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("1", 1, (255, 255, 255)),
        ("L", 90, (90, 90, 90)),
    ],
)
def test_every_mode_of_a_png_looks_as_it_did_on_the_phone(mode: str, colour: object, seen: tuple[int, ...]) -> None:
    again = opened(reencode(encoded(mode, format_="PNG", colour=colour), MAX_BYTES, MAX_PIXELS))

    assert again.getpixel((10, 10)) == seen


def test_a_print_shops_cmyk_jpeg_is_read() -> None:
    again = opened(reencode(encoded("CMYK", colour=(0, 0, 0, 0)), MAX_BYTES, MAX_PIXELS))

    assert again.mode == "RGB"
    assert again.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60)), (8, (40, 60))])
def test_a_picture_stands_upright_and_loses_where_it_was_taken(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CanaryPhone"
    exif.get_ifd(0x8825)[2] = (31.0, 13.0, 49.0)  # GPS latitude
    sent = encoded(exif=exif, comment=b"CanaryComment", icc_profile=b"CanaryProfile")
    assert b"CanaryPhone" in sent

    data = reencode(sent, MAX_BYTES, MAX_PIXELS)

    again = opened(data)
    assert again.size == size
    assert dict(again.getexif()) == {}
    assert b"Canary" not in data
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_text_in_a_png_and_bytes_after_its_end_are_left_behind() -> None:
    comment = chunk(b"tEXt", b"Comment\0<script>Canary</script>")
    sent = png_of(2, 2, comment, body=(b"\0" + b"\xff" * 6) * 2) + b"<?php Canary ?>"

    assert b"Canary" not in reencode(sent, MAX_BYTES, MAX_PIXELS)


def test_a_large_photo_is_kept_at_a_size_a_clerk_can_read() -> None:
    again = opened(reencode(encoded(size=(4000, 3000)), MAX_BYTES, MAX_PIXELS))

    assert again.size == (LONG_SIDE_KEPT, LONG_SIDE_KEPT * 3 // 4)


def test_more_bytes_than_allowed_are_refused() -> None:
    sent = encoded()

    assert refusal(sent, max_bytes=len(sent) - 1) == "picture_too_large"
    assert reencode(sent, len(sent), MAX_PIXELS)


def test_one_pixel_more_than_allowed_is_refused() -> None:
    assert refusal(encoded(size=(100, 101), format_="PNG"), max_pixels=10_000) == "picture_too_large"
    assert reencode(encoded(size=(100, 100), format_="PNG"), MAX_BYTES, 10_000)


@pytest.mark.parametrize(("width", "height"), [(5000, 5000), (10_000, 10_000), (20_000, 20_000), (60_000, 60_000)])
def test_a_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    bomb = png_of(width, height, body=bytes(3_000_000))
    reencode(encoded(), MAX_BYTES, MAX_PIXELS)  # imports done

    tracemalloc.start()
    assert refusal(bomb) == "picture_too_large"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 1_000_000


def test_a_bomb_in_a_pngs_text_is_refused_or_dropped_without_much_memory() -> None:
    bomb = png_of(1, 1, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)), body=b"\0\0\0\0")

    assert refusal(bomb) == "picture_unreadable"


def test_a_jpeg_with_thousands_of_scans_is_refused_at_once() -> None:
    sent = encoded(size=(64, 64), progressive=True)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00"

    started = time.process_time()
    assert refusal(sent[:-2] + scan * 5000 + sent[-2:]) == "picture_unreadable"
    assert time.process_time() - started < 0.5


def test_other_types_are_refused_whatever_they_call_themselves() -> None:
    gif, bmp, tiff, ico = (encoded(format_=name) for name in ("GIF", "BMP", "TIFF", "ICO"))
    others = [
        b"",
        b"\xff\xd8",
        gif,
        bmp,
        tiff,
        ico,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        b"%PDF-1.7\n1 0 obj",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"PK\x03\x04 a zip",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        b"GIF89a" + encoded(),
        b" " + encoded(),
        b"\x00\x00\x00\x18ftypheic",
        b"hello",
    ]

    assert [refusal(other) for other in others] == ["picture_wrong_type"] * len(others)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_file_is_refused(format_: str) -> None:
    out = io.BytesIO()
    Image.effect_noise((80, 80), 60).convert("RGB").save(out, format_)
    whole = out.getvalue()

    for share in (0.1, 0.3, 0.5, 0.8):
        assert refusal(whole[: int(len(whole) * share)]) in ("picture_unreadable", "picture_wrong_type")


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x01\x00\x00WEBPVP8 "])
def test_a_right_start_with_rubbish_behind_it_is_refused(start: bytes) -> None:
    assert refusal(start + b"\x01\x02%PDF<html>" * 100) == "picture_unreadable"


def test_whatever_is_broken_a_refusal_or_a_picture_comes_out() -> None:
    chance = random.Random(20)
    samples = [encoded(size=(32, 32), format_=name) for name in ("JPEG", "PNG", "WEBP")]
    outcomes = {"readable": 0, "refused": 0}

    for _ in range(600):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            again = reencode(bytes(data), MAX_BYTES, 1_000_000)
        except PictureRefused:
            outcomes["refused"] += 1
        else:
            outcomes["readable"] += opened(again).format == "JPEG"

    assert sum(outcomes.values()) == 600
    assert min(outcomes.values()) > 50


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    assert all(message.complete for message in MESSAGES.values())

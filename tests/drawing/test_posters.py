"""Posters: the code is read back from every one, and every word can be read upon its ground."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import get_args

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from functions.core.colours import READABLE, Palette, contrast
from functions.core.poster import Layout
from functions.drawing import posters
from functions.drawing.media import ready
from functions.drawing.posters import Poster
from tests.drawing.test_media import file, noise

URL = "https://pond.example.com/c/camp_01jd3v5k7m9p1r3t5v7x9z1b3d?ch=7k2m"
LAYOUTS = get_args(Layout)
PLAIN = Poster(
    "colour", "十二月早起打卡", "每天说一声早安", "2026 年 12 月 1 日 – 12 月 15 日", "东门咖啡", "扫码参加",
    "微信或相机扫一扫，也可长按识别", URL, "#0B6E5F",
)  # fmt: skip
LONG = replace(PLAIN, title="长标题" * 3333, text="很长的话" * 900, organiser="有限责任公司" * 600, call="马上" * 500)
ENGLISH = replace(PLAIN, title="Seven-morning check-in", when="1 Dec – 15 Dec 2026", call="Scan to take part", hint="x")


@pytest.fixture(scope="module")
def hero() -> bytes:
    return ready(file("PNG", noise(900, 600)), "hero")[0]


@pytest.fixture(scope="module")
def logo() -> bytes:
    return ready(file("PNG", Image.new("RGBA", (400, 100), (0, 0, 0, 90))), "logo")[0]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("poster", [PLAIN, ENGLISH, LONG, replace(LONG, title="", text="", organiser="")])
def test_the_code_is_read_back_from_every_poster(layout: Layout, poster: Poster, hero: bytes, logo: bytes) -> None:
    for picture, mark in ((b"", b""), (hero, logo)):
        data = posters.jpeg(replace(poster, layout=layout, picture=picture, logo=mark))

        seen = Image.open(io.BytesIO(data))
        assert (seen.format, seen.size) == ("JPEG", (750, 1334))
        assert read(seen) == [URL]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_code_is_read_back_when_a_phone_shows_the_poster_small(layout: Layout) -> None:
    small = posters.draw(replace(PLAIN, layout=layout)).resize((375, 667), Image.Resampling.LANCZOS)

    assert read(small) == [URL]


def test_print_is_three_times_as_fine_and_as_large_as_a_sheet(hero: bytes) -> None:
    seen = Image.open(io.BytesIO(posters.jpeg(replace(PLAIN, layout="picture", picture=hero), scale=3)))

    assert seen.size == (2250, 4002)
    assert seen.width / seen.info["dpi"][0] * 25.4 == pytest.approx(150, abs=1)
    assert read(seen) == [URL]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_address_still_makes_a_code_that_is_read(layout: Layout) -> None:
    url = "https://abcde12345.execute-api.ap-northeast-1.amazonaws.com/c/camp_01jd3v5k7m9p1r3t5v7x9z1b3d?ch=7k2m"

    assert read(posters.draw(replace(PLAIN, layout=layout, url=url))) == [url]


@settings(deadline=None)
@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
def test_words_read_well_on_any_colour_and_ornaments_never_stand_against_them(colour: str) -> None:
    palette = Palette.of(colour)

    assert contrast(palette.on, palette.brand) >= READABLE
    assert contrast(palette.on, posters._away(palette)) >= READABLE
    assert contrast(palette.ink, "#FFFFFF") >= READABLE
    assert contrast(posters.MUTED, "#FFFFFF") >= READABLE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_equal_words_make_equal_bytes(layout: Layout) -> None:
    assert posters.jpeg(replace(PLAIN, layout=layout)) == posters.jpeg(replace(PLAIN, layout=layout))

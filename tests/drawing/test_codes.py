"""Every QR code drawn is read back by another library."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from functions.drawing import codes

SVG = "{http://www.w3.org/2000/svg}"
PAYLOADS = [
    "https://pond.example/c/camp_01jd3v5k7m9p1r3t5v7x9z1b3d",
    "https://pond.example/s/share.1.eyJtIjoibWVtIn0.c2lnbmF0dXJl?lang=en&channel=poster",
    "https://pond.example/staff?code=redeem.2026a." + "Ab3-_" * 30,
    "ABCD-2345-WXYZ-6789",
    "池塘 七天早安打卡",
    "https://pond.example/?q=<script>&amp;'\"",
    "x",
    "https://pond.example/" + "aB3-" * 294,
]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)]


def rasterised(svg: str, scale: int = 4) -> Image.Image:
    """An SVG of unit rectangles as pixels: knows only what `codes.svg` draws."""
    root = ElementTree.fromstring(svg)  # noqa: S314 our own drawing
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    picture = Image.new("1", (width, height), 0)
    light, dark = root.findall(f"{SVG}path")
    assert light.attrib == {"fill": "#fff", "d": f"M0 0h{width}v{height}H0z"}
    picture.paste(1, (0, 0, width, height))
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", dark.attrib["d"]):
        picture.paste(0, (int(x), int(y), int(x) + int(length), int(y) + 1))
    return picture.resize((width * scale, height * scale))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
def test_a_png_is_read_back_as_what_went_in(payload: str, level: codes.Level) -> None:
    picture = Image.open(io.BytesIO(codes.png(codes.symbol(payload, level))))

    assert read(picture) == [payload]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_svg_is_read_back_as_what_went_in(payload: str) -> None:
    assert read(rasterised(codes.svg(codes.symbol(payload)))) == [payload]


def test_the_fixed_mask_is_as_readable_as_a_scored_one() -> None:
    for number in range(40):
        payload = f"https://pond.example/c/camp_{number:026d}"
        for mask in (codes.MASK, None):
            assert read(rasterised(codes.svg(codes.symbol(payload, "M", mask)), scale=2)) == [payload]


def test_a_campaign_code_survives_a_logo_sized_stain() -> None:
    url = PAYLOADS[0]
    picture = Image.open(io.BytesIO(codes.campaign_png(url))).convert("L")
    side = picture.width // 6

    picture.paste(255, (picture.width // 2 - side // 2,) * 2 + (picture.width // 2 + side // 2,) * 2)

    assert read(picture) == [url]


@pytest.mark.parametrize(("millimetres", "dpi"), [(20, 300), (40, 300), (100, 600), (25, 72)])
def test_a_print_is_at_least_as_large_as_asked_and_has_whole_pixels(millimetres: float, dpi: int) -> None:
    code = codes.symbol(PAYLOADS[0])
    picture = Image.open(io.BytesIO(codes.png(code, millimetres, dpi)))

    assert picture.width % code.width == 0
    assert picture.width >= millimetres / 25.4 * dpi
    assert picture.width - code.width < millimetres / 25.4 * dpi
    assert picture.info["dpi"] == pytest.approx((dpi, dpi), abs=0.01)


def test_four_light_modules_surround_a_code() -> None:
    code = codes.symbol(PAYLOADS[0])
    picture = rasterised(codes.svg(code), scale=1)

    frame = [picture.getpixel((x, y)) for x in range(code.width) for y in (0, 1, 2, 3, code.width - 4, code.width - 1)]
    assert set(frame) == {1}


def test_a_label_cannot_break_out_of_the_drawing() -> None:
    drawn = codes.campaign_svg("https://x.example/?a=1&b=</title><script>alert(1)</script>")

    titles = ElementTree.fromstring(drawn).findall(f"{SVG}title")  # noqa: S314 our own drawing
    assert [title.text for title in titles] == ["https://x.example/?a=1&b=</title><script>alert(1)</script>"]
    assert "<script" not in drawn


@pytest.mark.parametrize("payload", ["", "0" * 1201])
def test_what_no_phone_could_read_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match="1 to 1200"):
        codes.symbol(payload)

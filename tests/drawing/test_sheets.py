"""Codes for the printer: every one on every page is read back, and its module is as large as was said."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from functions.drawing import sheets
from functions.drawing.sheets import Named

CAMPAIGN = "https://pond.example.com/c/camp_01jd3v5k7m9p1r3t5v7x9z1b3d"
NAMES = ["门店 A", "包裹卡片", "North gate café", "😀", "很长的渠道名字一直写到写不下为止还没有写完", "=1+1", ""]


def named(count: int) -> list[Named]:
    return [Named(f"{CAMPAIGN}?ch={number:04d}", NAMES[number % len(NAMES)]) for number in range(count)]


def pages(data: bytes, dpi: int = 150) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    drawn = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    document.close()
    return drawn


def read(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)}


@pytest.mark.parametrize(("millimetres", "count"), [(20, 45), (40, 13), (80, 5), (150, 2)])
def test_every_code_of_every_sheet_is_read_back(millimetres: float, count: int) -> None:
    codes = named(count)

    drawn = pages(sheets.sheets(codes, millimetres), 300 if millimetres < 40 else 150)

    across, down = sheets.per_page(millimetres)
    assert len(drawn) == -(-count // (across * down))
    assert set().union(*map(read, drawn)) == {code.url for code in codes}


def test_a_page_of_its_own_has_the_size_of_the_code_and_its_name() -> None:
    data = sheets.single(named(1)[0], 50)

    (picture,) = pages(data, 254)
    assert picture.size == (500, pytest.approx(585, abs=1))
    assert read(picture) == {f"{CAMPAIGN}?ch=0000"}
    assert picture.crop((0, 515, 500, 600)).getextrema()[0] < 60  # the name is there
    assert pages(sheets.single(Named(CAMPAIGN, ""), 50), 254)[0].size == (500, 500)


def test_sheets_for_all_channels_are_small_and_equal_each_time() -> None:
    data = sheets.sheets(named(20), 40)

    assert data == sheets.sheets(named(20), 40)
    assert len(data) < 20 * 10_000


def test_no_channel_makes_an_empty_sheet_and_no_broken_file() -> None:
    assert len(pages(sheets.sheets([], 40))) == 1


def test_the_zip_holds_a_picture_of_each_under_a_name_that_any_system_takes() -> None:
    names = ["门店 A/B: *?", "../../etc", ""]
    codes = [Named(f"{CAMPAIGN}?ch=000{number}", name) for number, name in enumerate(names)]

    with zipfile.ZipFile(io.BytesIO(sheets.pictures(codes, 30))) as archive:
        files = archive.namelist()
        urls = [read(Image.open(io.BytesIO(archive.read(name))).convert("L")) for name in files]

    assert files == ["001 门店 A B.png", "002 etc.png", "003.png"]
    assert urls == [{code.url} for code in codes]


def test_a_module_is_as_large_as_was_said() -> None:
    size = sheets.module_size(CAMPAIGN, 45)

    assert size == pytest.approx(1.0)

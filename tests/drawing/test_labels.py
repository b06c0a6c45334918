"""Labels for the printer: at the size and resolution they are printed in, an independent decoder reads every one."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pydantic import ValidationError

from functions.codes.serial import ALPHABET
from functions.drawing import codes
from functions.drawing.labels import archive
from functions.drawing.labels.layout import INCH, Layout, laid_out, least_dots
from functions.drawing.labels.output import whole
from functions.drawing.labels.pictures import Pictures
from functions.drawing.labels.reasons import REASONS, BadLabels
from functions.drawing.labels.sample import sample
from functions.drawing.labels.series import SERIAL, Series, series, split
from functions.drawing.labels.settings import Labels
from functions.drawing.labels.sheet import Sheets

HEAD = "https://shop.example/01/09520123456788/10/L7/21/"
PREFIX = ("(01)09520123456788", "(10)L7", "(21)")


@pytest.fixture(scope="module")
def drawn() -> Series:
    return series(HEAD)


def serials(count: int) -> list[str]:
    chance = random.Random(count)
    return ["".join(chance.choices(ALPHABET, k=SERIAL)) for _ in range(count)]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def printed(data: bytes, dpi: int) -> list[Image.Image]:
    """The pages as a printer of that resolution rasters them, without grey."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.render(scale=dpi / 72, no_smoothtext=True, no_smoothpath=True).to_pil() for page in document]
    document.close()
    return [page.convert("L").point(lambda grey: 255 if grey > 127 else 0) for page in pages]


def words(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def sheet(drawn: Series, labels: Labels, of: Sequence[str], prefix: tuple[str, ...] | None = None) -> bytes:
    made = Sheets(laid_out(labels, drawn.width, prefix or ()), drawn, len(of), prefix, "01/09520123456788/10/L7")
    return b"".join(whole(made, of))


@pytest.mark.parametrize(
    ("head", "level"),
    [
        (HEAD, "Q"),
        (HEAD, "L"),
        ("HTTPS://SHOP.EXAMPLE/01/09520123456788/21/", "M"),
        ("https://例子.example/i/batch_01jd3v5k7m9p1r3t5v7x9z1b3d.", "H"),
        ("", "M"),
    ],
)
def test_a_code_summed_from_ten_is_the_one_of_its_link(head: str, level: codes.Level) -> None:
    whole_series = series(head, level)

    for serial in [*serials(20), "0" * SERIAL, "Z" * SERIAL]:
        rows = numpy.frombuffer(whole_series.symbol(serial), numpy.uint8).reshape(whole_series.modules, -1)
        dark = numpy.pad(numpy.unpackbits(rows, axis=1)[:, : whole_series.width], ((4, 4), (0, 0)))
        assert dark.shape == (whole_series.width, whole_series.width)
        assert not dark[:, :4].any()
        assert not dark[:, -4:].any()
        assert read(Image.fromarray(numpy.kron(1 - dark, numpy.ones((4, 4))).astype(numpy.uint8) * 255)) == [
            head + serial
        ]


def test_a_link_is_split_into_the_modes_that_take_the_fewest_bits() -> None:
    assert split(HEAD) == (
        ("byte", "https://shop.example/01/"),
        ("numeric", "09520123456788"),
        ("alphanumeric", "/10/L7/21/"),
    )
    assert split("HTTPS://A.CN/01") == (("alphanumeric", "HTTPS://A.CN/01"),)
    assert split("") == ()


SHAPES: dict[str, tuple[dict[str, Any], tuple[str, ...] | None, int]] = {
    "sheets": ({}, None, 47),
    "small, at 600": ({"columns": 8, "rows": 12, "text": "none", "level": "M", "dpi": 600}, None, 100),
    "hand cut": ({"marks": True, "bleed": 1, "columns": 3, "rows": 5}, None, 16),
    "GS1 lines": ({"columns": 3, "rows": 8, "text": "gs1"}, PREFIX, 25),
    "a roll of thermal labels": ({"paper": "roll", "dpi": 203, "level": "M"}, None, 3),
    "an upright label": ({"paper": "roll", "width": 25, "height": 35, "marks": True, "bleed": 2}, None, 3),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_label_is_read_at_its_size_and_resolution_and_says_its_serial(shape: str, drawn: Series) -> None:
    said, prefix, count = SHAPES[shape]
    labels, of = Labels.model_validate(said), serials(count)
    symbols = series(HEAD, labels.level) if labels.level != "Q" else drawn

    data = sheet(symbols, labels, of, prefix)

    pages = printed(data, labels.dpi)
    layout = laid_out(labels, symbols.width, prefix or ())
    assert len(pages) == -(-count // layout.per_page)
    assert sorted(text for page in pages for text in read(page)) == sorted(HEAD + serial for serial in of)
    text = re.sub(r"\s", "", "".join(words(data)))
    assert all((serial in text) == (labels.text != "none") for serial in of)


def test_a_sheet_says_which_labels_are_on_it_for_who_activates_them(drawn: Series) -> None:
    first, second = words(sheet(drawn, Labels(), serials(47)))

    assert "1-40 01/09520123456788/10/L7 1/2" in first
    assert "41-47 01/09520123456788/10/L7 2/2" in second


def test_a_roll_page_is_cut_to_the_label_and_bleeds_beyond_it(drawn: Series) -> None:
    labels = Labels(paper="roll", width=40, height=30, bleed=2, marks=True)

    document = pypdfium2.PdfDocument(sheet(drawn, labels, serials(1)))

    def millimetres(box: tuple[float, ...]) -> list[float]:
        return [round(side / 72 * INCH, 2) for side in box]

    assert millimetres(document[0].get_mediabox()) == [0, 0, 52, 42]
    assert millimetres(document[0].get_trimbox()) == [6, 6, 46, 36]
    assert millimetres(document[0].get_bleedbox()) == [4, 4, 48, 38]
    document.close()


def test_a_module_is_a_whole_number_of_dots_and_nothing_leaves_its_label(drawn: Series) -> None:
    for said, prefix, _ in SHAPES.values():
        labels = Labels.model_validate(said)
        layout = laid_out(labels, drawn.width, prefix or ())

        assert layout.module == pytest.approx(layout.dots * INCH / labels.dpi)
        assert layout.dots >= least_dots(labels.dpi)
        assert inside(layout, labels)


def inside(layout: Layout, labels: Labels) -> bool:
    wide, high = layout.words.block if layout.words else (0.0, 0.0)
    corners = [(layout.code, (layout.side, layout.side)), (layout.text, (wide, high))]
    return all(
        at >= labels.padding - 1e-6 and at + extent <= side - labels.padding + 1e-6
        for (place, size) in corners[: 2 if layout.words else 1]
        for at, extent, side in zip(place, size, layout.label, strict=True)
    )


def test_a_code_reads_well_before_letters_are_large_and_a_wished_side_is_kept(drawn: Series) -> None:
    lines = laid_out(Labels(text="gs1"), drawn.width, PREFIX)
    wished = laid_out(Labels(text="gs1", code=16), drawn.width, PREFIX)

    assert lines.module > 0.4
    assert 12 < wished.side <= 16
    assert wished.words is not None
    assert lines.words is not None
    assert wished.words.height > lines.words.height


@pytest.mark.parametrize(
    ("said", "code", "en"),
    [
        (
            {"columns": 13, "rows": 20, "text": "none"},
            "module_too_small",
            "A module of 0.20 mm is below the 0.25 mm that 300",
        ),
        ({"columns": 9, "rows": 14, "text": "none", "dpi": 203}, "module_too_small", "0.38 mm that 203 dpi can print"),
        ({"code": 30}, "code_too_large", "A code of 30 mm does not fit on the label; 2"),
        ({"paper": "roll", "width": 10, "height": 10, "padding": 4}, "text_too_large", "does not fit on the label"),
    ],
)
def test_what_no_printer_can_print_is_refused_with_its_measure(
    said: dict[str, Any], code: str, en: str, drawn: Series
) -> None:
    with pytest.raises(BadLabels) as refused:
        laid_out(Labels.model_validate(said), drawn.width)

    sentence = refused.value.sentence()
    assert refused.value.code == code
    assert en in sentence.en
    assert sentence.zh
    assert "{" not in sentence.zh + sentence.en
    assert refused.value.code in REASONS


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"margin_x": 100}, "labels_too_small"),
        ({"bleed": 2}, "bleed_over_gap"),
        ({"margin_x": 3, "marks": True}, "margin_too_narrow"),
        ({"width": float("nan")}, "finite_number"),
        ({"columns": 0}, "greater_than_equal"),
        ({"colour": "red"}, "extra_forbidden"),
    ],
)
def test_a_grid_that_cannot_be_is_refused_where_it_is_typed(said: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Labels.model_validate(said)

    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(("kind", "dots"), [("png", 5), ("png", 6), ("svg", 6)])
def test_the_zip_has_a_picture_of_each_code_that_is_read_back(kind: Any, dots: int, drawn: Series) -> None:
    of = serials(12)

    data = b"".join(whole(Pictures(drawn, kind, dots, 300), of))

    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.testzip() is None
        assert files.namelist() == [f"{number:08d}-{serial}.{kind}" for number, serial in enumerate(of, 1)]
        pictures = [rastered(files.read(name), kind, drawn.width, dots) for name in files.namelist()]
    assert [read(picture) for picture in pictures] == [[HEAD + serial] for serial in of]
    assert {picture.size for picture in pictures} == {(drawn.width * dots, drawn.width * dots)}


def rastered(data: bytes, kind: str, width: int, dots: int) -> Image.Image:
    if kind == "png":
        picture = Image.open(io.BytesIO(data))
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        return picture.convert("L")
    assert f'width="{width * dots * INCH / 300:.3f}mm"'.encode() in data
    picture = Image.new("L", (width, width), 255)
    for x, y, wide in re.findall(rb"M(\d+) (\d+)h(\d+)v1h-", data):
        picture.paste(0, (int(x), int(y), int(x) + int(wide), int(y) + 1))
    return picture.resize((width * dots, width * dots), Image.Resampling.NEAREST)


def test_a_zip_of_more_files_than_the_short_list_can_count_is_read() -> None:
    pieces = [archive.file(b"%08d.txt" % number, b"x", is_packed=True) for number in range(70_000)]

    data = b"".join([*pieces, *archive.closing(io.BytesIO(b"".join(map(archive.note, pieces))))])

    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert len(files.namelist()) == 70_000
        assert files.read("00069999.txt") == b"x"


def test_parts_made_apart_are_the_file_made_in_one_go(drawn: Series) -> None:
    of = serials(100)
    layout = laid_out(Labels(), drawn.width)
    for made in (Sheets(layout, drawn, 100), Pictures(drawn, "png", 5, 300)):
        parts = [list(made.some(first, of[first : first + 40])) for first in (80, 0, 40)]
        parts = [parts[1], parts[2], parts[0]]

        notes = io.BytesIO(b"".join(made.note(piece) for part in parts for piece in part))

        apart = b"".join([*made.opening(), *(piece for part in parts for piece in part), *made.closing(notes)])
        assert apart == b"".join(whole(made, of))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_sample_on_the_screen_is_read_and_promises_nothing(shape: str, drawn: Series) -> None:
    said, prefix, _ = SHAPES[shape]
    labels = Labels.model_validate(said)
    layout = laid_out(labels, drawn.width, prefix or ())

    picture = Image.open(io.BytesIO(sample(Sheets(layout, drawn, 1, prefix))))

    assert picture.size == tuple(round(side * 12) for side in layout.label)
    assert read(picture) == [HEAD + "0123456789ABCDEFGHJK"]


def test_a_covert_code_stands_in_its_box_and_the_outer_one_is_still_read(drawn: Series) -> None:
    labels, of = Labels(inner="panel", columns=3, rows=8), serials(30)
    layout = laid_out(labels, drawn.width)
    made = Sheets(layout, drawn, len(of), inner=lambda number: f"{number:05d}ABCDE")

    data = b"".join(whole(made, of))

    assert [link for page in printed(data, labels.dpi) for link in sorted(read(page))] == [
        *sorted(HEAD + serial for serial in of[:24]),
        *sorted(HEAD + serial for serial in of[24:]),
    ]
    assert all(f"{number:05d} ABCDE" in words(data)[number // 24] for number in (0, 23, 24, 29))
    x, y, wide, high = layout.panel or (0, 0, 0, 0)
    assert layout.code[1] + layout.side <= y
    assert 0 <= x <= layout.label[0] - wide
    assert y + high <= layout.label[1]


def test_a_label_too_narrow_for_a_covert_code_says_so(drawn: Series) -> None:
    with pytest.raises(BadLabels) as bad:
        laid_out(Labels(inner="panel", paper="roll", width=12, height=60, text="none", dpi=1200), drawn.width)

    assert bad.value.code == "text_too_large"

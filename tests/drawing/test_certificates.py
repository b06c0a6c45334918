"""Certificates: the code is read back from every sheet, also a small one, and every word can be read."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from functions.core.colours import INK, READABLE, contrast, mixed
from functions.drawing import certificates
from functions.drawing.certificates import Certificate
from tests.drawing.test_posters import read

URL = f"https://abcde12345.execute-api.ap-northeast-1.amazonaws.com/v/cert.k1.{'a' * 86}.{'b' * 22}"
CHINESE = Certificate(
    "结业证书", "授予", "早起的小鱼", "坚持完成了“学习营 10 天”，特此留念。", "池塘学院", "2026 年 12 月 14 日",
    "编号 CAMP-12-7K2M-9P4R", "扫码验真", URL, "#3B5BA9",
)  # fmt: skip
ENGLISH = replace(
    CHINESE, title="Certificate of Completion", to="Presented to", holder="Member ••7K", hint="Scan to check"
)
LONG = replace(
    CHINESE, title="证书" * 20, holder="龘" * 16, sentence="坚持" * 60, issuer="有限责任公司" * 10, colour="#FFD400"
)
BARE = replace(CHINESE, title="", holder="", sentence="", issuer="")


@pytest.mark.parametrize("sheet", [CHINESE, ENGLISH, LONG, BARE], ids=["zh", "en", "long", "bare"])
def test_the_code_is_read_back_from_the_file_and_from_a_small_screen(sheet: Certificate) -> None:
    data = certificates.jpeg(sheet)

    seen = Image.open(io.BytesIO(data))
    assert (seen.format, seen.size) == ("JPEG", (750, 1060))
    assert len(data) < 200_000
    assert read(seen) == [URL]
    assert read(seen.resize((375, 530), Image.Resampling.LANCZOS)) == [URL]


def test_words_upon_the_ripples_read_well_in_the_darkest_colour() -> None:
    assert contrast(INK, mixed("#000000", "#FFFFFF", certificates.PALE)) >= 3 * READABLE


def test_equal_words_make_equal_bytes() -> None:
    assert certificates.jpeg(CHINESE) == certificates.jpeg(CHINESE)

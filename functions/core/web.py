"""What addresses and regions should look like, in words. Loaded where a fault is told, not where functions start."""

from __future__ import annotations

from functions.core.form import HTTPS_PAGE, PAGE_OR_NONE, REGION, STEM
from functions.core.text import Text

WORDS = {
    HTTPS_PAGE: Text(
        zh="网址要以 https:// 开头，如 https://shop.example/tea",
        en="An address begins with https://, such as https://shop.example/tea",
    ),
    PAGE_OR_NONE: Text(
        zh="网址要以 https:// 开头，不能有空格和 #", en="An address begins with https:// and has no spaces and no #"
    ),
    STEM: Text(
        zh="请填网址的开头，如 https://shop.example，不带 ? 和 #",
        en="The beginning of an address, such as https://shop.example, without ? and #",
    ),
    REGION: Text(zh="地区写成 CN-SH 或 CN 这样", en="A region is written like CN-SH, or CN"),
}

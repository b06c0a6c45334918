"""What pydantic finds wrong, as sentences in both languages and as places in what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from functions.core.event import EVENT_ID_PATTERN
from functions.core.ids import SLUG, UPLOAD_PATTERN
from functions.core.text import Text

COLOUR = r"^#[0-9A-Fa-f]{6}$"
PICTURE = r"^(pic_[0-9abcdefghjkmnpqrstvwxyz]{26}\.(jpg|png))?$"

_NUMBER = Text(zh="请填整数", en="Must be a whole number")
_DECIMAL = Text(zh="请填数字", en="Must be a number")
_WORDS = Text(zh="请填文字", en="Must be text")
_YES_NO = Text(zh="请填是或否（true 或 false）", en="Must be yes or no (true or false)")
_LIST = Text(zh="要填一个列表", en="Must be a list")
_GROUP = Text(zh="要填一组“名称: 值”", en="Must be a group of names and values")
_DATE = Text(zh="请填日期，例如 2026-12-01", en="Must be a date, such as 2026-12-01")
_TIME = Text(zh="请填时间，例如 06:30", en="Must be a time of day, such as 06:30")
_INSTANT = Text(
    zh="请填带时区的日期时间，例如 2026-12-01T06:00:00+08:00",
    en="Must be a date and time with its zone, such as 2026-12-01T06:00:00+08:00",
)
_TAG = Text(zh="请填种类（kind），可选：{expected_tags}", en="Say which kind it is, one of {expected_tags}")

SENTENCES: dict[str, Text] = {
    "missing": Text(zh="必须填写", en="Must be filled in"),
    "extra_forbidden": Text(zh="没有这一项，请检查拼写", en="There is no such field; check the spelling"),
    "string_type": _WORDS,
    "string_unicode": _WORDS,
    "string_too_short": Text(zh="至少要 {min_length} 个字", en="At least {min_length} characters"),
    "string_too_long": Text(zh="最多 {max_length} 个字", en="At most {max_length} characters"),
    "string_pattern_mismatch": Text(zh="格式不对，应符合 {pattern}", en="Must have the form {pattern}"),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _DECIMAL,
    "float_parsing": _DECIMAL,
    "finite_number": _DECIMAL,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": Text(zh="必须大于 {gt}", en="Must be above {gt}"),
    "greater_than_equal": Text(zh="不能小于 {ge}", en="Must be {ge} or more"),
    "less_than": Text(zh="必须小于 {lt}", en="Must be below {lt}"),
    "less_than_equal": Text(zh="不能大于 {le}", en="Must be {le} or less"),
    "multiple_of": Text(zh="必须是 {multiple_of} 的倍数", en="Must be a multiple of {multiple_of}"),
    "literal_error": Text(zh="只能是：{expected}", en="Must be one of {expected}"),
    "enum": Text(zh="只能是：{expected}", en="Must be one of {expected}"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "too_short": Text(zh="至少要 {min_length} 项", en="At least {min_length} entries"),
    "too_long": Text(zh="最多 {max_length} 项", en="At most {max_length} entries"),
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "none_required": Text(zh="只能留空", en="Must be left empty"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": _TIME,
    "time_parsing": _TIME,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "timezone_aware": _INSTANT,
    "union_tag_not_found": Text(zh="请填种类：{discriminator}", en="Say which kind it is: {discriminator}"),
    "union_tag_invalid": _TAG,
}
# what a value of a plain type asks for, in the same words
OF_TYPE: dict[type, Text] = {int: _NUMBER, float: _DECIMAL, str: _WORDS, bool: _YES_NO, date: _DATE}
BOUNDS = ("ge", "gt", "le", "lt")
# what a pattern asks for, in words; any other pattern is shown as it is
PATTERNS: dict[str, Text] = {
    SLUG: Text(
        zh="用小写字母开头，只能有小写字母、数字和下划线，最多 24 个",
        en="Up to 24 small letters, digits and underscores, a letter first",
    ),
    EVENT_ID_PATTERN: Text(
        zh="请用 8 到 64 个字母、数字或 _ . : -",
        en="8 to 64 letters, digits, underscores, dots, colons or hyphens",
    ),
    UPLOAD_PATTERN: Text(zh="请填上传图片时得到的编号（upl_…）", en="The id that an upload was given (upl_…)"),
    PICTURE: Text(zh="请重新上传这张图片", en="Please upload this picture again"),
    COLOUR: Text(zh="颜色写成 #0B6E5F 这样", en="A colour is written like #0B6E5F"),
}


@dataclass(frozen=True)
class Fault:
    """What makes a definition unusable: where (`rules.0.when`), a stable code, a sentence.

    The sentence can stand alone and after what it is about ("Title: at most 4,000 characters"). `bound` is the number
    it names where a number is too small or too large; of an amount in minor units, which a form says in its own.
    """

    path: str
    code: str
    message: Text
    bound: float | None = None


def faults_of(error: ValidationError, prefix: str = "", content: Any = None) -> list[Fault]:
    """pydantic's findings as faults, each at its place in `content`, which was validated."""
    return [
        Fault(
            ".".join(filter(None, (prefix, *path_of((*line["loc"], *_inner(values)), content)))),
            line["type"],
            sentence(line),
            next((values[name] for name in BOUNDS if name in values), None),
        )
        for line in error.errors(include_url=False)
        for values in [line.get("ctx", {})]
    ]


def _inner(values: Mapping[str, Any]) -> list[str]:
    """The field inside what was judged that is to be changed, where its validator says (`core/form.py: unfit`)."""
    at = str(values.get("at") or "")
    return at.split(".") if at else []


def sentence(error: Mapping[str, Any]) -> Text:
    """What one of pydantic's error lines says: ours (`core/form.py: unfit`), the table's, or its own words."""
    values = error.get("ctx", {})
    if isinstance(values.get("zh"), str) and isinstance(values.get("en"), str):
        return Text(zh=values["zh"], en=values["en"])
    known = _asked_for(values.get("pattern", "")) or SENTENCES.get(_kind(error))
    if known is not None:
        return filled(known, values)
    words = error["msg"].removeprefix("Value error, ")
    return Text(zh=f"这里填得不对：{words}", en=words)


def filled(known: Text, values: Mapping[str, Any]) -> Text:
    """A sentence with its values: numbers in groups of three, lists as each language parts them."""
    plain = {name: f"{value:,}" if type(value) in (int, float) else str(value) for name, value in values.items()}
    listed = {
        name: words if type(values[name]) in (int, float) else words.replace(" or ", "、").replace(", ", "、")
        for name, words in plain.items()
    }
    return Text(zh=known.fill("zh", listed), en=known.fill("en", plain))


def _kind(error: Mapping[str, Any]) -> str:
    """pydantic's name for it; a value that was taken out again is missing, whatever should stand there."""
    emptied = error["type"].endswith("_type") and error.get("input", error) is None
    empty = error["type"] in ("string_too_short", "too_short") and error.get("ctx", {}).get("min_length") == 1
    return "missing" if emptied or empty else str(error["type"])


def _asked_for(pattern: str) -> Text | None:
    from functions.core.web import WORDS  # a fault is seldom told where functions start

    return PATTERNS.get(pattern) or WORDS.get(pattern)


def path_of(loc: Sequence[str | int], content: Any) -> list[str]:
    """pydantic's `loc` as a place in `content`: the names of union members, which nobody wrote, are left out."""
    path = []
    for n, part in enumerate(loc):
        last = n == len(loc) - 1
        is_tag = isinstance(content, Mapping) and not last and part in content.values()
        if is_tag and not isinstance(content.get(part), (Mapping, list)):
            continue
        path.append(str(part))
        content = _inside(content, part)
    return path


def _inside(content: Any, part: str | int) -> Any:
    if isinstance(content, Mapping):
        return content.get(part)
    if isinstance(content, (list, tuple)) and isinstance(part, int) and part < len(content):
        return content[part]
    return None

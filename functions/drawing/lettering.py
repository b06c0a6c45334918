"""Words in a picture: which characters can be set, where lines may break, and how large they fit.

One open font for both languages comes with a package of ours (docs/decisions), so that Lambda and a bare machine set
the same. It has one weight; what is bold is drawn with a stroke.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# 避头尾, GB/T 15834-2011 5.1: what may not begin a line, and what may not end one.
NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—～·,.;:!?)]}%％‰℃°»›")
NOT_LAST = frozenset("（《「『【〔〈“‘([{¥￥$€£#＃@«‹")
TOGETHER = frozenset("—…")
PAUSES = frozenset("，。、；：？！,.;:?!")
ROPE_END = "…"
CHARACTERS_MAX = 300  # more than any poster has room for; what is beyond is cut before it is measured
MISSING = "·"  # for a letter that the font lacks; emoji and the like are left out
NO_SUCH = "\U0010ffff"
SHRINK = 0.94
BALANCE_STEPS = 12
LINE_WORTH = 0.8  # one line less is worth a size of four fifths


@dataclass(frozen=True)
class Fitted:
    """Words as lines of one size, in pixels. `cut` when not all of them had room."""

    lines: tuple[str, ...]
    size: int
    cut: bool = False


@cache
def font(size: int) -> FreeTypeFont:
    """The font at a size in pixels."""
    from PIL import ImageFont
    from pylopdf_fonts_zh_cn import sans_path

    return ImageFont.truetype(str(sans_path()), size, layout_engine=ImageFont.Layout.BASIC)


def printable(text: str) -> str:
    """`text` in characters that the font has, its white space as single spaces.

    Emoji, joiners and marks are left out; a letter that is missing is spelled by its parts, else by one dot.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text[: 4 * CHARACTERS_MAX]):
        kept += [one for one in _set(character) if one != MISSING or kept[-1:] != [MISSING]]
    return " ".join("".join(kept).split())


def fit(
    text: str, width: int, largest: int, smallest: int, lines_max: int, height: int | None = None, leading: float = 1.0
) -> Fitted:
    """`text` as large as it can be in at most `lines_max` lines of `width`, and `height` pixels in all.

    Few lines are worth a smaller size, and so is a word that stays whole. Where even the smallest is too large, the
    end is left out and an ellipsis says so.
    """
    if not text.strip():
        return Fitted((), largest)
    words = text[:CHARACTERS_MAX]
    room = {size: _room(size, lines_max, height, leading) for size in _sizes(largest, smallest)}
    if len(words) == len(text) and measure(smallest)(words) <= width * lines_max:
        found = [(size, len(wrap(words, width, measure(size)))) for size in room]
        fitting = [(size, lines) for size, lines in found if lines <= room[size]]
        if fitting:
            whole = [one for one in fitting if _longest(words, measure(one[0])) <= width]
            size, lines = max(whole or fitting, key=lambda pair: pair[0] * LINE_WORTH ** pair[1])
            return Fitted(_balanced(words, width, size, lines), size)
    lines_there = wrap(words, width, measure(smallest))[: room[smallest]]
    return Fitted(_cut(lines_there, width, measure(smallest)), smallest, cut=True)


def wrap(text: str, width: float, length: Callable[[str], float]) -> list[str]:
    """Lines of at most `width`: between words, anywhere in Chinese, but never before or after what clings."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if length((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while length(line.rstrip()) > width:  # one word wider than the line
            head = _head(line, width, length)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _sizes(largest: int, smallest: int) -> list[int]:
    sizes = [largest]
    while sizes[-1] > smallest:
        sizes.append(max(smallest, int(sizes[-1] * SHRINK)))
    return sizes


def _room(size: int, lines_max: int, height: int | None, leading: float) -> int:
    """How many lines of a size there is room for: one at least."""
    return lines_max if height is None else max(1, min(lines_max, int(height // (size * leading))))


@cache
def measure(size: int) -> Callable[[str], float]:
    """How wide words are at a size, in pixels."""
    widths: dict[str, float] = {}

    def length(text: str) -> float:
        for character in text:
            if character not in widths:
                widths[character] = font(size).getlength(character)
        return sum(widths[character] for character in text)

    return length


def _set(character: str) -> Sequence[str]:
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind[0] in "CM":
        return ""
    if has_glyph(character):
        return character
    parts = [part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part)[0] != "M"]
    if parts != [character] and all(map(has_glyph, parts)):
        return parts
    return MISSING if kind[0] in "LN" else ""


@cache
def has_glyph(character: str) -> bool:
    """Whether the font has it: what it lacks is drawn as one and the same box."""
    return _pixels(character) != _pixels(NO_SUCH)


@cache
def _pixels(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font(24).getmask(character)
    return mask.size, bytes(mask)


def _pieces(text: str) -> list[str]:
    """The smallest parts that a line may end after: words with the space behind them, Chinese characters."""
    pieces: list[str] = []
    for character in text:
        if pieces and _clings(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _longest(text: str, length: Callable[[str], float]) -> float:
    """How wide the widest word is that stays whole."""
    return max(length(piece.rstrip()) for piece in _pieces(text))


def _clings(piece: str, character: str) -> bool:
    last = piece[-1]
    if character == " ":
        return True
    if character in NOT_FIRST or last in NOT_LAST:
        return last != " "
    return last != " " and not _is_wide(last) and not _is_wide(character)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in TOGETHER


def _head(line: str, width: float, length: Callable[[str], float]) -> int:
    """How many characters of a too long word go on this line: one at least."""
    return max(1, bisect_left(range(1, len(line) + 1), True, key=lambda count: length(line[:count]) > width))


def _cut(lines: Sequence[str], width: float, length: Callable[[str], float]) -> tuple[str, ...]:
    last = lines[-1]
    while last and length(last.rstrip() + ROPE_END) > width:
        last = last[:-1]
    last = last.rstrip(" " + "".join(NOT_LAST) + "，。、；：,.;:·")
    return (*lines[:-1], last + ROPE_END)


def _balanced(text: str, width: int, size: int, lines: int) -> tuple[str, ...]:
    """The same number of lines, broken after a comma where one is near, else as even as they go."""
    length = measure(size)
    steps = range(BALANCE_STEPS if lines > 1 else 1)
    widths = [width - step * width // (2 * BALANCE_STEPS) for step in steps]
    least = min(width, _longest(text, length))
    tries = [wrap(text, narrow, length) for narrow in widths if narrow >= least]
    same = [tried for tried in tries if len(tried) == lines]
    best = max(same, key=lambda tried: _grace(tried, length))
    return tuple(best)


def _grace(lines: Sequence[str], length: Callable[[str], float]) -> tuple[int, float]:
    return sum(line[-1] in PAUSES for line in lines[:-1]), -max(map(length, lines))

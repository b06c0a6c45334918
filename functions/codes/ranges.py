"""Ranges of items: kept sorted and apart, as people type them and as a batch's row keeps them. Pure."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from functions.codes.serial import SERIAL_CHARACTERS, BadSerial, typed

Range = tuple[int, int]  # the first and the last index, both included
APART = re.compile(r"[\s,;，；、]+")
NUMBER = re.compile(r"[0-9]{1,12}")


class BadRange(Exception):
    """A range that cannot be meant. `code` is stable (reasons.py), `text` what was typed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code, self.text = code, text


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The same items in as few ranges as there can be, sorted."""
    kept: list[Range] = []
    for first, last in sorted(ranges):
        if kept and first <= kept[-1][1] + 1:
            kept[-1] = (kept[-1][0], max(kept[-1][1], last))
        else:
            kept.append((first, last))
    return tuple(kept)


def without(ranges: Iterable[Range], gone: Iterable[Range]) -> tuple[Range, ...]:
    """The items of `ranges` that are in none of `gone`."""
    left = list(joined(ranges))
    for cut_first, cut_last in gone:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, cut_first - 1)), (max(first, cut_last + 1), last))
            if part[0] <= part[1]
        ]
    return joined(left)


def holds(ranges: Sequence[Range], index: int) -> bool:
    """Whether an item is in ranges that are sorted and apart."""
    place = bisect_right(ranges, index, key=lambda one: one[0]) - 1
    return place >= 0 and index <= ranges[place][1]


def count(ranges: Iterable[Range]) -> int:
    """How many items are in ranges that are apart."""
    return sum(last - first + 1 for first, last in ranges)


def read_ranges(text: str, size: int, index_of: Callable[[str], int]) -> tuple[Range, ...]:
    """Ranges as people type them: `1-5000, 7001`, numbers from 1 to `size`, or the serials of both ends.

    `index_of` opens a serial (BadSerial when it is none of the batch's). Raises BadRange.
    """
    found = [_range(part, size, index_of) for part in APART.split(_spelt(text).strip()) if part]
    if not found:
        raise BadRange("range_empty", text)
    in_order = sorted(found, key=lambda one: one[1])
    for (before, one), (after, other) in itertools.pairwise(in_order):
        if other[0] <= one[1]:
            raise BadRange("ranges_overlap", f"{before}, {after}")
    return joined(one for _, one in found)


def _spelt(text: str) -> str:
    """One spelling of what stands between two ends: no spaces, a plain hyphen."""
    return re.sub(r"\s*(?:-|–|—|~|～|至|to)\s*", "-", text)


def _range(part: str, size: int, index_of: Callable[[str], int]) -> tuple[str, Range]:
    ends = part.split("-")
    if len(ends) > 2 or not all(ends):
        raise BadRange("range_form", part)
    first, last = (_index(end, part, size, index_of) for end in (ends[0], ends[-1]))
    if first > last:
        raise BadRange("range_reversed", part)
    return part, (first, last)


def _index(end: str, part: str, size: int, index_of: Callable[[str], int]) -> int:
    if len(end) == SERIAL_CHARACTERS:
        try:
            index = index_of(typed(end))
        except BadSerial as error:
            raise BadRange("range_serial", part) from error
    elif NUMBER.fullmatch(end):
        index = int(end) - 1
    else:
        raise BadRange("range_form", part)
    if not 0 <= index < size:
        raise BadRange("range_outside", part)
    return index

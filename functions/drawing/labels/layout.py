"""Where everything of a label lies: the code in whole dots of the printer, its words below or beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from functions.drawing.labels.reasons import BadLabels
from functions.drawing.labels.settings import A4, MARK, MARK_APART, Labels

INCH = 25.4
# Below, phones fail on plain paper; and a module of fewer than three dots is uneven from its neighbour by a third.
MODULE_LEAST, DOTS_LEAST = 0.25, 3
MODULE_GOOD = 0.495  # millimetres; the target of GS1 General Specifications 5.12.3.1
TEXT_SHARE, TEXT_LEAST, TEXT_MOST = 0.09, 1.5, 4.0  # of the label's smaller side; millimetres
SHRINK = 0.93
LEADING, APART = 1.25, 0.5  # lines from line, and words from code
FOOT_ROOM = 5.5
CELL = 0.6  # of a letter's height: all letters are as wide, so that serials compare at a glance
SERIAL_GROUP, GROUPS = 5, 4
INNER_LINE, PANEL_LINES = 11, 2.2  # a covert code in fives; how high its box is, in letters
EPSILON = 1e-6

Box = tuple[float, float, float, float]  # left, top, width, height
Line = tuple[float, float, float, float]  # from, to


@dataclass(frozen=True)
class Words:
    """The line for people: `lines` of `height` millimetres, and what they make of a serial's groups in each."""

    height: float
    groups: int
    is_beside: bool
    characters: int
    lines: int

    @property
    def block(self) -> tuple[float, float]:
        """Width and height of all of it."""
        return self.characters * CELL * self.height, self.lines * LEADING * self.height


@dataclass(frozen=True)
class Layout:
    """A page of labels in millimetres, its origin at the upper left.

    `module` is a module's side, a whole number of `dots`; `places` are the labels' upper left corners; `code` and
    `text` are where these begin within a label.
    """

    page: tuple[float, float]
    trim: Box
    bleed: float
    label: tuple[float, float]
    places: tuple[tuple[float, float], ...]
    marks: tuple[Line, ...]
    modules: int
    module: float
    dots: int
    code: tuple[float, float]
    text: tuple[float, float]
    words: Words | None
    foot: bool = False  # whether there is room below the labels to say which they are
    panel: Box | None = None  # where the covert code is, within a label: a box of two letters' height

    @property
    def side(self) -> float:
        """A code's side with its light margin."""
        return self.module * self.modules

    @property
    def panel_letters(self) -> float:
        """How high the letters of a covert code are."""
        return self.panel[3] / PANEL_LINES if self.panel else 0.0

    @property
    def per_page(self) -> int:
        """Labels on a page."""
        return len(self.places)


def laid_out(labels: Labels, modules: int, prefix: Sequence[str] = ()) -> Layout:
    """Where things lie when a code is so many modules wide, its quiet zone included.

    `prefix` are what stands before the serial for people: `(01)…`, `(10)…`; the last of them is on the serial's line.
    Raises BadLabels.
    """
    panel = _panel(labels)
    taken = panel[3] + APART if panel else 0.0
    width, height = labels.size[0] - 2 * labels.padding, labels.size[1] - 2 * labels.padding - taken
    ways = [(_room(words, width, height), words) for words in _ways(labels, prefix, width, height)]
    if not ways:
        raise BadLabels("text_too_large")
    dot = INCH / labels.dpi
    fitting = [(labels.code or room, words) for room, words in ways if room >= labels.code - EPSILON]
    if not fitting:
        most = max(0.0, *(room for room, _ in ways))
        raise BadLabels("code_too_large", side=f"{labels.code:g}", room=f"{most:.1f}")
    room, words = max(fitting, key=lambda way: _worth(way[0] / modules / dot, dot, way[1]))
    dots = _dots(room, modules, dot)
    _check(labels, room / modules, dots, dot)
    side = dots * dot * modules
    code, text = _inside((labels.size[0], labels.size[1] - taken), side, words)
    return replace(_paged(labels, modules, dots * dot, dots, code, text, words), panel=panel)


def least_dots(dpi: int) -> int:
    """How many dots a module must have."""
    return max(DOTS_LEAST, -int(-(MODULE_LEAST - EPSILON) * dpi // INCH))


def _worth(dots: float, dot: float, words: Words | None) -> tuple[int, float, int]:
    """A code that reads well comes first, then large letters, then a still larger code."""
    whole = int(dots + EPSILON)
    return min(whole, -int(-MODULE_GOOD // dot)), words.height if words else 0.0, whole


def _dots(room: float, modules: int, dot: float) -> int:
    return int(room / modules / dot + EPSILON)


def _check(labels: Labels, module: float, dots: int, dot: float) -> None:
    least = least_dots(labels.dpi)
    if dots < least:
        raise BadLabels("module_too_small", module=f"{module:.2f}", least=f"{least * dot:.2f}", dpi=labels.dpi)


def _ways(labels: Labels, prefix: Sequence[str], width: float, height: float) -> Iterator[Words | None]:
    """Each way to set the line for people that is large enough to read."""
    if labels.text == "none":
        yield None
        return
    largest = min(TEXT_MOST, max(TEXT_LEAST, TEXT_SHARE * min(labels.size)))
    for is_beside in (False, True):
        for groups in (4, 2, 1) if labels.text == "serial" else (GROUPS,):
            characters, lines = _extent(labels, prefix, groups)
            letters = min(largest, width / characters / CELL, height / lines / LEADING)
            while letters >= TEXT_LEAST - EPSILON:
                yield Words(letters, groups, is_beside, characters, lines)
                letters *= SHRINK


def _extent(labels: Labels, prefix: Sequence[str], groups: int) -> tuple[int, int]:
    """Characters of the longest line, and lines."""
    if labels.text == "serial":
        return groups * (SERIAL_GROUP + 1) - 1, GROUPS // groups
    last = len(prefix[-1]) if prefix else 0
    return max([last + SERIAL_GROUP * GROUPS, *map(len, prefix[:-1])]), max(1, len(prefix))


def _room(words: Words | None, width: float, height: float) -> float:
    """The largest code that the words leave room for."""
    if words is None:
        return min(width, height)
    wide, high = words.block
    return min(height, width - wide - APART) if words.is_beside else min(width, height - high - APART)


def _panel(labels: Labels) -> Box | None:
    """The box of the covert code at the label's foot, as wide as its line and the letters as large as may be."""
    if labels.inner == "none":
        return None
    width, height = labels.size
    letters = min(TEXT_MOST, max(TEXT_LEAST, TEXT_SHARE * min(labels.size)))
    letters = min(letters, (width - 2 * labels.padding) / (INNER_LINE + 1) / CELL)
    if letters < TEXT_LEAST - EPSILON:
        raise BadLabels("text_too_large")
    wide, high = (INNER_LINE + 1) * CELL * letters, PANEL_LINES * letters
    return (width - wide) / 2, height - labels.padding - high, wide, high


def _inside(
    room: tuple[float, float], side: float, words: Words | None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Code and words together in the middle of what the label has for them."""
    width, height = room
    wide, high = words.block if words else (0.0, 0.0)
    if words is None:
        return ((width - side) / 2, (height - side) / 2), (0.0, 0.0)
    if words.is_beside:
        left = (width - side - APART - wide) / 2
        return (left, (height - side) / 2), (left + side + APART, (height - high) / 2)
    top = (height - side - APART - high) / 2
    return ((width - side) / 2, top), ((width - wide) / 2, top + side + APART)


def _paged(
    labels: Labels,
    modules: int,
    module: float,
    dots: int,
    code: tuple[float, float],
    text: tuple[float, float],
    words: Words | None,
) -> Layout:
    width, height = labels.size
    around = labels.bleed + (MARK + MARK_APART if labels.marks else 0)
    if labels.paper == "roll":
        page, trim = (width + 2 * around, height + 2 * around), (around, around, width, height)
        places: tuple[tuple[float, float], ...] = ((around, around),)
    else:
        page, trim = A4, (0.0, 0.0, *A4)
        places = tuple(
            (labels.margin_x + column * (width + labels.gap_x), labels.margin_y + row * (height + labels.gap_y))
            for row in range(labels.rows)
            for column in range(labels.columns)
        )
    marks = tuple(_marks(places, (width, height), labels.bleed)) if labels.marks else ()
    bleed = labels.bleed if labels.paper == "roll" else 0.0
    foot = labels.paper == "a4" and labels.margin_y - around >= FOOT_ROOM
    return Layout(page, trim, bleed, (width, height), places, marks, modules, module, dots, code, text, words, foot)


def _marks(places: Sequence[tuple[float, float]], label: tuple[float, float], bleed: float) -> Iterator[Line]:
    """Lines to cut along, outside of all labels and their bleed."""
    xs = sorted({edge for x, _ in places for edge in (x, x + label[0])})
    ys = sorted({edge for _, y in places for edge in (y, y + label[1])})
    apart = bleed + MARK_APART
    for x in xs:
        yield x, ys[0] - apart - MARK, x, ys[0] - apart
        yield x, ys[-1] + apart, x, ys[-1] + apart + MARK
    for y in ys:
        yield xs[0] - apart - MARK, y, xs[0] - apart, y
        yield xs[-1] + apart, y, xs[-1] + apart + MARK, y

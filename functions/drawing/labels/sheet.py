"""Labels as a PDF of vectors, made piece by piece: any number of them in the same memory (ISO 32000-1).

Which number an object has follows from its page, so parts can be made apart; only where each begins is noted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice
from operator import getitem
from typing import IO

from functions.drawing.codes import QUIET_MODULES
from functions.drawing.labels import letters
from functions.drawing.labels.layout import CELL, LEADING, SERIAL_GROUP, Layout
from functions.drawing.labels.series import RUNS, SERIAL, Series
from functions.drawing.pdf import HEADER, POINTS_PER_MILLIMETRE, numbered, plain, stream

FONT = 3  # after the catalogue and the root of the pages
FIRST_PAGE = FONT + 2 + letters.LAST - letters.FIRST + 1
KIDS = 500  # pages of a node: a flat tree of a million is slow to open
COMPRESSION = 6  # a tenth of the time of 9 for a fifth more bytes
NOTE = "I"  # the length of an object
ENTRIES = 10_000
SIZES_KEPT = 4  # of codes: ten megabytes each
FOOT, FOOT_HEIGHT, CUT = 3.5, 2.0, 0.1  # millimetres


@dataclass(frozen=True)
class Sheets:
    """A PDF of `count` labels. `prefix` are the lines for people before the serial's, which begins with its last;

    `inner` is the covert code of an item, counted from 0, where the layout has a panel for it.
    """

    layout: Layout
    series: Series
    count: int
    prefix: Sequence[str] | None = None
    title: str = ""
    inner: Callable[[int], str] | None = None

    ending = "pdf"

    @property
    def step(self) -> int:
        """Labels of a page: they cannot be parted."""
        return self.layout.per_page

    @property
    def pages(self) -> int:
        """Pages in all."""
        return -(-self.count // self.step)

    def opening(self) -> Iterator[bytes]:
        """What stands before the first page."""
        yield HEADER
        yield from self._head()

    def some(self, first: int, serials: Iterable[str]) -> Iterator[bytes]:
        """The pages of labels from `first` (counted from 0, the first of its page) to the last of `serials`."""
        page, rest = first // self.step, iter(serials)
        while some := list(islice(rest, self.step)):
            yield numbered(FIRST_PAGE + 2 * page, stream("", self._drawn(page, some), COMPRESSION))
            yield numbered(FIRST_PAGE + 2 * page + 1, self._page(page))
            page += 1

    def note(self, piece: bytes) -> bytes:
        """What must be known of a piece to close the file."""
        return array(NOTE, [len(piece)]).tobytes()

    def closing(self, notes: IO[bytes]) -> Iterator[bytes]:
        """What stands after the last page, from the notes of all pages in their order."""
        nodes = [self._node(node) for node in range(self._nodes)]
        head, tail = array(NOTE, map(len, self._head())), array(NOTE, map(len, nodes))
        yield from nodes
        objects = FIRST_PAGE + 2 * self.pages + len(nodes)
        yield b"xref\n0 %d\n0000000000 65535 f \n" % objects
        place, lines = len(HEADER), []
        for length in chain(head, _read(notes), tail):
            lines.append(b"%010d 00000 n \n" % place)
            place += length
            if len(lines) == ENTRIES:
                yield b"".join(lines)
                lines.clear()
        yield b"".join(lines)
        yield b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (objects, place)

    @property
    def _nodes(self) -> int:
        return -(-self.pages // KIDS)

    @property
    def _first_node(self) -> int:
        return FIRST_PAGE + 2 * self.pages

    def _head(self) -> Iterator[bytes]:
        kids = " ".join(f"{self._first_node + node} 0 R" for node in range(self._nodes))
        yield numbered(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        yield numbered(
            2,
            f"<< /Type /Pages /Kids [{kids}] /Count {self.pages}"
            f" /Resources << /Font << /F {FONT} 0 R >> >> >>".encode(),
        )
        yield from (numbered(number, said) for number, said in enumerate(letters.font_objects(FONT), FONT))

    def _node(self, node: int) -> bytes:
        pages = range(node * KIDS, min(self.pages, (node + 1) * KIDS))
        kids = " ".join(f"{FIRST_PAGE + 2 * page + 1} 0 R" for page in pages)
        said = f"<< /Type /Pages /Parent 2 0 R /Kids [{kids}] /Count {len(pages)} >>"
        return numbered(self._first_node + node, said.encode())

    def _page(self, page: int) -> bytes:
        return b"<< /Type /Page /Parent %d 0 R /Contents %d 0 R %b >>" % (
            self._first_node + page // KIDS,
            FIRST_PAGE + 2 * page,
            self._cuts,
        )

    @cached_property
    def _cuts(self) -> bytes:
        """The page, what stays of it when it is cut, and how far colours may reach beyond that."""
        left, top, wide, high = self.layout.trim
        page = (side * POINTS_PER_MILLIMETRE for side in self.layout.page)
        boxes = {"MediaBox": " ".join(["0", "0", *(f"{side:.3f}" for side in page)])}
        for name, more in (("TrimBox", 0.0), ("BleedBox", self.layout.bleed)):
            corners = (left - more, self._up(top + high) - more, left + wide + more, self._up(top) + more)
            boxes[name] = " ".join(f"{side * POINTS_PER_MILLIMETRE:.3f}" for side in corners)
        return " ".join(f"/{name} [{corners}]" for name, corners in boxes.items()).encode()

    def _drawn(self, page: int, serials: Sequence[str]) -> bytes:
        """What a page shows: in millimetres, black."""
        parts, boxes = [self._always], _boxes(self.series.modules, self.series.row_bytes)
        for number, (serial, (code, lines)) in enumerate(zip(serials, self._spots, strict=False), page * self.step):
            parts += [code, *map(getitem, boxes, self.series.symbol(serial)), b"f Q\n"]
            for before, words in zip(lines, self.lines(serial), strict=True):
                parts += [before, letters.written(words), b") Tj ET\n"]
            if self.layout.panel is not None and self.inner is not None:
                parts += [self._panels[number % self.step], letters.written(covert(self.inner(number))), b") Tj ET\n"]
        first = page * self.step + 1
        return b"".join([*parts, self._foot(f"{first}-{first + len(serials) - 1}", f"{page + 1}/{self.pages}")])

    @cached_property
    def _always(self) -> bytes:
        """What stands on every page: the scale, and lines to cut along."""
        scale = f"{POINTS_PER_MILLIMETRE:.6f}"
        marks = " ".join(
            f"{plain(x)} {plain(self._up(y))} m {plain(right)} {plain(self._up(bottom))} l"
            for x, y, right, bottom in self.layout.marks
        )
        return f"{scale} 0 0 {scale} 0 0 cm 0 g {CUT} w {marks}{' S' if marks else ''}\n".encode()

    @cached_property
    def _spots(self) -> list[tuple[bytes, list[bytes]]]:
        """For each place of a page, what stands before a code's boxes, and before each line for people."""
        lengths = list(map(len, self.lines("0" * SERIAL)))
        return [(self._before_code(*place), self._before_lines(*place, lengths)) for place in self.layout.places]

    @cached_property
    def _panels(self) -> list[bytes]:
        """For each place of a page, the box of the covert code and what stands before the code."""
        return [self._before_panel(*place) for place in self.layout.places]

    def _before_panel(self, left: float, top: float) -> bytes:
        assert self.layout.panel is not None
        x, y, wide, high = self.layout.panel
        height = self.layout.panel_letters
        box = " ".join(map(plain, (left + x, self._up(top + y + high), wide, high)))
        middle = self._up(top + y + (high + letters.CAPITAL * height) / 2)
        return f"{box} re S\n".encode() + _before_words(height, left + x + CELL * height / 2, middle)

    def _before_code(self, left: float, top: float) -> bytes:
        layout, module = self.layout, f"{self.layout.module:.6f}"
        dot = layout.module / layout.dots
        x, y = (round((a + b) / dot) * dot for a, b in zip((left, top), layout.code, strict=True))
        bottom = self._up(y + layout.side - QUIET_MODULES * layout.module)
        return f"q {module} 0 0 {module} {plain(x)} {plain(bottom)} cm ".encode()

    def _before_lines(self, left: float, top: float, lengths: Sequence[int]) -> list[bytes]:
        words = self.layout.words
        if words is None:
            return []
        x, y = left + self.layout.text[0], top + self.layout.text[1]
        apart = (0.0 if words.is_beside else words.block[0]), CELL * words.height
        return [
            _before_words(
                words.height,
                x + max(0.0, apart[0] - length * apart[1]) / 2,
                self._up(y + (number * LEADING + (LEADING + letters.CAPITAL) / 2) * words.height),
            )
            for number, length in enumerate(lengths)
        ]

    def lines(self, serial: str) -> list[str]:
        """The lines for people of one label."""
        words = self.layout.words
        if words is None:
            return []
        if self.prefix is not None:
            return [*self.prefix[:-1], (self.prefix or [""])[-1] + serial]
        parts = [serial[at : at + SERIAL_GROUP] for at in range(0, SERIAL, SERIAL_GROUP)]
        return [" ".join(parts[at : at + words.groups]) for at in range(0, len(parts), words.groups)]

    def _foot(self, numbers: str, page: str) -> bytes:
        """On a sheet with room for it: which labels are on it, for who activates them."""
        if not self.layout.foot:
            return b""
        words = letters.written(f"{numbers}   {self.title}   {page}")
        return _before_words(FOOT_HEIGHT, self.layout.places[0][0], FOOT) + words + b") Tj ET\n"

    def _up(self, y: float) -> float:
        """A height from the page's foot."""
        return self.layout.page[1] - y


def covert(code: str) -> str:
    """A covert code in fives, as it is printed and typed."""
    return f"{code[:SERIAL_GROUP]} {code[SERIAL_GROUP:]}"


@lru_cache(maxsize=SIZES_KEPT)
def _boxes(modules: int, row_bytes: int) -> list[list[bytes]]:
    """For each byte of a symbol, what draws it: a box for each run of dark modules, one unit a module.

    All boxes of a code are one path, so that no seam shows where they touch.
    """
    return [
        [b"".join(b"%d %d %d 1 re " % (8 * column + x, row, wide) for x, wide in RUNS[byte]) for byte in range(256)]
        for row in reversed(range(modules))
        for column in range(row_bytes)
    ]


def _before_words(height: float, x: float, y: float) -> bytes:
    return f"BT /F {plain(height)} Tf {plain(x)} {plain(y)} Td (".encode()


def _read(notes: IO[bytes]) -> Iterator[int]:
    while block := notes.read(ENTRIES * array(NOTE).itemsize):
        yield from array(NOTE, block)

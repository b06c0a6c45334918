"""QR codes of a batch: links that differ in their serial alone, a hundred times faster than one by one. Pure.

Error correction is linear and a mask is added (ISO/IEC 18004, 7.5 and 7.8): at one version, level and mask the symbol
of a text is an affine function of its bits over GF(2). So a library draws 111 symbols of a batch, one for each bit of
a serial; every other is the sum (exclusive or) of ten of their sums, one for each pair of characters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from functions.drawing.codes import MASK, PAYLOAD_MAX, QUIET_MODULES, Level

SERIAL = 20  # characters of a serial
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # the alphanumeric mode; two take 11 bits
PAIR_BITS = 11
# Of each mode: its number in the library, its characters, and for versions 1 to 9 the sixths of a bit that its
# beginning and each of its characters take (7.4.1).
MODES: Mapping[str, tuple[int, frozenset[str] | None, int, int]] = {
    "numeric": (1, frozenset("0123456789"), 14 * 6, 20),
    "alphanumeric": (2, frozenset(CHARACTERS), 13 * 6, 33),
    "byte": (4, None, 12 * 6, 48),
}
Segments = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Series:
    """The codes of all links that begin with one head and end in a serial.

    A symbol is rows of bytes whose bits are its modules from the left, 1 for dark; with the quiet zone at both sides,
    not above and below.
    """

    modules: int
    first: int
    sums: tuple[Mapping[str, int], ...]

    @property
    def width(self) -> int:
        """Modules along a side, quiet zone included."""
        return self.modules + 2 * QUIET_MODULES

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return -(-self.width // 8)

    def symbol(self, serial: str) -> bytes:
        """The code of the link that ends in `serial`, `row_bytes` a row. KeyError for other characters."""
        assert len(serial) == SERIAL
        bits = self.first
        for place, sums in enumerate(self.sums):
            bits ^= sums[serial[2 * place : 2 * place + 2]]
        return bits.to_bytes(self.modules * self.row_bytes, "big")


def series(head: str, level: Level = "Q") -> Series:
    """The codes of all links that begin with `head`. ValueError when they would be too long."""
    if len(head) + SERIAL > PAYLOAD_MAX:
        raise ValueError(f"a code holds 1 to {PAYLOAD_MAX} characters")
    segments = split(head)
    zeros = "0" * SERIAL
    modules, first = _drawn(segments, zeros, level)
    sums = tuple(
        _sums([first ^ _drawn(segments, _with(zeros, place, 1 << bit), level)[1] for bit in range(PAIR_BITS)])
        for place in range(0, SERIAL, 2)
    )
    return Series(modules, first, sums)


def split(head: str) -> Segments:
    """A text in the modes that take the fewest bits (ISO/IEC 18004, annex J), as pairs of mode and characters."""
    best: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {"": (0, ())}
    for character in head:
        ways = {}
        for mode, (_, allowed, begins, takes) in MODES.items():
            if allowed is None or character in allowed:
                ways[mode] = min(
                    (_onward(way, mode, character, begins, takes) for way in best.values()), key=itemgetter(0)
                )
        best = ways
    return min(best.values(), key=itemgetter(0))[1]


def _onward(
    way: tuple[int, tuple[tuple[str, str], ...]], mode: str, character: str, begins: int, takes: int
) -> tuple[int, tuple[tuple[str, str], ...]]:
    spent, segments = way
    size = takes * len(character.encode()) if mode == "byte" else takes
    if segments and segments[-1][0] == mode:
        return spent + size, (*segments[:-1], (mode, segments[-1][1] + character))
    return math.ceil(spent / 6) * 6 + begins + size, (*segments, (mode, character))


def _with(zeros: str, place: int, value: int) -> str:
    """The serial whose pair at a place has a value and all others zero."""
    high, low = divmod(value, len(CHARACTERS))
    return zeros[:place] + CHARACTERS[high] + CHARACTERS[low] + zeros[place + 2 :]


def _sums(bits: Sequence[int]) -> dict[str, int]:
    """What each pair of characters adds to a symbol, from what each bit adds."""
    added = [0] * (1 << len(bits))
    for value in range(1, len(added)):
        added[value] = added[value & value - 1] ^ bits[(value & -value).bit_length() - 1]
    return {
        high + low: added[CHARACTERS.index(high) * len(CHARACTERS) + number]
        for high in CHARACTERS
        for number, low in enumerate(CHARACTERS)
    }


def _drawn(segments: Segments, serial: str, level: Level) -> tuple[int, int]:
    """Modules along a side, and the symbol, by the library."""
    from qrcode import constants
    from qrcode.main import QRCode
    from qrcode.util import QRData

    code = QRCode(error_correction=getattr(constants, f"ERROR_CORRECT_{level}"), border=0, mask_pattern=MASK)
    for mode, text in (*segments, ("alphanumeric", serial)):
        code.add_data(QRData(text.encode(), mode=MODES[mode][0]))
    code.make(fit=True)
    modules = len(code.modules)
    filled = QUIET_MODULES - (modules + 2 * QUIET_MODULES) // -8 * 8 - (modules + 2 * QUIET_MODULES)
    rows = (QUIET_MODULES * "0" + "".join("1" if dark else "0" for dark in row) + filled * "0" for row in code.modules)
    return modules, int("".join(rows), 2)


def _runs(byte: int) -> list[tuple[int, int]]:
    """Dark modules of a byte: where each run begins, and how long it is."""
    return [(found.start(), len(found[0])) for found in re.finditer("1+", f"{byte:08b}")]


RUNS = [_runs(byte) for byte in range(256)]

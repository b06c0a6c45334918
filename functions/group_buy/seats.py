"""The seats of a group, and how its row holds them: 18 bytes for each, 21 while one is held. Pure.

A seat is the gap to the number before it and whether it is held, in one number of 7 bits a byte (64 and more apart take
a second); who sits on it, 130 bits in 17 bytes; and of a held one how many seconds before the group's end, in 3 bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from functions.core.ids import ALPHABET, base32

PREFIX = "mem_"
CHARACTERS, MEMBER_BYTES, HOLD_BYTES = 26, 17, 3
DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")  # those that int() reads
MORE = 0x80  # of a byte of a number: another follows


@dataclass(frozen=True)
class Seat:
    """One member's seat. `until` is when its hold ends, epoch seconds; 0 once it is confirmed."""

    member: str
    number: int
    until: int = 0

    @property
    def confirmed(self) -> bool:
        """Whether it is paid for, or free."""
        return not self.until

    def live(self, now: int) -> bool:
        """Whether it is taken: confirmed, or held and its time not over."""
        return self.confirmed or now < self.until


def pack(seats: Iterable[Seat], until: int) -> bytes:
    """Seats in the order of their numbers, none held beyond `until`, as the row of a group holds them."""
    packed, last = bytearray(), 0
    for seat in seats:
        packed += _number((seat.number - last) << 1 | (not seat.confirmed)) + _member(seat.member)
        if not seat.confirmed:
            packed += (until - seat.until).to_bytes(HOLD_BYTES, "big")
        last = seat.number
    return bytes(packed)


def unpack(packed: bytes | Sequence[Sequence[Any]], until: int) -> tuple[Seat, ...]:
    """The seats that `pack` packed; rows of before list them: the member, the number, and the end of a hold."""
    if isinstance(packed, bytes):
        return tuple(_seats(packed, until))
    return tuple(Seat(PREFIX + member, *numbers) for member, *numbers in packed)


def _seats(packed: bytes, until: int) -> Iterator[Seat]:
    at = number = 0
    while at < len(packed):
        head, at = _read(packed, at)
        number += head >> 1
        who, at = packed[at : at + MEMBER_BYTES], at + MEMBER_BYTES
        hold, at = packed[at : at + HOLD_BYTES * (head & 1)], at + HOLD_BYTES * (head & 1)
        yield Seat(PREFIX + base32(_whole(who), CHARACTERS), number, until - _whole(hold) if hold else 0)


def _number(value: int) -> bytes:
    """In groups of 7 bits, the lowest first."""
    return bytes([value]) if value < MORE else bytes([value % MORE | MORE]) + _number(value // MORE)


def _read(packed: bytes, at: int) -> tuple[int, int]:
    """A number that starts there, and where it ends."""
    if packed[at] < MORE:
        return packed[at], at + 1
    rest, end = _read(packed, at + 1)
    return packed[at] - MORE + MORE * rest, end


def _whole(packed: bytes) -> int:
    return int.from_bytes(packed, "big")


def _member(member: str) -> bytes:
    """The 130 bits of a member's id."""
    return int(member.removeprefix(PREFIX).translate(DIGITS), 32).to_bytes(MEMBER_BYTES, "big")

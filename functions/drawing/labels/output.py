"""What every file for the printer is: an opening, any number of parts, and a closing that knows of each part a note.

So a file is written in one go, or its parts apart, by machines that know nothing of one another (docs/codes.md).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Protocol

NOTES_IN_MEMORY = 8_000_000


class Output(Protocol):
    """A kind of file."""

    @property
    def step(self) -> int:
        """How many labels cannot be parted: a part begins at a multiple of it."""

    def opening(self) -> Iterator[bytes]:
        """What stands before the first label."""

    def some(self, first: int, serials: Iterable[str]) -> Iterator[bytes]:
        """The labels of these serials, the first of which is number `first`, counted from 0."""

    def note(self, piece: bytes, /) -> bytes:
        """What the closing must know of a piece of `some`."""

    def closing(self, notes: IO[bytes], /) -> Iterator[bytes]:
        """What stands after the last label; `notes` of all pieces in their order."""


def whole(output: Output, serials: Iterable[str]) -> Iterator[bytes]:
    """A whole file, piece by piece: memory stays flat."""
    yield from output.opening()
    with tempfile.SpooledTemporaryFile(NOTES_IN_MEMORY) as notes:
        for piece in output.some(0, serials):
            notes.write(output.note(piece))
            yield piece
        notes.seek(0)
        yield from output.closing(notes)

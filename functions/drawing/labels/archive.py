"""The little of ZIP that many small files need (APPNOTE 6.3): written once, its list kept out of memory.

The standard library keeps some 600 bytes of every file until the end.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

LOCAL = struct.Struct("<4sHHHHHIIIHH")
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
NOTE = struct.Struct("<HIII48s")  # method, check sum, sizes packed and not, name
DATE = 1 << 5 | 1  # 1 January 1980: equal content makes equal bytes
VERSION, VERSION_64 = 20, 45
FULL = 0xFFFFFFFF
NAME_MAX = 48
STORED, DEFLATED = 0, 8


def file(name: bytes, content: bytes, is_packed: bool = False) -> bytes:
    """A file as it stands in a ZIP; its name is ASCII, at most NAME_MAX of it. `is_packed`: not worth packing again."""
    assert len(name) <= NAME_MAX
    packed = content if is_packed else zlib.compress(content, wbits=-zlib.MAX_WBITS)
    method = STORED if is_packed else DEFLATED
    numbers = (VERSION, 0, method, 0, DATE, zlib.crc32(content), len(packed), len(content), len(name), 0)
    return LOCAL.pack(b"PK\3\4", *numbers) + name + packed


def note(piece: bytes) -> bytes:
    """What the list says of a file, always as long."""
    _, _, _, method, _, _, check, packed, size, long, _ = LOCAL.unpack_from(piece)
    return NOTE.pack(method, check, packed, size, piece[LOCAL.size : LOCAL.size + long])


def closing(notes: IO[bytes], last: Sequence[bytes] = ()) -> Iterator[bytes]:
    """The list of all files, and where it is; from the notes of all of them in their order, and the `last` ones."""
    place = size = files = 0
    for said in chain(iter(lambda: notes.read(NOTE.size), b""), map(note, last)):
        method, check, packed, content, padded = NOTE.unpack(said)
        name = padded.rstrip(b"\0")
        entry = _entry(name, (method, 0, DATE, check, packed, content), place)
        yield entry
        place, size, files = place + LOCAL.size + len(name) + packed, size + len(entry), files + 1
    yield _end(files, size, place)


def _entry(name: bytes, numbers: tuple[int, ...], place: int) -> bytes:
    beyond = struct.pack("<HHQ", 1, 8, place) if place >= FULL else b""
    needs = VERSION_64 if beyond else VERSION
    where = (len(name), len(beyond), 0, 0, 0, 0, min(place, FULL))
    return CENTRAL.pack(b"PK\1\2", needs, needs, 0, *numbers, *where) + name + beyond


def _end(files: int, size: int, place: int) -> bytes:
    """The end of the list; where a number is too large for it, the long form before it (4.3.14 to 4.3.16)."""
    short = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, min(files, 0xFFFF), min(files, 0xFFFF), min(size, FULL), min(place, FULL), 0
    )
    if files < 0xFFFF and size < FULL and place < FULL:
        return short
    long = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, VERSION_64, VERSION_64, 0, 0, files, files, size, place)
    return long + struct.pack("<4sIQI", b"PK\6\7", 0, place + size, 1) + short

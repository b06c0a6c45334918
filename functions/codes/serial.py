"""Serials of single items: 20 characters that hide an index and prove themselves. Pure (docs/codes.md).

A serial is a block of 100 bits, the index (36) beside zeros (64), enciphered by a two-round Feistel network: the
zeros take up a keyed hash of the index, then the index is masked by a keyed hash of that. Undoing it must bring the
zeros back.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from functions.core.tokens import hkdf

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U; upper case makes a smaller QR code
SERIAL_CHARACTERS, INNER_CHARACTERS = 20, 10
INDEX_BITS, TAG_BITS = 36, 64
INDEX_MAX = (1 << INDEX_BITS) - 1
_TAG_MASK = (1 << TAG_BITS) - 1
_LETTERS = frozenset(ALPHABET)
_AS_PYTHON = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")  # the digits that int() reads to base 32
_PAIRS = [high + low for high in ALPHABET for low in ALPHABET]
_TYPED = str.maketrans("ILOU", "110V", "- ")


class BadSerial(Exception):
    """Not a serial made with this key. Says no more: a forger learns nothing."""


def serial_key(root: bytes, tenant: str, label: str) -> bytes:
    """The key of all serials under one label of one tenant (HKDF, RFC 5869).

    `label` is what stands before the serial in its link, such as `01/09506000134352/10/L7`: so a scanned serial is held
    against its own label before anything is read, and under another one it is refused.
    """
    return hkdf(root, salt=tenant.encode(), info=f"pond/item/{label}".encode())


@dataclass(frozen=True)
class Serials:
    """Makes and opens the serials of one key."""

    key: bytes
    _tags: Any = field(init=False, repr=False, compare=False)
    _masks: Any = field(init=False, repr=False, compare=False)
    _inners: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, purpose in (
            ("_tags", b"pond serial tag"),
            ("_masks", b"pond serial mask"),
            ("_inners", b"pond inner code"),
        ):
            # Keyed once and copied for each serial: half the time of a fresh keyed hash.
            object.__setattr__(self, name, hashlib.blake2b(key=self.key, digest_size=8, person=purpose))

    def seal(self, index: int) -> str:
        """The serial of `index`, 0 to 2^36 - 1: always the same one, and no other index has it."""
        if not 0 <= index <= INDEX_MAX:
            raise ValueError(f"index {index} is outside 0 to {INDEX_MAX}")
        tag = int.from_bytes(self._tag(index), "big")
        return _written((index ^ self._mask(tag)) << TAG_BITS | tag)

    def open(self, serial: str) -> int:
        """The index of a serial, exactly as it was made, or BadSerial."""
        block = _read(serial)
        tag = block & _TAG_MASK
        index = block >> TAG_BITS ^ self._mask(tag)
        if not hmac.compare_digest(self._tag(index), tag.to_bytes(8, "big")):
            raise BadSerial
        return index

    def inner(self, index: int) -> str:
        """The covert code of `index`: 10 characters (50 bits) that its serial tells nothing of."""
        hashed = self._inners.copy()
        hashed.update(index.to_bytes(5, "big"))
        block = int.from_bytes(hashed.digest(), "big") >> 64 - 5 * INNER_CHARACTERS
        return "".join(ALPHABET[block >> 5 * place & 31] for place in reversed(range(INNER_CHARACTERS)))

    def is_inner(self, index: int, text: str) -> bool:
        """Whether a person typed the covert code of `index`; case, spaces, dashes and look-alikes do not count."""
        return hmac.compare_digest(self.inner(index).encode(), typed(text).encode())

    def _tag(self, index: int) -> bytes:
        hashed = self._tags.copy()
        hashed.update(index.to_bytes(5, "big"))
        return bytes(hashed.digest())

    def _mask(self, tag: int) -> int:
        hashed = self._masks.copy()
        hashed.update(tag.to_bytes(8, "big"))
        return int.from_bytes(hashed.digest(), "big") >> TAG_BITS - INDEX_BITS


def looks_made(text: str) -> bool:
    """Whether it has the form of a serial; whether it is one only its key tells."""
    return len(text) == SERIAL_CHARACTERS and _LETTERS.issuperset(text)


def typed(text: str) -> str:
    """A serial as a person typed it, in the spelling it was made in: case, spaces, dashes, look-alikes."""
    return text.strip().upper().translate(_TYPED)


def _written(block: int) -> str:
    pairs = _PAIRS
    return "".join(
        [
            pairs[block >> 90],
            pairs[block >> 80 & 1023],
            pairs[block >> 70 & 1023],
            pairs[block >> 60 & 1023],
            pairs[block >> 50 & 1023],
            pairs[block >> 40 & 1023],
            pairs[block >> 30 & 1023],
            pairs[block >> 20 & 1023],
            pairs[block >> 10 & 1023],
            pairs[block & 1023],
        ]
    )


def _read(serial: str) -> int:
    if not looks_made(serial):
        raise BadSerial
    return int(serial.translate(_AS_PYTHON), 32)

"""Identifiers: a type prefix and 26 base32 characters that sort by time, or a digest of what they name."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, lower case: no i, l, o, u
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]  # two at once: twice as fast
TIME_CHARACTERS, RANDOM_CHARACTERS = 10, 16
ENTROPY_BYTES = 10
SLUG = r"^[a-z][a-z0-9_]{0,23}$"  # a name that a marketer gives: of a reward, a rule, an entitlement
UPLOAD_PATTERN = r"^upl_[0-9abcdefghjkmnpqrstvwxyz]{26}$"
PATTERN = re.compile(r"[a-z]{2,8}_[0-9abcdefghjkmnpqrstvwxyz]{26}")


def base32(number: int, characters: int) -> str:
    """`number` in Crockford's base32, padded to `characters`."""
    digits = []
    for _ in range(0, characters, 2):
        number, two = divmod(number, 1024)
        digits.append(PAIRS[two])
    return "".join(reversed(digits))[characters % 2 :]


def new_id(prefix: str, at: datetime, entropy: bytes) -> str:
    """A fresh id that sorts by `at`; `entropy` is 10 random bytes made by the caller (layout of ULID)."""
    assert len(entropy) == ENTROPY_BYTES
    milliseconds = int(at.timestamp() * 1000)
    return (
        f"{prefix}_{base32(milliseconds, TIME_CHARACTERS)}{base32(int.from_bytes(entropy, 'big'), RANDOM_CHARACTERS)}"
    )


def derived_id(prefix: str, *parts: str) -> str:
    """The id that follows from `parts`: the same parts always name the same thing (130 bits of SHA-256)."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return f"{prefix}_{base32(int.from_bytes(digest, 'big') >> 126, 26)}"


def is_id(prefix: str, text: str) -> bool:
    """Whether `text` has the form of an id with `prefix`."""
    return text.startswith(prefix + "_") and PATTERN.fullmatch(text) is not None

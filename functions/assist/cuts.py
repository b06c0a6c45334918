"""A bargain's cuts: drawn from a seed that is fixed when it begins, so that a replay gives the same. Pure.

Stick breaking on whole minor units: each of the helpers to come gets one unit, and the rest is split at places that the
seed chooses. So every cut is at least one unit, their sum is exact, and the floor is never passed, whoever helps.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise


def cuts(seed: str, total: int, helpers: int) -> list[int]:
    """What each helper cuts, in the order of helping: `helpers` amounts of at least 1 that sum to `total`."""
    assert 0 < helpers <= total, "each helper cuts something"
    places = sorted(_draw(seed, n, total - helpers + 1) for n in range(helpers - 1))
    ends = [0, *places, total - helpers]
    return [1 + after - before for before, after in pairwise(ends)]


def _draw(seed: str, number: int, below: int) -> int:
    """A whole number from 0 to `below` - 1; of 256 bits, so that no value is any likelier than 2^-200 of another."""
    digest = hashlib.sha256(f"{seed}\x1f{number}".encode()).digest()
    return int.from_bytes(digest, "big") % below

"""The marketers' screens at the API: who looks a member up, exports, erases or gives a right, and that it is them.

The screens may not read or write what is a member's. They hold the tenant's key, so they seal who asks for what into a
token of two minutes, for that one deed and member; the function does it, and writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from functions.core.tokens import BadToken, Keyring
from functions.edge.identity import Keys

PURPOSE = "desk"
LASTS = timedelta(minutes=2)
Deed = Literal["look", "export", "erase", "give", "take"]


@dataclass(frozen=True)
class Caller:
    """A marketer by name."""

    name: str


def sealed(ring: Keyring, who: str, deed: Deed, member: str, at: datetime) -> str:
    """A token for one deed on one member; a look is for whoever is found, so it names none."""
    return ring.seal(PURPOSE, {"w": who, "d": deed, "m": member}, at + LASTS)


def opened(keys: Keys, token: str, deed: Deed, member: str, at: datetime) -> Caller:
    """Who asks. BadToken for one that is forged, too old, of another purpose, or for another deed or member."""
    said = keys.open(PURPOSE, token, at)
    if (said["d"], said["m"]) != (deed, member):
        raise BadToken
    return Caller(str(said["w"]))

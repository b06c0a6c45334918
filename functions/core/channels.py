"""Channels: the doors of a campaign that marketers want to count apart, such as a shop or a parcel's card.

Each has a short code in its link, `/c/{campaign}?ch={code}`. The code attributes; it proves nothing and gives nothing.
A live code adds its own six characters (`core/live_code.py`): such a door is `{channel}{live}`, or one of them alone.
"""

from __future__ import annotations

import hashlib
import re

from pydantic import BaseModel, ConfigDict, Field

from functions.core.ids import ALPHABET, base32
from functions.core.keys import Row
from functions.core.money import MINOR_MAX

CHANNELS_MAX = 200
CODE_CHARACTERS = 4  # a million of them, for two hundred
CODE = rf"^[{ALPHABET}]{{{CODE_CHARACTERS}}}$"
CODE_OR_NONE = rf"^([{ALPHABET}]{{{CODE_CHARACTERS}}})?$"
LIVE_CHARACTERS = 6  # a thousand million of them
LIVE_CODE = rf"[{ALPHABET}]{{{LIVE_CHARACTERS}}}"
DOOR_OR_NONE = rf"^([{ALPHABET}]{{{CODE_CHARACTERS}}})?([{ALPHABET}]{{{LIVE_CHARACTERS}}})?$"
NAME_MAX = 30


class Channel(BaseModel):
    """One door: its code, which is printed and never changes, its name, which may, and what it cost.

    `cost` is in minor units of the campaign's budget: the ad, the cards, the partner's fee.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    code: str = Field(pattern=CODE)
    name: str = Field(min_length=1, max_length=NAME_MAX)
    cost: int = Field(default=0, ge=0, le=MINOR_MAX)


def channels_in(row: Row | None) -> list[Channel]:
    """The channels in a campaign's row of them (`storage/channels.py`)."""
    lines = (row or {}).get("channels", [])
    return [Channel(code=code, name=name, cost=sum(cost)) for code, name, *cost in lines]


def known_code(text: str) -> str:
    """`text` when it has the form of a door, else nothing: a link that was mistyped still opens the campaign."""
    return text if re.fullmatch(DOOR_OR_NONE, text) else ""


def codes_of(door: str) -> tuple[str, str]:
    """The channel and the live code of a door; empty what it does not name."""
    at = len(door) - LIVE_CHARACTERS if len(door) >= LIVE_CHARACTERS else len(door)
    return door[:at], door[at:]


def fresh_code(taken: set[str], entropy: bytes) -> str:
    """A code that is not taken, from random bytes; the same bytes make the same code again."""
    number = int.from_bytes(hashlib.sha256(entropy).digest(), "big")
    while (code := base32(number % 32**CODE_CHARACTERS, CODE_CHARACTERS)) in taken:
        number += 1
    return code

"""Clerks: let in by a code that is bound to a store, as long as their invitation stands (storage/invitations.py)."""

from __future__ import annotations

from datetime import datetime

from functions.core import keys
from functions.core.change import AtLeast, Change, Is
from functions.core.ids import ALPHABET
from functions.core.keys import Row
from functions.core.tokens import Keyring
from functions.storage.store import Store

PURPOSE = "invitation"


def mark(ring: Keyring, code: str) -> str:
    """The keyed hash that stands for a code, however it was typed."""
    plain = "".join(character for character in code.lower().translate(_FOLDED) if character in ALPHABET)
    return ring.fingerprint(PURPOSE, plain)


def accept(store: Store, invitation: str, at: datetime) -> Row | None:
    """Use the invitation once; its row, or None when it is unknown, revoked, used up or over: all alike."""
    key = keys.invitation(invitation)
    now = int(at.timestamp())
    guards = (Is("live", True), AtLeast("uses_left", 1), AtLeast("valid_until", now + 1))
    if store.write([Change(key, guards, set={"used_at": at.isoformat()}, add={"uses_left": -1})]):
        return None
    return store.read([key])[key]


def stands(store: Store, invitation: str) -> bool:
    """Whether the clerks who came by this invitation may still work."""
    row = store.read([keys.invitation(invitation)])[keys.invitation(invitation)]
    return row is not None and bool(row["live"])


_FOLDED = str.maketrans({"i": "1", "l": "1", "o": "0", "u": "v"})

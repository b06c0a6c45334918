"""Codes of coupons: a token on a phone's screen that changes twice a minute, and one to print or type (docs/tokens.md).

Both are checked by their MAC before anything is read. A typed code is 16 characters of Crockford's base32: ten that
name it and six that prove it, 80 bits together, so that one guess in 2^30 costs a read and one in 2^80 would hit.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

from functions.core import keys
from functions.core.ids import ALPHABET, derived_id, is_id
from functions.core.keys import Key
from functions.core.tokens import BadToken, Keyring
from functions.edge.identity import Keys
from functions.storage.store import Store

PURPOSE, HELD = "redeem", "held"
HELD_FOR = timedelta(minutes=15)
STEP_SECONDS = 30
NAME_CHARACTERS, PROOF_CHARACTERS = 10, 6
GROUP = 4
FOLDED = str.maketrans({"i": "1", "l": "1", "o": "0", "u": "v", "-": None, " ": None})


def redeem_token(ring: Keyring, member: str, coupon: str, at: datetime) -> str:
    """The token a coupon's QR shows: the same within a step, good for 30 to 60 seconds."""
    ends = (int(at.timestamp()) // STEP_SECONDS + 2) * STEP_SECONDS
    return ring.seal(PURPOSE, {"m": member, "c": coupon}, datetime.fromtimestamp(ends, UTC))


def held_token(ring: Keyring, coupon: Key, staff: str, at: datetime) -> str:
    """A coupon that a clerk has looked at, for as long as filling in the order takes; of no use to anyone else."""
    member, _, name = coupon.parts
    return ring.seal(HELD, {"m": member, "c": name, "s": staff}, at + HELD_FOR)


def printable_code(ring: Keyring, member: str, coupon: str) -> str:
    """The coupon's code to print or type, without its row: always the same one for a coupon."""
    name = _hashed(ring, "code-name", f"{member} {coupon}", NAME_CHARACTERS)
    return name + _hashed(ring, "code-proof", name, PROOF_CHARACTERS)


def grouped(code: str) -> str:
    """As people read it: ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)).upper()


def typed(text: str) -> str:
    """A code as typed, in one spelling: case, spaces and dashes do not count, look-alikes are folded."""
    return text.strip().lower().translate(FOLDED)


def is_token(text: str) -> bool:
    """Whether this is meant to be a token from a screen, not a typed code."""
    return "." in text


def coupon_key(store: Store, all_keys: Keys, text: str, at: datetime, staff: str = "") -> Key:
    """The coupon that a token or typed code stands for. BadToken for unknown, expired and foreign, all alike."""
    if is_token(text):
        held = text.startswith(f"{HELD}.")
        said = all_keys.open(HELD if held else PURPOSE, text.strip(), at)
        if held and said["s"] != staff:
            raise BadToken
        return keys.coupon(said["m"], said["c"])
    code = typed(text)
    if not is_ours(all_keys.ring(at), code):
        raise BadToken
    row = store.read([keys.code(code)])[keys.code(code)]
    if row is None or not is_id("coup", row["coupon"]):
        raise BadToken
    return keys.coupon(row["member"], row["coupon"])


def is_ours(ring: Keyring, code: str) -> bool:
    """Whether a typed code proves itself."""
    if len(code) != NAME_CHARACTERS + PROOF_CHARACTERS or not set(code) <= set(ALPHABET):
        return False
    name, proof = code[:NAME_CHARACTERS], code[NAME_CHARACTERS:]
    return hmac.compare_digest(_hashed(ring, "code-proof", name, PROOF_CHARACTERS), proof)


def _hashed(ring: Keyring, purpose: str, text: str, characters: int) -> str:
    return derived_id("code", ring.fingerprint(purpose, text))[-characters:]

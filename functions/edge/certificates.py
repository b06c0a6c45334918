"""Links by which anyone may check a certificate: a token names the holder and the grant; nothing is stored for it."""

from __future__ import annotations

from datetime import datetime

from functions.core import keys
from functions.core.ids import is_id
from functions.core.keys import Key
from functions.core.tokens import BadToken, Keyring
from functions.edge.identity import Keys

PURPOSE = "cert"
MEMBER, GRANT = "mem_", "grant_"  # left out of the token: the fewer characters, the coarser the code on the picture


def sealed(ring: Keyring, member: str, certificate: str) -> str:
    """The token of a certificate: always the same one."""
    return ring.seal(PURPOSE, {"m": member.removeprefix(MEMBER), "g": certificate.removeprefix(GRANT)})


def opened(all_keys: Keys, token: str, at: datetime) -> Key:
    """Where the certificate of a token lies, or BadToken."""
    said = all_keys.open(PURPOSE, token, at)
    member, certificate = MEMBER + str(said.get("m", "")), GRANT + str(said.get("g", ""))
    if not is_id("mem", member) or not is_id("grant", certificate):
        raise BadToken
    return keys.wallet(member, "certificate", certificate)

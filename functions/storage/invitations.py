"""Invitations of clerks: made, listed, withdrawn. The code is shown once; only its keyed hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change, Is, create
from functions.core.ids import base32
from functions.core.keys import Row
from functions.core.tokens import Keyring
from functions.storage import audit
from functions.storage.staff import mark
from functions.storage.store import Store

CODE_CHARACTERS = 16  # 80 bits
CODE_ENTROPY = 10
USES_MAX = 50
SESSIONS_OUTLIVE = timedelta(days=2)  # the row stays until the last session it opened is over


@dataclass(frozen=True)
class Invitation:
    """An invitation as its maker sees it; `id` is the keyed hash of its code."""

    id: str
    shop: str
    name: str
    by: str
    made_at: str
    valid_until: int
    uses_left: int
    uses: int
    revoked: bool
    used_at: str = ""  # when somebody last came in by it

    def is_open(self, at: datetime) -> bool:
        """Whether it still lets someone in."""
        return not self.revoked and self.uses_left > 0 and self.valid_until > at.timestamp()


def invite(
    store: Store,
    ring: Keyring,
    shop: str,
    name: str,
    by: str,
    at: datetime,
    entropy: bytes,
    uses: int = 1,
    valid_for: timedelta = timedelta(days=7),
    noted: Entry | None = None,
) -> str:
    """A new invitation's code, grouped by four for reading out; it is not kept. `entropy` is 10 random bytes.

    `noted` is its line in the audit list.
    """
    assert len(entropy) == CODE_ENTROPY
    assert 1 <= uses <= USES_MAX
    code = base32(int.from_bytes(entropy, "big"), CODE_CHARACTERS)
    until = at + valid_for
    row: Row = {
        "shop": shop,
        "name": name,
        "by": by,
        "made_at": at.isoformat(),
        "valid_until": int(until.timestamp()),
        "uses_left": uses,
        "uses": uses,
        "live": True,
        "expires_at": int((until + SESSIONS_OUTLIVE).timestamp()),
    }
    where = mark(ring, code)
    lines = audit.lines(noted, where) if noted else []
    refused = store.write([create(keys.invitation(where), row), *lines])
    assert not refused, "80 random bits came up twice"
    return "-".join(code[place : place + 4] for place in range(0, CODE_CHARACTERS, 4)).upper()


def revoke(store: Store, invitation: str, noted: Entry | None = None) -> None:
    """End the invitation and every session it opened, from the next request on; once."""
    lines = audit.lines(noted, f"{invitation}.withdrawn") if noted else []
    store.write([Change(keys.invitation(invitation), (Is("live", True),), set={"live": False}), *lines])


def invitations(store: Store, limit: int = 200) -> list[Invitation]:
    """All invitations that are kept."""
    found = store.query("staff", limit=limit)
    return sorted((_seen(where, row) for where, row in found), key=lambda one: one.made_at, reverse=True)


def _seen(where: str, row: Row) -> Invitation:
    kept = {name: row[name] for name in ("shop", "name", "by", "made_at", "valid_until", "uses_left", "uses")}
    return Invitation(id=where, revoked=not row["live"], used_at=row.get("used_at", ""), **kept)

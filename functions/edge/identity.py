"""Who is asking: sessions are tokens, kept in a cookie or sent as bearer; nothing about them is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from functions.core.tokens import BadToken, Keyring, keyring

COOKIE = "pond_session"
PURPOSE = "session"
MEMBER_SESSION = timedelta(days=180)
STAFF_SESSION = timedelta(hours=12)
REREAD_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Session:
    """A member, or a clerk of a store who came by the invitation with that fingerprint, made out to `name`."""

    kind: Literal["member", "staff"]
    id: str
    shop: str = ""
    invitation: str = ""
    name: str = ""


@dataclass
class Keys:
    """The tenant's keyring, read once, and again when a token names a key that was not known: once a minute."""

    tenant: str
    read_secret: Callable[[], str]
    _ring: Keyring | None = None
    _read_at: datetime | None = field(default=None)

    def ring(self, at: datetime) -> Keyring:
        """The keyring."""
        if self._ring is None:
            self._ring, self._read_at = keyring(self.tenant, self.read_secret()), at
        return self._ring

    def open(self, purpose: str, token: str, at: datetime) -> dict[str, Any]:
        """The payload of a token, or BadToken."""
        if not token.isascii():
            raise BadToken
        ring = self.ring(at)
        named = token.split(".", 2)[1:2]
        if named and named[0] not in ring.roots and self._is_old(at):
            self._ring = None
            ring = self.ring(at)
        return ring.open(purpose, token, at)

    def _is_old(self, at: datetime) -> bool:
        return self._read_at is not None and at - self._read_at >= REREAD_AFTER


def sealed(ring: Keyring, session: Session, at: datetime) -> tuple[str, datetime]:
    """A session's token and when it ends."""
    ends = at + (MEMBER_SESSION if session.kind == "member" else STAFF_SESSION)
    payload = {"m": session.id} if session.kind == "member" else _staff(session)
    return ring.seal(PURPOSE, payload, ends), ends


def opened(keys: Keys, token: str, at: datetime) -> Session:
    """The session of a token, or BadToken: forged, altered, of another tenant or purpose, or at its end."""
    payload = keys.open(PURPOSE, token, at)
    if "m" in payload:
        return Session("member", payload["m"])
    if "s" in payload:
        return Session("staff", payload["s"], payload["shop"], payload["inv"], payload.get("name", ""))
    raise BadToken


def cookie(token: str, seconds: int, secure: bool) -> str:
    """The session cookie; scripts cannot read it, other sites' posts do not carry it."""
    parts = [f"{COOKIE}={token}", "Path=/", f"Max-Age={seconds}", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, *(["Secure"] if secure else [])])


def _staff(session: Session) -> dict[str, str]:
    return {"s": session.id, "shop": session.shop, "inv": session.invitation, "name": session.name}

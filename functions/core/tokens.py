"""Tokens `purpose.key.payload.mac`: HMAC-SHA256 with one derived key for each tenant and purpose.

A token verifies only as issued: any flipped bit, other key, tenant or purpose is refused alike, before any read.
Keys come from a root by HKDF (RFC 5869); the root's id travels in the token, so roots can be rotated.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

TAG_BYTES = 16  # 128 bits
TOKEN_MAX = 2048
KEYS_KEPT = 64  # derived ones


class BadToken(Exception):
    """The token is not one of ours, not for this purpose, or no longer valid. Says no more."""


@dataclass(frozen=True)
class Keyring:
    """Root keys by id, the current one's id, and the tenant all keys are derived for."""

    tenant: str
    current: str
    roots: Mapping[str, bytes]

    def seal(self, purpose: str, payload: Mapping[str, Any], expires: datetime | None = None) -> str:
        """A token that carries `payload` openly and cannot be altered."""
        body = dict(payload) if expires is None else {**payload, "exp": int(expires.timestamp())}
        text = _encode(json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode())
        signed = f"{purpose}.{self.current}.{text}"
        return f"{signed}.{_encode(self._mac(purpose, self.current, signed))}"

    def open(self, purpose: str, token: str, at: datetime) -> dict[str, Any]:
        """The payload of a token sealed for `purpose` that has not expired at `at`, or BadToken."""
        signed, _, tag = token[:TOKEN_MAX].rpartition(".")
        parts = signed.split(".")
        if len(parts) != 3 or parts[0] != purpose or parts[1] not in self.roots or not token.isascii():
            raise BadToken
        if not hmac.compare_digest(_encode(self._mac(purpose, parts[1], signed)).encode(), tag.encode()):
            raise BadToken
        payload: dict[str, Any] = json.loads(_decode(parts[2]))
        if "exp" in payload and payload.pop("exp") <= at.timestamp():
            raise BadToken
        return payload

    def fingerprint(self, purpose: str, text: str) -> str:
        """A keyed hash that stands for `text` (a phone number, an openid) where the text must not be kept.

        Always by the oldest root, so that rotation does not lose people.
        """
        oldest = min(self.roots)
        return _encode(hmac.new(self._key(purpose, oldest), text.encode(), hashlib.sha256).digest()[:TAG_BYTES])

    def secret(self, purpose: str, root: str) -> bytes:
        """32 bytes for `purpose` that others are told, such as a shop that signs with them; from the root so named."""
        return self._key(purpose, root)

    def _key(self, purpose: str, key_id: str) -> bytes:
        return hkdf(self.roots[key_id], salt=self.tenant.encode(), info=f"pond/{purpose}".encode())

    def _mac(self, purpose: str, key_id: str, signed: str) -> bytes:
        return hmac.new(self._key(purpose, key_id), signed.encode(), hashlib.sha256).digest()[:TAG_BYTES]


def keyring(tenant: str, secret: str) -> Keyring:
    """The keyring in a stored secret: JSON with `current` and one root for each key id."""
    content = json.loads(secret)
    roots = {name: value.encode() for name, value in content.items() if name != "current"}
    return Keyring(tenant, content["current"], roots)


@lru_cache(maxsize=KEYS_KEPT)
def hkdf(root: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869), one block of 32 bytes. Kept: it is half the work of opening a token."""
    extracted = hmac.new(salt, root, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise BadToken from error

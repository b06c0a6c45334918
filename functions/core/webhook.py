"""Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, version `v1`."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


class BadSignature(Exception):
    """Not signed by any of the secrets, or not now. `reason`: unsigned, stale or forged; for our own list only."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def shown(secret: bytes) -> str:
    """A secret as people copy it."""
    return PREFIX + base64.b64encode(secret).decode()


def signature(secret: bytes, name: str, timestamp: str, body: bytes) -> str:
    """What the sender writes into `webhook-signature`."""
    mac = hmac.new(secret, b".".join((name.encode(), timestamp.encode(), body)), hashlib.sha256).digest()
    return "v1," + base64.b64encode(mac).decode()


def verify(secrets: Sequence[bytes], headers: Mapping[str, str], body: bytes, at: datetime) -> str:
    """The message's id. `headers` in small letters, `body` as it came. Raises BadSignature."""
    name, timestamp, signatures = (headers.get(header, "") for header in HEADERS)
    if not (name and timestamp and signatures):
        raise BadSignature("unsigned")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise BadSignature("unsigned")
    if abs(at.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise BadSignature("stale")
    given = [one.encode() for one in signatures.split(" ")]
    for secret in secrets:
        wanted = signature(secret, name, timestamp, body).encode()
        if any(hmac.compare_digest(wanted, one) for one in given):
            return name
    raise BadSignature("forged")

"""The cookies of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def cookies_in(event: Mapping[str, Any]) -> dict[str, str]:
    """Cookies by name; the first of a name counts. API Gateway lists them apart, an emulator leaves the header."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    lines = event.get("cookies") or headers.get("cookie", "").split(";")
    found: dict[str, str] = {}
    for line in lines:
        name, sign, value = line.partition("=")
        if sign:
            found.setdefault(name.strip(), value.strip())
    return found

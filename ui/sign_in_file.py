"""What `st.login` has to know, from the environment: Streamlit reads it from a file alone, which only it can open.

The cookies' own secret follows from the client's, so that every task of a service takes the cookies of every other.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

NEEDED = ("POND_OIDC_ISSUER", "POND_OIDC_CLIENT_ID", "POND_OIDC_CLIENT_SECRET", "POND_COMPOSER_URL")
PURPOSE = b"pond composer cookie v1"


def complete(environment: Mapping[str, str]) -> bool:
    """Whether everything is there that signing in takes."""
    return all(environment.get(name) for name in NEEDED)


def content(environment: Mapping[str, str]) -> str:
    """The file's content, TOML. A string of JSON is a string of TOML as well."""
    issuer, client, secret, address = (environment[name] for name in NEEDED)
    said = {
        "redirect_uri": address.rstrip("/") + "/oauth2callback",
        "cookie_secret": hmac.new(secret.encode(), PURPOSE, hashlib.sha256).hexdigest(),
        "client_id": client,
        "client_secret": secret,
        "server_metadata_url": issuer.rstrip("/") + "/.well-known/openid-configuration",
    }
    return "[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in said.items())


def written(environment: Mapping[str, str]) -> Path | None:
    """The file in a new folder that only this user can open; None where nobody is to sign in."""
    if not complete(environment):
        return None
    file = Path(tempfile.mkdtemp(prefix="pond-sign-in-")) / "secrets.toml"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(content(environment))
    return file

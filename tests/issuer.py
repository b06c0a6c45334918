"""An OpenID Connect issuer for tests: the authorization code flow with PKCE, and people to choose from."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "pond-composer", "a secret of the tests, never used elsewhere"


@dataclass
class Issuer:
    """Where it is, whom it knows, and the codes that are out."""

    address: str
    people: dict[str, dict[str, Any]]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What the composer is told of it."""
        return {"POND_OIDC_ISSUER": self.address, "POND_OIDC_CLIENT_ID": CLIENT, "POND_OIDC_CLIENT_SECRET": SECRET}

    def token(self, asked: dict[str, str]) -> dict[str, str]:
        """Tokens for a code, once, for the client it was given to. Raises KeyError, AssertionError."""
        given = self.codes.pop(asked["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert proof == given["code_challenge"]
        assert asked["redirect_uri"] == given["redirect_uri"]
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": given["person"], "iat": now, "exp": now + 600,
            "nonce": given["nonce"], **self.people[given["person"]],
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": signed}  # type: ignore[dict-item]


@contextmanager
def standing(people: dict[str, dict[str, Any]]) -> Iterator[Issuer]:
    """The issuer on a free port; each person is a button on its page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}", people)
    server.issuer = issuer  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def issuer(self) -> Issuer:
        """The one that is asked."""
        return self.server.issuer  # type: ignore[attr-defined,no-any-return]

    def do_GET(self) -> None:
        """Discovery, keys, the page with the people, and the way back."""
        place = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        here = self.issuer.address
        match place.path:
            case "/.well-known/openid-configuration":
                self._json({
                    "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                    "jwks_uri": f"{here}/jwks", "response_types_supported": ["code"],
                    "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                })  # fmt: skip
            case "/jwks":
                self._json({"keys": [self.issuer.key.as_dict(private=False)]})
            case "/authorize":
                ways = {name: html.escape(urlencode({**asked, "person": name})) for name in self.issuer.people}
                links = [f'<p><a href="/chosen?{way}">{html.escape(name)}</a></p>' for name, way in ways.items()]
                self._send(200, "<!doctype html><h1>Who are you?</h1>" + "".join(links), "text/html")
            case "/chosen":
                code = secrets.token_hex(8)
                self.issuer.codes[code] = asked
                back = asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})
                self._send(302, "", "text/plain", back)
            case _:
                self._send(404, "", "text/plain")

    def do_POST(self) -> None:
        """Tokens."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        basic = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode()
        given = unquote_plus(basic) or f"{asked.get('client_id')}:{asked.get('client_secret')}"
        if self.path != "/token" or given != f"{CLIENT}:{SECRET}":
            self._send(401, "", "text/plain")
            return
        try:
            self._json(self.issuer.token(asked))
        except (KeyError, AssertionError):
            self._send(400, json.dumps({"error": "invalid_grant"}), "application/json")

    def _json(self, content: dict[str, Any]) -> None:
        self._send(200, json.dumps(content), "application/json")

    def _send(self, status: int, body: str, kind: str, location: str = "") -> None:
        sent = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(sent)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests are quiet."""

"""One HTTP request as the handlers see it: who, when, in which language, and how long there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from functions.core.text import Language
from functions.core.tokens import BadToken
from functions.edge import identity, limits
from functions.edge.cookies import cookies_in
from functions.edge.identity import Session
from functions.edge.language import language_of
from functions.edge.problems import Problem
from functions.edge.service import Service
from functions.storage import staff
from functions.storage.engine import Pause

FIRST_PAUSE, LONGEST_PAUSE = 0.025, 0.4  # seconds
MARGIN_MS = 1_500  # enough for one more round and the answer
HOOKS = "/hooks/"  # programs send to these: a form's 303 would say to them that it was taken


@dataclass
class Request:
    """What came in, and beside the answer what goes out: cookies, and where a form's sender is sent back to."""

    service: Service
    at: datetime
    method: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    query: Mapping[str, str]
    address: str
    language: Language
    is_form: bool
    remaining_ms: Callable[[], int]
    base_url: str
    back: str = "/"
    set_cookies: list[str] = field(default_factory=list)
    noted: dict[str, Any] = field(default_factory=dict)
    document: str = ""  # HTML for a form's sender, instead of sending them back
    document_headers: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The session token as sent: bearer before cookie; empty when none."""
        scheme, _, bearer = self.headers.get("authorization", "").partition(" ")
        return bearer.strip() if scheme.lower() == "bearer" else self.cookies.get(identity.COOKIE, "")

    def session_if_any(self) -> Session | None:
        """The session, or None when there is none that holds."""
        try:
            return identity.opened(self.service.keys, self.token, self.at) if self.token else None
        except BadToken:
            return None

    def session(self) -> Session:
        """The session; Problem `no_session` or `limited`."""
        if not self.token:
            raise Problem("no_session")
        found = identity.opened(self.service.keys, self.token, self.at)
        if found.kind == "staff" and not staff.stands(self.service.store, found.invitation):
            raise Problem("no_session")
        if self.method != "GET":
            self.spend(f"who:{found.id}", limits.MEMBER)
        return found

    def member(self) -> str:
        """The member who asks; Problem `not_yours` for staff."""
        found = self.session()
        if found.kind != "member":
            raise Problem("not_yours")
        return found.id

    def clerk(self) -> Session:
        """The clerk who asks; Problem `not_yours` for members."""
        found = self.session()
        if found.kind != "staff":
            raise Problem("not_yours")
        return found

    def begin(self, session: Session) -> tuple[str, datetime]:
        """Open `session`: the cookie is set; the token and its end are returned."""
        token, ends = identity.sealed(self.service.keys.ring(self.at), session, self.at)
        seconds = int((ends - self.at).total_seconds())
        self.set_cookies.append(identity.cookie(token, seconds, self.is_secure))
        return token, ends

    def forget(self) -> None:
        """Clear the cookie."""
        self.set_cookies.append(identity.cookie("", 0, self.is_secure))

    @property
    def is_secure(self) -> bool:
        """Whether cookies travel over TLS alone: always, but in a local cloud."""
        return not self.service.settings.is_local or self.base_url.startswith("https:")

    @property
    def now_ms(self) -> int:
        """`at` in milliseconds."""
        return int(self.at.timestamp() * 1000)

    def spend(self, name: str, rate: limits.Rate) -> None:
        """Take from a bucket of this copy; Problem `limited`."""
        _limited(self.service.buckets.take(name, rate, self.now_ms))

    def spend_durable(self, name: str, rate: limits.Rate) -> None:
        """Take from a bucket that all copies share; Problem `limited`."""
        _limited(limits.take(self.service.store, name, rate, self.now_ms))

    @property
    def address_mark(self) -> str:
        """The address under a keyed hash, for what is stored."""
        return self.service.keys.ring(self.at).fingerprint("address", self.address)

    @property
    def pause(self) -> Pause:
        """How the engine waits before it tries again."""
        return pause_within(self.service, self.remaining_ms)


def pause_within(service: Service, remaining_ms: Callable[[], int]) -> Pause:
    """Full jitter; False when too little time is left to try again."""

    def pause(attempt: int) -> bool:
        wait = service.chance() * min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)
        if remaining_ms() - wait * 1000 < MARGIN_MS:
            return False
        service.sleep(wait)
        return True

    return pause


def request_of(service: Service, event: Mapping[str, Any], context: Any) -> Request:
    """The request in an API Gateway event (payload 2.0)."""
    http = event["requestContext"]["http"]
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    cookies = cookies_in(event)
    query = event.get("queryStringParameters") or {}
    believed = headers if service.settings.is_local else {}
    return Request(
        service=service,
        at=service.clock(),
        method=http["method"].upper(),
        headers=headers,
        cookies=cookies,
        query=query,
        address=believed.get("x-forwarded-for", "").split(",")[0].strip() or http.get("sourceIp", ""),
        language=language_of(query, cookies, headers.get("accept-language", "")),
        is_form=http["method"].upper() != "GET" and _is_form(headers) and not event["rawPath"].startswith(HOOKS),
        remaining_ms=context.get_remaining_time_in_millis,
        base_url=service.settings.base_url or _host_url(headers, believed),
    )


def _is_form(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")


def current(app: Any) -> Request:
    """The request that `app` is answering."""
    return cast(Request, app.context["request"])


def parsed(text: str) -> Any:
    """JSON as sent, or Problem `malformed_json`, whatever is wrong with it: too deep and too long numbers as well."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Problem("malformed_json") from error


def _host_url(headers: Mapping[str, str], believed: Mapping[str, str]) -> str:
    scheme = believed.get("x-forwarded-proto", "https")
    return f"{scheme}://{believed.get('x-forwarded-host') or headers.get('host', 'localhost')}"


def _limited(wait_ms: int) -> None:
    if wait_ms:
        raise Problem("limited", retry_after=-(-wait_ms // 1000))

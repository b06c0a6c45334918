"""One visit as a page sees it: who, when, in which language, and what the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from functions.core.ids import base32
from functions.core.text import Language
from functions.core.tokens import BadToken
from functions.edge import identity
from functions.edge.cookies import cookies_in
from functions.edge.identity import Session
from functions.edge.language import COOKIE as LANGUAGE_COOKIE
from functions.edge.language import language_of
from functions.edge.service import Service
from functions.pages.render import Frame

ENTROPY_BYTES = 10  # 16 base32 characters: an event id must not repeat, and need not be a secret


@dataclass(frozen=True)
class Ask:
    """A GET, read from an API Gateway event (payload 2.0)."""

    service: Service
    at: datetime
    path: str
    query: Mapping[str, str]
    cookies: Mapping[str, str]
    headers: Mapping[str, str]
    nonce: str
    seed: str
    method: str = "GET"
    raw_query: str = ""

    @classmethod
    def of(cls, service: Service, event: Mapping[str, Any]) -> Ask:
        """The visit in an event. Locally the front door names a method that MiniStack would answer itself: OPTIONS."""
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        believed = headers if service.settings.is_local else {}
        return cls(
            service=service,
            at=service.clock(),
            path=event["rawPath"],
            query=event.get("queryStringParameters") or {},
            cookies=cookies_in(event),
            headers=headers,
            nonce=_random(service),
            seed=_random(service),
            method=believed.get("x-forwarded-method") or event["requestContext"]["http"]["method"],
            raw_query=event.get("rawQueryString", ""),
        )

    @cached_property
    def language(self) -> Language:
        """The reader's language."""
        return language_of(self.query, self.cookies, self.headers.get("accept-language", ""))

    @cached_property
    def session(self) -> Session | None:
        """The session in the cookie, if it holds."""
        token = self.cookies.get(identity.COOKIE, "")
        try:
            return identity.opened(self.service.keys, token, self.at) if token else None
        except BadToken:
            return None

    @property
    def member(self) -> str:
        """The member who asks; empty when none."""
        return self.session.id if self.session and self.session.kind == "member" else ""

    @property
    def is_expired(self) -> bool:
        """Whether the reader brings a session that does not hold any more."""
        return self.session is None and bool(self.cookies.get(identity.COOKIE))

    @property
    def base_url(self) -> str:
        """Where this site is reached, without a slash at the end."""
        if self.service.settings.base_url:
            return self.service.settings.base_url.rstrip("/")
        believed = self.headers if self.service.settings.is_local else {}
        host = believed.get("x-forwarded-host") or self.headers.get("host", "localhost")
        return f"{believed.get('x-forwarded-proto', 'https')}://{host}"

    @property
    def outcome(self) -> str:
        """What came of the form that led here, by the address; empty for whoever has only got its link."""
        return self.query.get("o", "") if self._is_led_here else ""

    @property
    def problem(self) -> str:
        """What went wrong with that form, by its code; empty when nothing did."""
        return self.query.get("e", "") if self._is_led_here else ""

    @property
    def _is_led_here(self) -> bool:
        """Whether a page of ours led here, as the browser says; older ones only name the page."""
        site = self.headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return urlsplit(self.headers.get("referer", "")).netloc == urlsplit(self.base_url).netloc

    def frame(self, *, staff: bool = False, share: str = "") -> Frame:
        """What the page's frame needs; `share` is the token of the friend's link that led here."""
        return Frame(self.language, self.nonce, self.seed, self.path, self.query, staff, share)

    @property
    def set_cookies(self) -> list[str]:
        """The language, remembered when the reader has just chosen it: the one cookie that a GET may set."""
        if self.query.get("lang") != self.language:
            return []
        return [f"{LANGUAGE_COOKIE}={self.language}; Path=/; Max-Age=31536000; SameSite=Lax"]


def _random(service: Service) -> str:
    return base32(int.from_bytes(service.entropy(ENTROPY_BYTES), "big"), 16)

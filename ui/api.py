"""The campaign API as the screens call it: the only place of theirs that speaks HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import httpx

from functions.core.text import Language
from functions.core.webhook import signature
from functions.edge.desk import Deed
from ui.i18n import said

TIMEOUT = httpx.Timeout(10, connect=2)  # seconds; a function that starts cold answers within three


class NotDone(Exception):
    """As far as anyone knows, it was not done. `code` is stable, `sentence` in the editor's language."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


class Said(NamedTuple):
    """What came of an event: a stable code, and a sentence in the editor's language."""

    outcome: str
    message: str


@dataclass(frozen=True)
class StaffSession:
    """A clerk's session: `id` is what events are signed with, `ends` when the token stops."""

    id: str
    token: str
    ends: datetime


@dataclass(frozen=True)
class Api:
    """The API at `base_url`, answering in `language`. Each call has a client of its own: no cookie outlives it."""

    base_url: str
    language: Language
    transport: httpx.BaseTransport | None = None

    def is_alive(self) -> bool:
        """Whether the API answers at all."""
        try:
            with httpx.Client(base_url=self.base_url, transport=self.transport, timeout=TIMEOUT) as http:
                return http.get("/health").status_code == httpx.codes.OK
        except (httpx.HTTPError, httpx.InvalidURL):
            return False

    def sign_in(self, invitation: str) -> StaffSession:
        """A staff session for an invitation's code. Raises NotDone."""
        told = self._post("/api/session", {"provider": "staff", "invitation": invitation})
        return StaffSession(told["id"], told["token"], datetime.fromisoformat(told["expires_at"]))

    def send(self, who: StaffSession, campaign: str, kind: str, event_id: str, data: Mapping[str, Any]) -> Said:
        """One event of staff, and what came of it. The same id again does nothing twice. Raises NotDone."""
        body = {"event_id": event_id, "data": dict(data)}
        told = self._post(f"/api/campaigns/{campaign}/events/{kind}", body, {"Authorization": f"Bearer {who.token}"})
        return Said(str(told["outcome"]), str(told["message"]))

    def desk(self, token: str, deed: Deed, body: Mapping[str, Any]) -> dict[str, Any]:
        """A member looked up, exported or erased, by a token for just that. Raises NotDone."""
        return self._post(f"/api/desk/members/{deed}", dict(body), {"Authorization": f"Bearer {token}"})

    def hand_in(self, hook: str, secret: bytes, name: str, body: str, at: datetime) -> int:
        """Orders, signed as their shop would; how many were taken. Raises NotDone."""
        stamp, path = str(int(at.timestamp())), f"/hooks/orders?hook={hook}"
        signed = signature(secret, name, stamp, body.encode())
        headers = {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": signed}
        return int(self._post(path, body, headers, httpx.codes.ACCEPTED)["orders"])

    def page_answers(self, campaign: str) -> bool:
        """Whether a phone that opens the campaign's address gets its page."""
        if not self.base_url.startswith(("https://", "http://")):
            return False
        try:
            with httpx.Client(base_url=self.base_url, transport=self.transport, timeout=TIMEOUT) as http:
                return http.get(f"/c/{campaign}").status_code == httpx.codes.OK
        except (httpx.HTTPError, httpx.InvalidURL):
            return False

    def _post(
        self,
        path: str,
        body: dict[str, Any] | str,
        headers: Mapping[str, str] | None = None,
        wanted: int = httpx.codes.OK,
    ) -> dict[str, Any]:
        if not self.base_url.startswith(("https://", "http://")):
            raise NotDone("no_address", said("POND_BASE_URL does not say where the API is.", self.language))
        spoken = {"Accept-Language": self.language, "Content-Type": "application/json", **(headers or {})}
        text = body if isinstance(body, str) else json.dumps(body)
        try:
            with httpx.Client(base_url=self.base_url, transport=self.transport, timeout=TIMEOUT) as http:
                answer = http.post(path, content=text, headers=spoken)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self.unanswered() from error
        content = _content(answer)
        if answer.status_code != wanted or not content:
            raise _not_done(answer.status_code, content, self.language)
        return content

    def unanswered(self) -> NotDone:
        """Nobody knows whether it was done."""
        return NotDone("no_answer", said("No answer came. Press again: nothing is counted twice.", self.language))


def _content(answer: httpx.Response) -> dict[str, Any]:
    """The answer's JSON object; empty for anything else, such as a balancer's page."""
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _not_done(status: int, content: Mapping[str, Any], language: Language) -> NotDone:
    """A refusal in the API's own words (RFC 9457), or in ours where it was not the API that answered."""
    if "code" in content and "detail" in content:
        places = [f"{line['path']}: {line['message']}" for line in content.get("errors", ())]
        return NotDone(str(content["code"]), " ".join([str(content["detail"]), *places]))
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return NotDone("limited", said("Too much is happening at once. Try again.", language))
    words = said("The service answered {status}. Nothing is lost; try again later.", language)
    return NotDone(f"status_{status}", words.format(status=status))

"""From the screens to the real handlers, in this process: what httpx would put on the wire becomes a gateway event."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.edge.world import World
from tests.pages.serve import answer_of, gateway_event


@dataclass
class Wire(httpx.BaseTransport):
    """A transport into a world. `breaks` says, call by call, how the next ones fail; then all is well."""

    world: World
    breaks: list[str | httpx.Response] = field(default_factory=list)
    seen: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The handler's answer, unless the request or the answer is to be lost, or somebody else answers."""
        self.seen.append(request)
        fault = self.breaks.pop(0) if self.breaks else ""
        if isinstance(fault, httpx.Response):
            return fault
        if fault == "request lost":
            raise httpx.ConnectTimeout(fault, request=request)
        event = gateway_event(request.method, request.url.raw_path.decode(), dict(request.headers), request.read())
        answer = answer_of(self.world, event)
        if fault == "answer lost":
            raise httpx.ReadTimeout(fault, request=request)
        return httpx.Response(answer["statusCode"], headers=answer["headers"], text=answer["body"] or "")

    def paths(self) -> list[str]:
        """Where the calls went."""
        return [request.url.path for request in self.seen]

    def events(self) -> list[dict[str, Any]]:
        """The bodies of the events that were sent."""
        return [json.loads(one.content) for one in self.seen if "/events/" in one.url.path]

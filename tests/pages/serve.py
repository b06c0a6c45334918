"""A phone's way to the handlers: HTTP in, API Gateway events through, over a shop in memory."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from functions.edge.bucket import Bucket
from functions.pages import handler as pages
from tests.edge.world import Context, World, function_of


def gateway_event(method: str, target: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    """A request as API Gateway's payload 2.0 has it."""
    address = urlsplit(target)
    lowered = {name.lower(): value for name, value in headers.items()}
    cookies = [one.strip() for one in lowered.pop("cookie", "").split(";") if one.strip()]
    return {
        "version": "2.0",
        "routeKey": f"{method} (a route)",
        "rawPath": address.path,
        "rawQueryString": address.query,
        "queryStringParameters": {name: ",".join(values) for name, values in parse_qs(address.query).items()},
        "headers": lowered,
        "cookies": cookies,
        "requestContext": {
            "http": {"method": method, "path": address.path, "sourceIp": "203.0.113.9"},
            "requestId": "request-1",
            "stage": "$default",
        },
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def answer_of(world: World, event: dict[str, Any]) -> dict[str, Any]:
    """What the function says that the template routes this event to."""
    path = event["rawPath"]
    if path.startswith(("/api/", "/hooks/")) or path in ("/health", "/openapi.json"):
        return world.handlers[function_of(path)](event, Context())
    return pages.entry(lambda: world.service)(event, Context())


def stored(world: World, headers: dict[str, str], body: bytes) -> str:
    """Keep what a form sends to the bucket, as S3 does; returns where its sender goes next."""
    kind = next(value for name, value in headers.items() if name.lower() == "content-type")
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    parts = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in message.get_payload()  # type: ignore[union-attr]
    }
    world.s3.objects[parts["key"].decode()] = parts["file"]
    return parts["success_action_redirect"].decode()


class _Door(BaseHTTPRequestHandler):
    world: World
    seen: list[str]

    def _serve(self) -> None:
        self.seen.append(f"{self.command} {self.path}")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        if self.path == "/bucket":
            answer: dict[str, Any] = {
                "statusCode": 303,
                "headers": {"Location": stored(self.world, headers, body)},
                "body": "",
            }
        else:
            answer = answer_of(self.world, gateway_event(self.command, self.path, headers, body))
        payload = (answer.get("body") or "").encode()
        if answer.get("isBase64Encoded"):
            payload = base64.b64decode(payload)
        self.send_response(answer["statusCode"])
        for name, value in answer["headers"].items():
            self.send_header(name, value)
        for line in answer.get("cookies", []):
            self.send_header("Set-Cookie", line)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    do_GET = do_POST = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def serving(world: World) -> Iterator[tuple[str, list[str]]]:
    """Serve a shop; yields its address and the list of requests as they come."""
    seen: list[str] = []
    door = type("Door", (_Door,), {"world": world, "seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), door) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        world.service.settings = replace(world.service.settings, base_url=url, stage="local")
        world.service.bucket = Bucket("bucket", world.store.tenant, lambda: world.s3, url)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield url, seen
        finally:
            server.shutdown()
            thread.join()

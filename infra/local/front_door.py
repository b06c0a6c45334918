"""One stable address in front of the local cloud.

The emulator answers the API under an id that changes with each deployment, and its S3 on a port that a phone cannot
reach. This small proxy gives both one address, says who really asked, and lets in only as many requests at once as
the machine has processes for: each one more would start another Python.
"""

import asyncio
import string
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from infra.local.home import Home, read_json
from infra.local.refusals import refused

AT_ONCE = 8  # running function processes; more only wait for the two or so cores of a laptop
WAITING = 512  # beyond this the answer is 429, as API Gateway's throttle gives
BODY_LIMIT = 10 * 1024 * 1024  # API Gateway takes no more
NOT_OURS = {
    "host", "connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization",
    "proxy-connection", "content-length", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded",
    "x-forwarded-method",
}  # fmt: skip
FILES, SIGNED = "prints/", "X-Amz-Algorithm=AWS4-HMAC-SHA256"  # what a signed link may fetch; MiniStack checks it
NOT_BACK = {"connection", "keep-alive", "transfer-encoding", "server", "date"}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class FrontDoor:
    """Forwards to the stack that stands now, which `cloud.json` names."""

    def __init__(self, home: Home, client: httpx.AsyncClient) -> None:
        self._file = home.cloud
        self._client = client
        self._seats = asyncio.Semaphore(AT_ONCE)
        self._queue = 0
        self._known: tuple[float, Any] = (0.0, None)

    async def api(self, request: Request) -> Response:
        """The HTTP API, as if API Gateway stood here."""
        if self._queue >= WAITING:
            return refused(request, "too_many_requests", retry=1)
        self._queue += 1
        try:
            async with self._seats:
                prefix = f"/_aws/execute-api/{self._cloud().get('api_id')}/$default"
                # MiniStack answers OPTIONS itself, 403; API Gateway without CORS of its own asks the route's function.
                return await self._forward(request, prefix, "GET" if request.method == "OPTIONS" else request.method)
        finally:
            self._queue -= 1

    async def upload(self, request: Request) -> Response:
        """A browser's post of a picture to the bucket, and nothing else of S3."""
        if request.path_params["bucket"] != self._cloud().get("bucket"):
            return refused(request, "not_found")
        return await self._forward(request, "", request.method, strip="/s3")

    async def download(self, request: Request) -> Response:
        """A file of codes by its signed link, as it comes: such files are larger than memory."""
        asked, cloud = request.path_params, self._cloud()
        if (
            asked["bucket"] != cloud.get("bucket")
            or not asked["key"].startswith(FILES)
            or SIGNED.encode() not in request.scope["query_string"]
        ):
            return refused(request, "not_found")
        try:
            onward = self._client.build_request("GET", cloud["endpoint"] + _target(request, strip="/s3"))
            answer = await self._client.send(onward, stream=True)
        except httpx.InvalidURL:
            return refused(request, "uri_too_long")
        except httpx.HTTPError:
            return refused(request, "local_cloud_away", retry=2)
        sent = StreamingResponse(answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose))
        return _backward(answer, sent)

    def _cloud(self) -> Any:
        """The stack that stands now; empty while one is being made."""
        changed = self._file.stat().st_mtime if self._file.exists() else 0.0
        if changed != self._known[0]:
            self._known = (changed, read_json(self._file))
        return self._known[1] or {}

    async def _forward(self, request: Request, prefix: str, method: str, strip: str = "") -> Response:
        if "endpoint" not in self._cloud():
            return refused(request, "local_cloud_away", retry=2)
        body = await _limited(request)
        if body is None:
            return refused(request, "too_large")
        url = self._cloud()["endpoint"] + prefix + _target(request, strip)
        try:
            onward = self._client.build_request(method, url, headers=_onward(request), content=body)
            answer = await self._client.send(onward, stream=True)
            content = b"".join([chunk async for chunk in answer.aiter_raw()])
            await answer.aclose()
        except httpx.InvalidURL:
            return refused(request, "uri_too_long")
        except httpx.HTTPError:
            return refused(request, "local_cloud_away", retry=2)
        return _backward(answer, Response(content, answer.status_code))


async def _limited(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _target(request: Request, strip: str) -> str:
    """Path and query as they came; what no address may hold, such as a raw 池, in its percent form."""
    path = request.scope["raw_path"].removeprefix(strip.encode())
    query = request.scope["query_string"]
    return quote(path + (b"?" + query if query else b""), safe=string.punctuation)


def _onward(request: Request) -> list[tuple[bytes, bytes]]:
    """The request's headers, byte by byte, and who asked: set here, so that nobody can claim another address."""
    kept = [(name, value) for name, value in request.headers.raw if name.decode("latin-1") not in NOT_OURS]
    host = request.headers.get("host", "localhost").encode("latin-1")
    return [
        *kept,
        (b"host", host),
        (b"x-forwarded-for", (request.client.host if request.client else "127.0.0.1").encode()),
        (b"x-forwarded-host", host),
        (b"x-forwarded-proto", b"http"),
        *([(b"x-forwarded-method", b"OPTIONS")] if request.method == "OPTIONS" else []),
    ]


def _backward(answer: httpx.Response, response: Response) -> Response:
    """The answer as it came, byte by byte: packed stays packed, each cookie keeps its own line."""
    length = response.headers.get("content-length")
    response.raw_headers = [
        (name.lower(), value) for name, value in answer.headers.raw if name.decode("ascii").lower() not in NOT_BACK
    ]
    if length is not None and "content-length" not in answer.headers:
        response.headers["content-length"] = length
    return response


def application(home: Home) -> Starlette:
    """The proxy as an ASGI application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        limits = httpx.Limits(max_connections=AT_ONCE * 2, max_keepalive_connections=AT_ONCE * 2)
        # Without this the client would keep one person's session cookie and send it for the next.
        nobodys = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        async with httpx.AsyncClient(timeout=35, limits=limits, trust_env=False, cookies=nobodys) as client:
            client.headers.clear()  # the asker's headers only: packing is asked for by who can unpack
            app.state.door = FrontDoor(home, client)
            yield

    async def upload(request: Request) -> Response:
        door: FrontDoor = request.app.state.door
        return await door.upload(request)

    async def download(request: Request) -> Response:
        door: FrontDoor = request.app.state.door
        return await door.download(request)

    async def api(request: Request) -> Response:
        door: FrontDoor = request.app.state.door
        return await door.api(request)

    return Starlette(
        routes=[
            Route("/s3/{bucket}", upload, methods=["POST"]),
            Route("/s3/{bucket}/{key:path}", download, methods=["GET"]),
            Route("/{path:path}", api, methods=METHODS),
        ],
        lifespan=lifespan,
    )


if __name__ == "__main__":
    folder, host, port = sys.argv[1:]
    uvicorn.run(
        application(Home(Path(folder))), host=host, port=int(port), log_level="warning",
        proxy_headers=False, server_header=False, timeout_graceful_shutdown=3,
    )  # fmt: skip

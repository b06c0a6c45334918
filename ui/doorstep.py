"""What stands between the browser and Streamlit's server: it says the page's language, packs scripts, and knows
which addresses there are. ASGI layers, used by `serve.py`."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qs, quote

from anyio import to_thread

from functions.core.text import LANGUAGES, Language
from ui.i18n import said
from ui.navigation import SCREENS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

PACKED = (".js", ".css")
SHELL = '<div id="root"></div>'  # what tells Streamlit's document from every other answer
ICON = Path(__file__).with_name("pond.svg")
LOST = Path(__file__).with_name("lost.html")
SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("typing.js", "steps.js"))


class Packed:
    """Streamlit's scripts and styles, compressed once: it sends them plain (4.8 MB for a page full of widgets)."""

    def __init__(self, app: Asgi) -> None:
        self._app = app
        self._kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI call. Names of scripts carry their content's hash, so what is kept stays right."""
        if not _packable(scope):
            await self._app(scope, receive, send)
            return
        path = str(scope["path"])
        if path not in self._kept:
            status, headers, body = await _answer(self._app, scope, receive)
            if status != 200 or not _whole(headers, body):
                await _send(send, status, headers, body)
                return
            small = await to_thread.run_sync(gzip.compress, body, 6)
            told = [*_without(headers, b"content-length", b"etag"), (b"content-encoding", b"gzip")]
            self._kept[path] = ([*told, (b"vary", b"accept-encoding")], small)
        headers, body = self._kept[path]
        await _send(send, 200, headers, body)


class Doorstep:
    """Streamlit's one document, in the visitor's language; at an address that no screen has, a page that says so."""

    def __init__(self, app: Asgi) -> None:
        self._app = app
        self._known = {"", *(screen.name for screen in SCREENS)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI call."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_a_page(scope):
            await self._app(scope, receive, send)
            return
        plain = {**scope, "headers": _without(scope["headers"], b"accept-encoding")}
        status, headers, body = await _answer(self._app, plain, receive)
        if status == 200 and SHELL.encode() in body:
            tongue = spoken(scope)
            status, body = (200, shell(body, tongue)) if self._knows(scope) else (404, lost(tongue))
            headers = _without(headers, b"content-length", b"etag", b"last-modified")
            headers = [*headers, (b"vary", b"accept-language")]
        await _send(send, status, headers, body)

    def _knows(self, scope: Scope) -> bool:
        return str(scope["path"]).removeprefix(str(scope.get("root_path", ""))).strip("/") in self._known


def spoken(scope: Scope) -> Language:
    """The language a request asks for: `?lang=`, else the browser's first; Chinese unless that is English."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    first = "en" if _header(scope, b"accept-language").lower().startswith("en") else "zh"
    return next((known for known in LANGUAGES if known == asked), "en" if first == "en" else "zh")


def shell(body: bytes, tongue: Language) -> bytes:
    """Streamlit's document with our name, in our words, without a font that no page of ours uses; it keeps long texts
    while they are typed, and where the composer stands.
    """
    tag = "zh-CN" if tongue == "zh" else "en"
    words = said("These screens need JavaScript. Please switch it on and load the page again.", tongue)
    text = body.decode()
    text = text.replace('<html lang="en">', f'<html lang="{tag}">').replace("<title>Streamlit<", "<title>Pond<")
    icon = "data:image/svg+xml," + quote(ICON.read_text(encoding="utf-8"))
    text = text.replace('href="./favicon.png"', f'href="{icon}"')
    before, _, rest = text.partition("<noscript>")
    text = f"{before}<noscript><p>{escape(words)}</p>{rest[rest.find('</noscript>') :]}" if rest else text
    links = [link for link in text.split("<link") if not ('as="font"' in link and "SourceSans" in link)]
    text = "<link".join(links)
    scripts = "".join(f"<script>{file.read_text(encoding='utf-8')}</script>" for file in SCRIPTS)
    return text.replace("</head>", scripts + "</head>", 1).encode()


def lost(tongue: Language) -> bytes:
    """The page for an address that does not exist."""
    words = {
        "lang": "zh-CN" if tongue == "zh" else "en",
        "title": said("There is no page at this address", tongue),
        "says": said("The link may be mistyped or from an older version. Nothing was lost.", tongue),
        "home": said("Go to the home page", tongue),
    }
    safe = {name: escape(text) for name, text in words.items()}
    return Template(LOST.read_text(encoding="utf-8")).substitute(safe, language=tongue).encode()


def _packable(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and "/static/" in scope["path"]
        and scope["path"].endswith(PACKED)
        and "gzip" in _header(scope, b"accept-encoding")
        and not _header(scope, b"range")
    )


def _asks_for_a_page(scope: Scope) -> bool:
    return "text/html" in _header(scope, b"accept")


def _header(scope: Scope, name: bytes) -> str:
    found = next((value for key, value in scope.get("headers", []) if key.lower() == name), b"")
    return str(found.decode("latin-1"))


def _without(headers: list[tuple[bytes, bytes]], *names: bytes) -> list[tuple[bytes, bytes]]:
    return [(key, value) for key, value in headers if key.lower() not in names]


def _whole(headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
    """Whether all of it came: a browser that goes away in the midst of a load gets an answer without its body, and

    kept, that would be what every other browser gets.
    """
    told = next((value for key, value in headers if key.lower() == b"content-length"), b"")
    return told == str(len(body)).encode()


async def _answer(app: Asgi, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """The whole answer of the layer beneath: status, headers, body."""
    start: Message = {}
    body = bytearray()

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, take)
    return start["status"], list(start["headers"]), bytes(body)


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    headers = [*_without(headers, b"content-length"), length]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

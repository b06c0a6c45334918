"""What the browser gets before any script runs: its language, packed scripts, and plain words at a wrong address."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

import pytest

from tests.loop import finished
from ui.doorstep import Asgi, Doorstep, Packed

SHELL = b"""<!DOCTYPE html><html lang="en"><head><link rel="preload" href="./static/media/SourceSans.woff2" as="font" />
<link rel="stylesheet" href="a.css"><title>Streamlit</title></head><body><noscript><p>You need JavaScript</p></noscript>
<div id="root"></div></body></html>"""
SCRIPT = b"export const pond = 1;\n" * 200


class Streamlit:
    """Answers as Streamlit's server does; counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        """Scripts under /static, health, and the one document everywhere else."""
        path = scope["path"]
        self.asked.append(path)
        kind, body = b"text/html", SHELL
        if path.startswith("/static/"):
            kind, body = b"text/javascript", SCRIPT
        elif path == "/_stcore/health":
            kind, body = b"text/plain", b"ok"
        status = 404 if path.endswith("missing.js") else 200
        headers = [(b"content-type", kind), (b"etag", b"same"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:100], "more_body": True})
        await send({"type": "http.response.body", "body": body[100:]})


def get(app: Asgi, path: str, query: str = "", **headers: str) -> tuple[int, Mapping[bytes, bytes], bytes]:
    """One request: status, headers, body."""
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": told}
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def ask() -> None:
        await app(scope, receive, send)

    finished(ask())
    body = b"".join(one.get("body", b"") for one in said[1:])
    return said[0]["status"], dict(said[0]["headers"]), body


@pytest.mark.parametrize(
    ("query", "browser", "tag"),
    [("", "zh-CN,zh", "zh-CN"), ("", "en-GB,en", "en"), ("", "fr-FR", "zh-CN"), ("c=1&lang=en", "zh-CN", "en")],
)
def test_the_document_says_its_language_before_any_script_runs(query: str, browser: str, tag: str) -> None:
    status, headers, body = get(Doorstep(Streamlit()), "/campaigns", query, accept="text/html", accept_language=browser)

    assert status == 200
    assert f'<html lang="{tag}">'.encode() in body
    assert b"etag" not in headers
    assert int(headers[b"content-length"]) == len(body)


def test_the_document_carries_our_name_and_none_of_streamlits_font() -> None:
    _status, _headers, body = get(Doorstep(Streamlit()), "/", "lang=en", accept="text/html")

    assert b"<title>Pond</title>" in body
    assert b"SourceSans" not in body
    assert b"a.css" in body
    assert b"switch it on" in body


@pytest.mark.parametrize("path", ["/nothing", "/compose/more", "/campaigns.php"])
def test_a_wrong_address_is_said_in_words_with_a_way_home(path: str) -> None:
    status, _headers, body = get(Doorstep(Streamlit()), path, "lang=zh", accept="text/html")

    assert status == 404
    assert "这个地址没有页面" in body.decode()
    assert 'href="/?lang=zh"' in body.decode()


def test_what_is_no_document_passes_untouched() -> None:
    assert get(Doorstep(Streamlit()), "/_stcore/health", accept="text/html")[2] == b"ok"


def test_a_script_is_packed_once_and_then_kept() -> None:
    inner = Streamlit()
    app = Packed(inner)

    first = get(app, "/static/js/a.js", accept_encoding="gzip, br")
    again = get(app, "/static/js/a.js", accept_encoding="gzip, br")

    assert first == again
    assert gzip.decompress(first[2]) == SCRIPT
    assert len(first[2]) < len(SCRIPT) / 4
    assert first[1][b"content-encoding"] == b"gzip"
    assert inner.asked == ["/static/js/a.js"]


def test_an_answer_that_broke_off_is_not_kept_for_others() -> None:
    inner = Streamlit()

    async def breaks_off(scope: Any, receive: Any, send: Any) -> None:
        async def half(message: Any) -> None:
            first = len(inner.asked) == 1
            await send({**message, "body": b""} if first and message["type"] == "http.response.body" else message)

        await inner(scope, receive, half)

    app = Packed(breaks_off)
    get(app, "/static/js/a.js", accept_encoding="gzip")

    assert gzip.decompress(get(app, "/static/js/a.js", accept_encoding="gzip")[2]) == SCRIPT


def test_who_cannot_unpack_and_what_is_missing_get_what_streamlit_sends() -> None:
    app = Packed(Streamlit())

    assert get(app, "/static/js/a.js")[2] == SCRIPT
    assert get(app, "/static/js/missing.js", accept_encoding="gzip")[0] == 404

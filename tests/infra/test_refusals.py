"""What the front door says by itself is a problem for programs and a page for people, in their language."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from infra.local.front_door import BODY_LIMIT, FrontDoor, application
from infra.local.home import Home, write_json
from infra.local.refusals import SENTENCES
from tests.loop import finished

HTML = "text/html,application/xhtml+xml"
NOBODY = {"endpoint": "http://127.0.0.1:9", "api_id": "x", "bucket": "b"}


class Door:
    """A front door behind which no stack stands yet."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            app = application(self.home)
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://door") as client,
            ):
                return await client.request(method, path, **sent)

        return finished(asked())

    def passed_on(self, path: str, headers: dict[str, bytes], query: bytes = b"") -> httpx.Request:
        """What the emulator is asked where a browser asks for this path, raw as a socket brings it."""
        asked: list[httpx.Request] = []

        def emulator(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return httpx.Response(200, stream=httpx.ByteStream(b""))

        async def body() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def passed() -> None:
            async with httpx.AsyncClient(transport=httpx.MockTransport(emulator)) as client:
                raw = [(b"host", b"door"), *((name.encode(), value) for name, value in headers.items())]
                scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": raw}
                await FrontDoor(self.home, client).api(Request(scope | {"query_string": query}, body))

        finished(passed())
        return asked[0]


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(Home(tmp_path))


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "正在重新启动"), ("en", "Starting again")])
def test_while_the_emulator_is_away_a_program_is_told_when_to_come_back(door: Door, language: str, word: str) -> None:
    answer = door.ask("POST", "/api/session", json={}, headers={"accept-language": language})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["title"]) == ("local_cloud_away", word)
    assert answer.json()["type"] == "urn:pond:problem:local_cloud_away"


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_person_gets_a_page_that_opens_again_by_itself(door: Door, language: str, tag: str) -> None:
    answer = door.ask("GET", "/c/camp_1", headers={"accept": HTML, "accept-language": language})

    assert (answer.status_code, answer.headers["refresh"]) == (503, "3")
    assert f'<html lang="{tag}">' in answer.text
    assert SENTENCES["local_cloud_away"][2].model_dump()[language] in answer.text


def test_what_was_being_sent_is_not_sent_again_by_itself(door: Door) -> None:
    answer = door.ask("POST", "/api/session", headers={"accept": HTML})

    assert answer.status_code == 503
    assert "refresh" not in answer.headers


def test_an_address_of_the_bucket_that_is_not_ours_is_not_found(door: Door) -> None:
    answer = door.ask("POST", "/s3/another-bucket", headers={"accept-language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_what_the_gateway_would_not_take_is_refused_in_the_senders_language(door: Door) -> None:
    write_json(door.home.cloud, NOBODY)

    answer = door.ask("POST", "/api/session", content=b"x" * (BODY_LIMIT + 1), headers={"cookie": "lang=zh"})

    assert (answer.status_code, answer.json()["code"], answer.json()["title"]) == (413, "too_large", "内容太大")


def test_an_emulator_that_does_not_answer_is_away(door: Door) -> None:
    write_json(door.home.cloud, NOBODY)

    assert door.ask("GET", "/health").json()["code"] == "local_cloud_away"


@pytest.mark.parametrize("name", ["user-agent", "cookie", "referer"])
def test_a_header_that_is_not_ascii_goes_on_as_it_came(door: Door, name: str) -> None:
    write_json(door.home.cloud, NOBODY)
    value = "name=小鱼".encode()

    sent = door.passed_on("/c/camp_1", {name: value})

    assert [got for key, got in sent.headers.raw if key.lower() == name.encode()] == [value]


def test_an_address_that_is_not_ascii_goes_on_in_its_percent_form(door: Door) -> None:
    write_json(door.home.cloud, NOBODY)

    sent = door.passed_on("/c/池%20x", {}, "at=塘&b=%E5%A1%98+1".encode())

    assert sent.url.raw_path == b"/_aws/execute-api/x/$default/c/%E6%B1%A0%20x?at=%E5%A1%98&b=%E5%A1%98+1"


def test_an_address_too_long_to_be_sent_on_is_refused(door: Door) -> None:
    write_json(door.home.cloud, NOBODY)

    answer = door.ask("GET", "/health?x=" + "x" * 65_490)

    assert (answer.status_code, answer.json()["code"]) == (414, "uri_too_long")


def test_every_sentence_is_there_in_both_languages() -> None:
    assert all(title.complete and detail.complete for _, title, detail in SENTENCES.values())

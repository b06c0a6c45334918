"""WeChat's silent sign-in against a server of ours that plays its part: whose WeChat pays, and every way it fails."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from functions.core.tokens import Keyring
from functions.payments import sign_in as signing_in
from functions.payments.port import Refused
from functions.payments.sign_in import SignIn
from functions.storage import audit
from functions.storage.store import Busy
from tests.edge.test_groups import opened
from tests.edge.world import CAMPAIGN, World
from tests.pages.page_reader import read
from tests.pages.test_visits import visit
from tests.payments.test_cashier import WECHAT, Teller, asks
from tests.payments.test_money import PRICE

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MEMBER, OTHER = "mem_1", "mem_2"
CODE, SECRET = "021aB_cD-1", "app-secret"
GOOD = {"access_token": "at", "expires_in": 7200, "openid": "oHkLx-1", "scope": "snsapi_base"}


@dataclass
class Account:
    """WeChat's side: takes a code once, and says so in its own numbers."""

    answer: str = json.dumps(GOOD)
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    gateway: str = ""


@pytest.fixture
def account() -> Iterator[Account]:
    there = Account()

    class Wire(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = urlsplit(self.path)
            there.asked.append({"path": sent.path} | {name: one[0] for name, one in parse_qs(sent.query).items()})
            body = there.answer.encode()
            self.send_response(there.status)
            self.send_header("Content-Type", "text/plain")  # as WeChat does
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    there.gateway = f"http://127.0.0.1:{server.server_port}"
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sign_in(account: Account) -> SignIn:
    ring = Keyring("demo", "k1", {"k1": b"x" * 32})
    return SignIn("wx1", SECRET, lambda: ring, "https://shop.example", lambda: NOW, account.gateway)


def there_from(page: str) -> str:
    """Where the page leads to WeChat's sign-in."""
    return unescape(re.search(rf'href="({re.escape(signing_in.DOOR)}[^"]+)"', page)[1])  # type: ignore[index]


def state_of(door: str) -> str:
    return parse_qs(urlsplit(door).query)["state"][0]


def refused(act: Any, *given: str) -> str:
    with pytest.raises(Refused) as told:
        act(*given)
    return told.value.code


def test_the_way_there_and_what_it_comes_back_with(sign_in: SignIn, account: Account) -> None:
    door = sign_in.door(CAMPAIGN, MEMBER)
    asked = {name: one[0] for name, one in parse_qs(urlsplit(door).query).items()}

    openid = sign_in.openid(CODE, asked["state"], CAMPAIGN, MEMBER)

    assert (door.startswith(signing_in.DOOR), door.endswith("#wechat_redirect")) == (True, True)
    assert (asked["appid"], asked["scope"], asked["response_type"]) == ("wx1", "snsapi_base", "code")
    assert asked["redirect_uri"] == f"https://shop.example/pay/wechat?c={CAMPAIGN}"
    assert re.fullmatch(r"[A-Za-z0-9]{40,128}", asked["state"])  # all that WeChat carries
    assert SECRET not in door
    assert openid == "oHkLx-1"
    assert account.asked == [
        {"path": "/sns/oauth2/access_token", "appid": "wx1", "secret": SECRET, "code": CODE,
         "grant_type": "authorization_code"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "code"),
    [(40029, "sign_in_again"), (40163, "sign_in_again"), (42003, "sign_in_again"), (41008, "sign_in_again"),
     (40125, "sign_in_40125"), (40013, "sign_in_40013")],
)  # fmt: skip
def test_what_wechat_refuses(sign_in: SignIn, account: Account, number: int, code: str) -> None:
    account.answer = json.dumps({"errcode": number, "errmsg": "no"})

    assert refused(sign_in.openid, CODE, state_of(sign_in.door(CAMPAIGN, MEMBER)), CAMPAIGN, MEMBER) == code


@pytest.mark.parametrize(
    ("answer", "status"),
    [('{"errcode": -1}', 200), ('{"errcode": 45011}', 200), ("", 502), ("<html>", 200), ("[]", 200)],
)
def test_what_may_be_tried_again(sign_in: SignIn, account: Account, answer: str, status: int) -> None:
    account.answer, account.status = answer, status

    with pytest.raises(Busy):
        sign_in.openid(CODE, state_of(sign_in.door(CAMPAIGN, MEMBER)), CAMPAIGN, MEMBER)


def test_no_answer_in_time_may_be_tried_again(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "TIMEOUT_SECONDS", 0.05)

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Busy):
        gone = replace(sign_in, gateway=f"http://127.0.0.1:{silent.getsockname()[1]}")
        gone.openid(CODE, state_of(sign_in.door(CAMPAIGN, MEMBER)), CAMPAIGN, MEMBER)


def test_the_state_is_of_one_session_one_campaign_and_ten_minutes(sign_in: SignIn, account: Account) -> None:
    state = state_of(sign_in.door(CAMPAIGN, MEMBER))
    later = replace(sign_in, clock=lambda: NOW + timedelta(minutes=10))
    flipped = state[:-1] + ("0" if state[-1] != "0" else "1")
    longer = f"{int(state[:-32], 16) + 9:x}{state[-32:]}"

    said = [
        refused(sign_in.openid, CODE, state, CAMPAIGN, OTHER),
        refused(sign_in.openid, CODE, state, "camp_other", MEMBER),
        refused(later.openid, CODE, state, CAMPAIGN, MEMBER),
        *[refused(sign_in.openid, CODE, one, CAMPAIGN, MEMBER) for one in (flipped, longer, "", "f" * 40)],
    ]

    assert said == ["sign_in_again"] * 7
    assert account.asked == []


@pytest.fixture
def world(sign_in: SignIn) -> World:
    """A shop that takes WeChat, and has an official account."""
    world = World()
    world.service.settings = replace(world.service.settings, payments="wechat")
    world.service.merchant = lambda: ""
    world.service.made |= {"wechat": Teller(), "sign_in": replace(sign_in, clock=world.service.clock)}
    opened(world, price=PRICE)
    return world


def test_inside_wechat_one_is_led_there_and_back_and_pays(world: World) -> None:
    leads = asks(world, WECHAT)
    back = {"c": CAMPAIGN, "code": CODE, "state": state_of(there_from(leads.text))}
    page = str(visit(world, f"/pay/wechat?{urlencode(back)}", world.phone("leader"))["body"])

    pays = asks(world, WECHAT, code=CODE, state=back["state"])

    assert (leads.status, "location.replace" in leads.text) == (200, True)
    assert read(page).faults == read(leads.text).faults == []
    assert f'name="code" value="{CODE}"' in page
    assert f'name="state" value="{back["state"]}"' in page
    assert "getBrandWCPayRequest" in pays.text


def test_a_used_code_is_said_and_a_wrong_secret_is_written_down(world: World, account: Account) -> None:
    state = state_of(there_from(asks(world, WECHAT).text))

    account.answer = json.dumps({"errcode": 40163})
    used = asks(world, WECHAT, code=CODE, state=state)
    account.answer = json.dumps({"errcode": 40125, "errmsg": "invalid appsecret"})
    wrong = asks(world, WECHAT, code=CODE, state=state)

    assert (used.said, wrong.said) == ({"o": "sign_in_again"}, {"o": "cannot_pay_now"})
    assert "再点一次付款" in visit(world, used.headers["Location"], world.phone("leader"))["body"]
    assert [one.note for one in audit.entries(world.store) if one.what == "refuse_payment"] == ["pay: sign_in_40125"]
    assert SECRET not in str(world.store.rows)  # type: ignore[attr-defined]


def test_the_page_one_comes_back_to_believes_nothing(world: World) -> None:
    phone = world.phone("leader")

    lost = str(visit(world, "/pay/wechat?c=%3Cscript%3E&code=x&state=y", phone)["body"])
    page = str(visit(world, f"/pay/wechat?c={CAMPAIGN}&code=%22%3E%3Cscript%3E&state=y", phone)["body"])

    assert "form-pay" not in lost
    assert '"><script>' not in page

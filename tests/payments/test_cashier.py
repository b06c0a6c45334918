"""From a tap to WeChat: each browser is led its own way, and what cannot be is said in words and written down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.payments.port import Door, Payer, Refused
from functions.storage import audit
from tests.edge.test_groups import opened
from tests.edge.world import CAMPAIGN, World
from tests.pages.page_reader import read
from tests.pages.test_visits import visit
from tests.payments.test_money import PRICE

DESK = "Mozilla/5.0 (X11; Linux x86_64)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148"
WECHAT = PHONE + " MicroMessenger/8.0.50"


class Teller:
    """WeChat as far as asking goes (its own half is in test_wechat.py)."""

    name = "wechat"
    refuses = ""

    def begin(self, payment: str, row: Any, words: str, payer: Payer) -> Door:
        if self.refuses or (payer.way == "jsapi" and not payer.openid):
            raise Refused(self.refuses or "openid_needed")
        links = {"native": "weixin://wxpay/bizpayurl?pr=x", "h5": "https://wx.tenpay.com/pay?prepay_id=1&x=2"}
        return Door(links[payer.way]) if payer.way in links else Door(call={"package": "prepay_id=1", "paySign": "s"})


@pytest.fixture
def teller() -> Teller:
    return Teller()


@pytest.fixture
def world(teller: Teller) -> World:
    """A shop that takes WeChat."""
    world = World()
    world.service.settings = replace(world.service.settings, payments="wechat")
    world.service.merchant = lambda: ""
    world.service.made |= {"wechat": teller, "sign_in": None}
    opened(world, price=PRICE)
    return world


def asks(world: World, agent: str, **more: str) -> Any:
    """The page's own form, sent by a browser of that name."""
    said = urlencode({"event_id": "pay-00001", "campaign": CAMPAIGN, "next": f"/c/{CAMPAIGN}", **more})
    sent = {"content-type": "application/x-www-form-urlencoded", "user-agent": agent}
    return world.phone("leader").call("POST", "/api/payments", said, sent)


@pytest.mark.parametrize(
    ("agent", "more", "holds"),
    [
        (DESK, {}, "<svg"),
        (PHONE, {}, 'href="https://wx.tenpay.com/pay?prepay_id=1&amp;x=2" referrerpolicy="origin"'),
        (WECHAT, {"openid": "oHkLx"}, "getBrandWCPayRequest"),
    ],
)
def test_each_browser_is_led_to_pay_its_own_way(world: World, agent: str, more: dict[str, str], holds: str) -> None:
    answer = asks(world, agent, **more)

    assert (answer.status, "¥9.00" in answer.text, holds in answer.text) == (200, True, True)
    assert read(answer.text).faults == []
    assert answer.headers["Referrer-Policy"] == "origin"


def test_inside_wechat_without_its_sign_in_the_way_out_is_said(world: World) -> None:
    answer = asks(world, WECHAT)

    assert (answer.status, answer.said) == (303, {"o": "openid_needed"})
    page = visit(world, answer.headers["Location"], world.phone("leader"))["body"]
    assert "用浏览器打开再付" in page


def test_what_wechat_refuses_is_said_and_written_down(world: World, teller: Teller) -> None:
    teller.refuses = "NO_AUTH"

    assert asks(world, PHONE).said == {"o": "cannot_pay_now"}
    assert [one.note for one in audit.entries(world.store) if one.what == "refuse_payment"] == ["pay: NO_AUTH"]

"""What shop systems send, read as orders; and nothing that they send breaks the reader."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.core.hooks import Preset
from functions.orders.presets import read

MEMBER = "mem_00000000000000000000000001"
SHOPIFY: dict[str, Any] = {
    "id": 820982911946154508,
    "name": "#9999",
    "financial_status": "paid",
    "created_at": "2026-03-02T08:59:00+08:00",
    "processed_at": "2026-03-02T09:00:00+08:00",
    "updated_at": "2026-03-02T09:00:01+08:00",
    "cancelled_at": None,
    "currency": "USD",
    "total_price": "403.00",
    "customer": {"phone": "+16135551212"},
    "line_items": [{"sku": "IPOD-1", "title": "IPod", "quantity": 2, "price": "199.00"}],
    "refunds": [],
}
YOUZAN: dict[str, Any] = {
    "full_order_info": {
        "order_info": {
            "tid": "E20260302090000000000001",
            "status": "WAIT_SELLER_SEND_GOODS",
            "pay_time": "2026-03-02 09:00:00",
            "update_time": "2026-03-02 09:00:01",
        },
        "pay_info": {"payment": "129.00"},
        "buyer_info": {"buyer_phone": "13800000000"},
        "orders": [{"outer_sku_id": "tea", "title": "龙井", "num": 1, "payment": "129.00"}],
    }
}


def youzan(**info: Any) -> dict[str, Any]:
    full = YOUZAN["full_order_info"]
    return {"full_order_info": {**full, "order_info": {**full["order_info"], **info}}}


@pytest.mark.parametrize("place", ["updated_at", "processed_at"])
def test_a_time_of_no_day_in_utc_is_refused(place: str) -> None:
    with pytest.raises(ValidationError, match="time_out_of_range"):
        read("shopify", {**SHOPIFY, place: "9999-12-31T23:59:59-14:00"})


def test_a_shopify_order_is_read_with_its_lines_and_buyer() -> None:
    (order,) = read("shopify", SHOPIFY)

    assert (order.order_id, order.status, order.total, order.currency) == ("820982911946154508", "paid", 40300, "USD")
    assert order.paid_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert order.buyer.phone == "+16135551212"
    assert [(line.sku, line.quantity, line.amount) for line in order.lines] == [("IPOD-1", 2, 39800)]


def test_a_shopify_order_says_whose_it_is_by_a_note() -> None:
    (order,) = read("shopify", SHOPIFY | {"note_attributes": [{"name": "pond_member", "value": MEMBER}]})

    assert order.buyer.member == MEMBER


@pytest.mark.parametrize("status", ["pending", "authorized", "partially_paid", None])
def test_what_nobody_has_paid_is_no_order_yet(status: str | None) -> None:
    assert read("shopify", SHOPIFY | {"financial_status": status}) == []


def test_shopify_refunds_add_up_and_rise_in_revision() -> None:
    def back(amount: str, status: str = "success") -> dict[str, Any]:
        return {"transactions": [{"kind": "refund", "status": status, "amount": amount}]}

    part = SHOPIFY | {"financial_status": "partially_refunded", "updated_at": "2026-03-02T10:00:00+08:00"}
    (order,) = read("shopify", part | {"refunds": [back("3.00"), back("0.50"), back("9.00", "failure")]})
    (paid,) = read("shopify", SHOPIFY)

    assert (order.status, order.refunded) == ("refunded", 350)
    assert order.revision > paid.revision


def test_a_cancelled_shopify_order_is_cancelled() -> None:
    (order,) = read("shopify", SHOPIFY | {"cancelled_at": "2026-03-02T10:00:00+08:00", "financial_status": "voided"})

    assert order.status == "cancelled"


@pytest.mark.parametrize("pack", [lambda text: quote(text), lambda text: text, json.loads])
def test_a_youzan_trade_is_read_however_its_message_is_packed(pack: Any) -> None:
    message = {"type": "trade_TradePaid", "msg": pack(json.dumps(YOUZAN))}

    (order,) = read("youzan", message)

    assert (order.order_id, order.status, order.total, order.currency) == (
        "E20260302090000000000001", "paid", 12900, "CNY",
    )  # fmt: skip
    assert order.paid_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert order.buyer.phone == "13800000000"


def test_a_youzan_trade_that_waits_for_payment_is_no_order_yet() -> None:
    assert read("youzan", youzan(status="WAIT_BUYER_PAY", pay_time="")) == []


def test_a_closed_youzan_trade_is_cancelled_and_a_refund_is_one() -> None:
    (closed,) = read("youzan", youzan(status="TRADE_CLOSED"))
    refunded = youzan()
    refunded["full_order_info"]["refund_order"] = [{"refund_fee": "29.00"}]
    (back,) = read("youzan", refunded)

    assert closed.status == "cancelled"
    assert (back.status, back.refunded) == ("refunded", 2900)


@pytest.mark.parametrize("amount", ["1.005", "-1.00", "NaN", "Infinity", "1e99", "", None, [], "twelve"])
def test_an_amount_that_is_none_is_refused(amount: Any) -> None:
    with pytest.raises(ValidationError):
        read("shopify", SHOPIFY | {"total_price": amount})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(("preset", "sample"), [("shopify", SHOPIFY), ("youzan", YOUZAN), ("pond", {"data": {}})])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_a_field_it_is_read_or_refused(preset: Preset, sample: dict[str, Any], data: Any) -> None:
    whole = json.loads(json.dumps(sample))
    inside = whole.get("full_order_info", whole)
    inside[data.draw(st.sampled_from(sorted(inside)))] = data.draw(JSON)

    with suppress(ValidationError):
        assert all(order.total >= order.refunded >= 0 for order in read(preset, whole))

"""What shops send, as orders: Pond's own form, and the forms of two kinds of shop system.

Pure. An order that nobody has paid yet is none: those are left out. Raises ValidationError for what cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from functions.core.calendar import reckonable
from functions.core.form import unfit
from functions.core.hooks import Preset
from functions.core.money import DECIMALS
from functions.core.order import Order

ORDERS_MAX = 50  # in one message
YOUZAN_ZONE = timezone(timedelta(hours=8))
YOUZAN_UNPAID = {"WAIT_BUYER_PAY", "TRADE_NO_CREATE_PAY", "WAIT_PAY_RETURN"}
SHOPIFY_PAID = {"paid", "partially_refunded", "refunded"}


class OrdersTold(BaseModel):
    """Orders in Pond's own form, each whole as it now stands; one, or several at once."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    type: str = Field(default="order.updated", max_length=80)
    data: list[Order] = Field(min_length=1, max_length=ORDERS_MAX)


def read(preset: Preset, content: Any) -> list[Order]:
    """The paid, refunded and cancelled orders in a message."""
    return READERS[preset](_mapping(content, "body"))


def pond(content: Mapping[str, Any]) -> list[Order]:
    """`{"type": "order.paid", "data": {…} or [{…}, …]}`."""
    data = content.get("data")
    return OrdersTold.model_validate({**content, "data": [data] if isinstance(data, dict) else data}).data


def shopify(content: Mapping[str, Any]) -> list[Order]:
    """A Shopify-like order (`orders/paid`, `orders/updated`, `orders/cancelled`); amounts are decimal text."""
    cancelled = bool(content.get("cancelled_at"))
    if str(content.get("financial_status")) not in SHOPIFY_PAID and not cancelled:
        return []
    currency = str(content.get("currency", ""))
    refunds = [
        transaction.get("amount")
        for refund in _rows(content, "refunds")
        for transaction in _rows(refund, "transactions")
        if transaction.get("kind") == "refund" and transaction.get("status") == "success"
    ]
    total = minor(content.get("total_price"), currency, "total_price")
    refunded = sum(minor(amount, currency, "refunds") for amount in refunds)
    is_refunded = content.get("financial_status") == "refunded"
    notes = {str(note.get("name")): note.get("value") for note in _rows(content, "note_attributes")}
    customer = _mapping(content.get("customer") or {}, "customer")
    return [
        Order.model_validate(
            {
                "order_id": str(content.get("id", "")),
                "revision": _milliseconds(instant(content.get("updated_at"), "updated_at")),
                "status": "cancelled" if cancelled else "refunded" if refunded or is_refunded else "paid",
                "total": total,
                "refunded": total if is_refunded and not refunded else refunded,
                "currency": currency,
                "paid_at": instant(content.get("processed_at") or content.get("created_at"), "processed_at"),
                "lines": [_shopify_line(line, currency) for line in _rows(content, "line_items")],
                "buyer": {
                    "member": str(notes.get("pond_member") or ""),
                    "phone": str(content.get("phone") or customer.get("phone") or ""),
                },
            }
        )
    ]


def youzan(content: Mapping[str, Any]) -> list[Order]:
    """A Youzan-like trade message; `msg` is JSON, often percent-encoded, and times are of Beijing."""
    message = content.get("msg", content)
    if isinstance(message, str):
        message = _loaded(unquote(message))
    full = _mapping(_mapping(message, "msg").get("full_order_info", message), "full_order_info")
    info, pay = _mapping(full.get("order_info"), "order_info"), _mapping(full.get("pay_info"), "pay_info")
    if str(info.get("status")) in YOUZAN_UNPAID or not info.get("pay_time"):
        return []
    buyer = _mapping(full.get("buyer_info") or {}, "buyer_info")
    total = minor(pay.get("payment"), "CNY", "payment")
    refunds = [minor(one.get("refund_fee"), "CNY", "refund_fee") for one in _rows(full, "refund_order")]
    closed = info.get("status") == "TRADE_CLOSED"
    return [
        Order.model_validate(
            {
                "order_id": str(info.get("tid", "")),
                "revision": _milliseconds(instant(info.get("update_time"), "update_time")),
                "status": "cancelled" if closed and not refunds else "refunded" if refunds else "paid",
                "total": total,
                "refunded": sum(refunds),
                "currency": "CNY",
                "paid_at": instant(info.get("pay_time"), "pay_time"),
                "lines": [_youzan_line(line) for line in _rows(full, "orders")],
                "buyer": {
                    "member": str(buyer.get("outer_user_id") or ""),
                    "phone": str(buyer.get("buyer_phone") or ""),
                },
            }
        )
    ]


READERS: dict[Preset, Callable[[Mapping[str, Any]], list[Order]]] = {
    "pond": pond,
    "shopify": shopify,
    "youzan": youzan,
}


def _shopify_line(line: Mapping[str, Any], currency: str) -> dict[str, Any]:
    quantity = line.get("quantity", 1)
    each = minor(line.get("price"), currency, "line_items")
    return {
        "sku": str(line.get("sku") or "")[:80],
        "name": str(line.get("title") or "")[:120],
        "quantity": quantity,
        "amount": each * quantity if isinstance(quantity, int) else each,
    }


def _youzan_line(line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "sku": str(line.get("outer_sku_id") or line.get("outer_item_id") or "")[:80],
        "name": str(line.get("title") or "")[:120],
        "quantity": line.get("num", 1),
        "amount": minor(line.get("payment"), "CNY", "orders"),
    }


def minor(said: Any, currency: str, place: str) -> int:
    """`12.50` as 1250 of the currency; whole minor units only."""
    try:
        amount = Decimal(str(said)) * 10 ** DECIMALS.get(currency, 2)
        if amount == amount.to_integral_value():
            return int(amount)
    except (InvalidOperation, OverflowError, ValueError):
        pass
    raise refused(place, unfit("not_an_amount", "金额要写成 12.50 这样", "An amount is written like 12.50"), said)


def instant(said: Any, place: str) -> datetime:
    """A time with its zone, or Beijing's where it names none."""
    try:
        found = datetime.fromisoformat(str(said))
        return reckonable(found.replace(tzinfo=YOUZAN_ZONE) if found.tzinfo is None else found)
    except PydanticCustomError as unfit_time:
        raise refused(place, unfit_time, said) from None
    except ValueError:
        raise refused(place, unfit("not_a_time", "时间读不懂", "This time cannot be read"), said) from None


def _milliseconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise refused("msg", unfit("not_json", "msg 不是有效的 JSON", "msg is not valid JSON"), "") from None


def _mapping(said: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise refused(place, unfit("not_an_order", "这里应是一组“名称: 值”", "Must be names and values"), "")
    return said


def _rows(content: Mapping[str, Any], place: str) -> list[Mapping[str, Any]]:
    said = content.get(place) or []
    if not isinstance(said, list):
        raise refused(place, unfit("not_a_list", "这里要填一个列表", "Must be a list"), "")
    return [_mapping(one, place) for one in said]


def refused(place: str, why: PydanticCustomError, said: Any) -> ValidationError:
    """One finding at one place, in the form that the models' own findings have."""
    return ValidationError.from_exception_data("Order", [InitErrorDetails(type=why, loc=(place,), input=said)])

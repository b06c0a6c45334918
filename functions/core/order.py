"""Orders: what a shop says of a purchase. Each telling is the whole order as it stands; the newest revision counts."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core import keys
from functions.core.calendar import Instant
from functions.core.change import Change, holds
from functions.core.event import Event
from functions.core.form import unfit
from functions.core.ids import derived_id
from functions.core.keys import Row
from functions.core.money import MINOR_MAX, Currency

Status = Literal["paid", "refunded", "cancelled"]
LINES_MAX = 100
REVISION_MAX = 10**15
DIGEST_CHARACTERS = 16
Amount = Annotated[int, Field(ge=0, le=MINOR_MAX, strict=True)]  # minor units; 12.0 and true are no amounts


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Line(_Part):
    """One line of an order; `amount` is what was paid for all of it, in minor units."""

    sku: str = Field(default="", max_length=80)
    name: str = Field(default="", max_length=120)
    quantity: int = Field(default=1, ge=1, le=1_000_000)
    amount: Amount = 0


class Buyer(_Part):
    """Who bought: a member's id, or a phone number, or nobody known."""

    member: str = Field(default="", pattern=r"^(mem_[0-9a-z]{26})?$")
    phone: str = Field(default="", max_length=32)


class Order(_Part):
    """An order as its shop tells it. `revision` rises with each change; `refunded` is the sum of all refunds so far."""

    order_id: str = Field(min_length=1, max_length=80)
    revision: int = Field(ge=0, le=REVISION_MAX)
    status: Status
    total: Amount
    refunded: Amount = 0
    currency: Currency
    paid_at: Instant
    lines: list[Line] = Field([], max_length=LINES_MAX)
    buyer: Buyer = Field(default_factory=Buyer)

    @model_validator(mode="before")
    @classmethod
    def _whole_refund(cls, content: Any) -> Any:
        """`refunded` without an amount means all of it."""
        if isinstance(content, dict) and content.get("status") == "refunded" and "refunded" not in content:
            return {**content, "refunded": content.get("total")}
        return content

    @model_validator(mode="after")
    def _refund_within_total(self) -> Order:
        if self.refunded > self.total:
            raise unfit("refund_exceeds_total", "退款不能大于实付金额", "A refund cannot be larger than what was paid")
        return self


def order_name(hook: str, order_id: str) -> str:
    """The name an order has here: two shops may number alike."""
    return derived_id("ord", hook, order_id)


def row_of(order: Order, hook: str) -> Row:
    """The order's row, without its buyer; `digest` tells two tellings of one revision apart."""
    lines = [[line.sku, line.name, line.quantity, line.amount] for line in order.lines]
    said: Row = {
        "order": order.order_id,
        "hook": hook,
        "revision": order.revision,
        "status": order.status,
        "total": order.total,
        "refunded": order.refunded,
        "currency": order.currency,
        "paid_at": int(order.paid_at.timestamp()),
        "lines": lines,
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {**said, "digest": hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_CHARACTERS]}


def net(row: Row) -> int:
    """What the shop keeps of an order, in minor units: nothing once it is cancelled."""
    return 0 if row["status"] == "cancelled" else int(row["total"]) - int(row["refunded"])


class OrderTold(_Part):
    """The data of an `order` event: which order moved, and to which revision. What it says is read from its row."""

    order: str = Field(pattern=r"^ord_[0-9a-z]{26}$")
    revision: int = Field(ge=0, le=REVISION_MAX)


def as_told(row: Row | None, event: Event) -> Row | None:
    """The order's row when it is still what the event told of; a newer telling has an event of its own."""
    same = row is not None and (row["member"], row["revision"]) == (event.member, event.data.revision)
    return row if same else None


def still(name: str, row: Row) -> Change:
    """Nothing written: the write is refused unless the order is as it was read."""
    return holds(keys.order(name), "version", row["version"], "")

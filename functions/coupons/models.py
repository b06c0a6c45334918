"""Bodies of the coupons' API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, Field

from functions.core.money import Minor
from functions.edge.bodies import EventId, In, Out

Code = Annotated[str, Field(min_length=1, max_length=1000, description="Scanned from a screen, or typed")]
OrderId = Annotated[str, Field(min_length=1, max_length=64)]


class CheckIn(In):
    """May this coupon be used here and now, for an order of this amount?"""

    code: Code
    amount: Minor | None = Field(default=None, description="Minor units; left out, the minimum spend is assumed")


class ReadIn(In):
    """A photo of a coupon's QR code, where the browser reads none itself."""

    picture: Base64Bytes = Field(description="JPEG, PNG or WebP, at most 4 MB; a form sends it as a file")


class ReadOut(Out):
    """What the QR code says: as good as scanned."""

    code: str


class RedeemIn(In):
    """Use the coupon for an order."""

    event_id: EventId
    code: Code
    order_id: OrderId
    amount: Minor = Field(description="What the order comes to before the coupon, in minor units")


class ReverseIn(In):
    """Undo the redemption of an order, within five minutes, by the clerk who redeemed it."""

    event_id: EventId
    code: Code
    order_id: OrderId
    reason: Literal["", "wrong_coupon", "wrong_amount", "customer_left", "other"] = ""
    amount: Minor | None = Field(default=None, description="Not looked at: a reversal undoes the whole redemption")


class CouponOut(Out):
    """What came of it, and the coupon as it now is; no coupon when the code is not one of ours."""

    outcome: str
    message: str
    values: dict[str, Any] = Field({}, description="discount, payable … in minor units")
    coupon: dict[str, Any] | None = None

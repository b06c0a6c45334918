"""Routes of clerks: read a photo, check, redeem, reverse."""

from __future__ import annotations

import re
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.core.money import DECIMALS
from functions.coupons import photo, till
from functions.coupons.models import CheckIn, CouponOut, ReadIn, ReadOut, RedeemIn, ReverseIn
from functions.edge.api import api, entry
from functions.edge.request import current

app = api()
DECIMAL = re.compile(r"([0-9]{1,10})(?:\.([0-9]{1,2}))?")


@app.post("/api/coupons/read", summary="What does the QR code in this photo say?")
def read_photo(body: Annotated[ReadIn, Body()]) -> ReadOut:
    return photo.read(current(app), body)


@app.post("/api/coupons/check", summary="May this coupon be used here and now?")
def check_coupon(body: Annotated[CheckIn, Body()]) -> CouponOut:
    return till.check(current(app), body)


@app.post("/api/coupons/redeem", summary="Use a coupon for an order")
def redeem_coupon(body: Annotated[RedeemIn, Body()]) -> CouponOut:
    return till.use(current(app), body)


@app.post("/api/coupons/reverse", summary="Undo a redemption")
def reverse_coupon(body: Annotated[ReverseIn, Body()]) -> CouponOut:
    return till.undo(current(app), body)


def page_of(_path: str) -> str:
    """The clerk's page."""
    return "/staff"


def as_typed(form: dict[str, Any]) -> dict[str, Any]:
    """People type an amount as 35.50, and forms send it so; `currency` says how many decimals that has."""
    decimals = DECIMALS.get(str(form.pop("currency", "CNY")), 2)
    found = DECIMAL.fullmatch(str(form.get("amount", "")).strip())
    if found and len(found[2] or "") <= decimals:
        form["amount"] = int(found[1] + (found[2] or "").ljust(decimals, "0"))
    elif "amount" in form:
        form["amount"] = None  # said as missing, rather than read in another unit
    return form


PICTURES = {"/api/coupons/read": photo.BODY_MAX}
handler = entry(app, page_of, adapt=as_typed, pictures=PICTURES)

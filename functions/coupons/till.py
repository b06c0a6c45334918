"""A clerk checks, redeems or reverses a coupon: one guarded write of its row, and of its group's slot in the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.core.text import Text
from functions.core.tokens import BadToken
from functions.coupons import redeem
from functions.coupons.models import CheckIn, CouponOut, RedeemIn, ReverseIn
from functions.coupons.redeem import Till, Verdict
from functions.edge import codes, limits
from functions.edge.identity import STAFF_SESSION, Session
from functions.edge.request import Request
from functions.storage.engine import EventIdReused
from functions.storage.single import settle

UNKNOWN = Text(
    zh="没有这张券，或者二维码已经过期。请顾客刷新后再扫。",
    en="There is no such coupon, or its code has expired. Ask the customer to refresh it.",
)
Decide = Callable[[Row, frozenset[str]], Verdict]


def check(request: Request, body: CheckIn) -> CouponOut:
    """Whether it may be redeemed; nothing is written."""
    clerk = request.clerk()
    key = _found(request, clerk, body.code)
    row = request.service.store.read([key])[key] if key else None
    if row is None:
        return _unknown(request)
    amount = row["minimum"] if body.amount is None else body.amount
    return _said(request, redeem.check(row, amount, clerk.shop, request.at), row)


def use(request: Request, body: RedeemIn) -> CouponOut:
    """Redeem once, however often it is asked under one event id."""
    clerk = request.clerk()
    till = Till(body.event_id, clerk.shop, clerk.id, request.at, clerk.name)
    return _settled(request, clerk, body, lambda row, no: redeem.redeem(row, body.order_id, body.amount, till, no))


def undo(request: Request, body: ReverseIn) -> CouponOut:
    """Reverse the redemption of an order, once. A page that stood open for hours is still told why not."""
    clerk = request.clerk()
    till = Till(body.event_id, clerk.shop, clerk.id, request.at, clerk.name)

    def decide(row: Row, _: frozenset[str]) -> Verdict:
        return redeem.reverse(row, body.order_id, till, body.reason)

    return _settled(request, clerk, body, decide, STAFF_SESSION)


def _settled(
    request: Request, clerk: Session, body: RedeemIn | ReverseIn, decide: Decide, late: timedelta = timedelta()
) -> CouponOut:
    """What comes of it. A coupon that was held too long, by up to `late`, does not come into the hand anew."""
    held = _found(request, clerk, body.code)
    key = held or _held_once(request, clerk, body.code, late)
    if key is None:
        return _unknown(request)
    if request.is_form:
        request.back = _page(request, clerk, key, body.event_id) if held else "/staff"

    def said(row: Row | None, refused: frozenset[str]) -> tuple[CouponOut, Sequence[Change]]:
        if row is None or row.get("erased"):
            return _unknown(request), []
        verdict = decide(row, refused)
        if verdict.outcome == "event_id_reused":
            raise EventIdReused
        after = {**row, **verdict.changes[0].set} if verdict.changes else row
        return _said(request, verdict, after), verdict.changes

    return settle(request.service.store, key, said, request.pause)


def _found(request: Request, clerk: Session, code: str) -> Key | None:
    """The coupon a code stands for. A typed one may be a guess, so each takes from a bucket that all copies share."""
    if not codes.is_token(code):
        request.spend_durable(f"code.{clerk.invitation}", limits.TYPED_CODE)
    try:
        return codes.coupon_key(request.service.store, request.service.keys, code, request.at, clerk.id)
    except BadToken:
        return None


def _held_once(request: Request, clerk: Session, code: str, late: timedelta) -> Key | None:
    """The coupon that this clerk held until at most `late` ago."""
    if not late or not code.startswith(f"{codes.HELD}."):
        return None
    try:
        return codes.coupon_key(request.service.store, request.service.keys, code, request.at - late, clerk.id)
    except BadToken:
        return None


def _unknown(request: Request) -> CouponOut:
    request.noted["outcome"] = "unknown_code"
    return CouponOut(outcome="unknown_code", message=UNKNOWN.in_(request.language))


def _said(request: Request, verdict: Verdict, row: Row) -> CouponOut:
    request.noted["outcome"] = verdict.outcome
    values = dict(verdict.values)
    people = {**values, "by": values["name"]} if "name" in values else values
    return CouponOut(
        outcome=verdict.outcome,
        message=redeem.OUTCOMES[verdict.outcome].fill(request.language, people),
        values=values,
        coupon=_shown(request, row),
    )


def _shown(request: Request, row: Row) -> dict[str, Any]:
    """The coupon as a clerk may see it: nothing that tells who holds it."""
    view: Mapping[str, Any] = request.service.catalogue.reward("coupon").view(row, request.at)
    words = {name: Text.model_validate(view[name]).in_(request.language) for name in ("name", "value")}
    plain = {name: view[name] for name in ("id", "status", "valid_from", "valid_until", "last_day", "stores")}
    return {**plain, **words, "currency": row["currency"]}


def _page(request: Request, clerk: Session, key: Key, event: str) -> str:
    """The clerk's page with this coupon in hand, and the event whose result it is to show."""
    held = codes.held_token(request.service.keys.ring(request.at), key, clerk.id, request.at)
    return f"/staff?{urlencode({'code': held, 'event': event})}"

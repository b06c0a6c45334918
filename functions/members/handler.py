"""Routes of sessions and of what is a member's own."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body

from functions.core.text import Text
from functions.edge.api import api, entry
from functions.edge.leaving import quit_units
from functions.edge.problems import at_place
from functions.edge.request import Request, current
from functions.members import mine, sessions
from functions.members.erase import Eraser
from functions.members.models import (
    ConsentIn,
    ConsentOut,
    CouponCodeOut,
    ErasedOut,
    EraseIn,
    EraseMemberIn,
    ExportOut,
    GiveIn,
    LookIn,
    LookOut,
    MemberIn,
    NicknameIn,
    NicknameOut,
    RightOut,
    SessionIn,
    SessionOut,
    TakeIn,
    WalletOut,
)

# `desk` and `rights` are imported where Pond's own screens ask for them: no member's first request waits for those.
app = api()
NOT_CONFIRMED = Text(zh="请先确认，删除后找不回来", en="Please confirm first: it cannot be brought back")
ERASED = Text(zh="你的数据已删除", en="Your data is erased")


@app.post("/api/session", summary="Open a session")
def open_session(body: Annotated[SessionIn, Body()]) -> SessionOut:
    return sessions.open_session(current(app), body)


@app.delete("/api/session", summary="Close the session")
def close_session() -> SessionOut:
    return sessions.close_session(current(app))


@app.get("/api/me/wallet", summary="What I have")
def get_wallet() -> WalletOut:
    return mine.wallet(current(app))


@app.get("/api/me/export", summary="All that is stored about me")
def get_export() -> ExportOut:
    return mine.export(current(app))


@app.delete("/api/me", summary="Erase me")
def delete_me() -> ErasedOut:
    return _erased(current(app))


@app.post("/api/me/erase", summary="Erase me (for forms)")
def post_erase(body: Annotated[EraseIn, Body()]) -> ErasedOut:
    if not body.confirm:
        raise at_place("confirm", "not_confirmed", NOT_CONFIRMED)
    return _erased(current(app))


@app.post("/api/me/consents", summary="Grant or withdraw consent")
def post_consent(body: Annotated[ConsentIn, Body()]) -> ConsentOut:
    return mine.say_consent(current(app), body)


@app.post("/api/me/nickname", summary="Say what I want to be called, or nothing")
def post_nickname(body: Annotated[NicknameIn, Body()]) -> NicknameOut:
    return mine.say_nickname(current(app), body)


@app.post("/api/desk/members/look", summary="Find a member (for Pond's own screens)")
def post_look(body: Annotated[LookIn, Body()]) -> LookOut:
    from functions.members import desk

    return desk.look(current(app), body)


@app.post("/api/desk/members/export", summary="All that is stored about a member (for Pond's own screens)")
def post_export(body: Annotated[MemberIn, Body()]) -> ExportOut:
    from functions.members import desk

    return desk.export(current(app), body)


@app.post("/api/desk/members/erase", summary="Erase a member (for Pond's own screens)")
def post_erase_member(body: Annotated[EraseMemberIn, Body()]) -> ErasedOut:
    from functions.members import desk

    return desk.erase(current(app), body)


@app.post("/api/desk/members/give", summary="Give a member a right (for Pond's own screens)")
def post_give(body: Annotated[GiveIn, Body()]) -> RightOut:
    from functions.members import rights

    return rights.give(current(app), body)


@app.post("/api/desk/members/take", summary="End a right of a member (for Pond's own screens)")
def post_take(body: Annotated[TakeIn, Body()]) -> RightOut:
    from functions.members import rights

    return rights.take(current(app), body)


@app.post("/api/me/coupons/<coupon_id>/code", summary="A coupon's code to print or read out")
def post_coupon_code(coupon_id: str) -> CouponCodeOut:
    return mine.coupon_code(current(app), coupon_id)


def page_of(path: str) -> str:
    """The page a form's sender goes back to."""
    if path.startswith("/api/me/coupons/"):
        return f"/me/coupons/{path.split('/')[4]}"
    return "/me" if path == "/api/session" else "/privacy"


def _erased(request: Request) -> ErasedOut:
    member, service = request.member(), request.service
    quits = partial(quit_units, service, pause=request.pause)
    eraser = Eraser(service.store, service.bucket, service.keys.ring(request.at), request.at, request.pause, quits)
    campaigns, coupons = eraser.erase(member)
    request.forget()
    request.noted["outcome"] = "erased"
    message = ERASED.in_(request.language)
    return ErasedOut(outcome="erased", message=message, campaigns=campaigns, coupons_voided=coupons)


handler = entry(app, page_of)

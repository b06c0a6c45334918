"""A member looked up, exported or erased by a marketer: written down first, then done (functions/edge/desk.py)."""

from __future__ import annotations

from functools import partial

from functions.core import keys
from functions.core.audit import Deed as Step
from functions.core.audit import Entry
from functions.core.ids import is_id
from functions.core.text import Text
from functions.core.tokens import BadToken
from functions.edge import codes, desk, limits
from functions.edge.leaving import quit_units
from functions.edge.problems import Problem, at_place
from functions.edge.request import Request
from functions.members import mine, phone
from functions.members.erase import Eraser
from functions.members.models import (
    ErasedOut,
    EraseMemberIn,
    ExportOut,
    LookIn,
    LookOut,
    MemberIn,
)
from functions.members.named import named_so, several
from functions.members.person import person_of
from functions.storage import audit
from functions.storage.members import Holdings, holdings

NO_MEMBER = Text(zh="没有这个会员", en="There is no such member")
SENTENCES = {
    "found": Text(zh="找到了", en="Found"),
    "nobody": Text(
        zh="没有找到。手机号要和会员登录时填的一样；没有用手机号登录过的游客，只能用会员号、昵称或券码查。",
        en="Nobody was found. A phone number must be the one the member signed in with; guests can only be found by"
        " their member id, their nickname or a coupon's code.",
    ),
    "nobody_named": Text(
        zh="没有会员的昵称这样开头。试试手机号、会员号或券码。",
        en="Nobody's nickname begins like this. Try their phone number, member id or a coupon's code.",
    ),
}
ERASED = Text(zh="这位会员的数据已删除", en="This member's data is erased")


def look(request: Request, body: LookIn) -> LookOut:
    """The member that a phone number, a member id or a coupon's code belongs to; those whose nickname begins so."""
    caller = caller_of(request, "look", "")
    request.spend_durable(f"desk.{_mark(request, caller)}", limits.TYPED_CODE)
    named = named_so(request, body.text) if body.by == "nickname" else []
    if len(named) > 1:
        return several(request, body.text, named)
    member = str(named[0]["member"]) if named else _found(request, body)
    held = holdings(request.service.store, member) if member else Holdings()
    if held == Holdings():
        why = "nobody_named" if body.by == "nickname" else "nobody"
        return LookOut(outcome="nobody", message=SENTENCES[why].in_(request.language))
    _write_down(request, caller, "reveal", member, body.by)
    message = SENTENCES["found"].in_(request.language)
    return LookOut(outcome="found", message=message, person=person_of(request, member, held))


def export(request: Request, body: MemberIn) -> ExportOut:
    """The same that the member's own export gives."""
    _write_down(request, caller_of(request, "export", known(body.member)), "export", body.member)
    return mine.export_of(request, body.member)


def erase(request: Request, body: EraseMemberIn) -> ErasedOut:
    """The same that the member's own erasing does, by the same intent."""
    _write_down(request, caller_of(request, "erase", known(body.member)), "erase", body.member, body.reason)
    service = request.service
    quits = partial(quit_units, service, pause=request.pause)
    eraser = Eraser(service.store, service.bucket, service.keys.ring(request.at), request.at, request.pause, quits)
    campaigns, coupons = eraser.erase(body.member)
    request.noted["outcome"] = "erased"
    message = ERASED.in_(request.language)
    return ErasedOut(outcome="erased", message=message, campaigns=campaigns, coupons_voided=coupons)


def caller_of(request: Request, deed: desk.Deed, member: str) -> desk.Caller:
    """Who asks, by a token for just that. Problem `no_session`."""
    if not request.token:
        raise Problem("no_session")
    return desk.opened(request.service.keys, request.token, deed, member, request.at)


def known(member: str) -> str:
    """The member's id; Problem `unknown_member` for what is none."""
    if not is_id("mem", member):
        raise no_member()
    return member


def no_member() -> Problem:
    """There is nobody of this id, or not any more."""
    return at_place("member", "unknown_member", NO_MEMBER)


def _mark(request: Request, caller: desk.Caller) -> str:
    return request.service.keys.ring(request.at).fingerprint("desk", caller.name)


def _write_down(request: Request, caller: desk.Caller, what: Step, member: str, note: str = "") -> None:
    line = Entry(what=what, by=caller.name, at=request.at, about=Text(zh=member, en=member), note=note)
    audit.note(request.service.store, line, request.service.new_id("aud", request.at))


def _found(request: Request, body: LookIn) -> str:
    """The member's id, or nothing. A phone number is turned into its keyed hash; it is stored nowhere."""
    store, text = request.service.store, body.text.strip()
    match body.by:
        case "phone":
            key = keys.identity(phone.mark_of(request, phone.normal(text)))
            return str((store.read([key])[key] or {}).get("member", ""))
        case "coupon":
            try:
                return codes.coupon_key(store, request.service.keys, text, request.at).parts[0]
            except BadToken:
                return ""
    return text if is_id("mem", text) else ""

"""Opening a session: as a guest, by a code sent to a phone, as a clerk by invitation."""

from __future__ import annotations

from functions.core.text import Text
from functions.edge import limits
from functions.edge.identity import Session
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.members import phone
from functions.members.models import GuestIn, PhoneIn, SessionOut, StaffIn
from functions.storage import staff

SENTENCES = {
    "opened": Text(zh="已登录", en="Signed in"),
    "code_sent": Text(zh="验证码已发送，5 分钟内有效", en="The code is on its way. It is good for 5 minutes"),
    "closed": Text(zh="已退出", en="Signed out"),
}


def open_session(request: Request, body: GuestIn | PhoneIn | StaffIn) -> SessionOut:
    """The session that `body` asks for, or a code on its way."""
    match body:
        case GuestIn():
            return _opened(request, Session("member", _member(request) or request.service.new_id("mem", request.at)))
        case StaffIn():
            return _opened(request, _clerk(request, body.invitation))
        case PhoneIn(code=None):
            phone.send_code(request, body.phone)
            request.back += f"{'&' if '?' in request.back else '?'}tail={body.phone.strip()[-4:]}"
            return SessionOut(outcome="code_sent", message=SENTENCES["code_sent"].in_(request.language))
    return _opened(request, Session("member", phone.sign_in(request, body.phone, body.code or "", _member(request))))


def close_session(request: Request) -> SessionOut:
    """The cookie is cleared. A bearer token is the client's to forget."""
    request.forget()
    return SessionOut(outcome="closed", message=SENTENCES["closed"].in_(request.language))


def _opened(request: Request, session: Session) -> SessionOut:
    token, ends = request.begin(session)
    request.noted["outcome"] = "opened"
    return SessionOut(
        outcome="opened",
        message=SENTENCES["opened"].in_(request.language),
        kind=session.kind,
        id=session.id,
        shop=session.shop or None,
        token=token,
        expires_at=ends,
    )


def _member(request: Request) -> str:
    session = request.session_if_any()
    return session.id if session and session.kind == "member" else ""


def _clerk(request: Request, code: str) -> Session:
    request.spend_durable(f"invitation.{request.address_mark}", limits.SIGN_IN)
    invitation = staff.mark(request.service.keys.ring(request.at), code)
    row = staff.accept(request.service.store, invitation, request.at)
    if row is None:
        raise Problem("sign_in_refused")
    return Session("staff", request.service.new_id("staff", request.at), row["shop"], invitation, row["name"])

"""Signing in by phone. Numbers are never stored: a keyed hash stands for each, in rows and in buckets."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import timedelta

from functions.core import keys
from functions.core.change import Change, Is, create
from functions.core.keys import Row
from functions.core.text import Text
from functions.edge import limits
from functions.edge.problems import Problem, at_place
from functions.edge.request import Request
from functions.storage.single import alter

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=5)
TRIES_MAX = 5
E164 = re.compile(r"\+[1-9][0-9]{7,14}")
CHINA_MOBILE = re.compile(r"1[3-9][0-9]{9}")
SMS = Text(
    zh="验证码 {code}，5 分钟内有效。不要告诉任何人。", en="Your code is {code}. It is good for 5 minutes. Tell nobody."
)
NOT_A_PHONE = Text(zh="这不像手机号", en="That does not look like a phone number")


def send_code(request: Request, phone: str) -> None:
    """A new code on its way to `phone`; it replaces an earlier one. Problem `limited`, per address and per phone."""
    number = normal(phone)
    mark = mark_of(request, number)
    request.spend_durable(f"otp.address.{request.address_mark}", limits.OTP_ADDRESS)
    request.spend_durable(f"otp.phone.{mark}", limits.OTP_PHONE)
    code = f"{int.from_bytes(request.service.entropy(8), 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"
    ends = int((request.at + CODE_LASTS).timestamp())
    row = {"code": _code_mark(request, mark, code), "tries": 0, "valid_until": ends, "expires_at": ends}
    request.service.store.write([Change(keys.challenge(mark), put=row)])
    request.service.send(number, SMS.fill(request.language, {"code": code}))


def sign_in(request: Request, phone: str, code: str, guest: str) -> str:
    """The member of `phone`. A phone that is new joins `guest`, unless that is someone already.

    Problem `sign_in_refused` for a wrong, used, old or missing code, all alike.
    """
    mark = mark_of(request, normal(phone))
    request.spend_durable(f"otp.tries.{request.address_mark}", limits.SIGN_IN)
    key, said = keys.challenge(mark), _code_mark(request, mark, code.strip())
    fresh = request.service.new_id("mem", request.at)

    def check(row: Row | None) -> tuple[str, Sequence[Change]]:
        if row is None or row["tries"] >= TRIES_MAX or row["valid_until"] <= request.at.timestamp():
            return "", []
        guard = (Is("tries", row["tries"]), Is("code", row["code"]))
        if not hmac.compare_digest(row["code"], said):
            return "", [Change(key, guard, add={"tries": 1})]
        member, joining = _join(request, mark, guest, fresh)
        return member, [Change(key, guard, delete=True), *joining]  # together: who dies in between is not locked out

    member = alter(request.service.store, key, check, request.pause)
    if not member:
        raise Problem("sign_in_refused")
    return member


def normal(phone: str) -> str:
    """A number in E.164; a bare mobile number of mainland China gets +86."""
    plain = re.sub(r"[\s\-().]", "", phone)
    number = f"+86{plain}" if CHINA_MOBILE.fullmatch(plain) else plain
    if not E164.fullmatch(number):
        raise at_place("phone", "not_a_phone", NOT_A_PHONE)
    return number


def _join(request: Request, mark: str, guest: str, fresh: str) -> tuple[str, Sequence[Change]]:
    """Whom the phone belongs to, and what joins it when it is new: no two phones ever join one guest.

    The identity's row needs no guard: whoever writes it uses up the phone's one code in the same write.
    """
    identity, profile = keys.identity(mark), keys.profile(guest)
    rows = request.service.store.read([identity, profile] if guest else [identity])
    known = rows[identity]
    if known is not None:
        return known["member"], []
    member = guest if guest and rows[profile] is None else fresh
    since = request.at.isoformat()
    return member, [
        Change(identity, put={"member": member, "at": since}),
        create(keys.profile(member), {"identities": [mark], "phones": 1, "at": since}),
    ]


def mark_of(request: Request, number: str) -> str:
    """The keyed hash that stands for a number."""
    return request.service.keys.ring(request.at).fingerprint("phone", number)


def _code_mark(request: Request, mark: str, code: str) -> str:
    return request.service.keys.ring(request.at).fingerprint("otp", f"{mark} {code}")

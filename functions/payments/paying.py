"""Requests about payments: a member asks to pay, the sandbox's page and staff say that it came, a provider notifies."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal
from urllib.parse import urlsplit

from functions.core.keys import Row
from functions.core.money import Money
from functions.core.payment import WRONG, Notice
from functions.edge.api import own_place
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.payments import money
from functions.payments.models import PayIn, PayOut, SandboxIn, SettledOut
from functions.payments.port import Door, NotYours, Payer, Refused, Way
from functions.payments.providers import NoProvider, chooser, here, sign_in
from functions.payments.words import SENTENCES
from functions.storage import payments

WORDS = "Pond"  # what a provider shows beside the sum; the same each time, or it takes it for another payment
IN_WECHAT = "micromessenger"


def ask(request: Request, body: PayIn) -> PayOut:
    """Ask the member for what they owe; where they go to pay."""
    session = request.session()  # who owes something has a seat, and so a session
    if session.kind != "member":
        raise Problem("not_yours")
    service = request.service
    owed = money.owed_by(service, body.campaign, session.id)
    if owed is None:
        return PayOut(outcome="nothing_owed", message=said(request, "nothing_owed"))
    payments.ask(service.store, owed, here(service), request.at, request.pause)
    row = payments.load(service.store, owed.name)
    assert row is not None
    try:
        door = _door(request, body, session.id, owed.name, row)
    except Refused as refused:
        return _cannot(request, row["provider"], owed.name, refused.code)
    total = str(Money(minor=row["amount"], currency=row["currency"]))
    if request.is_form:
        _lead(request, door, total)
    outcome: Literal["asked", "sign_in"] = "sign_in" if door.signs_in else "asked"
    request.noted["outcome"] = outcome
    return PayOut(
        outcome=outcome,
        message=said(request, outcome, sum=total),
        payment=owed.name,
        amount=row["amount"],
        currency=row["currency"],
        pay_at=door.link or None,
        call=dict(door.call) or None,
    )


def _door(request: Request, body: PayIn, member: str, payment: str, row: Row) -> Door:
    """Where to pay; inside WeChat first to where it says whose it is, if this merchant has an account for that."""
    payer, service = payer_of(request, body), request.service
    if row["provider"] == "wechat" and payer.way == "jsapi" and not payer.openid and (account := sign_in(service)):
        if not body.code:
            return Door(account.door(body.campaign, member), signs_in=True)
        payer = replace(payer, openid=account.openid(body.code, body.state, body.campaign, member))
    return chooser(service)(row["provider"]).begin(payment, row, WORDS, payer)


def payer_of(request: Request, body: PayIn) -> Payer:
    """How the sender can pay, by what their browser calls itself."""
    agent = request.headers.get("user-agent", "").lower()
    way: Way = "jsapi" if IN_WECHAT in agent else "h5" if "mobile" in agent else "native"
    return Payer(way, request.address, body.openid)


def _cannot(request: Request, provider: str, payment: str, code: str) -> PayOut:
    """Why it cannot be paid here; what a provider refused is written down as well."""
    outcome: Literal["openid_needed", "sign_in_again", "cannot_pay_now"] = "cannot_pay_now"
    if code in ("openid_needed", "sign_in_again"):
        outcome = code
    else:
        money.note_refusal(request.service, provider, payment, f"pay: {code}"[:80])
    request.noted["outcome"] = outcome
    return PayOut(outcome=outcome, message=said(request, outcome), payment=payment)


def _lead(request: Request, door: Door, total: str) -> None:
    """A form's sender to where they pay: our own page, or one that opens WeChat."""
    if (page := urlsplit(door.link).path).startswith("/pay/"):
        request.back = own_place(page, request.back)
        return
    from functions.pages.cashier import cashier_page  # templates take 60 ms to import: only this answer needs them

    nonce = request.service.entropy(16).hex()
    request.document, headers = cashier_page(request.language, nonce, door, total, request.back, request.base_url)
    request.document_headers |= headers


def sandbox(request: Request, body: SandboxIn) -> SettledOut:
    """The sandbox's page says approve or refuse. Problem `not_found` where there is no sandbox."""
    if not request.service.settings.is_local:
        raise Problem("not_found")
    from functions.payments.sandbox import PURPOSE  # no deployment starts with it

    payment = str(request.service.keys.open(PURPOSE, body.pay, request.at)["p"])
    row = payments.load(request.service.store, payment)
    if row is None or row["provider"] != "sandbox":
        raise Problem("not_found")
    request.back = f"/c/{row['campaign']}"
    told = Notice(payment, f"sandbox-{payment}", row["amount"], row["currency"], body.verdict == "approve")
    return settled(request, told, "sandbox")


def hear(request: Request, provider: str, raw: bytes) -> SettledOut:
    """A provider's own notice. Problem `signature_refused` for what it did not sign, which is written down."""
    try:
        told = chooser(request.service)(provider).notice(request.headers, raw)
    except NoProvider as error:
        raise Problem("not_found") from error
    except NotYours as error:
        request.spend("unsigned notices", money.UNSIGNED)
        money.note_refusal(request.service, provider, "", "unsigned")
        raise Problem("signature_refused") from error
    if told is None:
        return SettledOut(outcome="known", message=said(request, "known"))
    return settled(request, told, provider)


def settled(request: Request, told: Notice, by: str) -> SettledOut:
    """What a notice came to, in words."""
    verdict = money.notice(request.service, told, by, request.pause)
    request.noted["outcome"] = verdict
    if verdict in WRONG and request.is_form:
        request.noted["code"] = verdict
    return SettledOut(outcome=verdict, message=said(request, verdict))


def said(request: Request, outcome: str, **values: str) -> str:
    """A sentence for an outcome."""
    return SENTENCES[outcome].fill(request.language, values)

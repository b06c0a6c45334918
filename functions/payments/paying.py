"""Requests about payments: a member asks to pay, the sandbox's page and staff say that it came, a provider notifies."""

from __future__ import annotations

from urllib.parse import urlsplit

from functions.core.money import Money
from functions.core.payment import WRONG, Notice
from functions.core.text import Text
from functions.edge.api import own_place
from functions.edge.guests import sender
from functions.edge.problems import Problem
from functions.edge.request import Request
from functions.payments import money
from functions.payments.models import PayIn, PayOut, SandboxIn, SettledOut
from functions.payments.port import NotYours
from functions.payments.providers import NoProvider, chooser, here
from functions.payments.sandbox import PURPOSE
from functions.storage import payments

SENTENCES = {
    "asked": Text(zh="请付 {sum}", en="Please pay {sum}"),
    "nothing_owed": Text(zh="现在没有要付的", en="There is nothing to pay just now"),
    "paid": Text(zh="付款成功", en="Paid"),
    "refused": Text(zh="付款没有成功", en="The payment was refused"),
    "known": Text(zh="已经记下了", en="Known already"),
    "unknown_payment": Text(zh="没有这笔付款", en="There is no such payment"),
    "amount_differs": Text(zh="金额和应付的不一样，没有入账", en="The amount differs: nothing was booked"),
    "currency_differs": Text(zh="币种和应付的不一样，没有入账", en="The currency differs: nothing was booked"),
    "paid_twice": Text(zh="这笔已经付过，多付的要退回", en="It was paid before: this one has to go back"),
    "handed_back": Text(zh="已登记，款已退给顾客", en="Written down: the customer has the money back"),
    "unknown_refund": Text(zh="没有这笔要退的款", en="There is no such refund to give back"),
    "after_refusal": Text(zh="付款已经结束", en="The payment is over"),
}  # fmt: skip


def ask(request: Request, body: PayIn) -> PayOut:
    """Ask the member for what they owe; where they go to pay."""
    session = sender(request, body.event_id)
    if session.kind != "member":
        raise Problem("not_yours")
    service = request.service
    owed = money.owed_by(service, body.campaign, session.id)
    if owed is None:
        return PayOut(outcome="nothing_owed", message=said(request, "nothing_owed"))
    payments.ask(service.store, owed, here(service), request.at, request.pause)
    row = payments.load(service.store, owed.name)
    assert row is not None
    pay_at = chooser(service)(row["provider"]).begin(owed.name, row, "Pond")
    if request.is_form and (page := urlsplit(pay_at).path).startswith("/pay/"):
        request.back = own_place(page, request.back)
    total = str(Money(minor=row["amount"], currency=row["currency"]))
    request.noted["outcome"] = "asked"
    return PayOut(
        outcome="asked",
        message=said(request, "asked", sum=total),
        payment=owed.name,
        amount=row["amount"],
        currency=row["currency"],
        pay_at=pay_at or None,
    )


def sandbox(request: Request, body: SandboxIn) -> SettledOut:
    """The sandbox's page says approve or refuse. Problem `not_found` where there is no sandbox."""
    if not request.service.settings.is_local:
        raise Problem("not_found")
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

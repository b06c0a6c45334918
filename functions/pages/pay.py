"""`GET /pay/{token}`: the sandbox's page, to approve or refuse a payment. Reads only."""

from __future__ import annotations

from functions.core.money import Money
from functions.core.tokens import BadToken
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.payments.sandbox import PURPOSE
from functions.storage import payments


def sandbox_page(ask: Ask, token: str) -> Answer:
    """What is to pay, and two buttons; only where there is a sandbox."""
    if not ask.service.settings.is_local:
        return answers.missing(ask, "not_found")
    try:
        name = str(ask.service.keys.open(PURPOSE, token, ask.at)["p"])
    except BadToken:
        return answers.missing(ask, "broken_link")
    row = payments.load(ask.service.store, name)
    if row is None:
        return answers.missing(ask, "broken_link")
    total = str(Money(minor=row["amount"], currency=row["currency"]))
    shown = {"token": token, "total": total, "state": row["state"], "back": f"/c/{row['campaign']}"}
    return answers.html(ask, render.page("pay.html", ask.frame(), **shown))

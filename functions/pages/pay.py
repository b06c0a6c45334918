"""`GET /pay/{token}`: what a member has to pay, and how: at the counter, or in the sandbox. Reads only."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from functions.core.keys import Row
from functions.core.money import Money
from functions.core.payment import number
from functions.core.tokens import BadToken
from functions.edge.codes import grouped
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.payments.sandbox import PURPOSE
from functions.storage import payments

SIGNED_IN = "wechat"  # the last part of payments/sign_in.py: BACK
CAMPAIGN = re.compile(r"[A-Za-z0-9_-]{1,64}")
CODE_MAX = 128


def pay_page(ask: Ask, token: str) -> Answer:
    """The sum, where it stands, and the provider's own part; the sandbox's only where there is one."""
    if token == SIGNED_IN:
        return _signed_in(ask)
    try:
        name = str(ask.service.keys.open(PURPOSE, token, ask.at)["p"])
    except BadToken:
        return answers.missing(ask, "broken_link")
    row = payments.load(ask.service.store, name)
    if row is None:
        return answers.missing(ask, "broken_link")
    if row["provider"] == "sandbox" and not ask.service.settings.is_local:
        return answers.missing(ask, "not_found")
    total = str(Money(minor=row["amount"], currency=row["currency"]))
    shown = {"token": token, "total": total, "state": row["state"], "back": f"/c/{row['campaign']}"}
    shown |= {"provider": row["provider"], "number": grouped(number(name)), "code": _code(ask, name, row)}
    return answers.html(ask, render.page("pay.html", ask.frame(), **shown))


def _signed_in(ask: Ask) -> Answer:
    """Back from WeChat's sign-in: a form that goes on to pay by itself, or by a tap. Nothing is believed here yet."""
    said = {name: ask.query.get(name, "") for name in ("c", "code", "state")}
    if not CAMPAIGN.fullmatch(said["c"]):
        return answers.missing(ask, "broken_link")
    shown = {"campaign": said["c"], "code": said["code"][:CODE_MAX], "state": said["state"][:CODE_MAX]}
    return answers.html(ask, render.page("signed_in.html", ask.frame(), **shown))


def _code(ask: Ask, name: str, row: Row) -> Any:
    """The code that opens the clerk's page of this payment; empty unless it is paid at a counter."""
    if row["provider"] != "offline" or row["state"] != "asked":
        return ""
    from functions.drawing.codes import staff_svg  # qrcode takes 80 ms to import: only this answer needs it

    return Markup(staff_svg(f"{ask.base_url}/staff/pay?code={number(name)}"))  # noqa: S704 - drawn here, from our own words

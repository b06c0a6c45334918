"""`GET /staff/pay`: money at the counter. A payment by its number, and refunds to give back by hand. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from functions.core.keys import Row
from functions.core.money import Money
from functions.core.payment import left, number
from functions.edge.codes import grouped, typed
from functions.pages import answers, formats, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.members import ZONE
from functions.pages.problems import problem_notice
from functions.pages.staff import clerk_of
from functions.storage import payments

SHOWN = 20
JUST, LATELY = ("paid", "known"), timedelta(minutes=5)
Step = Literal["confirm", "paid", "refused", "unknown", "elsewhere"]


@dataclass(frozen=True)
class Due:
    """A refund that waits for somebody's hand."""

    name: str
    payment: str
    number: str
    amount: str
    since: str


@dataclass(frozen=True)
class Bill:
    """A payment as a clerk has to see it. `why` is what the last tap came to, where that was refused."""

    step: Step
    payment: str = ""
    number: str = ""
    campaign: str = ""
    total: str = ""
    minor: int = 0
    by: str = ""
    at: str = ""
    back: str = ""
    fresh: bool = False  # paid a moment ago, as the clerk's last tap says
    why: str = ""


def counter_page(ask: Ask) -> Answer:
    """The page; `?code=` is a payment's number, scanned or typed."""
    clerk = clerk_of(ask)
    code = typed(ask.query.get("code", ""))[:40]
    content: dict[str, Any] = {
        "clerk": clerk,
        "bill": _bill(ask, code) if clerk and code else None,
        "refunds": _refunds(ask) if clerk else (),
        "here": "/staff/pay" + (f"?{urlencode({'code': code})}" if code else ""),
        "invitation": "",
        "expired": ask.is_expired,
        "said": ask.query.get("o", ""),
        "notice": problem_notice(ask.query["e"], ask.language) if "e" in ask.query else None,
    }
    return answers.html(ask, render.page("staff_pay.html", ask.frame(staff=True), **content))


def _bill(ask: Ask, code: str) -> Bill:
    name = payments.find(ask.service.store, code)
    row = payments.load(ask.service.store, name) if name else None
    if name is None or row is None:
        return Bill("unknown")
    if row["provider"] != "offline":
        return Bill("elsewhere", number=grouped(number(name)))
    steps: dict[str, Step] = {"asked": "confirm", "paid": "paid", "refused": "refused"}
    step = steps[row["state"]]
    why = ask.query.get("o", "") if step == "confirm" else ""
    return Bill(
        step,
        name,
        grouped(number(name)),
        _campaign(ask, row),
        _money(row, row["amount"]),
        row["amount"],
        row.get("by", ""),
        _when(ask, row["settled_at"]) if "settled_at" in row else "",
        _money(row, row["amount"] - left(row)) if step == "paid" and left(row) < row["amount"] else "",
        step == "paid" and ask.query.get("o") in JUST and ask.at - datetime.fromisoformat(row["settled_at"]) < LATELY,
        why,
    )


def _refunds(ask: Ask) -> tuple[Due, ...]:
    """The oldest that nobody has given back yet."""
    found = []
    for name, row in payments.waiting(ask.service.store, payments.REFUND):
        payment, amount = payments.refund_in(row)
        paid = payments.load(ask.service.store, payment) if len(found) < SHOWN else None
        if paid is not None and paid["provider"] == "offline" and row.get("state") in ("wanted", payments.AT_COUNTER):
            found.append((row["at"], name, payment, _money(paid, amount)))
    return tuple(
        Due(name, payment, grouped(number(payment)), amount, _when(ask, at))
        for at, name, payment, amount in sorted(found)
    )


def _campaign(ask: Ask, row: Row) -> str:
    live = ask.service.live.get(row["campaign"], ask.at)
    return live.title.in_(ask.language) if live else ""


def _money(row: Row, minor: int) -> str:
    return str(Money(minor=minor, currency=row["currency"]))


def _when(ask: Ask, at: str | datetime) -> str:
    return formats.instant(ask.language, at, ZONE)

"""The clerk's page: sign in by invitation, scan or type, redeem, undo. Reads only; the API does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from functions.core import keys
from functions.core.keys import Row
from functions.core.money import Money
from functions.core.text import Text
from functions.core.tokens import BadToken
from functions.edge import codes
from functions.edge.identity import Session
from functions.pages import answers, cards, formats, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.cards import Card, Look
from functions.pages.members import ZONE
from functions.pages.problems import problem_notice
from functions.payments import providers
from functions.storage import till

SHOWN = 20


@dataclass(frozen=True)
class Clerk:
    """Who redeems, and where."""

    name: str
    store: str


@dataclass(frozen=True)
class Past:
    """One line of the history, in words."""

    when: str
    name: str
    value: str
    tail: str
    reversed: bool


@dataclass(frozen=True)
class History:
    """What the clerk redeemed: the newest twenty, and today's number and worth; `more` when there may be more."""

    lines: tuple[Past, ...]
    count: int
    worth: str
    more: bool


def staff_page(ask: Ask) -> Answer:
    """`GET /staff`: `?code=` is a scanned or typed code; `event` and `o` say what a form just did."""
    clerk = clerk_of(ask)
    code = ask.query.get("code", "").strip()
    card, held, row = _card(ask, ask.session, code) if clerk and ask.session else (None, "", {})
    content: dict[str, Any] = {
        "clerk": clerk,
        "card": card,
        "code": held,
        "here": "/staff" + (f"?{urlencode({'code': code})}" if code else ""),
        "invitation": ask.query.get("invitation", "") if not clerk else "",
        "history": _history(ask, ask.session, row) if clerk and ask.session else None,
        "counter": providers.here(ask.service) == "offline",
        "expired": ask.is_expired,
        "notice": problem_notice(ask.query["e"], ask.language) if "e" in ask.query else None,
    }
    return answers.html(ask, render.page("staff.html", ask.frame(staff=True), **content))


def clerk_of(ask: Ask) -> Clerk | None:
    """The clerk, while the invitation that let them in stands."""
    session = ask.session
    if session is None or session.kind != "staff":
        return None
    key = keys.invitation(session.invitation)
    row = ask.service.store.read([key])[key]
    return Clerk(row["name"], row["shop"]) if row and row["live"] else None


def _history(ask: Ask, session: Session, row: Row) -> History:
    """The clerk's own list, from the stream, which is a moment late: of the coupon in hand, `row` itself tells."""
    day = ask.at.astimezone(ZoneInfo(ZONE)).date()
    own = [one for one in till.told_by(row, session.id) if one.at.astimezone(ZoneInfo(ZONE)).date() == day]
    known = {(one.at, one.coupon) for one in own}
    told = [one for one in till.newest(ask.service.store, session.id) if (one.at, one.coupon) not in known]
    found = sorted([*own, *told], key=lambda one: one.at, reverse=True)
    today = [one for one in found if one.at.astimezone(ZoneInfo(ZONE)).date() == day and not one.reversed_at]
    worth: dict[str, int] = {}
    for one in today:
        worth[one.currency] = worth.get(one.currency, 0) + one.discount
    sums = " + ".join(str(Money.model_validate({"minor": minor, "currency": unit})) for unit, minor in worth.items())
    shown = tuple(_past(ask, one, day) for one in found[:SHOWN])
    return History(shown, len(today), sums, len(found) >= till.READ_MAX and len(today) == len(found))


def _past(ask: Ask, line: till.Line, today: date) -> Past:
    local = line.at.astimezone(ZoneInfo(ZONE))
    when = f"{local:%H:%M}" if local.date() == today else formats.instant(ask.language, line.at, ZONE)
    off = str(Money.model_validate({"minor": line.discount, "currency": line.currency}))
    name = Text.model_validate(line.name).in_(ask.language)
    return Past(when, name, off, line.coupon[-8:].upper(), bool(line.reversed_at))


def _card(ask: Ask, session: Session, code: str) -> tuple[Card | None, str, Row]:
    """The card, a token that keeps this coupon in this clerk's hand while the form is filled in, and its row."""
    if not code:
        return cards.gone(ask.query.get("o", ""), ask.language), "", {}
    try:
        key = codes.coupon_key(ask.service.store, ask.service.keys, code, ask.at, session.id)
    except BadToken:
        return cards.unknown(ask.language), "", {}
    row = ask.service.store.read([key])[key]
    if row is None or row.get("erased"):
        return cards.unknown(ask.language), "", {}
    entry = ask.service.catalogue.reward("coupon").view(row, ask.at)
    said = ask.query.get("event", ""), ask.query.get("o", "")
    look = Look(row, entry, session.shop, session.id, ask.at, ask.language, *said)
    return cards.of(look), codes.held_token(ask.service.keys.ring(ask.at), key, session.id, ask.at), row

"""The clerk's page: sign in by invitation, scan or type, redeem, undo. Reads only; the API does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from functions.core.tokens import BadToken
from functions.edge import codes
from functions.edge.identity import Session
from functions.pages import answers, cards, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.cards import Card
from functions.pages.members import notice


@dataclass(frozen=True)
class Clerk:
    """Who redeems, and where."""

    name: str
    store: str


def staff_page(ask: Ask) -> Answer:
    """`GET /staff`: `?code=` is a scanned or typed code."""
    clerk = _clerk(ask)
    code = ask.query.get("code", "").strip()
    here = "/staff" + (f"?{urlencode({'code': code})}" if code else "")
    content = {
        "clerk": clerk,
        "card": _card(ask, ask.session, code) if clerk and ask.session and code else None,
        "code": code,
        "here": here,
        "invitation": ask.query.get("invitation", "") if not clerk else "",
        "notice": notice(ask),
    }
    return answers.html(ask, render.page("staff.html", ask.frame(staff=True), **content))


def _clerk(ask: Ask) -> Clerk | None:
    session = ask.session
    return Clerk(session.id, session.shop) if session and session.kind == "staff" else None


def _card(ask: Ask, session: Session, code: str) -> Card:
    try:
        key = codes.coupon_key(ask.service.store, ask.service.keys, code, ask.at)
    except BadToken:
        return cards.unknown(ask.language)
    row = ask.service.store.read([key])[key]
    if row is None:
        return cards.unknown(ask.language)
    entry = ask.service.catalogue.reward("coupon").view(row, ask.at)
    return cards.asked(row, entry, session.shop, ask.at, ask.language)

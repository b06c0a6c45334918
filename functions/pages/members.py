"""A member's own pages: rewards, what is stored, and the way out. Reads only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from functions.core import keys
from functions.core.campaign import Definition
from functions.core.keys import Row
from functions.core.text import Language, Text
from functions.pages import answers, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.notices import Notice
from functions.pages.problems import problem_notice
from functions.storage.members import PARTICIPATE, Holdings, holdings, there

TABS = {"available": ("available", "not_yet"), "used": ("used",), "expired": ("expired", "void")}
ZONE = "Asia/Shanghai"  # of times that belong to no campaign
MESSAGES = "messages"
DONE = {
    "granted": Text(zh="已同意", en="Agreed"),
    "withdrawn": Text(zh="已撤回", en="Withdrawn"),
    "erased": Text(zh="你的数据已删除", en="Your data is erased"),
    "opened": Text(zh="已登录", en="Signed in"),
    "named": Text(zh="昵称记下了", en="Your nickname is saved"),
    "unnamed": Text(zh="昵称删掉了", en="Your nickname is removed"),
}
CODE_SENT = Text(zh="验证码已发到尾号 {tail} 的手机", en="We sent a code to the number ending in {tail}")
GOOD_FOR = Text(zh="5 分钟内有效", en="It is good for 5 minutes")
NOT_A_PHONE = Text(zh="这不像手机号，请核对", en="That does not look like a phone number. Please check it")
LAST_DIGITS = re.compile(r"[0-9]{4}")


def wallet_page(ask: Ask) -> Answer:
    """`GET /me`: points, coupons and rights, by whether they can still be used; keepsakes; refunds. One query, for who
    paid two rounds more."""
    from functions.pages.keepsakes import KINDS, keepsakes  # this page alone
    from functions.pages.refunds import refunds

    held = _held(ask) if ask.member else Holdings()
    everything = _entries(ask, held)
    entries = [one for one in everything if one["kind"] not in KINDS]
    by_tab = by_use(entries)
    tab = ask.query.get("tab", "")
    content: dict[str, Any] = {
        "signed_in": bool(ask.member),
        "expired": ask.is_expired,
        "by_phone": bool(held.profile),
        "points": _points(ask, held.points),
        "keepsakes": keepsakes(ask, everything),
        "refunds": [(one, _campaign_name(ask, one.campaign)) for one in refunds(ask, held.payments)],
        "tab": tab if tab in TABS else "available",
        "entries": by_tab.get(tab, by_tab["available"]),
        "counts": counted(by_tab),
        "zone": ZONE,
        "notice": notice(ask),
    }
    return answers.html(ask, render.page("wallet.html", ask.frame(), **content))


def by_use(entries: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Coupons and rights by their tab; what cannot be used yet stands behind what can."""
    found = {tab: [one for one in entries if one["status"] in states] for tab, states in TABS.items()}
    found["available"].sort(key=lambda one: one["status"] == "not_yet")
    return found


def counted(by_tab: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    """How many each tab says it has; what cannot be used yet is counted where it stands."""
    return {tab: sum(one["status"] != "not_yet" for one in found) for tab, found in by_tab.items()}


def privacy_page(ask: Ask) -> Answer:
    """`GET /privacy`: what is stored for what purpose, consents, export, erase."""
    from functions.core.nickname import NICKNAME_MAX  # this page alone asks for one

    definition = _definition(ask, ask.query.get("c", ""))
    held = _held(ask) if ask.member else Holdings()
    content: dict[str, Any] = {
        "definition": definition,
        "consents": _consents(ask, held) if ask.member else [],
        "nickname": (held.nickname or {}).get("name", ""),
        "nickname_max": NICKNAME_MAX,
        "may_be_named": there(held, ask.member) is not None,
        "paid": bool(held.payments),
        "signed_in": bool(ask.member),
        "expired": ask.is_expired,
        "notice": notice(ask),
    }
    return answers.html(ask, render.page("privacy.html", ask.frame(), **content))


def erase_page(ask: Ask) -> Answer:
    """`GET /me/erase`: the second step, which says what goes."""
    if not ask.member:
        return answers.missing(ask, "signed_out" if ask.is_expired else "no_session")
    held = _held(ask)
    usable = sum(one["kind"] == "coupon" and one["status"] in TABS["available"] for one in _entries(ask, held))
    return answers.html(ask, render.page("erase.html", ask.frame(), usable=usable, paid=bool(held.payments)))


def sign_in_page(ask: Ask) -> Answer:
    """`GET /me/sign-in`: by a code sent to a phone; `?step=code&tail=8000` asks for the code, and says which phone."""
    tail = ask.query.get("tail", "")
    sent_to = tail if ask.query.get("step") == "code" and LAST_DIGITS.fullmatch(tail) else ""
    done = bool(ask.member) and ask.query.get("o") == "opened"
    told = notice(ask) or (code_sent(ask.language, sent_to) if sent_to else None)
    if ask.problem == "invalid" and not sent_to:  # nothing but the number was asked for
        told = Notice("bad", NOT_A_PHONE.in_(ask.language))
    return answers.html(ask, render.page("sign_in.html", ask.frame(), sent_to=sent_to, done=done, notice=told))


def code_sent(language: Language, sent_to: str) -> Notice:
    """A code is on its way to the phone whose number ends so."""
    return Notice("good", CODE_SENT.fill(language, {"tail": sent_to}), (GOOD_FOR.in_(language),))


def notice(ask: Ask) -> Notice | None:
    """What came of the form that led here."""
    if ask.problem:
        return problem_notice(ask.problem, ask.language)
    done = DONE.get(ask.outcome)
    return Notice("good", done.in_(ask.language)) if done else None


def _entries(ask: Ask, held: Holdings) -> list[dict[str, Any]]:
    """The wallet, the newest first: each row as its reward shows it."""
    rewards = ask.service.catalogue.rewards
    shown = [(kind, row) for (kind, _), row in held.wallet.items() if kind in rewards]
    return [ask.service.catalogue.reward(kind).view(row, ask.at) for kind, row in reversed(shown)]


def _points(ask: Ask, row: Row | None) -> Mapping[str, Any] | None:
    if row is None:
        return None
    shown = ask.service.catalogue.reward("points").view(row, ask.at)
    return {**shown, "entries": [{**line, "name": _campaign_name(ask, line["why"])} for line in shown["entries"]]}


def _campaign_name(ask: Ask, why: str) -> Text:
    """Which campaign a ledger line comes from; heads are remembered, so a page asks for each once."""
    campaign = why.split("/")[0]
    live = ask.service.live.get(campaign, ask.at)
    return live.title if live else Text(zh="活动", en="Campaign")


def _definition(ask: Ask, campaign: str) -> Definition | None:
    live = ask.service.live.get(campaign, ask.at) if campaign else None
    return live.version.definition if live and live.version else None


def _consents(ask: Ask, held: Holdings) -> list[dict[str, Any]]:
    """What the member was asked, and said; messages are asked about whether or not anything was said."""
    said = {MESSAGES: False} | {purpose: row["live"] for purpose, row in held.consents.items()}
    return [{"purpose": purpose, "live": live, "name": _purpose(ask, purpose)} for purpose, live in said.items()]


def _held(ask: Ask) -> Holdings:
    return holdings(ask.service.store, ask.member)


def _purpose(ask: Ask, purpose: str) -> Text:
    if purpose == MESSAGES:
        return Text(zh="营销消息", en="Marketing messages")
    if purpose.startswith(keys.BOARD):
        name = _campaign_name(ask, purpose.removeprefix(keys.BOARD))
        return Text(zh=f"在“{name.in_('zh')}”的排行榜上", en=f"Being on the leaderboard of “{name.in_('en')}”")
    name = _campaign_name(ask, purpose.removeprefix(PARTICIPATE))
    return Text(zh=f"参加“{name.in_('zh')}”", en=f"Taking part in “{name.in_('en')}”")

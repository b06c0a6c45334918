"""What a clerk sees of a coupon: one card whose word, colour and sign agree. Pure.

A repeat never looks like success: only the page that the redemption itself led to shows it as done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from functions.core.keys import Row
from functions.core.money import sign
from functions.core.text import Language, Text
from functions.coupons import redeem
from functions.pages import formats

Tone = Literal["ready", "good", "bad", "warn"]
TRIED = {"below_minimum", "group_used", "order_mismatch", "nothing_to_reverse"}  # one may try again
KEPT = {"too_late_to_reverse", "not_yours_to_reverse", "too_many_reversals"}  # a redemption that is not undone
FRESH_FOR = redeem.UNDO_FOR  # how long a redemption shows as done, and offers its undoing
NOT_OURS = Text(
    zh="没有这张券，或者二维码已经过期。请顾客刷新后再扫。",
    en="There is no such coupon, or its code has expired. Ask the customer to refresh it.",
)
CAN = Text(zh="可以核销", en="Good to redeem")
CANNOT = Text(zh="不能核销", en="Cannot be redeemed")
STANDS = Text(zh="不能撤销", en="Cannot be undone")
DONE = Text(zh="核销成功", en="Redeemed")
UNDONE = Text(zh="已撤销，这张券又可以用了", en="Undone: the coupon can be used again")


@dataclass(frozen=True)
class Card:
    """A verdict for the clerk. `step` is what can be done next: redeem, reverse or nothing."""

    tone: Tone
    title: str
    detail: str = ""
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    step: Literal["redeem", "reverse", ""] = ""
    order: str = ""
    currency: str = ""
    until: str = ""

    @property
    def sign(self) -> str:
        """The currency as prices carry it."""
        return sign(self.currency).strip()


@dataclass(frozen=True)
class Look:
    """A clerk looks at a coupon. `event` and `outcome` are what a form just sent, and what it came to."""

    row: Row
    entry: Mapping[str, Any]
    store: str
    clerk: str
    at: datetime
    language: Language
    event: str = ""
    outcome: str = ""


def unknown(language: Language) -> Card:
    """Unknown, expired and foreign codes look alike."""
    return Card("bad", CANNOT.in_(language), NOT_OURS.in_(language))


def gone(outcome: str, language: Language) -> Card | None:
    """What a form came to whose coupon is no longer in the clerk's hand."""
    if outcome == "too_late_to_reverse":
        return Card("bad", STANDS.in_(language), redeem.OUTCOMES[outcome].in_(language))
    return unknown(language) if outcome == "unknown_code" else None


def of(look: Look) -> Card:
    """The card of a coupon that was scanned or typed, or that a redemption or its undoing led back to."""
    row, event = look.row, look.event
    use = row.get("use")
    if event and row["state"] == "redeemed" and use and use["event"] == event and _is_fresh(look, use):
        return _done(look, use)
    verdict = redeem.check(row, row["minimum"], look.store, look.at)
    if verdict.outcome == "already_redeemed" and look.outcome in KEPT:
        told = _sentence(look, redeem.Verdict(look.outcome, verdict.values))
        return Card("bad", STANDS.in_(look.language), told, facts=_facts(look, True))
    if verdict.outcome != "redeemable":
        return Card("bad", CANNOT.in_(look.language), _sentence(look, verdict), facts=_facts(look, True))
    tried = look.outcome if look.outcome in TRIED else ""
    undone = any(past["reversed"]["event"] == event for past in row.get("past", []))
    return Card(
        "warn" if tried else "ready",
        (CANNOT if tried else UNDONE if undone else CAN).in_(look.language),
        _sentence(look, redeem.Verdict(tried, {"minimum": redeem.money(row, row["minimum"])})) if tried else "",
        Text.model_validate(look.entry["value"]).in_(look.language),
        _facts(look),
        "redeem",
        currency=row["currency"],
    )


def _done(look: Look, use: Mapping[str, Any]) -> Card:
    off, pay = (redeem.money(look.row, use[name]) for name in ("discount", "payable"))
    value = formats.say(look.language, "减 {off}，应付 {pay}", "{off} off, {pay} to pay", off=off, pay=pay)
    when = formats.instant(look.language, use["at"], look.row["zone"])
    return Card(
        "good",
        DONE.in_(look.language),
        when,
        value,
        _facts(look),
        "reverse",
        use["order"],
        until=_undo_until(look, use),
    )


def _undo_until(look: Look, use: Mapping[str, Any]) -> str:
    until = datetime.fromisoformat(use["at"]) + FRESH_FOR
    return f"{until.astimezone(ZoneInfo(look.row['zone'])):%H:%M}"


def _is_fresh(look: Look, use: Mapping[str, Any]) -> bool:
    return look.at - datetime.fromisoformat(use["at"]) <= FRESH_FOR


def _sentence(look: Look, verdict: redeem.Verdict) -> str:
    """An outcome in the coupon's own words; a clerk is "you", or told by the end of their id."""
    values = dict(verdict.values)
    if "by" in values:
        mine = values["by"] == look.clerk
        tail = values["by"][-4:]
        other = values.get("name") or formats.say(look.language, f"店员 {tail}", f"clerk {tail}")
        values["by"] = formats.say(look.language, "你", "you") if mine else other
        values["store"] = (
            formats.say(look.language, "本店", "this store") if values["store"] == look.store else values["store"]
        )
        used = datetime.fromisoformat(values["at"])
        values["when"] = formats.instant(look.language, used, look.row["zone"], used.year != look.at.year)
    return redeem.OUTCOMES[verdict.outcome].fill(look.language, values)


def _facts(look: Look, alone: bool = False) -> tuple[tuple[str, str], ...]:
    """What tells this coupon from another, without telling who holds it; `alone` where its value stands nowhere."""
    row, entry, language = look.row, look.entry, look.language
    name = formats.say(language, "名称", "Name"), Text.model_validate(entry["name"]).in_(language)
    until = formats.say(language, "有效期至", "Valid through"), formats.day(language, entry["last_day"], True)
    number = formats.say(language, "编号", "Number"), row["id"][-8:].upper()
    holder = formats.say(language, "持有人尾号", "Holder ends in"), row["member"][-4:].upper()
    stacking = (
        formats.say(language, "叠加", "Stacking"),
        formats.say(language, "同组券一单限一张", "One of its group per order"),
    )
    value = Text.model_validate(entry["value"]).in_(language)
    named = [name] if alone or formats.bare(name[1]) != formats.bare(value) else []
    return *named, until, number, holder, *([stacking] if row["group"] else [])

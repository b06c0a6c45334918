"""What a clerk sees of a coupon: one card whose word, colour and sign agree. Pure.

A repeat never looks like success: only the page that the redemption itself led to shows it as done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from functions.core.keys import Row
from functions.core.money import Money
from functions.core.text import Language, Text
from functions.coupons import redeem
from functions.pages import formats

Tone = Literal["ready", "good", "bad", "warn"]
UNDO_FOR = timedelta(minutes=5)
NOT_OURS = Text(
    zh="没有这张券，或者二维码已经过期。请顾客刷新后再扫。",
    en="There is no such coupon, or its code has expired. Ask the customer to refresh it.",
)
CAN = Text(zh="可以核销", en="Good to redeem")
CANNOT = Text(zh="不能核销", en="Cannot be redeemed")
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


def unknown(language: Language) -> Card:
    """Unknown, expired and foreign codes look alike."""
    return Card("bad", CANNOT.in_(language), NOT_OURS.in_(language))


def asked(row: Row, entry: dict[str, Any], store: str, at: datetime, language: Language) -> Card:
    """A coupon that was scanned or typed: may it be redeemed here and now?"""
    verdict = redeem.check(row, row["minimum"], store, at)
    facts = _facts(row, entry, language)
    if verdict.outcome == "redeemable":
        value = Text.model_validate(entry["value"]).in_(language)
        return Card("ready", CAN.in_(language), value=value, facts=facts, step="redeem", currency=row["currency"])
    return Card(
        "bad", CANNOT.in_(language), sentence(verdict.outcome, dict(verdict.values), row, language), facts=facts
    )


def done(row: Row, entry: dict[str, Any], event: str, at: datetime, language: Language) -> Card | None:
    """The coupon after the redemption `event`, on the page it led to; None when that is not how it stands."""
    use = row.get("use")
    if row["state"] != "redeemed" or not use or use["event"] != event:
        return None
    off = str(Money(minor=use["discount"], currency=row["currency"]))
    pay = str(Money(minor=use["payable"], currency=row["currency"]))
    value = formats.say(language, "减 {off}，应付 {pay}", "{off} off, {pay} to pay", off=off, pay=pay)
    fresh = at - datetime.fromisoformat(use["at"]) <= UNDO_FOR
    detail = formats.instant(language, use["at"], row["zone"])
    title = DONE.in_(language)
    return Card("good", title, detail, value, _facts(row, entry, language), "reverse" if fresh else "", use["order"])


def refused(outcome: str, row: Row, entry: dict[str, Any], language: Language) -> Card:
    """What a redemption that was tried came to, when it was not redeemed."""
    return Card("bad", CANNOT.in_(language), sentence(outcome, {}, row, language), facts=_facts(row, entry, language))


def sentence(outcome: str, values: dict[str, Any], row: Row, language: Language) -> str:
    """An outcome of the coupon's own vocabulary, with what it names made readable."""
    use = row.get("use") or {}
    shown = {name: use.get(name, "") for name in ("by", "store")} | values
    at = shown.get("at") or use.get("at")
    shown["at"] = formats.instant(language, at, row["zone"], True) if at else ""
    shown["minimum"] = str(Money(minor=row["minimum"], currency=row["currency"]))
    return redeem.OUTCOMES[outcome].fill(language, shown)


def _facts(row: Row, entry: dict[str, Any], language: Language) -> tuple[tuple[str, str], ...]:
    """What tells this coupon from another, without telling who holds it."""
    name = formats.say(language, "名称", "Name"), Text.model_validate(entry["name"]).in_(language)
    until = formats.say(language, "有效期至", "Valid through"), formats.day(language, entry["last_day"], True)
    number = formats.say(language, "编号", "Number"), row["id"][-8:]
    holder = formats.say(language, "持有人尾号", "Holder ends in"), row["member"][-4:]
    return name, until, number, holder

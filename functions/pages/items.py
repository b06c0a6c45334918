"""An item's page: what its code proves, what its scans say, and its reward. Reads only: a tap records a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from functions.codes.finding import Found, find
from functions.codes.item import Item
from functions.codes.link import encoded
from functions.codes.scan import OUTCOMES
from functions.core import keys
from functions.core.campaign import Version
from functions.core.keys import Key, Row
from functions.core.text import Language, Text
from functions.pages import answers, campaigns, formats, notices, render
from functions.pages.answers import Answer
from functions.pages.ask import Ask
from functions.pages.notices import Notice
from functions.pages.problems import problem_notice
from functions.storage import play
from functions.storage.live import Live

Tone = Literal["ready", "good", "bad", "warn"]
TONES: Mapping[str, Tone] = {
    "first_scan": "good",
    "scanned_by_you": "good",
    "scanned_before": "warn",
    "not_activated": "warn",
    "blocked": "bad",
    "expired": "warn",
}
ADVICE: Mapping[str, Text] = {
    "scanned_before": Text(
        zh="如果刚买到手，却显示扫过，请联系商家核实。",
        en="If you have only just bought it, please ask the seller to check.",
    ),
    "not_activated": Text(
        zh="商品还没有正式售出。如果是刚买的，请联系商家。",
        en="It has not been put on sale yet. If you have bought it, please ask the seller.",
    ),
    "blocked": Text(
        zh="商家停用了这个码。请先别使用商品，联系商家处理。",
        en="The seller has blocked it. Please do not use the item; contact the seller.",
    ),
    "expired": Text(zh="请看看包装上的日期。", en="Please look at the date on the pack."),
}
UNKNOWN = Text(zh="查不到这个码", en="We do not know this code")
UNKNOWN_ADVICE = Text(
    zh="它不是我们生成的，商品可能不是正品。请核对链接是不是完整，或者联系商家。",
    en="It was not made by us, so the item may not be genuine. Check that the link is complete, or ask the seller.",
)


@dataclass(frozen=True)
class Verdict:
    """What a tap led to, as one card whose word, colour and sign agree."""

    tone: Tone
    title: str
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Gift:
    """The item's reward: whether it can be taken here and now, and what for."""

    live: Live
    version: Version
    phase: str
    joined: bool
    state: Literal["yours", "inner", "taken", "had", "another"]


def item_page(ask: Ask, rest: str) -> Answer:
    """`GET /i/{batch}.{serial}` and `GET /i/01/…/21/{serial}`: what a printed code opens, or a resolver leads to."""
    found = found_at(ask, f"/i/{rest}")
    return unknown(ask) if found is None else _page(ask, found)


def found_at(ask: Ask, path: str) -> Found | None:
    """The item of a path as it was printed, or as a gateway hands it on. Nothing is read for any other."""
    ring, seen = ask.service.keys.ring(ask.at), ask.service.batches
    as_told = find(ring, seen, f"{ask.base_url}{path}", ask.at)
    return as_told or find(ring, seen, f"{ask.base_url}{encoded(path)}", ask.at)


def path_of(link: Item) -> str:
    """Where an item's page is."""
    if link.label.startswith("i/"):
        return f"/{link.label}.{link.serial}"
    steps = link.label.split("/", 3)  # a lot may hold slashes of its own
    return "/i/" + "/".join([*steps[:3], *(quote(lot, safe="") for lot in steps[3:]), "21", link.serial])


def unknown(ask: Ask, status: int = 404) -> Answer:
    """Forged, foreign and mistyped codes look alike."""
    card = Verdict("bad", UNKNOWN.in_(ask.language), UNKNOWN_ADVICE.in_(ask.language))
    return answers.html(ask, _drawn(ask, card, here="", name=UNKNOWN), status)


def _page(ask: Ask, found: Found) -> Answer:
    gift_of = _campaign(ask, found)
    wanted: dict[str, Key] = {"item": found.item.key}
    if gift_of and ask.member:
        wanted["state"] = keys.state(found.batch.campaign, ask.member)
    read = ask.service.store.read(list(wanted.values()))
    rows = {name: read[key] for name, key in wanted.items()}
    item = rows["item"] or {}
    said = _said(ask, found, item)
    gift = _gift(ask, found, gift_of, item, rows.get("state")) if gift_of and said and "first" in item else None
    card = _verdict(ask.language, found, item, said) if said else None
    here = path_of(found.link)
    notice = None if said == ask.query.get("o") else _notice(ask, rows.get("state"), gift_of)
    return answers.html(ask, _drawn(ask, card, here, found.batch.name, found, gift, notice))


def _said(ask: Ask, found: Found, item: Row) -> str:
    """What the reader is told: the first scanner always, others once they tapped. The address says no more."""
    standing, tapped = found.item.standing, ask.query.get("o", "") or ask.query.get("e", "")
    if standing != "good":
        return standing if tapped else ""
    if "first" not in item:
        return ""
    if ask.member and item["first"]["by"] == found.item.visitor(ask.member):
        return "first_scan" if tapped == "first_scan" and item["count"] == 1 else "scanned_by_you"
    return "scanned_before" if tapped else ""


def _verdict(language: Language, found: Found, item: Row, said: str) -> Verdict:
    facts: list[tuple[str, str]] = []
    if "first" in item and found.item.standing == "good":
        first = formats.instant(language, item["first"]["at"], found.batch.zone, True)
        facts.append((formats.say(language, "首次扫描", "First scanned"), first))
        facts.append((formats.say(language, "共扫过", "Scanned"), _times(language, item["count"])))
    if found.batch.gtin:
        facts.append((formats.say(language, "商品条码", "GTIN"), found.batch.gtin))
    if found.batch.lot:
        facts.append((formats.say(language, "批号", "Lot"), found.batch.lot))
    if found.batch.expires:
        facts.append(
            (formats.say(language, "有效期至", "Good until"), formats.day(language, found.batch.expires, True))
        )
    advice = ADVICE[said].in_(language) if said in ADVICE else ""
    return Verdict(TONES[said], OUTCOMES[said].in_(language), advice, tuple(facts))


def _times(language: Language, count: int) -> str:
    return formats.say(language, "{n} 次", "once" if count == 1 else "{n} times", n=count)


def _campaign(ask: Ask, found: Found) -> Live | None:
    """The campaign whose reward the batch's items carry, while it serves."""
    if not found.batch.campaign:
        return None
    live = ask.service.live.get(found.batch.campaign, ask.at)
    return live if live is not None and live.version is not None else None


def _gift(ask: Ask, found: Found, live: Live, item: Row, row: Row | None) -> Gift | None:
    version = live.version
    assert version is not None
    joined = row is not None and not row.get("closed")
    me = found.item.visitor(ask.member) if ask.member else ""
    state: Literal["yours", "inner", "taken", "had", "another"] = "another"
    if item.get("collected"):
        state = "had" if item["collected"] == me else "taken"
    elif found.batch.inner:
        state = "inner"
    elif item["first"]["by"] == me:
        state = "yours"
    phase = campaigns.phase_of(ask, live, version, True)
    return Gift(live, version, phase, joined, state)


def _notice(ask: Ask, row: Row | None, live: Live | None) -> Notice | None:
    """What came of the last tap, beside the verdict: a reward taken or not, or what went wrong."""
    if ask.problem:
        return problem_notice(ask.problem, ask.language)
    if live is None or live.version is None or not ask.outcome:
        return None
    version = live.version
    mechanic = ask.service.catalogue.mechanic(version.definition.mechanic)
    view: dict[str, Any] = {"most": version.definition.config.get("per_day", "")}
    return notices.of_outcome(
        ask.outcome, row, {**play.OUTCOMES, **mechanic.OUTCOMES}, view, version.definition, ask.language
    )


def _drawn(
    ask: Ask,
    card: Verdict | None,
    here: str,
    name: Text,
    found: Found | None = None,
    gift: Gift | None = None,
    notice: Notice | None = None,
) -> str:
    definition = gift.version.definition if gift else None
    return render.page(
        "item.html",
        ask.frame(),
        colour=definition.page.colour if definition else render.POND_COLOUR,
        values=render.placeholders(ask.language, definition) if definition else {},
        card=card,
        here=here,
        code=f"{ask.base_url}{here}",
        name=name,
        product=found.batch.name if found else Text(),
        product_page=found.batch.product_page_in(ask.language) if found else "",
        gift=gift,
        definition=definition,
        joined=gift.joined if gift else False,
        campaign_id=found.batch.campaign if found else "",
        notice=notice,
        privacy_link=f"/privacy?c={found.batch.campaign}" if found and gift else "/privacy",
    )

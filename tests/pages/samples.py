"""Every page in every state, with content as a careful marketer would write it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from pydantic import BaseModel

from functions.checkin.record import Record, Returned
from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.mechanic import Accepts, FactType
from functions.core.text import Language, Text
from functions.pages import answers, certificates, formats, members, notices, posters, render
from functions.pages.cards import Card
from functions.pages.keepsakes import Keepsakes
from functions.pages.refunds import Refund
from functions.pages.render import CampaignScene, Frame
from functions.pages.staff import History, Past
from tests.pages import assist_samples, board_samples, deposit_samples, group_samples, item_samples, money_samples

EXAMPLES = Path(__file__).parents[2] / "examples"
CAMPAIGN = "camp_01kb8x3v5k7m9p1r3t5v7x9z1b"
HERO = f"pic_{'0' * 26}.jpg"
NONCE, SEED = "nonce0123456789a", "seed0123456789ab"
DAY_SIX = datetime.fromisoformat("2026-12-06T08:00:00+08:00")
FIRST = date(2026, 12, 1)
Drawn = Callable[[Language], str]


@cache
def content(example: str) -> dict[str, Any]:
    """An example campaign, moved to begin on 1 December 2026."""
    read = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
    read.pop("template", None)
    begins = read["schedule"]["day_start"]
    read["schedule"] |= {"starts_at": f"2026-12-01T{begins}:00+08:00", "ends_at": "2026-12-22T00:00:00+08:00"}
    return dict(read)


def definition(example: str = "seven-mornings", **config: Any) -> Definition:
    """Its definition, with some of the mechanic's settings changed."""
    changed = copy.deepcopy(content(example))
    changed["config"] |= config
    return Definition.model_validate(changed)


def record(*done: int, made_up: int = 0, pending: int = 0, returned: int = 0) -> Record:
    """A record with the days of December that are done, and one of each other kind."""
    found = Record(first=FIRST)
    for number in done:
        found = found.recorded(date(2026, 12, number))
    if made_up:
        found = found.bought(date(2026, 12, made_up), False).recorded(date(2026, 12, made_up))
    if pending:
        found = found.submitted(date(2026, 12, pending))
    return (
        found.submitted(date(2026, 12, returned)).sent_back(
            date(2026, 12, returned), Returned("unclear", 1, date(2026, 12, 31))
        )
        if returned
        else found
    )


def frame(language: Language, path: str = f"/c/{CAMPAIGN}", **more: Any) -> Frame:
    """A page's frame with a nonce and a seed that tests know."""
    return Frame(language, NONCE, SEED, path, **more)


def campaign(
    kept: Record | None = None,
    *,
    made: Definition | None = None,
    at: datetime = DAY_SIX,
    phase: str = "open",
    **more: Any,
) -> Drawn:
    """A campaign page; a member with a record has joined."""

    def draw(language: Language) -> str:
        what = made or definition()
        mechanic = discover().mechanic(what.mechanic)
        config = mechanic.Config.model_validate(what.config)
        view = mechanic.view(config, what.schedule.moment(at), kept.stored() if kept else {})
        row = deposit_samples.row(kept, what) if kept else {"got": {"points": 0}}
        spent = config.make_up.price * len(kept.made_up) if kept else 0
        scene = CampaignScene(
            CAMPAIGN, what, mechanic, phase, view, joined=kept is not None,
            points=row["got"]["points"] - spent, row=row, at=at, **more,
        )  # fmt: skip
        return render.campaign(frame(language), scene)

    return draw


def good(language_words: Text, *lines: str) -> notices.Notice:
    """A notice in words that both languages share, so that samples need none of their own."""
    return notices.Notice("good", language_words.zh, lines)


def plain(template: str, path: str, **values: Any) -> Drawn:
    """Any other page."""
    return lambda language: render.page(template, frame(language, path, staff=template == "staff.html"), **values)


def entry(status: str = "available", **more: Any) -> dict[str, Any]:
    """A coupon as its reward's view shows it."""
    used = {"at": "2026-12-10T06:20:31+00:00", "store": "Store 1", "by": "Li"} if status == "used" else None
    return {
        "kind": "coupon",
        "id": "coup_01kb8x3v5k7m9p1r3t5v7x9z1b",
        "name": {"zh": "满 30 减 10 元券", "en": "¥10 off over ¥30"},
        "value": {"zh": "满 ¥30 减 ¥10", "en": "¥10 off over ¥30"},
        "status": status,
        "valid_from": "2026-12-07T00:00:00+00:00",
        "valid_until": "2027-01-06T16:00:00+00:00",
        "last_day": "2027-01-06",
        "stores": [],
        "used": used,
    } | more


POINTS = {
    "balance": 40,
    "entries": [
        {
            "id": "g1",
            "points": 10,
            "at": 1764900000,
            "why": "c/r",
            "name": Text(zh="早安打卡 7 天", en="Seven-morning check-in"),
        },
        {
            "id": "g2",
            "points": -50,
            "at": 1764910000,
            "why": "c/m",
            "name": Text(zh="早安打卡 7 天", en="Seven-morning check-in"),
        },
    ],
}
OTHER = "coup_01kb8x3v5k7m9p1r3t5v2a4c6e"
SIGNS = {
    "star": ("早起的人", "Early bird", "连续 7 天早起", "Seven mornings in a row"),
    "medal": ("一天不落", "Unbroken", "打满 21 天", "All 21 days"),
    "sun": ("晨光", "First light", "6 点前打卡", "In before six"),
    "leaf": ("自带杯", "Own cup", "自带杯子 5 次", "Brought it 5 times"),
    "book": ("读书人", "Reader", "写满 21 篇", "21 notes written"),
    "heart": ("热心人", "Kind heart", "帮了 3 位朋友", "Helped 3 friends"),
    "flame": ("运动家", "On fire", "连续 6 天运动", "Six days of sport"),
    "cup": ("小课堂毕业", "Graduate", "答对 5 题", "Five right answers"),
}
KEPT = {"campaign": CAMPAIGN, "day": "2026-12-07", "at": 1764900000, "status": "available"}
BADGES = [
    {
        **KEPT, "kind": "badge", "id": f"grant_{n:026d}", "sign": sign, "brand": "#0B6E5F", "on": "#FFFFFF",
        "name": {"zh": said[0], "en": said[1]}, "about": {"zh": said[2], "en": said[3]},
    }
    for n, (sign, said) in enumerate(SIGNS.items())
]  # fmt: skip
CERTIFICATES = [
    {**KEPT, "kind": "certificate", "id": "grant_" + "0" * 26, "number": "CAMP-12-7K2M-9P4R",
     "name": {"zh": "结业证书", "en": "Certificate of Completion"}},
]  # fmt: skip
STATES: tuple[Any, ...] = ("coming", "done", "counter", "handed", "asked")
REFUNDS = [(Refund("¥29.90", state, "", CAMPAIGN), Text(zh="三人拼团", en="Three together")) for state in STATES]
COUNTS = {"available": 1, "used": 1, "expired": 2}
WALLET = {
    "signed_in": True,
    "expired": False,
    "points": POINTS,
    "tab": "available",
    "by_phone": False,
    "counts": COUNTS,
    "zone": "Asia/Shanghai",
    "notice": None,
    "keepsakes": Keepsakes(),
    "refunds": [],
}
FULL = WALLET | {"keepsakes": Keepsakes(BADGES, CERTIFICATES), "refunds": REFUNDS}
CONSENTS = [
    {
        "purpose": f"participate.{CAMPAIGN}",
        "live": True,
        "name": Text(zh="参加“早安打卡 7 天”", en="Taking part in “Seven-morning check-in”"),
    },
    {"purpose": "messages", "live": False, "name": Text(zh="营销消息", en="Marketing messages")},
]
EMPTY = WALLET | {"points": None, "counts": dict.fromkeys(COUNTS, 0), "entries": []}
EXPIRED = WALLET | {
    "tab": "expired",
    "entries": [entry("expired", id=OTHER), entry("void")],
}
PRIVACY = {"notice": None, "definition": definition(), "consents": CONSENTS, "signed_in": True, "expired": False}
PRIVACY |= {"nickname": "Anna", "nickname_max": 16, "may_be_named": True, "paid": True}
NOBODYS_PRIVACY = {**PRIVACY, "definition": None, "consents": [], "signed_in": False}
UPLOAD = {"url": "https://s3.example/bucket", "fields": {"key": "uploads/x"}, "max_bytes": 5_242_880, "back": "/c/x"}
COUPON = {"zone": "Asia/Shanghai", "notice": None}
RESTING = {"weekdays": ["sun"]}
REMINDER = {"on": True, "at": "07:00"}
YEAR_WORDS = (
    ("7 天", "366 天"), ("Seven-morning check-in", "A year of mornings"), ("seven days", "366 days"),
    ("Seven days", "366 days"), ("50 积分补一次", "5 积分补一天"),
    ("50 points make up for it, once", "5 points make up for it"),
)  # fmt: skip
BIG_YEAR = {"days": 366, "reminder": REMINDER, "make_up": {"count": 300, "days_back": 366, "price": 5}}


def year() -> Definition:
    """The longest calendar there is."""
    written = definition(**BIG_YEAR).model_dump_json()
    for seven, whole in YEAR_WORDS:
        written = written.replace(seven, whole)
    made = Definition.model_validate_json(written)
    schedule = made.schedule.model_copy(
        update={"starts_at": DAY_SIX - timedelta(days=180), "ends_at": DAY_SIX + timedelta(days=185)}
    )
    return made.model_copy(update={"schedule": schedule})


STAFF: dict[str, Any] = {
    "clerk": money_samples.CLERKS["en"],
    "card": None,
    "code": "",
    "here": "/staff",
    "invitation": "",
    "notice": None,
}
STAFF |= {
    "counter": True,
    "expired": False,
    "history": History((Past("14:20", "¥10", "¥10.00", "PZWGYKMA", False),), 1, "¥10.00", False),
}
FACTS = (("#", "pzwgykma"),)
STAFF_STATES: dict[str, dict[str, Any]] = {
    "sign-in": {"clerk": None},
    "empty": {"history": History((), 0, "", False)},
    "expired": {"clerk": None, "expired": True, "history": None},
    "ready": {"card": Card("ready", "OK", value="¥10", facts=FACTS, step="redeem", currency="CNY")},
    "warn": {"card": Card("warn", "NO", "¥30", "¥10", FACTS, "redeem", currency="CNY")},
    "good": {"card": Card("good", "OK", "8:00", "¥10", FACTS, "reverse", "A-1", until="14:25")},
    "bad": {"card": Card("bad", "NO", "8:00", facts=FACTS)},
    "refused": {"clerk": None, "notice": notices.Notice("bad", "NO")},
}


class Wave(BaseModel):
    """What a member sends to a mechanic that has no page of its own: nothing but the event."""


def unknown_mechanic(language: Language) -> str:
    """A mechanic that nobody wrote a page for."""
    count = Text(zh="次数", en="Times")
    mechanic: Any = SimpleNamespace(
        KIND="waving",
        ACCEPTS={"wave": Accepts(Wave, title=Text(zh="挥手", en="Wave")), "check": Accepts(Wave, ("staff",))},
        FACTS={"waving.waved": FactType(Text(zh="挥手", en="Waved"), {"count": int}, {"count": count})},
    )
    made = definition().model_copy(update={"mechanic": "waving", "rules": []})
    view = {"count": 3, "secret": 7, "words": "x"}
    return render.campaign(frame(language), CampaignScene(CAMPAIGN, made, mechanic, "open", view, joined=True))


def with_hero() -> Definition:
    """A campaign with a picture at its head."""
    made = definition()
    return made.model_copy(update={"page": made.page.model_copy(update={"hero": HERO})})


def for_some() -> Definition:
    """A campaign for customers who have signed in."""
    made = definition()
    audience = {"needs": [{"kind": "customer"}, {"kind": "signed_in"}]}
    return Definition.model_validate({**made.model_dump(mode="json"), "audience": audience})


def long_names() -> Definition:
    """A campaign whose names are as long as they may be, one of them a single word."""
    made = definition()
    name = Text(zh="把每一个清晨都过成自己喜欢的样子" * 2, en="Donaudampfschifffahrtsgesellschaftskapitän and friends")
    rewards = [one.model_copy(update={"name": name}) for one in made.rewards]
    page = made.page.model_copy(update={"title": name, "organiser": name})
    return made.model_copy(update={"name": name, "page": page, "rewards": rewards})


def error(code: str) -> Drawn:
    """A page that says what is not there."""
    title, detail = answers.MISSING[code]
    way_out, name = answers.onward("/c/x", code)
    return plain("error.html", "/c/x", title=title, detail=detail, way_out=way_out, way_out_name=name)


def poster(language: Language) -> str:
    """The poster's page; the picture itself is another request."""
    where = f"/c/{CAMPAIGN}/poster"
    return posters.poster(frame(language, where), CAMPAIGN, definition(), posters.path(CAMPAIGN, 1, language))


def said(language: Language, colour: str = "#3B5BA9") -> certificates.Said:
    """What is on a certificate."""
    pair = {
        "zh": ("结业证书", "授予", "早起的小鱼", "坚持完成了“学习营”，特此留念。", "池塘学院", "学习营"),
        "en": (
            "Certificate of Completion",
            "Presented to",
            "Anna",
            "who took part to the end.",
            "Pond Academy",
            "Camp",
        ),
    }[language]
    return certificates.Said(*pair, formats.day(language, "2026-12-14", True), "CAMP-12-7K2M-9P4R", colour, pair[2])


def at_the_till(values: dict[str, Any]) -> Drawn:
    """The clerk's page, in the clerk's own language."""

    def draw(language: Language) -> str:
        own = {"clerk": money_samples.CLERKS[language]} if values["clerk"] else {}
        return plain("staff.html", "/staff", **values | own)(language)

    return draw


def used_coupon(language: Language) -> str:
    """A coupon that was redeemed in that store."""
    used = {**entry("used")["used"], "store": money_samples.CLERKS[language]["store"]}
    return plain("coupon.html", "/me/coupons/x", entry=entry("used", used=used), code="", **COUPON)(language)


def code_asked(language: Language) -> str:
    """The second step of signing in, with the number still there, as the page's script keeps it."""
    told = {"sent_to": "8000", "done": False, "notice": members.code_sent(language, "8000")}
    return plain("sign_in.html", "/me/sign-in", **told)(language).replace("data-keep", 'value="13800138000" data-keep')


def own_data(language: Language) -> str:
    """What is kept about a member, who has a nickname."""
    named = {"nickname": said(language).nickname}
    return plain("privacy.html", "/privacy", **PRIVACY | named)(language)


def checked(state: str) -> Drawn:
    """What a check of a certificate comes to."""
    return lambda language: certificates.verdict(
        frame(language, "/v/cert.x"), state, said(language) if state == "genuine" else None
    )


@cache
def pages() -> dict[str, Drawn]:
    """Every page in every state, by name; each is drawn once in a language."""
    return {name: cache(drawn) for name, drawn in _pages().items()}


def layouts() -> dict[str, Drawn]:
    """Every page that is laid out in its own way: of those that say what is not there, the wordiest stands for all."""
    errors = {name: len(drawn("en")) for name, drawn in pages().items() if name.startswith("error-")}
    wordiest = max(errors, key=lambda name: errors[name])
    same = {*errors, *deposit_samples.eyes()} - {wordiest}
    return {name: drawn for name, drawn in pages().items() if name not in same}


def _pages() -> dict[str, Drawn]:
    saturday = DAY_SIX - timedelta(days=1)  # on Sundays that campaign rests
    text, quiz, picture = (definition(name) for name in ("reading-21-days", "quiz-a-day", "fitness-picture"))
    nobody = {**WALLET, "signed_in": False, "points": None, "entries": []}
    return {
        "campaign-new": campaign(),
        "campaign-open": campaign(record(1, 3, 5), made=definition(leaderboard=True, reminder=REMINDER)),
        "campaign-done": campaign(record(1, 3, 4, 5, 6), notice=notices.Notice("good", "✓ 5", ("+ 10",))),
        "campaign-refused": campaign(record(1, 3, 4, 5, 6), notice=notices.Notice("warn", "5")),
        "campaign-make-up": campaign(record(1, 3, 4), made=definition(start="fixed"), make_up="2026-12-05"),
        "campaign-made-up": campaign(record(1, 2, 3, 4, 5, made_up=6), at=DAY_SIX + timedelta(days=1)),
        "campaign-rest": campaign(record(1, 3, 4, 5), made=definition(rest=RESTING)),
        "campaign-closed-hours": campaign(
            record(1, 3, 4, 5), made=definition(window={"opens": "05:00", "closes": "07:30"})
        ),
        "campaign-complete": campaign(record(1, 2, 3, 4, 5, 6, 7), at=DAY_SIX + timedelta(days=1)),
        "campaign-not-begun": campaign(phase="not_begun", at=DAY_SIX - timedelta(days=20)),
        "campaign-paused": campaign(record(1, 3), phase="paused"),
        "campaign-ended": campaign(record(1, 3), phase="ended", at=DAY_SIX + timedelta(days=60)),
        "campaign-full": campaign(phase="full", gone=frozenset({"points", "coupon"})),
        "campaign-gone": campaign(record(1, 3), gone=frozenset({"coupon"})),
        "campaign-hero": campaign(made=with_hero()),
        "campaign-long-names": campaign(record(1, 3, 5), made=long_names()),
        "poster": poster,
        "campaign-no-entry": campaign(made=for_some(), phase="not_in_audience"),
        "campaign-year": campaign(record(1, 3, 5), made=year()),
        "campaign-text": campaign(record(1, 3, 5), made=text),
        "campaign-text-new": campaign(made=text),
        "campaign-quiz": campaign(record(1, 3, 5), made=quiz),
        "campaign-picture": campaign(record(1, 3), made=picture, at=saturday),
        "campaign-picture-sent": campaign(
            record(1, 3), made=picture, at=saturday, upload="upl_" + "0" * 26, again="2026-12-05"
        ),
        "campaign-pending": campaign(record(1, 3, pending=5), made=picture, at=saturday),
        "campaign-returned": campaign(record(1, 3, returned=5), made=picture),
        "campaign-returned-today": campaign(record(1, 3, returned=5), made=picture, at=saturday),
        "sign-in": plain("sign_in.html", "/me/sign-in", sent_to="", done=False, notice=None),
        "sign-in-code": code_asked,
        "sign-in-done": plain("sign_in.html", "/me/sign-in", sent_to="", done=True, notice=None),
        "home": plain("home.html", "/"),
        "live-code-partner": plain("live_code_go.html", "/q/0a1b2c", code="0a1b2c", partner="Tea", event_id="event-01"),
        **{f"error-{code}": error(code) for code in answers.MISSING},
        "wallet": plain("wallet.html", "/me", **FULL, entries=[entry(), entry("not_yet", id=OTHER)]),
        "wallet-expired": plain("wallet.html", "/me", **EXPIRED),
        "wallet-empty": plain("wallet.html", "/me", **EMPTY),
        "wallet-nobody": plain("wallet.html", "/me", **nobody),
        "wallet-signed-out": plain("wallet.html", "/me", **{**nobody, "expired": True}),
        "privacy-signed-out": plain("privacy.html", "/privacy", **{**PRIVACY, "signed_in": False, "expired": True}),
        "coupon": plain("coupon.html", "/me/coupons/x", entry=entry(), code="", **COUPON),
        "coupon-code": plain("coupon.html", "/me/coupons/x", entry=entry(), code="ABCD-EFGH-JKMN-PQRS", **COUPON),
        "coupon-used": used_coupon,
        "coupon-not-yet": plain("coupon.html", "/me/coupons/x", entry=entry("not_yet"), code="", **COUPON),
        "coupon-void": plain("coupon.html", "/me/coupons/x", entry=entry("void"), code="", **COUPON),
        "certificate": lambda language: certificates.shown(frame(language, "/me/certificates/x"), said(language), "/v"),
        **{f"certificate-{state}": checked(state) for state in ("genuine", "withdrawn", "unknown")},
        "privacy": own_data,
        "privacy-nobody": plain("privacy.html", "/privacy", **NOBODYS_PRIVACY),
        "erase": plain("erase.html", "/me/erase", usable=2, paid=True),
        **{f"staff-{state}": at_the_till(STAFF | more) for state, more in STAFF_STATES.items()},
        **board_samples.pages(),
        **deposit_samples.pages(),
        **deposit_samples.eyes(),
        **group_samples.pages(),
        **assist_samples.pages(),
        **item_samples.pages(),
        **money_samples.pages(),
        "mechanic-without-page": unknown_mechanic,
        "upload": plain("upload.html", "/api/x", **UPLOAD),
    }  # fmt: skip

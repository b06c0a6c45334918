"""What a shop has besides campaigns: live codes on its doors, and shops elsewhere that tell of their orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from functions.core import keys
from functions.core.audit import Deed, Entry
from functions.core.campaign import Version
from functions.core.change import Absent, AtLeast, Change
from functions.core.hooks import Hooks, new_hook
from functions.core.ids import derived_id
from functions.core.live_code import LiveCode, ToCampaign, ToPage, Way
from functions.core.need import Customer, Newcomer, TookPart
from functions.core.segment import Segment, Segments
from functions.core.text import Text
from functions.core.tokens import Keyring
from functions.insights.doors import LIVE
from functions.insights.numbers import PEOPLE, row_name
from functions.storage import campaigns, hooks, live_codes, segments
from functions.storage.store import Store
from tests.screens.demo import DOORS, LEI

ORDER_AGES = (38, 33, 29, 26, 22, 18, 9, 3)  # days ago
PROMOTERS = 3
PARTNER = "https://shop.example/tea"
BY_CODE = {
    "scan": 268, "channel": 164, "own": 96, "back1": 71, "back7": 38, "buyers": 24, "orders": 31, "earned": 218_400,
}  # fmt: skip


def live_code_on_each_door(store: Store, now: datetime) -> str:
    """A code that leads to a campaign and from tomorrow elsewhere; one that leads nowhere yet. Returns the first."""
    made = [live_codes.add(store, name, name.encode(), _entry("new_live_code", name, now)) for name in DOORS[:2]]
    campaign = ToCampaign(campaign=derived_id("camp", "screens", "seven-mornings"))
    ways = [
        Way(target=campaign, ends=now + timedelta(days=1)),
        Way(target=ToPage(url=PARTNER), begins=now + timedelta(days=1), weight=3),
    ]
    first = made[0].model_copy(update={"ways": ways, "cost": 12_000})
    live_codes.save(store, first, 1, _entry("live_code", DOORS[0], now)(first))
    counts = {
        f"{name}.{live.code}" + ".CNY" * (name == "earned"): number // (1 + place)
        for place, live in enumerate(made)
        for name, number in BY_CODE.items()
    }
    row = {"version": 1, "counts": counts, "marks": [], "at": int(now.timestamp())}
    store.write([Change(keys.counter(LIVE, row_name(now.date(), 0)), put=row)])
    return first.code


def shops_that_send_orders(store: Store, ring: Keyring, now: datetime) -> None:
    """Two of them, each with its secret."""
    told = [new_hook("tmall", "天猫 Tmall", "pond", ring), new_hook("youzan", "有赞 Youzan", "youzan", ring)]
    hooks.save(store, Hooks(hooks=told), 0, _entry("add_hook", told[0].name, now)(None))


def segments_of_the_team(store: Store, now: datetime) -> None:
    """Two that campaigns may be opened to."""
    regulars = TookPart(campaign=derived_id("camp", "screens", "seven-mornings"))
    told = [Segment(name="新客", needs=[Newcomer()]), Segment(name="早起的老客", needs=[regulars, Customer()])]
    for many, one in enumerate(told, 1):
        segments.save(store, Segments(segments=told[:many]), many - 1, _entry("new_segment", one.name, now)(None))


def commission(store: Store, campaign: str, now: datetime) -> None:
    """What three promoters earned of eight orders by the campaign's share, some of it frozen still, none paid."""
    version = campaigns.versions(store, campaign)[0]
    promised = version.definition.config["commission"]
    for number, age in enumerate(ORDER_AGES):
        who = f"mem_{('ada', 'bo', 'cy')[number % PROMOTERS]:0>26}"
        net, at = 8_000 + 2_125 * number, now - timedelta(days=age)
        amount, frees_at = net * promised["levels"][0] // 10_000, at + timedelta(days=promised["freeze_days"])
        row = {"amount": amount, "net": net, "currency": "CNY", "order": f"A-{1024 + number}", "level": 1}
        row |= {"paid": 0, "at": int(at.timestamp()), "frees_at": int(frees_at.timestamp())}
        store.write([Change(keys.commission(campaign, who, f"ord_{number}"), put=row)])
    _promoters_and_friends(store, version, now)


def _promoters_and_friends(store: Store, version: Version, now: datetime) -> None:
    """A friend for each order, each with the coupon of newcomers, and who brought them: a day each."""
    (item,), (rule,) = version.definition.rewards, version.definition.rules
    friend = {"newcomers": 1, f"fact.{rule.when}": 1, f"granted.{item.id}": 1, f"rule.{rule.id}.granted": 1}
    for number, age in enumerate(ORDER_AGES):
        people = 2 if number < PROMOTERS else 1
        day = version.definition.schedule.moment(now - timedelta(days=age)).today
        lapses = f"lapses.{day + timedelta(item.config['validity']['days'])}"
        counts = {"participants": people, "consents": people, **friend, lapses: 1}
        row = {"version": 1, "counts": counts, "at": int(now.timestamp())}
        store.write([Change(keys.counter(version.campaign, row_name(day, version.number)), (Absent(),), put=row)])
    friends = len(ORDER_AGES)
    ever = {"participants": friends + PROMOTERS, "newcomers": friends}
    people_row = {"version": 1, "counts": ever, "marks": [], "at": int(now.timestamp())}
    pool = Change(
        keys.pool(version.campaign, item.id, 0), (AtLeast("remaining", friends),), add={"remaining": -friends}
    )
    store.write([Change(keys.counter(version.campaign, PEOPLE), (Absent(),), put=people_row), pool])


def _entry(what: Deed, name: str, at: datetime) -> Callable[[LiveCode | None], Entry]:
    about = Text(zh=name, en=name)
    return lambda _made: Entry(what=what, by=LEI, at=at, about=about)

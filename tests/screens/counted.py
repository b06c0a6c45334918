"""What a running campaign of the demo shop has counted: every number follows from who came on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from functions.core import keys
from functions.core.campaign import Campaign, Definition
from functions.core.change import Absent, AtLeast, Change
from functions.core.keys import Row
from functions.insights.numbers import PEOPLE, People, row_name
from functions.storage import campaigns, channels
from functions.storage.store import Store

DAYS = 9


def fill_counters(store: Store, head: Campaign, names: Sequence[str], now: datetime, crowd: int) -> None:
    """What the stream would have counted, and what grants would have taken from the pools."""
    version, at = campaigns.versions(store, head.id)[0], int(now.timestamp())
    definition = version.definition
    doors = [door.code for door in channels.add(store, head.id, names, b"screens")]
    ever = Counter[str]()
    for back in range(DAYS, -1, -1):
        day = (now - timedelta(back)).astimezone(ZoneInfo(definition.schedule.zone)).date()
        counts = _of_day(definition, crowd, back, day) + Counter(_by_door(definition, doors, crowd, back))
        row: Row = {"version": 1, "counts": dict(counts), "at": at}
        store.write([Change(keys.counter(head.id, row_name(day, version.number)), (Absent(),), put=row)])
        ever.update(counts)
    row = {"version": 1, "counts": {name: ever[name] for name in People._fields}, "marks": [], "at": at}
    store.write([Change(keys.counter(head.id, PEOPLE), (Absent(),), put=row)])
    for item in definition.rewards:
        if item.stock is not None and (taken := ever[f"granted.{item.id}"]):
            pool = keys.pool(head.id, item.id, 0)
            store.write([Change(pool, (AtLeast("remaining", taken),), add={"remaining": -taken})])


def _of_day(definition: Definition, crowd: int, back: int, day: date) -> Counter[str]:
    """People, what became true, what rules gave for it, and how far people came."""
    people = _people(crowd, back)
    counts = Counter(participants=people, newcomers=people * 2 // 3, consents=people + 4)
    if definition.mechanic == "checkin":
        counts.update(_steps(definition.config, crowd, back))
    else:
        counts[f"fact.{definition.mechanic}.recorded"] = people
    counts["events"] = counts[f"fact.{definition.mechanic}.recorded"]
    counts.update(_given(definition, counts, day))
    counts.update(_stages(people))
    return +counts


def _steps(config: Mapping[str, Any], crowd: int, back: int) -> dict[str, int]:
    """How far those who check in came: each day one step more, and somewhat fewer of those who joined together."""
    last = min(config["days"], DAYS - back + 1, 8)
    reached = {step: _people(crowd, back + step - 1) * (9 - step) // 8 for step in range(1, last + 1)}
    milestones = config.get("milestones", {})
    facts = {"recorded": sum(reached.values()), "completed": reached.get(config["days"], 0)}
    facts |= {
        f"{what}_reached": sum(reached.get(step, 0) for step in milestones.get(what, ()))
        for what in ("total", "streak")
    }
    return {f"reached.{step}": n for step, n in reached.items()} | {
        f"fact.checkin.{what}": n for what, n in facts.items()
    }


def _given(definition: Definition, counts: Mapping[str, int], day: date) -> Counter[str]:
    """What rules gave for the day's facts: amounts by reward, times by rule; one coupon in four is redeemed."""
    given = Counter[str]()
    for rule in definition.rules:
        times = counts.get(f"fact.{rule.when}", 0)
        for gift in rule.then:
            given.update({f"granted.{gift.reward}": times * gift.amount, f"rule.{rule.id}.granted": times})
    for item in definition.rewards:
        if item.kind == "coupon":
            units = given[f"granted.{item.id}"]
            until = day + timedelta(item.config["validity"]["days"])
            given.update({f"redeemed.{item.id}": units // 4, f"lapses.{until}": units - units // 4})
            given["discount"] += units // 4 * item.unit_cost
    return given


def _by_door(definition: Definition, codes: Sequence[str], crowd: int, back: int) -> dict[str, int]:
    """By the code that people came through: who scanned it, who is new, who came again where one can, who bought."""
    counts: dict[str, int] = {}
    for place, code in enumerate(codes):
        came, yesterday, week_ago = (_came(crowd, place, back + ago) for ago in (0, 1, 7))
        own, bought = came * 2 // 3, came // 5
        counts |= {f"scan.{code}": _people(crowd, back) * 3 // (5 + place), f"channel.{code}": came, f"own.{code}": own}
        if definition.mechanic == "checkin":
            counts |= {f"back1.{code}": yesterday * 7 // 8, f"back7.{code}": week_ago // 3}
        counts |= {f"buyers.{code}": bought, f"orders.{code}": bought * 5 // 4, f"earned.{code}.CNY": bought * 8_150}
    return counts


def _stages(people: int) -> dict[str, int]:
    """How far those who joined came: some buy, few twice or back."""
    joined = {"awareness": people * 2 // 3, "purchase": people // 8, "loyalty": people // 30}
    joined["interest"] = people - sum(joined.values())
    bought = {"interest.purchase": people // 4, "purchase.loyalty": people // 7, "interest.loyalty": people // 25}
    back = {"purchase.interest": people // 20, "loyalty.purchase": people // 35}
    moved = {"awareness.interest": joined["awareness"], **bought, **back}
    return {f"entered.{name}": n for name, n in joined.items()} | {f"moved.{name}": n for name, n in moved.items()}


def _people(crowd: int, back: int) -> int:
    """Who came so many days ago: more each day, `crowd` or so today; nobody before the first."""
    return max(3, crowd - back * 3 + (back * 7) % 5) if back <= DAYS else 0


def _came(crowd: int, place: int, back: int) -> int:
    """Who of them came through the code at a place."""
    return _people(crowd, back) * 3 // (8 + 4 * place)

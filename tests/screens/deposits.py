"""A campaign with deposits as it stands some days before its end: most hold on, some are through, a few have left."""

from __future__ import annotations

from datetime import datetime, timedelta

from functions.core import keys
from functions.core.change import Absent, AtLeast, Change
from functions.insights.numbers import PEOPLE, row_name
from functions.storage import campaigns
from functions.storage.store import Store

AMOUNT, BY_TABLE = 9_900, 2_970  # minor units: a deposit, and what seven days give back of it
DAYS, JOIN_DAYS, A_DAY = 21, 7, 6  # to do; people join in the first week, so many a day
LEFT_ON, LEFT = 9, 3
PROMISED = timedelta(days=24)  # ago
COUPON_DAYS, SAVED = 30, 3_000  # minor units


def held_and_gone_back(store: Store, campaign: str, now: datetime) -> None:
    """Its counters, its pool of coupons, and the list of deposits that are still held."""
    version = campaigns.versions(store, campaign)[0]
    schedule, at = version.definition.schedule, int(now.timestamp())
    through = 0
    first = schedule.moment(schedule.starts_at).today
    for day in range((schedule.moment(now).today - first).days + 1):
        counts = _counts(day)
        through += (done := counts["fact.checkin.completed"])
        counts[f"lapses.{first + timedelta(day + COUPON_DAYS)}"] = done - done // 2
        name = row_name(first + timedelta(day), version.number)
        row = {"version": 1, "counts": {what: n for what, n in counts.items() if n}, "at": at}
        store.write([Change(keys.counter(campaign, name), (Absent(),), put=row)])
    people = JOIN_DAYS * A_DAY
    ever = {"participants": people, "newcomers": people // 2, "consents": people + 5}
    store.write([Change(keys.counter(campaign, PEOPLE), (Absent(),), put={"version": 1, "counts": ever, "at": at})])
    pool = keys.pool(campaign, version.definition.rewards[0].id, 0)
    store.write([Change(pool, (AtLeast("remaining", through),), add={"remaining": -through})])
    assert schedule.ends_at is not None
    until = int(schedule.ends_at.timestamp())
    for number in range(people - through - LEFT):
        key = keys.due(campaign, until, keys.MEMBER, f"mem_{number:026d}")
        store.write([Change(key, (Absent(),), put={"until": until})])


def _counts(day: int) -> dict[str, int]:
    """What the stream would have counted on the campaign's day."""
    came = A_DAY if day < JOIN_DAYS else 0
    steps = {day - first + 1: A_DAY - (day - first) // 10 for first in range(JOIN_DAYS) if 0 <= day - first < DAYS}
    done, left = steps.get(DAYS, 0), LEFT if day == LEFT_ON else 0
    counts = {
        "participants": came,
        "newcomers": came // 2,
        "consents": came + (came > 0),
        "events": sum(steps.values()),
    }
    counts |= {"fact.checkin.recorded": sum(steps.values()), "fact.checkin.completed": done}
    counts |= {f"reached.{step}": people for step, people in steps.items()}
    counts |= {"fact.checkin.deposit_paid": came, "money.deposit": came * AMOUNT}
    counts |= {"fact.checkin.deposit_settled": done + left, "money.back": done * AMOUNT + left * BY_TABLE}
    counts |= {"money.kept": left * (AMOUNT - BY_TABLE), "granted.coupon": done, "rule.all_days.granted": done}
    counts |= {"redeemed.coupon": done // 2, "discount": done // 2 * SAVED}
    return counts

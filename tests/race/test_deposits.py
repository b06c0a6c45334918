"""Sixty-four real threads at sixteen deposits: the last check-in, the end and leaving meet; each is settled once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from functions.checkin.deposit import UNIT, Terms, payment_name
from functions.core import intent, keys
from functions.core.event import Event
from functions.storage.engine import Answer
from functions.storage.live import Live
from tests.race.crowd import THREADS, Observed, jitter, rush
from tests.storage.serving import Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, publish

pytestmark = pytest.mark.xdist_group("race")

AMOUNT = 9900
ENTRY = {"kind": "deposit", "amount": AMOUNT, "gives_back": [{"days": 1, "share": 50}, {"days": 2, "share": 100}]}
TERMS = Terms("total", ((1, 50), (2, 100))).text
LAST = OPENS + 2 * DAY - timedelta(seconds=1)


def payment_of(who: str) -> str:
    return payment_name(CAMPAIGN, who, AMOUNT, TERMS, 0)


def holding(shop: Shop, who: str) -> None:
    """One who has paid and done the first of two days."""
    said = {"member": who, "deposit": payment_of(who), "terms": TERMS, "payment": payment_of(who), "amount": AMOUNT}
    steps = [
        happened("begin", who, "begin-0001", OPENS),
        happened("paid", who, "paid-00001", OPENS, actor="system", consents=False, **said),
        happened("checkin", who, "event-0001", OPENS),
    ]
    assert [shop.hears(one).outcome for one in steps] == ["deposit_asked", "paid", "checked_in"]


def job(serving: Live, event: Event, seed: int) -> Callable[[Observed], Answer]:
    return lambda view: Shop(view, serving, jitter(seed)).hears(event)


def at_once(who: str) -> list[Event]:
    """What meets: the last check-in, the end, told twice, and leaving."""
    ends = LAST + timedelta(seconds=1)
    over = [happened("settle", who, f"settle-{n}xxx", ends, actor="system", consents=False) for n in range(2)]
    leaves = happened("leave", who, "leave-0001", LAST, actor="system", consents=False)
    return [happened("checkin", who, "event-0002", LAST), *over, leaves]


def test_each_deposit_is_settled_once_and_what_goes_back_is_what_its_member_is_told(server: Server) -> None:
    store, base = server.store(), content(days=2, milestones={}, entry=ENTRY)
    schedule = {**base["schedule"], "ends_at": (OPENS + 2 * DAY).isoformat()}
    publish(store, {**base, "schedule": schedule, "rules": [], "rewards": base["rewards"][:1]})
    serving, people = live(store), [member(number) for number in range(THREADS // 4)]
    for who in people:
        holding(Shop(store, serving), who)
    events = [event for who in people for event in at_once(who)]

    results, overlap = rush(store, [job(serving, event, seed) for seed, event in enumerate(events)])

    for place, who in enumerate(people):
        told = [one.outcome for one in results[4 * place : 4 * place + 4]]
        wanted = keys.intent(intent.REFUND, intent.refund_name(payment_of(who), "rest"))
        books = keys.unit(CAMPAIGN, UNIT, payment_of(who))
        rows = store.read([wanted, books, keys.state(CAMPAIGN, who)])
        record = (rows[books] or {})["record"]
        assert record["back"] + record["kept"] == AMOUNT
        deposit = (rows[keys.state(CAMPAIGN, who)] or {})["record"]["deposit"]
        assert (rows[wanted] or {})["amount"] == record["back"] == deposit["back"]
        assert told.count("deposit_settled") == (record["why"] != "reached"), told
    assert store.query("due", CAMPAIGN) == []
    assert overlap.most == THREADS

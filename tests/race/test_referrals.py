"""Friends who join by each other's links, all at once on a real table: one referrer each, and no circle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from functions.core import keys
from functions.core.discovery import discover
from functions.core.event import Event
from functions.storage.engine import Answer, commit
from functions.storage.live import Live
from functions.storage.play import Play
from tests.race.crowd import THREADS, Observed, Overlap, jitter, rush
from tests.storage.serving import Server
from tests.storage.stage import CAMPAIGN, OPENS, content, live, member, publish

pytestmark = pytest.mark.xdist_group("race")

RULES = [
    {"id": "both", "when": "referral.qualified", "then": [{"reward": "points"}, {"reward": "points", "to": "referrer"}]}
]


def joins(serving: Live, who: int, by: int, event_id: str) -> Callable[[Observed], Answer]:
    version, known = serving.version, discover()
    assert version is not None
    at = int(OPENS.timestamp())
    touch = {"first": member(by), "first_at": at, "depth": 1, "last": member(by), "last_at": at, "last_depth": 1}
    data = known.mechanic("referral").ACCEPTS["join"].data()
    event = Event(event_id, "join", OPENS, CAMPAIGN, member(who), data, day=date(2026, 12, 1), consents=True)
    told = replace(event, brought=touch)
    return lambda view: commit(view, Play(known, serving.campaign, version, told), told, jitter(who))


def test_who_join_by_each_others_links_at_once_have_one_referrer_each_and_form_no_circle(server: Server) -> None:
    store = server.store()
    rewards = [content()["rewards"][0]]
    publish(store, {**content(), "mechanic": "referral", "config": {"qualify": "join", "hold_days": 0},
                    "rewards": rewards, "rules": RULES})  # fmt: skip
    serving = live(store)
    joins(serving, 0, 0, "join-root")(Observed(store, Overlap()))
    jobs = [
        joins(serving, who, (who + step) % THREADS, f"join-{who}-{step}")
        for step in (1, 0, 7)
        for who in range(THREADS)
    ]

    results, overlap = rush(store, jobs)

    assert overlap.most == THREADS
    assert {getattr(one, "outcome", one) for one in results} <= {"joined", "joined_by_friend", "already_joined"}
    states = [keys.state(CAMPAIGN, member(who)) for who in range(THREADS)]
    records: dict[str, Any] = {key.parts[1]: (row or {})["record"] for key, row in store.read(states).items()}
    for who, record in records.items():
        seen = {who}
        while record.get("by"):
            assert record["by"] not in seen, "a circle"
            seen.add(record["by"])
            record = records[record["by"]]
    invited = sum(record.get("invited", 0) for record in records.values())
    brought = sum("by" in record for record in records.values())
    balances = store.read([keys.points(member(who)) for who in range(THREADS)]).values()
    assert invited == brought == sum(record.get("qualified", 0) for record in records.values())
    assert sum((row or {}).get("balance", 0) for row in balances) == 2 * brought

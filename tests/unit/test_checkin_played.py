"""Check-ins through the engine: what a make-up costs, what a day earns, what a review releases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.keys import Key, Row
from functions.storage.memory import MemoryStore
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, member, open_shop

MEMBER = member(1)
REVIEWED = {"proof": {"kind": "text"}, "review": {"by": "manual"}}


def row(shop: Shop, key: Key) -> Row:
    found = shop.store.read([key])[key]
    assert found is not None
    return found


def send(shop: Shop, event_id: str, kind: str, now: int, **data: Any) -> str:
    """An event two hours into day `now` (from 0) of the campaign, by whoever may send it."""
    actor = "staff" if kind == "review" else "member"
    at = OPENS + now * DAY + timedelta(hours=2)
    return shop.hears(happened(kind, MEMBER, event_id, at, actor=actor, **data)).outcome


def test_a_make_up_takes_its_price_and_earns_what_the_day_earns_in_one_write() -> None:
    shop = open_shop(MemoryStore(), content(make_up={"count": 2, "price": 15}))
    for day in (0, 1, 3):
        send(shop, f"event-000{day}", "checkin", day)

    outcome = send(shop, "event-0009", "make_up", 3, day="2026-12-03")

    points = row(shop, keys.points(MEMBER))
    assert outcome == "made_up"
    assert points["balance"] == 3 * 10 - 15 + 10
    assert sorted(entry[1] for entry in points["entries"]) == [-15, 10, 10, 10, 10]


def test_a_make_up_that_the_balance_does_not_cover_changes_nothing() -> None:
    shop = open_shop(MemoryStore(), content(make_up={"count": 2, "price": 11}))
    send(shop, "event-0001", "checkin", 1)
    before = row(shop, keys.state(CAMPAIGN, MEMBER)), row(shop, keys.points(MEMBER))

    outcome = send(shop, "event-0002", "make_up", 1, day="2026-12-01")

    assert outcome == "points_insufficient"
    assert (row(shop, keys.state(CAMPAIGN, MEMBER)), row(shop, keys.points(MEMBER))) == before


def test_a_member_who_never_had_points_is_told_that_they_are_not_enough() -> None:
    shop = open_shop(MemoryStore(), content(make_up={"count": 2, "price": 11}))

    assert send(shop, "event-0001", "make_up", 1, day="2026-12-01") == "points_insufficient"


def test_what_waits_for_review_earns_nothing_until_it_is_approved() -> None:
    shop = open_shop(MemoryStore(), content(**REVIEWED))

    send(shop, "event-0001", "checkin", 0, proof={"text": "早安"})
    waiting = shop.store.read([keys.points(MEMBER)])[keys.points(MEMBER)]
    verdict = {"member": MEMBER, "day": "2026-12-01", "verdict": "approve"}
    outcomes = [send(shop, f"event-001{n}", "review", 1, **verdict) for n in range(2)]

    assert waiting is None
    assert outcomes == ["approved", "nothing_to_review"]
    assert row(shop, keys.points(MEMBER))["balance"] == 10
    assert shop.store.query("reviews", CAMPAIGN) == []


def test_an_appeal_brings_the_same_proof_back_once_and_its_approval_counts_for_its_own_day() -> None:
    shop = open_shop(MemoryStore(), content(**REVIEWED))
    send(shop, "event-0001", "checkin", 0, proof={"text": "早安"})
    verdict = {"member": MEMBER, "day": "2026-12-01", "verdict": "return", "reason": "unrelated"}
    send(shop, "event-0002", "review", 0, **verdict)

    said = send(shop, "event-0003", "appeal", 1, day="2026-12-01", words="是我写的")
    ((_, waiting),) = shop.store.query("reviews", CAMPAIGN)
    again = send(shop, "event-0004", "review", 1, **verdict)
    twice = send(shop, "event-0005", "appeal", 1, day="2026-12-01", words="真的")

    handed = row(shop, keys.proof(CAMPAIGN, MEMBER, "2026-12-01"))
    assert (said, again, twice) == ("appealed", "returned", "already_appealed")
    assert (waiting["appeal"], waiting["attempt"]) == ("是我写的", 1)
    assert (handed["text"], handed["status"]) == ("早安", "returned")


def test_an_appeal_that_is_granted_earns_what_the_day_earns() -> None:
    shop = open_shop(MemoryStore(), content(**REVIEWED))
    send(shop, "event-0001", "checkin", 0, proof={"text": "早安"})
    verdict = {"member": MEMBER, "day": "2026-12-01", "verdict": "return", "reason": "unrelated"}
    send(shop, "event-0002", "review", 0, **verdict)
    send(shop, "event-0003", "appeal", 1, day="2026-12-01", words="是我写的")

    outcome = send(shop, "event-0004", "review", 1, **{**verdict, "verdict": "approve", "reason": ""})

    assert outcome == "approved"
    assert row(shop, keys.points(MEMBER))["balance"] == 10


def test_review_queue_lists_items_in_the_order_they_came_in() -> None:
    shop = open_shop(MemoryStore(), content(**REVIEWED))

    for day in (0, 1, 2):
        send(shop, f"event-000{day}", "checkin", day, proof={"text": "早安"})

    assert [entry["day"] for _, entry in shop.store.query("reviews", CAMPAIGN)] == [
        "2026-12-01",
        "2026-12-02",
        "2026-12-03",
    ]

"""A right that a member holds never ends earlier because of a later grant, whatever grants it and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.entitlements.held import FOREVER
from functions.storage.memory import MemoryStore
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, member, open_shop

ME = member(1)
RIGHT = keys.entitlement(ME, "vip")
LENGTHS: Mapping[str, int | None] = {"good": None, "month": 30, "week": 7}


def epoch(days: int) -> int:
    return int((OPENS + days * DAY).timestamp())


def shop(store: MemoryStore, *firing: list[str], stock: int | None = None, **changes: Any) -> Shop:
    """Where the check-in number n gives the rights `firing[n - 1]`, in that order."""
    rights = [
        {
            "id": name,
            "kind": "entitlement",
            "name": {"zh": name, "en": name},
            "config": {"name": "vip", "days": days},
            "stock": stock,
        }
        for name, days in LENGTHS.items()
    ]
    rules = [
        {
            "id": f"{name}_{total}",
            "when": "checkin.recorded",
            "if": [{"field": "total", "op": "=", "value": total}],
            "then": [{"reward": name}],
        }
        for total, names in enumerate(firing, 1)
        for name in names
    ]
    return open_shop(store, {**content(), "rewards": rights, "rules": rules, **changes})


def told(shop: Shop, number: int) -> list[str]:
    """What came of the grants of the check-in of that day."""
    answer = shop.hears(happened("checkin", ME, f"event-{number:04d}", OPENS + number * DAY))
    return [str(line["outcome"]) for line in answer.grants]


def valid_until(store: MemoryStore) -> int:
    row = store.read([RIGHT])[RIGHT]
    assert row is not None
    return int(row["valid_until"])


@pytest.mark.parametrize("later", ["week", "month", "good"])
def test_a_right_for_good_stays_one(later: str) -> None:
    store = MemoryStore()
    here = shop(store, ["good"], [later])

    outcomes = [told(here, 0), told(here, 1)]

    assert outcomes == [["granted"], ["already_granted"]]
    assert valid_until(store) == FOREVER


def test_a_shorter_grant_changes_nothing_and_a_longer_one_extends() -> None:
    store = MemoryStore()
    here = shop(store, ["month"], ["week"], ["month"])

    outcomes = [told(here, number) for number in range(3)]

    assert outcomes == [["granted"], ["already_granted"], ["granted"]]
    assert valid_until(store) == epoch(2 + 30)


@pytest.mark.parametrize("order", list(permutations(LENGTHS)))
def test_of_several_at_once_the_longest_counts(order: tuple[str, ...]) -> None:
    store = MemoryStore()
    here = shop(store, list(order), list(order))

    outcomes = [told(here, 0), told(here, 1)]

    assert outcomes == [["granted"] * 3, ["already_granted"] * 3]
    assert valid_until(store) == FOREVER


@pytest.mark.parametrize("order", list(permutations(["week", "month"])))
def test_a_door_that_the_right_itself_opens_stays_open_to_its_holders(order: tuple[str, ...]) -> None:
    store = MemoryStore()
    here = shop(store, list(order), audience={"entitlement": "vip"})
    store.write([Change(RIGHT, put={"name": "vip", "valid_until": FOREVER})])

    assert told(here, 0) == ["already_granted"] * 2
    assert valid_until(store) == FOREVER


@pytest.mark.parametrize("ended", [None, OPENS - DAY])
def test_a_door_that_the_right_itself_opens_stays_shut_to_others(ended: Any) -> None:
    store = MemoryStore()
    here = shop(store, ["week", "month"], audience={"entitlement": "vip"})
    if ended is not None:
        store.write([Change(RIGHT, put={"name": "vip", "valid_until": int(ended.timestamp())})])

    answer = here.hears(happened("checkin", ME, "event-0001", OPENS))

    assert (answer.outcome, answer.row) == ("not_in_audience", None)


def test_what_is_not_granted_takes_nothing_from_the_stock() -> None:
    store = MemoryStore()
    here = shop(store, ["good"], ["week"], stock=5)

    outcomes = [told(here, 0), told(here, 1)]

    pools = [keys.pool(CAMPAIGN, name, 0) for name in ("good", "week")]
    assert outcomes == [["granted"], ["already_granted"]]
    assert [(row or {})["remaining"] for row in store.read(pools).values()] == [4, 5]

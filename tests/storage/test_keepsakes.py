"""Badges and certificates: one for what was done, taken back with it, at the cost of a right."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.storage.store import Store
from tests.storage import group_stage
from tests.storage.serving import Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, member, open_shop
from tests.storage.test_budgets import KB, metered, size_of

KINDS = ("badge", "certificate")
REWARDS = [
    {"id": kind, "kind": kind, "name": {"zh": "礼" * 60, "en": kind.title() * 9}, "per_member": 1} for kind in KINDS
]
REWARDS[0]["config"] = {"sign": "cup", "about": {"zh": "为" * 60, "en": "w" * 60}}
REWARDS[1]["config"] = {"sentence": {"zh": "句" * 120, "en": "s" * 120}, "series": "A" * 12}
THEN = [{"reward": kind} for kind in KINDS]


def held(store: Store, who: int = 1) -> list[str]:
    """The kinds of keepsake that a member has."""
    found = store.query("member", member(who), prefix="W#")
    return [where.split("#")[1] for where, _ in found if where.split("#")[1] in KINDS]


def checks_in(shop: Shop, day: int, event: str) -> list[str]:
    answer = shop.hears(happened("checkin", member(1), event, OPENS + day * DAY))
    return [str(line["outcome"]) for line in answer.grants]


def test_each_is_given_once_whatever_is_told_again_and_again_earned(store: Store) -> None:
    rules = [{"id": "daily", "when": "checkin.recorded", "then": THEN}]
    shop = open_shop(store, {**content(), "rewards": REWARDS, "rules": rules})

    told = [checks_in(shop, 0, "event-0000"), checks_in(shop, 0, "event-0000"), checks_in(shop, 1, "event-0001")]

    assert told == [["granted"] * 2, ["granted"] * 2, ["limit_reached"] * 2]
    assert held(store) == list(KINDS)


def test_what_it_was_earned_by_undone_it_goes_from_all_who_had_it(store: Store) -> None:
    formed = [{"id": "formed", "when": "group.completed", "then": [{**one, "to": "group"} for one in THEN]}]
    made: dict[str, Any] = group_stage.content(rules=formed, size=2, price=900, on_refund="dissolve")
    shop = open_shop(store, {**made, "rewards": REWARDS})
    group = group_stage.opened(shop)
    group_stage.pays(shop, 0, group)
    group_stage.joins(shop, 1, group)
    group_stage.pays(shop, 1, group)
    before = [held(store, who) for who in (0, 1)]
    seat = group_stage.group_of(store, group).seats[1]
    said = {"group": group, "payment": group_stage.group_of(store, group).payment(CAMPAIGN, seat)}

    undone = shop.hears(group_stage.happened("refunded", member(1), "back-0001", OPENS, **said)).outcome

    assert undone == "group_dissolved"
    assert before == [list(KINDS), list(KINDS)]
    assert [held(store, who) for who in (0, 1)] == [[], []]


@pytest.mark.parametrize("kind", KINDS)
def test_giving_one_costs_what_giving_a_right_does_and_its_row_is_small(server: Server, kind: str) -> None:
    right = {"id": "right", "kind": "entitlement", "name": {"zh": "权", "en": "Right"}, "config": {"name": "vip"}}
    costs, second = [], [{"field": "total", "op": "=", "value": 2}]
    for reward in (right, REWARDS[KINDS.index(kind)]):
        rules = [{"id": "each", "when": "checkin.recorded", "if": second, "then": [{"reward": reward["id"]}]}]
        shop, meter = metered(server, rules, 1, rewards=[reward])
        assert checks_in(shop, 1, "event-0001") == ["granted"]
        costs.append((meter.written, meter.read, list(meter.requests)))

    ((_, row),) = shop.store.query("member", member(1), prefix=f"W#{kind}#")
    assert costs[1] == costs[0] == (4, 1, ["get_item", "transact_write_items"])
    assert size_of(shop, keys.wallet(member(1), kind, row["id"])) <= KB

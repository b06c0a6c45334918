"""Assists and bargains over the table: what a help and the last one cost, and how large a row can become."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.assist.config import HELPERS_MAX
from functions.assist.drive import Drive, key_of, name_of
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.money import MINOR_MAX
from functions.storage import campaigns
from tests.storage.group_stage import coupons, crowd
from tests.storage.serving import Consumed, Server
from tests.storage.stage import CAMPAIGN, OPENS, Shop, answered, content, live, member, publish
from tests.storage.test_budgets import KB, size_of
from tests.storage.test_groups import TENANT_MAX

LEADER = HELPERS_MAX
BARGAIN = {"style": {"kind": "bargain", "price": MINOR_MAX, "floor": 0}}
READ_AND_WRITE = ["batch_get_item", "transact_write_items"]


def rules(to: str) -> list[dict[str, Any]]:
    return [{"id": "done", "when": "assist.completed", "then": [{"reward": "tea", "to": to}]}]


def happened(kind: str, who: int, **said: Any) -> Event:
    """An event of a member."""
    data = discover().mechanic("assist").ACCEPTS[kind].data.model_validate(said)
    return Event(f"{kind}-{who:04d}", kind, OPENS, CAMPAIGN, member(who), data, consents=True)


def asked(server: Server, meter: Consumed, to: str = "leader", **config: Any) -> tuple[Shop, str]:
    """A shop in which all have taken part before, and the assist that the leader has begun."""
    made = content(100) | {"mechanic": "assist", "config": {"helpers": HELPERS_MAX, **config}, "rules": rules(to)}
    store = server.store(meter=meter)
    publish(store, made, answers=answered(made))
    crowd(store, LEADER + 1, {"size": 30})  # only for their rows
    shop = Shop(store, live(store))
    assert shop.hears(happened("begin", LEADER)).outcome == "assist_begun"
    return shop, name_of(CAMPAIGN, member(LEADER), f"begin-{LEADER:04d}")


@pytest.mark.parametrize("config", [{}, BARGAIN], ids=["help", "bargain"])
def test_a_help_costs_four_write_units_and_two_requests_to_the_last_but_one(
    server: Server, config: dict[str, Any]
) -> None:
    meter = Consumed()
    shop, assist = asked(server, meter, **config)
    costs = []

    for who in range(HELPERS_MAX - 1):
        meter.requests.clear()
        meter.written = 0
        told = shop.hears(happened("help", who, assist=assist)).outcome
        costs.append((told, meter.written, meter.requests.copy()))

    assert costs == [("cut" if config else "helped", 4, READ_AND_WRITE)] * (HELPERS_MAX - 1)


@pytest.mark.parametrize(("to", "most"), [("leader", 10), ("group", 4 + 4 * HELPERS_MAX)])
def test_the_last_help_costs_four_write_units_and_four_for_each_who_has_a_coupon(
    server: Server, to: str, most: int
) -> None:
    """The leader, who sits in no seat of the helpers, has a row of their own and a coupon, out of the one stock."""
    meter = Consumed()
    shop, assist = asked(server, meter, to, **BARGAIN)
    for who in range(HELPERS_MAX - 1):
        shop.hears(happened("help", who, assist=assist))
    meter.requests.clear()
    meter.written = 0

    assert shop.hears(happened("help", HELPERS_MAX - 1, assist=assist)).outcome == "cut_last"

    assert meter.written <= most
    assert len(meter.requests) == 3
    assert meter.requests[-1] == "transact_write_items"
    assert size_of(shop, key_of(CAMPAIGN, assist)) <= KB - TENANT_MAX
    row = shop.store.read([key_of(CAMPAIGN, assist)])[key_of(CAMPAIGN, assist)]
    assert row is not None
    assert Drive.of(assist, row["record"]).now_at == 0
    expected = [0] * HELPERS_MAX + [1] if to == "leader" else [1] * HELPERS_MAX + [0]
    assert [coupons(shop.store, who) for who in range(HELPERS_MAX + 1)] == expected


def test_no_version_is_published_whose_rules_an_open_assist_has_no_room_for(server: Server) -> None:
    """Its twenty helpers have what the rules give in the write of the last help; a day later it is over for sure."""
    shop, _ = asked(server, Consumed(), "group")
    six = [{**rules("group")[0], "id": f"done_{number}"} for number in range(6)]
    small = content(100) | {"mechanic": "assist", "config": {"helpers": 3}, "rules": rules("group")}
    publish(shop.store, small, answers=answered(small))

    more, later = small | {"rules": six}, OPENS + timedelta(days=2)

    with pytest.raises(campaigns.Refused) as refused:
        publish(shop.store, more, answers=answered(more))

    assert refused.value.code == "open_need_room"
    assert publish(shop.store, more, later, answers=answered(more, later)).live == 3

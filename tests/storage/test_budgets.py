"""What an event costs, in capacity units and requests, as Dynoxide reports them (design §10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.checkin.deposit import Deposit
from functions.core import keys
from functions.core.change import Change
from functions.coupons import redeem
from functions.points.ledger import PAGE_ENTRIES, turn_page
from functions.storage.dynamodb import DynamoStore, wire
from functions.storage.memory import MemoryStore
from functions.storage.single import alter
from functions.storage.table import key_of
from tests.storage.serving import Consumed, Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, content, happened, live, member, publish

KB = 1024
DAILY_POINTS = [{"id": "daily", "when": "checkin.recorded", "then": [{"reward": "points", "amount": 10}]}]
EVERY_COUPON = [{"id": "each", "when": "checkin.recorded", "then": [{"reward": "tea"}]}]
LONG = {"days": 366, "leaderboard": True, "milestones": {"total": [30, 100, 200, 300], "streak": [7, 30, 100, 365]}}


def metered(
    server: Server,
    rules: list[Any],
    days_before: int,
    stock: int = 10_000,
    budget: dict[str, Any] | None = None,
    rewards: list[Any] | None = None,
    **config: Any,
) -> tuple[Shop, Consumed]:
    """A shop whose member has checked in for some days, played in memory, with the meter set to nothing."""
    meter = Consumed()
    store = server.store(meter=meter)
    memory = MemoryStore(store.tenant)
    made = {**content(stock, **config), "rules": rules} | ({"rewards": rewards} if rewards else {})
    publish(memory, made | ({"budget": budget} if budget else {}), OPENS)
    before = Shop(memory, live(memory))
    for day in range(days_before):
        assert checks_in(before, day) == "checked_in"
    for place, row in memory.rows.items():
        found = key_of(*place)
        assert found
        store.write([Change(found[1], put=row)])
    shop = Shop(store, live(store))
    meter.requests.clear()
    meter.read = meter.written = 0
    return shop, meter


def checks_in(shop: Shop, day: int) -> str:
    """By a channel's code and a live one: the longest that a row remembers of how somebody came."""
    event = happened("checkin", member(1), f"event-{day:04d}", OPENS + day * DAY)
    return shop.hears(replace(event, channel="0a1b2c3d4e")).outcome


DEPOSIT = Deposit(100_000, "streak 30:20 90:40 180:60 270:80 366:100", 1_900_000_000, 1_900_000_000)


def pays_deposit(shop: Shop, meter: Consumed, deposit: Deposit = DEPOSIT) -> None:
    """The member holds a deposit; on the meter it costs nothing."""
    key = keys.state(CAMPAIGN, member(1))
    row = shop.store.read([key])[key] or {}
    shop.store.write([Change(key, put=row | {"record": row["record"] | {"deposit": deposit.stored()}})])
    meter.requests.clear()
    meter.read = meter.written = 0


def size_of(shop: Shop, key: keys.Key) -> int:
    """Bytes of a row as DynamoDB counts them: names, values, 3 for each list or map and 1 for each thing in it."""
    assert isinstance(shop.store, DynamoStore)
    row = shop.store.read([key])[key] or {}
    place = sum(len(text) for text in shop.store._wire_key(key)["pk"].values())
    return 4 + place + len(shop.store._wire_key(key)["sk"]["S"]) + sum(_attribute(n, wire(v)) for n, v in row.items())


def _attribute(name: str, value: dict[str, Any]) -> int:
    ((kind, inside),) = value.items()
    size = len(name.encode())
    if kind == "M":
        return size + 3 + sum(1 + _attribute(inner, one) for inner, one in inside.items())
    if kind == "L":
        return size + 3 + sum(1 + _attribute("", one) for one in inside)
    if kind == "N":
        return size + len(inside) // 2 + 2
    return size + (len(inside.encode()) if kind == "S" else len(inside) if kind == "B" else 1)


@pytest.mark.parametrize(
    ("days_before", "config"), [(1, {}), (29, {}), (365, LONG), (364, LONG)], ids=["second", "30th", "366th", "deposit"]
)
def test_a_plain_check_in_is_one_write_unit_one_read_unit_and_two_requests(
    server: Server, days_before: int, config: dict[str, Any]
) -> None:
    shop, meter = metered(server, [], days_before, **config)
    if days_before == 364:
        pays_deposit(shop, meter)

    assert checks_in(shop, days_before) == "checked_in"

    assert (meter.written, meter.read, meter.requests) == (1, 1, ["get_item", "put_item"])
    assert size_of(shop, keys.state(CAMPAIGN, member(1))) <= KB


def test_the_check_in_that_gives_a_deposit_back_is_eight_write_units(server: Server) -> None:
    shop, meter = metered(server, [], 1, days=2, milestones={})
    pays_deposit(shop, meter, Deposit(9900, "total 2:100", 1_900_000_000, 1_900_000_000))

    assert checks_in(shop, 1) == "checked_in"

    assert (meter.written, meter.requests) == (8, ["get_item", "transact_write_items"])


def test_the_first_check_in_writes_the_consent_beside_it(server: Server) -> None:
    shop, meter = metered(server, [], 0)

    checks_in(shop, 0)

    assert (meter.written, meter.requests) == (4, ["get_item", "transact_write_items"])


def test_a_check_in_that_earns_points_is_four_write_units(server: Server) -> None:
    shop, meter = metered(server, DAILY_POINTS, 1, days=366)

    checks_in(shop, 1)

    assert (meter.written, len(meter.requests)) == (4, 2)
    assert meter.read <= 1


def test_points_settle_within_five_write_units_a_check_in_with_their_pages_turned(server: Server) -> None:
    shop, meter = metered(server, DAILY_POINTS, 1, days=366)
    key = keys.points(member(1))

    rounds = 5 * PAGE_ENTRIES
    for day in range(1, rounds + 1):
        checks_in(shop, day)
        written = meter.written
        row = shop.store.read([key])[key] or {}
        meter.written = written
        if changes := turn_page(member(1), row):
            shop.store.write(changes)

    assert meter.written / rounds <= 5
    assert size_of(shop, key) <= KB


def test_a_check_in_that_grants_a_coupon_from_stock_is_six_write_units_and_two_requests(server: Server) -> None:
    shop, meter = metered(server, EVERY_COUPON, 1)

    checks_in(shop, 1)

    assert (meter.written, meter.read, meter.requests) == (6, 1, ["get_item", "transact_write_items"])
    for _, row in shop.store.query("member", member(1), prefix="W#coupon#"):
        assert size_of(shop, keys.coupon(member(1), row["id"])) <= KB


def test_once_a_coupon_is_known_to_be_sold_out_a_check_in_costs_what_one_without_a_coupon_does(server: Server) -> None:
    """Else every check-in after the last coupon would pay for a refused transaction and a look at all shards."""
    shop, meter = metered(server, EVERY_COUPON, 1, stock=1)
    checks_in(shop, 1)
    before = meter.written, meter.read
    meter.requests.clear()

    grants = shop.hears(happened("checkin", member(1), "event-0002", OPENS + 2 * DAY)).grants

    assert [line["outcome"] for line in grants] == ["exhausted"]
    assert (meter.written - before[0], meter.read - before[1]) == (1, 1)
    assert meter.requests == ["get_item", "put_item"]


def test_a_days_budget_costs_one_row_more_of_the_same_write(server: Server) -> None:
    shop, meter = metered(server, EVERY_COUPON, 1, budget={"total": 500 * 10_000_000, "per_day": 500})

    checks_in(shop, 1)

    assert (meter.written, meter.read, meter.requests) == (8, 1, ["get_item", "transact_write_items"])


def test_a_repeat_costs_one_read_and_writes_nothing(server: Server) -> None:
    shop, meter = metered(server, EVERY_COUPON, 2)

    assert checks_in(shop, 1) == "checked_in"

    assert (meter.written, meter.read, meter.requests) == (0, 1, ["get_item"])


@pytest.mark.parametrize(("group", "units", "write"), [("", 1, "update_item"), ("cups", 4, "transact_write_items")])
def test_a_redemption_is_one_write_unit_and_four_where_an_order_takes_one_of_its_group(
    server: Server, group: str, units: int, write: str
) -> None:
    shop, meter = metered(server, EVERY_COUPON, 1)
    before = meter.written
    ((_, row),) = shop.store.query("member", member(1), prefix="W#coupon#")
    key = keys.coupon(member(1), row["id"])
    meter.requests.clear()
    till = redeem.Till("till-0001", "north", "staff_00000000000000000000000001", OPENS + timedelta(hours=1))

    def decide(seen: Any) -> Any:
        verdict = redeem.redeem({**seen, "group": group}, "order-00000001", 900, till)
        return verdict.outcome, verdict.changes

    assert alter(shop.store, key, decide, lambda attempt: False) == "redeemed"
    assert (meter.written - before, meter.requests) == (units, ["get_item", write])
    assert size_of(shop, key) <= KB

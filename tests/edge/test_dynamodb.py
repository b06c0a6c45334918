"""The same handlers over a real table: what they cost, and that they really race."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from functions.coupons import till
from functions.coupons.models import RedeemIn
from functions.edge.identity import Session
from functions.edge.request import request_of
from functions.storage.client import dynamodb_client
from functions.storage.dynamodb import DynamoStore
from functions.storage.invitations import invite
from functions.storage.staff import mark
from tests.conftest import FreshTable
from tests.edge.test_coupons import redeem, reverse, shown
from tests.edge.world import CAMPAIGN, Context, Phone, World, definition_content, rule

CLERKS = 16


class Units:
    """Write and read units, as the table tells them."""

    def __init__(self) -> None:
        self.write, self.read, self.calls = 0.0, 0.0, 0

    def __call__(self, operation: str, consumed: Any) -> None:
        parts = consumed if isinstance(consumed, list) else [consumed]
        units = sum(part["CapacityUnits"] for part in parts if part)
        self.calls += 1
        if operation in ("get_item", "batch_get_item", "query"):
            self.read += units
        else:
            self.write += units

    def reset(self) -> None:
        """Count anew."""
        self.write, self.read, self.calls = 0.0, 0.0, 0


@pytest.fixture
def units() -> Units:
    return Units()


@pytest.fixture
def world(dynoxide_table: FreshTable, units: Units) -> Iterator[World]:
    client = dynamodb_client("us-east-1", dynoxide_table.endpoint, connections=CLERKS)
    yield World(store=DynamoStore(client, dynoxide_table.name, "demo", units))
    client.close()


def holder(world: World) -> tuple[Phone, str]:
    """A member with a coupon, and its printed code."""
    world.publish(definition_content(rules=[rule("coupon", "ten_off")]))
    phone = world.phone()
    assert phone.check_in().body["grants"][0]["outcome"] == "granted"
    entry = phone.get("/api/me/wallet").body["entries"][0]
    return phone, phone.post(f"/api/me/coupons/{entry['id']}/code").body["code"]


def test_a_plain_check_in_costs_one_write_unit_and_two_requests(world: World, units: Units) -> None:
    world.publish()
    phone = world.phone()
    phone.check_in("event-0000")
    world.clock.pass_(days=1)
    phone.get(f"/api/campaigns/{CAMPAIGN}")  # the head, which is read once in five seconds
    units.reset()

    assert phone.check_in().code == "checked_in"

    assert (units.write, units.read, units.calls) == (1, 1, 2)


def test_the_whole_life_of_a_coupon_on_a_real_table(world: World, units: Units) -> None:
    _, code = holder(world)
    clerk = world.clerk()
    units.reset()

    assert redeem(clerk, code).code == "redeemed"
    assert units.write <= 2  # one of them is the bucket that typed codes are taken from
    assert redeem(clerk, code).code == "redeemed"
    assert redeem(clerk, code, event="redeem-02").code == "already_redeemed"
    assert reverse(clerk, code).code == "reversed"


def test_of_many_clerks_at_once_one_redeems(world: World) -> None:
    """Powertools keeps one event at a time for a process, so clerks meet in the use case behind the route."""
    phone, _ = holder(world)
    token = shown(phone)
    invitation = an_invitation(world)
    world.service.sleep = time.sleep

    def once(number: int) -> str:
        session = Session("staff", f"staff_{number}", "north", invitation)
        event = Phone(world, world.token(session)).event("POST", "/api/coupons/redeem", "", {})
        request = request_of(world.service, event, Context())
        body = RedeemIn(event_id=f"redeem-{number:02}", code=token, order_id=f"order-{number}", amount=5000)
        return till.use(request, body).outcome

    with ThreadPoolExecutor(CLERKS) as threads:
        outcomes = Counter(threads.map(once, range(CLERKS)))

    assert outcomes == {"redeemed": 1, "already_redeemed": CLERKS - 1}


def an_invitation(world: World) -> str:
    """An invitation that stands, by its keyed hash."""
    ring, now = world.service.keys.ring(world.clock.now), world.clock.now
    return mark(ring, invite(world.store, ring, "north", "Clerk", "owner", now, b"0123456789"))


def test_an_erased_member_leaves_tombstones_only(world: World) -> None:
    phone, _ = holder(world)

    answer = phone.call("DELETE", "/api/me")

    assert answer.code == "erased"
    exported = phone.get("/api/me/export").body
    assert (exported["points"], exported["consents"], exported["profile"]) == (None, {}, None)

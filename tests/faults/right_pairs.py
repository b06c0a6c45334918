"""Two at once where a right is given by hand, or ended."""

from __future__ import annotations

from functools import partial
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.entitlements.held import FOREVER
from tests.edge.test_desk import asks, gives
from tests.edge.test_sessions import ask_code, sign_in
from tests.edge.world import Phone, World
from tests.faults import deeds
from tests.faults.deeds import Act

Pair = tuple[Act, Act]


def _signed_in(world: World) -> Phone:
    """Somebody who took part in nothing: a profile is all there is of them."""
    world.clock.now = deeds.NOON
    return sign_in(world.stranger(), ask_code(world, world.stranger()))


def _takes(world: World, member: str) -> Act:
    return lambda: asks(world, "take", member, right="vip", reason="left")


def a_week_by_hand_against_one_for_good(world: World) -> Pair:
    member = _signed_in(world).member
    return (lambda: gives(world, member, days=7)), (lambda: gives(world, member))


def a_right_by_hand_against_erasing_a_buyer(world: World) -> Pair:
    phone = _signed_in(world)
    return (lambda: gives(world, phone.member)), partial(phone.call, "DELETE", "/api/me")


def a_right_by_hand_against_erasing_a_guest(world: World) -> Pair:
    phone = deeds._joined(world)
    return (lambda: gives(world, phone.member)), partial(phone.call, "DELETE", "/api/me")


def two_take_a_right_back(world: World) -> Pair:
    member = _signed_in(world).member
    held: dict[str, Any] = {"name": "vip", "title": {"zh": "", "en": ""}, "valid_until": FOREVER}
    world.store.write([Change(keys.entitlement(member, "vip"), put=held)])
    return _takes(world, member), _takes(world, member)


RIGHT_PAIRS = (
    a_week_by_hand_against_one_for_good, a_right_by_hand_against_erasing_a_buyer,
    a_right_by_hand_against_erasing_a_guest, two_take_a_right_back,
)  # fmt: skip

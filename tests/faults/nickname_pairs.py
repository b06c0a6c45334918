"""Two at once where a member says what they want to be called: one row by which they are found."""

from __future__ import annotations

from functools import partial

from tests.edge.test_nickname import called
from tests.edge.world import Phone, World
from tests.faults import deeds
from tests.faults.deeds import Act

Pair = tuple[Act, Act]


def _both(phone: Phone, first: str, second: str) -> Pair:
    return partial(called, phone, first), partial(called, phone, second)


def two_first_nicknames(world: World) -> Pair:
    return _both(deeds._joined(world), "小鱼", "大鱼")


def two_new_nicknames(world: World) -> Pair:
    phone = deeds._joined(world)
    called(phone, "小鱼")
    return _both(phone, "大鱼", "飞鱼")


def a_nickname_against_erasing_a_guest(world: World) -> Pair:
    phone = deeds._joined(world)
    return partial(called, phone, "小鱼"), partial(phone.call, "DELETE", "/api/me")


NICKNAME_PAIRS = (two_first_nicknames, two_new_nicknames, a_nickname_against_erasing_a_guest)

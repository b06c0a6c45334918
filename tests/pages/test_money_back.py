"""What the page of a group that came to nothing says of a member's money, and whom a poster of one's own invites to."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.core.intent import REFUND
from tests.edge.test_groups import opened, pays, sweep
from tests.edge.world import CAMPAIGN, Phone, World
from tests.pages.test_posters import codes
from tests.pages.test_visits import visit


@pytest.fixture
def leader(world: World) -> Phone:
    """A member who paid for a seat in a group that did not fill."""
    name, leader = opened(world, price=900), world.phone("leader")
    pays(world, leader, name)
    world.clock.pass_(hours=25)
    sweep(world)
    return leader


@pytest.fixture
def world() -> World:
    """A shop with nothing in it."""
    return World()


@pytest.mark.parametrize(
    ("provider", "noted", "waits", "said"),
    [
        ("sandbox", False, True, "你付的 ¥9 会全部原路退回"),
        ("wechat", True, True, "你付的 ¥9 会全部原路退回"),
        ("wechat", False, False, "你付的 ¥9 会全部原路退回"),  # of many: its step is still to come
        ("wechat", True, False, "你付的 ¥9 已退回"),
        ("offline", True, True, "你付的 ¥9 请到店里找店员退"),
        ("offline", True, False, "你付的 ¥9 店里已经退给你了"),
    ],
)
def test_a_member_reads_how_far_their_money_is(
    world: World, leader: Phone, provider: str, noted: bool, waits: bool, said: str
) -> None:
    ((refund, wanted),) = world.store.query("intents", REFUND)
    payment = wanted["payment"]
    paid: dict[str, Any] = {"provider": provider, "refunds": {refund: 900} if noted else {}}
    rows = [Change(keys.payment(payment), put=paid)]
    assert not world.store.write(rows if waits else [*rows, Change(keys.intent(REFUND, refund), delete=True)])

    page = visit(world, f"/c/{CAMPAIGN}", leader)["body"]

    assert said in page


def test_a_poster_of_ones_own_leads_to_the_group(world: World) -> None:
    name = opened(world)
    page = visit(world, f"/c/{CAMPAIGN}", world.phone("leader"))["body"]
    (poster,) = [part.partition('"')[0] for part in page.split('href="')[1:] if "/poster?g=" in part]
    shown = visit(world, poster)["body"]
    (picture,) = [
        part.partition('"')[0].replace("&amp;", "&") for part in shown.split('src="')[1:] if "poster.jpg" in part
    ]

    (plain,) = codes(visit(world, picture.partition("&g=")[0]))
    (led,) = codes(visit(world, picture))
    (forged,) = codes(visit(world, picture.replace(name, "grp_<script>")))

    assert led == f"{plain}?g={name}"
    assert forged == plain

"""What a leaderboard consumes, by Dynoxide's meter; a check-in itself is as cheap as ever (test_budgets.py)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from functions.core import keys
from functions.core.board import KEPT, Entry
from functions.core.change import Change
from functions.insights.board import Heard, keep
from functions.storage import boards
from tests.edge.world import CAMPAIGN, Phone, World
from tests.storage.serving import Consumed, Server
from tests.storage.stage import DAY, OPENS, content, publish

PURPOSE = f"board.{CAMPAIGN}"
Cost = tuple[float, float, int]


class Shop:
    """A campaign with a leaderboard on a real table, and a meter."""

    def __init__(self, server: Server) -> None:
        self.meter = Consumed()
        self.world = World(store=server.store(meter=self.meter))
        self.world.clock.now = OPENS + DAY
        publish(self.world.store, {**content(leaderboard=True), "rules": []}, OPENS, CAMPAIGN)

    def joined(self, name: str) -> Phone:
        """Somebody who has checked in."""
        phone = self.world.phone(name)
        assert phone.check_in().code == "checked_in"
        return phone

    def told(self, *phones: Phone) -> Cost:
        """What the stream does with a check-in of each."""
        heard = [Heard(str(n), phone.member, (1, 1)) for n, phone in enumerate(phones)]
        return self.costs(lambda: keep(self.world.service, CAMPAIGN, heard, lambda attempt: True))

    def says(self, phone: Phone, live: bool) -> Cost:
        """The member's own wish."""
        body = {"purpose": PURPOSE, "live": live, "nickname": "小鱼"}
        return self.costs(lambda: phone.post("/api/me/consents", body))

    def costs(self, act: Callable[[], object]) -> Cost:
        """Write units, read units, requests."""
        before = self.meter.written, self.meter.read, len(self.meter.requests)
        act()
        return self.meter.written - before[0], self.meter.read - before[1], len(self.meter.requests) - before[2]

    def full(self) -> None:
        """Fifty who are further than a day, with names as long as one character can be."""
        there = [Entry(f"mem_{n:026d}", "👩\ufe0f**", 300 + n, 200, 1_800_000_000) for n in range(KEPT)]
        self.world.store.write([Change(keys.board(CAMPAIGN), delete=True)])
        self.world.store.write([boards.written(CAMPAIGN, None, there)])


@pytest.fixture
def shop(server: Server) -> Shop:
    made = Shop(server)
    made.joined("warm")  # the campaign's head is remembered for five seconds
    return made


def test_of_who_is_not_shown_the_stream_reads_a_consent_and_writes_nothing(shop: Shop) -> None:
    assert shop.told(shop.joined("a")) == (0, 2, 2)


def test_once_the_board_is_full_of_better_it_reads_one_row_for_all_of_them(shop: Shop) -> None:
    shop.full()

    assert shop.told(*map(shop.joined, "abcdef")) == (0, 1, 1)


def test_to_be_shown_costs_four_write_units_and_what_the_stream_makes_of_it_one(shop: Shop) -> None:
    phone = shop.joined("a")
    joining = shop.says(phone, True)

    assert (joining[0], joining[2]) == (4, 2)
    assert shop.told(phone) == (1, 3, 4)


def test_a_full_board_is_three_write_units_however_many_moved_in_a_batch(shop: Shop) -> None:
    shop.full()
    seen = shop.world.store.read([keys.board(CAMPAIGN)])[keys.board(CAMPAIGN)]
    change = boards.written(CAMPAIGN, seen, boards.entries(seen)[::-1])

    assert shop.costs(lambda: shop.world.store.write([change])) == (3, 0, 1)


def test_withdrawing_is_one_transaction_of_four_to_eight_write_units(shop: Shop) -> None:
    phone = shop.joined("a")
    shop.says(phone, True)
    shop.told(phone)
    alone = shop.says(phone, False)
    shop.says(phone, True)
    shop.full()

    among = shop.says(phone, False)

    assert (alone[0], among[0]) == (4, 8)

"""Sixty-four clients want a group's last seat at the same instant, two hundred times: a seed decides who goes on.

`tests/race/test_groups.py` plays it on a real table with real threads, in fewer rounds.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cache
from random import Random

from functions.group_buy.group import Group
from functions.storage.live import Live
from functions.storage.memory import MemoryStore, plain_copy
from tests.simulation.scheduler import Scheduler, SteppingStore
from tests.storage.group_stage import content, group_of, happened, opened, pays
from tests.storage.stage import OPENS, Shop, live, member, open_shop

CLIENTS, ROUNDS = 64, 200
PRICE = 900
HOLD_IS_OVER = int((OPENS + timedelta(minutes=15)).timestamp())


class OnlyOrder(Scheduler):
    """Nothing breaks: chance is in the order alone."""

    def fault(self) -> str:
        """Nothing."""
        return ""


@cache
def ready() -> tuple[MemoryStore, Live, str]:
    """A group of two, whose leader has paid."""
    disk = MemoryStore()
    shop = open_shop(disk, content(size=2, price=PRICE))
    group = opened(shop)
    assert pays(shop, 0, group) == "paid"
    return disk, live(disk), group


def rush(seed: int) -> tuple[Counter[str], Group, int]:
    """What the clients were told, the group afterwards, and how many were at it at once at most."""
    whole, serving, name = ready()
    disk, scheduler = MemoryStore(rows=plain_copy(whole.rows)), OnlyOrder(Random(seed), OPENS)
    told, under_way = Counter[str](), [0]

    def wait(attempt: int) -> bool:
        scheduler.step()
        return True

    def joins(who: int) -> None:
        under_way.append(under_way[-1] + 1)
        store = SteppingStore(disk, scheduler, OPENS, lambda changes, at: None)
        wish = happened("join", member(who), "join-0001", OPENS, group=name)
        told[Shop(store, serving, wait).hears(wish).outcome] += 1
        under_way.append(under_way[-1] - 1)

    for who in range(1, CLIENTS + 1):
        scheduler.spawn(f"client {who}", lambda who=who: joins(who))  # type: ignore[misc]
    scheduler.run()
    return told, group_of(disk, name), max(under_way)


def test_of_sixty_four_for_one_seat_one_wins_in_two_hundred_rounds_and_keeps_nobody_out_after_the_hold() -> None:
    crowds = []
    for seed in range(ROUNDS):
        told, group, crowd = rush(seed)
        crowds.append(crowd)

        assert told == {"seat_held": 1, "group_full": CLIENTS - 1}, seed
        assert len(group.seats) == 2
        assert (group.free(HOLD_IS_OVER - 1), group.free(HOLD_IS_OVER)) == (0, 1)
    assert min(crowds) > CLIENTS // 2

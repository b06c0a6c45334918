"""Sixty-four real threads at groups and assists: a seat has one winner, a group one end; no money is lost."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from functions.assist import drive
from functions.core.discovery import discover
from functions.core.event import Event
from functions.storage.engine import Answer
from functions.storage.live import Live
from tests.race.crowd import THREADS, Observed, jitter, rush
from tests.storage.group_stage import closes, content, coupons, group_of, happened, opened, payment, pays, refunds
from tests.storage.serving import Server
from tests.storage.stage import CAMPAIGN, DAY, OPENS, Shop, answered, live, member, publish

pytestmark = pytest.mark.xdist_group("race")

ROUNDS = int(
    os.environ.get("POND_ROUNDS", "4")
)  # 200 are played in tests/simulation/test_last_seat.py; here by POND_ROUNDS=200
GROUPS = 100
HOUR = 3600


def job(serving: Live, event: Event, seed: int) -> Callable[[Observed], Answer]:
    return lambda view: Shop(view, serving, jitter(seed)).hears(event)


@pytest.mark.parametrize("price", [0, 900], ids=["free", "held"])
def test_of_sixty_four_for_one_seat_one_wins_each_round(server: Server, price: int) -> None:
    store = server.store()
    publish(store, content(10_000, size=2, price=price))
    serving = live(store)
    shop = Shop(store, serving)
    groups: list[str] = []
    jobs: list[Callable[[Observed], Answer]] = []
    for number in range(ROUNDS):
        first = number * (THREADS + 1)
        groups.append(opened(shop, first))
        if price:
            pays(shop, first, groups[-1])
        friends = range(first + 1, first + 1 + THREADS)
        jobs += [
            job(serving, happened("join", member(who), f"join-{who:05d}", OPENS, group=groups[-1]), who)
            for who in friends
        ]

    results, overlap = rush(store, jobs)

    won = "seat_held" if price else "group_formed"
    for number, name in enumerate(groups):
        told = Counter(one.outcome for one in results[number * THREADS : (number + 1) * THREADS])
        assert told[won] == 1, (name, told)
        assert set(told) <= {won, "group_full", "group_over"}
        group = group_of(store, name)
        assert len(group.seats) == 2
        hold_is_over = int(OPENS.timestamp()) + HOUR
        assert group.free(hold_is_over) == (1 if price else 0)
        assert group.state == ("open" if price else "completed")
    assert overlap.most == THREADS


def test_of_sixty_four_who_want_to_be_the_last_to_help_one_is(server: Server) -> None:
    store = server.store()
    rules = [{"id": "done", "when": "assist.completed", "then": [{"reward": "tea", "to": "leader"}]}]
    made = content(100, rules) | {"mechanic": "assist", "config": {"helpers": 2}}
    publish(store, made, answers=answered(made))
    serving = live(store)
    shop = Shop(store, serving)
    shop.hears(asked("begin", 0))
    assist = drive.name_of(CAMPAIGN, member(0), "begin-00000")
    shop.hears(asked("help", 1, assist=assist))

    results, overlap = rush(store, [job(serving, asked("help", who, assist=assist), who) for who in range(2, 66)])

    assert Counter(one.outcome for one in results) == {"helped_last": 1, "assist_full": THREADS - 1}
    assert coupons(store, 0) == 1
    assert overlap.most == THREADS


def asked(kind: str, who: int, **said: str) -> Event:
    """What somebody does in an assist."""
    data = discover().mechanic("assist").ACCEPTS[kind].data.model_validate(said)
    return Event(f"{kind}-{who:05d}", kind, OPENS, CAMPAIGN, member(who), data, consents=True)


def test_a_hundred_groups_that_end_while_they_are_joined_end_in_one_way_each(server: Server) -> None:
    """The friend's payment and the end of time come at once: completed with the reward, or all of the money back."""
    store = server.store()
    publish(store, content(10_000, size=2, price=900))
    serving = live(store)
    shop = Shop(store, serving)
    jobs: list[Callable[[Observed], Answer]] = []
    groups = {}
    for number in range(GROUPS):
        leader, friend = 2 * number, 2 * number + 1
        name = groups[number] = opened(shop, leader)
        pays(shop, leader, name)
        shop.hears(happened("join", member(friend), f"join-{friend:05d}", OPENS + DAY / 2, group=name))
        paid = payment(store, CAMPAIGN, member(friend), name, OPENS + DAY)
        jobs += [job(serving, paid, friend), job(serving, closes(name, OPENS + DAY, f"close.{name}"), leader)]
    Random(3).shuffle(jobs)

    results, overlap = rush(store, jobs)

    assert all(isinstance(one, Answer) for one in results)
    back = Counter[str]()
    for who, amount, _ in refunds(store):
        back[who] += amount
    states = Counter[str]()
    for number, name in groups.items():
        state = group_of(store, name).state
        states[state] += 1
        pair = (2 * number, 2 * number + 1)
        assert [back[member(who)] for who in pair] == ([0, 0] if state == "completed" else [900, 900])
        assert [coupons(store, who) for who in pair] == ([1, 1] if state == "completed" else [0, 0])
    assert states["completed"] + states["expired"] == GROUPS
    assert min(states["completed"], states["expired"]) > 0
    assert overlap.most > THREADS // 2

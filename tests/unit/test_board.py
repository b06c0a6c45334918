"""A leaderboard's places: pure."""

from __future__ import annotations

import random

import pytest

from functions.core.board import KEPT, Entry, may_move, moved, placed, sorted_by_rank


def entry(member: str, first: int, second: int = 1, at: int = 0) -> Entry:
    return Entry(member, "", first, second, at)


def test_days_come_before_streaks_and_who_is_equal_shares_a_place() -> None:
    board = sorted_by_rank([entry("d", 3, 3), entry("b", 5, 2), entry("c", 5, 2, at=9), entry("a", 5, 4)])

    assert [one.member for one in board] == ["a", "b", "c", "d"]
    assert placed(board) == [1, 2, 2, 4]


def test_of_equals_who_came_there_first_stands_first_and_stays_there() -> None:
    board = moved([entry("a", 2, at=1)], {"b": entry("b", 2, at=2)})

    again = moved(board, {"a": entry("a", 2, at=50)})

    assert [one.member for one in again] == ["a", "b"]


def test_who_is_not_to_be_shown_goes_and_everybody_else_stays() -> None:
    assert moved([entry("a", 2), entry("b", 1)], {"a": None, "c": None}) == [entry("b", 1)]


def test_the_first_fifty_are_the_same_in_whatever_order_they_came() -> None:
    people = [entry(f"m{n:03}", n % 9, n % 5, n) for n in range(200)]
    expected = sorted_by_rank(people)[:KEPT]

    for seed in range(20):
        board: list[Entry] = []
        for one in random.Random(seed).sample(people, k=len(people)):
            if may_move(board, one.member, one.rank) or one.rank == board[-1].rank:
                board = moved(board, {one.member: one})
        assert board == expected


@pytest.mark.parametrize(("rank", "moves"), [((9, 9), True), ((2, 1), False), ((1, 9), False), (None, True)], ids=str)
def test_on_a_full_board_only_who_is_further_than_its_last_needs_a_look(
    rank: tuple[int, int] | None, moves: bool
) -> None:
    full = [entry(f"m{n}", 2) for n in range(KEPT)]

    assert may_move(full, "new", rank) is moves
    assert may_move(full, "m7", (1, 1))

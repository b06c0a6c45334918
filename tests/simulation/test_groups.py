"""Thousands of short lives of groups, with everything that can break, held to design §11 after every write."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import pytest

from functions.core.change import Change
from functions.group_buy import group
from tests.simulation import group_life
from tests.simulation.broken import NoTransaction, Unguarded
from tests.simulation.scheduler import SteppingStore, Violation

SEEDS = 2000
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_no_seed_violates_an_invariant_of_groups(part: int) -> None:
    each = SEEDS // PARTS

    steps = [group_life.play(seed) for seed in range(part * each, (part + 1) * each)]

    assert min(steps) > group_life.STEPS


def _unguarded(whole: Callable[..., Change]) -> Callable[..., Change]:
    return lambda *said: replace(whole(*said), conditions=())


def _group_row_unguarded() -> AbstractContextManager[object]:
    return patch.object(group, "share", _unguarded(group.share))


class LastWriteWins(Unguarded):
    """Conditions on what members share are not asked for."""

    kind = "unit"


Broken = tuple[type[SteppingStore], Callable[[], AbstractContextManager[object]]]
BROKEN: dict[str, Broken] = {
    "the group's row unguarded": (SteppingStore, _group_row_unguarded),
    "the last write wins": (LastWriteWins, nullcontext),
    "one write after another": (NoTransaction, nullcontext),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_group_is_caught_within_the_seeds_of_one_run(name: str) -> None:
    make_store, broken = BROKEN[name]

    with broken(), pytest.raises(Violation):
        for seed in range(SEEDS):
            group_life.play(seed, make_store)

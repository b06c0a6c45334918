"""Lives of members' stages, told to two copies of the stream in any order: the moves come to where people stand."""

from __future__ import annotations

import pytest

from tests.simulation import stage_life
from tests.simulation.broken import NoTransaction, Unguarded
from tests.simulation.scheduler import SteppingStore, Violation

SEEDS, CAUGHT_WITHIN = 60, 50


def test_no_seed_moves_anybody_twice_or_not_at_all() -> None:
    told = [stage_life.play(seed) for seed in range(SEEDS)]  # each raises Violation where the moves do not add up

    assert min(told) > 0


class StagesUnguarded(Unguarded):
    """Of two copies of the stream the last to write a member's stage wins."""

    kind = "stage"


@pytest.mark.parametrize("broken", [StagesUnguarded, NoTransaction])
def test_a_broken_store_is_caught(broken: type[SteppingStore]) -> None:
    with pytest.raises(Violation):
        for seed in range(CAUGHT_WITHIN):
            stage_life.play(seed, broken)

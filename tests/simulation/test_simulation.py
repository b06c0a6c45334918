"""Thousands of short lives of a shop, with everything that can break, held to design §11 after every write."""

from __future__ import annotations

import os

import pytest

from tests.simulation.broken import ENGINES
from tests.simulation.scheduler import Violation
from tests.simulation.world import play, replay

SEEDS = 2000
PARTS = 10


@pytest.mark.parametrize("part", range(PARTS))
def test_no_seed_violates_an_invariant(part: int) -> None:
    each = SEEDS // PARTS

    steps = [play(seed) for seed in range(part * each, (part + 1) * each)]

    assert min(steps) > 0


def test_a_seed_plays_the_same_again() -> None:
    assert [play(seed) for seed in range(20)] == [play(seed) for seed in range(20)]


@pytest.mark.parametrize("name", ENGINES)
def test_a_broken_engine_is_caught_within_the_seeds_of_one_run(name: str) -> None:
    make_store, broken = ENGINES[name]

    with broken(), pytest.raises(Violation) as caught:
        for seed in range(SEEDS):
            play(seed, make_store)

    assert replay(0).rsplit(maxsplit=1)[0] in str(caught.value)
    if "POND_SHOW" in os.environ:
        print(name, str(caught.value).splitlines()[:2])


def test_a_failing_seed_says_how_to_play_it_again_and_what_happened() -> None:
    make_store, broken = ENGINES["read, then write the pool"]

    with broken(), pytest.raises(Violation) as caught:
        for seed in range(SEEDS):
            play(seed, make_store)
    said = str(caught.value).splitlines()
    seed = int(said[1].split()[-1])

    assert said[1].strip() == f"python -m tests.simulation --seeds 1 --first {seed}"
    with pytest.raises(Violation) as again:
        play(seed, make_store)
    assert str(again.value) == str(caught.value)

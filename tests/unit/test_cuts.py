"""A bargain's cuts: exact, never below the floor, the same each time."""

from hypothesis import given
from hypothesis import strategies as st

from functions.assist.cuts import cuts


@given(st.text(min_size=1, max_size=30), st.integers(1, 20), st.integers(0, 10**9))
def test_cuts_sum_exactly_each_is_one_unit_or_more_and_a_seed_gives_the_same_again(
    seed: str, helpers: int, more: int
) -> None:
    drawn = cuts(seed, helpers + more, helpers)

    assert len(drawn) == helpers
    assert sum(drawn) == helpers + more
    assert min(drawn) >= 1
    assert cuts(seed, helpers + more, helpers) == drawn


def test_another_seed_gives_other_cuts() -> None:
    assert len({tuple(cuts(f"seed {n}", 100_000, 5)) for n in range(50)}) == 50

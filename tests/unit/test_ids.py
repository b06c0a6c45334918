"""Ids sort by time, name what they are, and follow from their parts where they must."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.ids import ALPHABET, ENTROPY_BYTES, base32, derived_id, is_id, new_id

instants = st.integers(0, 4_000_000_000_000).map(lambda moment: datetime.fromtimestamp(moment / 1000, UTC))
entropies = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)


@given(instants, instants, entropies, entropies)
def test_ids_sort_by_the_time_they_were_made(one: datetime, two: datetime, chance: bytes, other: bytes) -> None:
    first, second = new_id("camp", one, chance), new_id("camp", two, other)
    apart = int(two.timestamp() * 1000) - int(one.timestamp() * 1000)

    if apart:
        assert (first < second) is (apart > 0)


@given(instants, entropies)
def test_an_id_tells_its_type_and_nothing_else_passes_for_it(at: datetime, chance: bytes) -> None:
    made = new_id("mem", at, chance)

    assert is_id("mem", made)
    assert not is_id("camp", made)
    assert not is_id("mem", made + "0")
    assert not is_id("mem", made[:-1])
    assert not is_id("mem", made.upper())


@given(instants, entropies, entropies)
def test_ids_of_one_instant_differ_by_chance_alone(at: datetime, chance: bytes, other: bytes) -> None:
    assert (new_id("mem", at, chance) == new_id("mem", at, other)) is (chance == other)


def test_an_id_cannot_be_made_of_too_little_chance() -> None:
    with pytest.raises(AssertionError):
        new_id("mem", datetime(2026, 1, 1, tzinfo=UTC), b"short")


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_the_same_parts_always_name_the_same_thing(parts: list[str]) -> None:
    assert derived_id("grt", *parts) == derived_id("grt", *parts)
    assert is_id("grt", derived_id("grt", *parts))


def test_parts_do_not_run_into_one_another() -> None:
    assert derived_id("grt", "ab", "c") != derived_id("grt", "a", "bc")
    assert derived_id("grt", "a") != derived_id("grt", "a", "")


@given(st.integers(0, 2**50 - 1), st.integers(0, 2**50 - 1))
def test_base32_keeps_the_order_of_numbers(one: int, two: int) -> None:
    assert (base32(one, 10) < base32(two, 10)) is (one < two)


def test_base32_leaves_out_letters_that_look_like_others() -> None:
    assert set("ilou").isdisjoint(ALPHABET)
    assert len(set(ALPHABET)) == 32

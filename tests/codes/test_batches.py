"""Batches in the table: ranges that never overlap, rows found by any index, corrections that lose no printed code."""

from __future__ import annotations

import random

import pytest
from pydantic import ValidationError

from functions.codes import batches
from functions.codes.batch import RANGES_MAX, SIZE_MAX, Batch
from functions.codes.serial import INDEX_MAX
from functions.core import keys
from functions.core.change import Change
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from tests.codes.batches import GTIN, NOW, ordered

OTHER = "02112345678900"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def several(store: MemoryStore, sizes: tuple[int, ...] = (10, 1, 500)) -> list[Batch]:
    return [ordered(store, active=False, size=size, name=b"%010d" % n) for n, size in enumerate(sizes)]


def test_orders_under_one_label_take_ranges_one_after_the_other(store: MemoryStore) -> None:
    found = several(store)

    assert [(one.first, one.size) for one in found] == [(0, 10), (10, 1), (11, 500)]
    assert len(store.rows) == 3


@pytest.mark.parametrize("lot", ["L7", ""])
def test_every_index_finds_its_batch_and_none_beyond(store: MemoryStore, lot: str) -> None:
    found = [ordered(store, active=False, lot=lot, size=size, name=b"%010d" % size) for size in (10, 1, 500)]
    ordered(store, active=False, lot="L70", name=b"elsewhere-")

    for one in found:
        for index in (one.first, one.first + one.size - 1):
            held = batches.holding(store, one.label, index)
            assert held is not None
            assert held.id == one.id
    assert batches.holding(store, found[0].label, 511) is None
    assert batches.holding(store, f"01/{OTHER}", 0) is None


def test_a_corrected_batch_is_found_under_every_label_it_had_and_by_one_number(store: MemoryStore) -> None:
    first, second = several(store, (10, 20))
    there = ordered(store, active=False, lot="L8", size=7, name=b"there-----")

    moved = batches.correct(store, second, GTIN, "L8", "m", NOW)
    again = batches.correct(store, moved, OTHER, "L8", "m", NOW)

    assert (moved.first, again.first) == (7, 0)
    places = [(second.label, second.first), (moved.label, moved.first), (again.label, again.first)]
    for label, begins in places:
        held = batches.holding(store, label, begins + 3)
        assert held is not None
        assert (held.id, held.number_of(begins + 3, label)) == (second.id, 3)
    assert batches.holding(store, first.label, 3) == first
    assert batches.holding(store, there.label, 3) == there
    assert {one.id for one in batches.listed(store)} == {first.id, again.id, there.id}


def test_a_correction_taken_back_is_where_it_was_and_can_be_altered(store: MemoryStore) -> None:
    first, _ = several(store, (10, 20))

    back = batches.correct(store, batches.correct(store, first, OTHER, "L7", "m", NOW), GTIN, "L7", "m", NOW)
    active = batches.alter_batch(store, back, lambda one: one.activated([(0, 4)]), "activate", "m", NOW)

    assert (back.label, back.first) == (first.label, first.first)
    assert batches.holding(store, f"01/{OTHER}/10/L7", 2) == active
    assert [line[0] for line in batches.load(store, first.id)[1]] == ["issue", "correct", "correct", "activate"]


def test_who_still_looks_at_a_batch_that_moved_is_told_so(store: MemoryStore) -> None:
    (first,) = several(store, (10,))
    batches.correct(store, first, OTHER, "L7", "m", NOW)

    with pytest.raises(Refused, match="moved"):
        batches.alter_batch(store, first, lambda one: one.activated([(0, 4)]), "activate", "m", NOW)


def test_what_cannot_be_changes_nothing(store: MemoryStore) -> None:
    large = ordered(store, active=False, size=SIZE_MAX)
    before = dict(store.rows)
    scattered = [(number, number) for number in range(0, 4 * RANGES_MAX, 2)]

    with pytest.raises(Refused, match="too_many_ranges"):
        batches.alter_batch(store, large, lambda one: one.barred(scattered), "block", "m", NOW)
    with pytest.raises(ValidationError, match="check_digit"):
        batches.correct(store, large, "02112345678901", "L7", "m", NOW)

    assert store.rows == before


def test_a_label_whose_indexes_are_used_up_takes_no_further_order(store: MemoryStore) -> None:
    full = Change(keys.batch(f"01/{GTIN}/10/L7", 0), put={"moved": ["x", 0], "id": "x", "size": INDEX_MAX - 5})
    store.write([full])

    with pytest.raises(Refused, match="serials_used_up"):
        ordered(store, active=False, size=10)


def test_whatever_is_ordered_and_corrected_no_two_batches_share_an_index(store: MemoryStore) -> None:
    rng = random.Random(1)
    known = several(store)

    for number in range(60):
        if rng.random() < 0.5:
            known.append(ordered(store, active=False, lot=rng.choice(("L7", "L8")), size=9, name=b"n%09d" % number))
        else:
            place = rng.randrange(len(known))
            known[place] = batches.correct(store, known[place], GTIN, rng.choice(("L7", "L8", "L9")), "m", NOW)

    taken = [
        (label, index)
        for one in batches.listed(store)
        for label, first in {**dict(one.past), one.label: one.first}.items()
        for index in range(first, first + one.size)
    ]
    assert len(taken) == len(set(taken))
    assert len(batches.listed(store)) == len(known)

"""A serial gives its index back, no two are alike, and nothing that was not made here opens."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.codes.serial import ALPHABET, INDEX_MAX, SERIAL_CHARACTERS, BadSerial, Serials, serial_key, typed

LABEL = "01/09520123456788/10/L7"
SERIALS = Serials(serial_key(b"root" * 8, "demo", LABEL))
FORGERIES = 1_000_000
indexes = st.integers(0, INDEX_MAX)


def refused(serial: str, serials: Serials = SERIALS) -> bool:
    """Whether it is refused, and says no more than that it is."""
    try:
        serials.open(serial)
    except BadSerial as refusal:
        return str(refusal) == ""
    return False


@given(indexes)
@settings(deadline=None)
def test_a_serial_gives_its_index_back(index: int) -> None:
    serial = SERIALS.seal(index)

    assert SERIALS.open(serial) == index
    assert len(serial) == SERIAL_CHARACTERS
    assert set(serial) <= set(ALPHABET)


@pytest.mark.parametrize("index", [0, 1, 19_999_999, INDEX_MAX])
def test_the_first_and_the_last_index_have_a_serial_and_the_same_one_each_time(index: int) -> None:
    again = Serials(serial_key(b"root" * 8, "demo", LABEL))

    assert SERIALS.open(SERIALS.seal(index)) == index
    assert again.seal(index) == SERIALS.seal(index)


@pytest.mark.parametrize("index", [-1, INDEX_MAX + 1])
def test_an_index_outside_the_block_has_none(index: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        SERIALS.seal(index)


def test_no_two_of_many_are_alike() -> None:
    made = {SERIALS.seal(index) for index in range(100_000)}

    assert len(made) == 100_000


def test_neighbours_have_nothing_in_common_and_tell_no_volume() -> None:
    made = [SERIALS.seal(index) for index in range(4_000)]

    alike = [sum(a == b for a, b in zip(one, other, strict=True)) for one, other in itertools.pairwise(made)]
    assert 0.5 < sum(alike) / len(alike) < 0.75  # by chance 20 / 32
    assert made != sorted(made)
    for place in range(SERIAL_CHARACTERS):
        seen = [serial[place] for serial in made]
        assert all(60 < seen.count(letter) < 200 for letter in ALPHABET), place  # by chance 125, eight deviations


def test_every_flipped_bit_of_the_characters_is_refused() -> None:
    serial = SERIALS.seal(7).encode()

    for place in range(len(serial) * 8):
        forged = bytearray(serial)
        forged[place // 8] ^= 1 << place % 8
        assert refused(forged.decode("latin-1")), place


def test_every_flipped_bit_of_the_block_and_every_other_character_is_refused() -> None:
    serial = SERIALS.seal(12_345)

    for place, letter in itertools.product(range(SERIAL_CHARACTERS), ALPHABET):
        if letter != serial[place]:
            assert refused(serial[:place] + letter + serial[place + 1 :])


def test_a_million_random_forgeries_are_refused() -> None:
    chance = random.Random(5)
    to_letters = bytes(ord(ALPHABET[value % 32]) for value in range(256))

    for _ in range(FORGERIES // 10_000):
        forged = chance.randbytes(10_000 * SERIAL_CHARACTERS).translate(to_letters).decode()
        for at in range(0, len(forged), SERIAL_CHARACTERS):
            assert refused(forged[at : at + SERIAL_CHARACTERS])


@pytest.mark.parametrize("text", ["", "A" * 19, "A" * 21, "a" * 20, "I" * 20, "é" * 20, "٣" * 20, "A" * 19 + "\n"])
def test_what_has_not_the_form_is_refused(text: str) -> None:
    assert refused(text)


def test_another_root_tenant_or_label_refuses_it() -> None:
    serial = SERIALS.seal(7)

    for root, tenant, label in (
        (b"another root" * 3, "demo", LABEL),
        (b"root" * 8, "other", LABEL),
        (b"root" * 8, "demo", "01/09520123456788/10/L8"),
        (b"root" * 8, "demo", "i/batch_1"),
    ):
        assert refused(serial, Serials(serial_key(root, tenant, label)))


def test_a_serial_may_be_typed_with_look_alikes_in_any_case_and_in_groups() -> None:
    serial = next(serial for serial in map(SERIALS.seal, range(1_000)) if {"0", "1", "V"} <= set(serial))
    sloppy = serial.replace("0", "o").replace("1", "l").replace("V", "u").lower()

    assert typed(f" {sloppy[:5]}-{sloppy[5:10]} {sloppy[10:]} ") == serial


def test_a_covert_code_tells_nothing_of_its_serial_and_is_taken_as_people_type_it() -> None:
    made = Serials(serial_key(b"root" * 8, "demo", "01/09520123456788"))
    other = Serials(serial_key(b"root" * 8, "demo", "01/09520123456788/10/L7"))
    codes = [made.inner(index) for index in range(2_000)]

    assert len(set(codes)) == 2_000
    assert {len(code) for code in codes} == {10}
    assert not [code for index, code in enumerate(codes) if code in made.seal(index)]
    assert made.is_inner(7, f" {codes[7][:5].lower()}-{codes[7][5:]}")
    assert not made.is_inner(8, codes[7])
    assert not other.is_inner(7, codes[7])
    assert not made.is_inner(7, "")

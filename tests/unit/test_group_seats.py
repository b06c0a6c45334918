"""The seats of a group as its row holds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from functions.core.ids import derived_id
from functions.group_buy.seats import Seat, pack, unpack

UNTIL = 1_796_083_200
WEEK = 7 * 24 * 3600


@st.composite
def seatings(draw: st.DrawFn) -> tuple[Seat, ...]:
    """Seats with any gaps between their numbers, some held."""
    number, seats = 0, []
    for who in range(draw(st.integers(0, 8))):
        number += draw(st.one_of(st.integers(1, 200), st.integers(1, 10**6)))
        held = draw(st.one_of(st.none(), st.integers(0, WEEK)))
        seats.append(Seat(derived_id("mem", str(who)), number, 0 if held is None else UNTIL - held))
    return tuple(seats)


@given(seatings())
def test_seats_that_are_packed_come_back_as_they_were(seats: tuple[Seat, ...]) -> None:
    assert unpack(pack(seats, UNTIL), UNTIL) == seats


def test_a_seat_takes_18_bytes_and_3_more_while_it_is_held() -> None:
    first, last = "mem_" + "0" * 26, "mem_" + "z" * 26

    assert len(pack([Seat(first, 1), Seat(last, 64)], UNTIL)) == 2 * 18
    assert len(pack([Seat(first, 1, UNTIL), Seat(last, 64, UNTIL - WEEK)], UNTIL)) == 2 * 21


def test_seats_in_a_row_of_before_are_read_as_well() -> None:
    """A group that was opened before seats were packed goes on."""
    listed = [["0" * 25 + "a", 1], ["0" * 25 + "b", 3, UNTIL - 60]]

    assert unpack(listed, UNTIL) == (Seat("mem_" + "0" * 25 + "a", 1), Seat("mem_" + "0" * 25 + "b", 3, UNTIL - 60))

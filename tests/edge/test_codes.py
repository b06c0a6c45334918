"""Codes and tokens: as issued or not at all, and no read before the proof."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.ids import ALPHABET
from functions.core.tokens import BadToken
from functions.edge import codes
from functions.edge.identity import Session, opened, sealed
from functions.edge.problems import Problem
from functions.edge.request import request_of
from functions.members import phone
from tests.edge.test_sessions import PHONE, ask_code
from tests.edge.world import MORNING, Context, World

COUPON = "coup_" + "0" * 26
MEMBER = "mem_" + "0" * 26
GUESSES = 100_000


class NoReads:
    """A store that nothing may be read from."""

    tenant = "demo"

    def read(self, wanted: Any) -> Any:
        """Fails the test."""
        raise AssertionError(f"read {wanted} before the proof")


def tokens(world: World) -> dict[str, str]:
    ring = world.service.keys.ring(MORNING)
    return {
        "session": sealed(ring, Session("member", MEMBER), MORNING)[0],
        "redeem": codes.redeem_token(ring, MEMBER, COUPON, MORNING),
        "held": codes.held_token(ring, keys.coupon(MEMBER, COUPON), "staff_1", MORNING),
    }


@pytest.mark.parametrize("kind", ["session", "redeem", "held"])
def test_every_flipped_bit_of_a_token_is_refused_before_a_read(world: World, kind: str) -> None:
    token = tokens(world)[kind].encode()

    for place in range(len(token)):
        for bit in range(7):
            altered = bytearray(token)
            altered[place] ^= 1 << bit
            with pytest.raises(BadToken):
                verify(world, kind, altered.decode("ascii"))


def verify(world: World, kind: str, token: str) -> object:
    if kind == "session":
        return opened(world.service.keys, token, MORNING)
    if "." not in token:
        raise BadToken  # it is read as a typed code then, which is judged elsewhere
    return codes.coupon_key(NoReads(), world.service.keys, token, MORNING, "staff_1")  # type: ignore[arg-type]


def test_a_hundred_thousand_guesses_hit_nothing_and_read_nothing(world: World) -> None:
    dice = random.Random(7)
    guesses = ("".join(dice.choices(ALPHABET, k=16)) for _ in range(GUESSES))
    ring = world.service.keys.ring(MORNING)

    assert not [guess for guess in guesses if codes.is_ours(ring, guess)]


def test_a_typed_code_proves_itself_in_any_spelling_and_no_neighbour_does(world: World) -> None:
    ring = world.service.keys.ring(MORNING)
    code = codes.printable_code(ring, MEMBER, COUPON)

    assert codes.is_ours(ring, codes.typed(f" {codes.grouped(code).lower().replace('0', 'O').replace('1', 'I')} "))
    for place in range(16):
        for other in set(ALPHABET) - {code[place]}:
            assert not codes.is_ours(ring, code[:place] + other + code[place + 1 :])


def test_a_screens_token_is_the_same_for_half_a_minute_and_good_for_thirty_to_sixty_seconds(world: World) -> None:
    ring, all_keys = world.service.keys.ring(MORNING), world.service.keys
    for second in range(0, 90, 7):
        shown_at = MORNING + timedelta(seconds=second)
        token = codes.redeem_token(ring, MEMBER, COUPON, shown_at)
        assert all_keys.open("redeem", token, shown_at + timedelta(seconds=29))
        with pytest.raises(BadToken):
            all_keys.open("redeem", token, shown_at + timedelta(seconds=60))
    first, later = (codes.redeem_token(ring, MEMBER, COUPON, MORNING + timedelta(seconds=s)) for s in (0, 29))
    assert first == later


def test_a_code_in_a_clerks_hand_is_good_for_that_clerk_for_a_quarter_of_an_hour(world: World) -> None:
    ring, store = world.service.keys.ring(MORNING), world.store
    held = codes.held_token(ring, keys.coupon(MEMBER, COUPON), "staff_1", MORNING)

    assert codes.coupon_key(store, world.service.keys, held, MORNING, "staff_1") == keys.coupon(MEMBER, COUPON)
    for staff, minutes in (("staff_2", 0), ("", 0), ("staff_1", 15)):
        with pytest.raises(BadToken):
            codes.coupon_key(store, world.service.keys, held, MORNING + timedelta(minutes=minutes), staff)


def test_guesses_that_race_each_other_do_not_get_more_than_five_answers(world: World) -> None:
    """Each guess is overtaken by another between its read and its write: what it then says is counted too."""
    stranger = world.stranger()
    code = ask_code(world, stranger)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    write, nested = world.store.write, [0]

    # The powertools app answers one event at a time, so the overtaking goes through the use case.
    def guess() -> None:
        request = request_of(world.service, stranger.event("POST", "/api/session", "", {}), Context())
        with pytest.raises(Problem, match="sign_in_refused"):
            phone.sign_in(request, PHONE, wrong, "")

    def overtaking(changes: Any) -> Any:
        if changes[0].key.kind == "challenge" and nested[0] < 6:
            nested[0] += 1
            guess()
        return write(changes)

    world.store.write = overtaking  # type: ignore[method-assign]
    guess()
    world.store.write = write  # type: ignore[method-assign]

    mark = world.service.keys.ring(MORNING).fingerprint("phone", PHONE)
    row = world.store.read([keys.challenge(mark)])[keys.challenge(mark)]
    assert row
    assert row["tries"] == 5
    late = stranger.post("/api/session", {"provider": "phone", "phone": PHONE, "code": code})
    assert late.code == "sign_in_refused"

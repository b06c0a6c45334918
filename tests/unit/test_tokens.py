"""A token verifies only as issued; every refusal is the same."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.tokens import TOKEN_MAX, BadToken, Keyring, hkdf, keyring

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
SOON = AT + timedelta(minutes=1)
RING = Keyring("demo", "k2", {"k1": b"root one" * 4, "k2": b"root two" * 4})
payloads = st.dictionaries(st.text(max_size=8), st.one_of(st.integers(), st.text(max_size=20)), max_size=4).filter(
    lambda payload: "exp" not in payload
)


def refused(ring: Keyring, token: str, purpose: str = "session", at: datetime = AT) -> bool:
    """Whether the token is refused, and says no more than that it is."""
    with pytest.raises(BadToken) as refusal:
        ring.open(purpose, token, at)
    return str(refusal.value) == ""


@given(payloads)
def test_a_token_gives_back_what_was_sealed(payload: dict[str, Any]) -> None:
    assert RING.open("session", RING.seal("session", payload), AT) == payload
    assert RING.open("session", RING.seal("session", payload, SOON), AT) == payload


def test_every_flipped_bit_is_refused() -> None:
    token = RING.seal("session", {"member": "mem_1", "名": "池塘"}, SOON).encode()

    for place in range(len(token) * 8):
        forged = bytearray(token)
        forged[place // 8] ^= 1 << place % 8
        assert refused(RING, forged.decode("latin-1")), place


def test_every_shortened_token_is_refused() -> None:
    token = RING.seal("session", {"member": "mem_1"})

    assert all(refused(RING, token[:length]) for length in range(len(token)))
    assert all(refused(RING, token + more) for more in ("A", ".", "=", " ", "\n"))


def test_a_token_of_another_purpose_tenant_or_root_is_refused() -> None:
    token = RING.seal("session", {"member": "mem_1"})

    assert refused(RING, token, "coupon")
    assert refused(RING, token.replace("session", "coupon", 1), "coupon")
    assert refused(Keyring("other", "k2", RING.roots), token)
    assert refused(Keyring("demo", "k2", {"k2": b"another root" * 3}), token)


def test_an_expired_token_is_refused_from_the_very_second() -> None:
    token = RING.seal("session", {}, SOON)

    assert RING.open("session", token, SOON - timedelta(seconds=1)) == {}
    assert refused(RING, token, at=SOON)
    assert refused(RING, token, at=SOON + timedelta(seconds=1))


def test_old_tokens_live_on_when_roots_rotate_until_the_root_is_gone() -> None:
    before = Keyring("demo", "k1", {"k1": RING.roots["k1"]})
    token = before.seal("session", {"n": 1})
    without = Keyring("demo", "k2", {"k2": RING.roots["k2"]})

    assert RING.open("session", token, AT) == {"n": 1}
    assert RING.seal("session", {}).split(".")[1] == "k2"
    assert refused(without, token)


def test_a_key_id_cannot_be_exchanged_for_another() -> None:
    token = RING.seal("session", {"n": 1})

    assert refused(RING, token.replace(".k2.", ".k1.", 1))


@given(st.text(max_size=200))
def test_whatever_is_sent_is_a_token_or_refused(text: str) -> None:
    assert refused(RING, text)
    assert refused(RING, f"session.k2.{text}")
    assert refused(RING, f"session.k2.e30.{text}")


@pytest.mark.parametrize("text", ["\ud800", "session.k2.\ud800.\udfff", "session.k2.e30.\ud800", "é" * 40])
def test_letters_that_no_encoding_has_are_refused_alike(text: str) -> None:
    assert refused(RING, text)


def test_a_token_longer_than_any_of_ours_is_refused() -> None:
    long = RING.seal("session", {"text": "x" * TOKEN_MAX})

    assert refused(RING, long)


def test_twenty_thousand_random_forgeries_are_refused() -> None:
    chance = random.Random(1)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    head = RING.seal("session", {"member": "mem_1"}).rpartition(".")[0]

    for _ in range(20_000):
        tag = "".join(chance.choices(letters, k=22))
        with pytest.raises(BadToken):
            RING.open("session", f"{head}.{tag}", AT)


def test_a_fingerprint_stays_when_roots_rotate_and_differs_by_tenant_and_purpose() -> None:
    before = Keyring("demo", "k1", {"k1": RING.roots["k1"]})
    phone = RING.fingerprint("phone", "+8613800000000")

    assert before.fingerprint("phone", "+8613800000000") == phone
    assert RING.fingerprint("wechat", "+8613800000000") != phone
    assert Keyring("other", "k2", RING.roots).fingerprint("phone", "+8613800000000") != phone
    assert "138" not in phone


def test_keys_follow_rfc_5869() -> None:
    # appendix A.1, the first block of its output
    made = hkdf(bytes([0x0B] * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)))

    assert made.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_a_stored_secret_makes_a_keyring() -> None:
    ring = keyring("demo", json.dumps({"current": "k1", "k1": "root"}))

    assert ring == Keyring("demo", "k1", {"k1": b"root"})

"""Guests, phones and clerks sign in; what must not, does not."""

from __future__ import annotations

import re

import pytest

from functions.core import keys
from functions.storage.invitations import invite, revoke
from functions.storage.staff import mark
from tests.edge.world import CAMPAIGN, Phone, World

PHONE = "+8613800138000"


def ask_code(world: World, phone: Phone, number: str = PHONE) -> str:
    answer = phone.post("/api/session", {"provider": "phone", "phone": number})
    assert answer.code == "code_sent", answer.text
    found = re.search(r"[0-9]{6}", world.messages[-1][1])
    assert found
    return found[0]


def sign_in(phone: Phone, code: str, number: str = PHONE) -> Phone:
    answer = phone.post("/api/session", {"provider": "phone", "phone": number, "code": code})
    assert answer.code == "opened", answer.text
    return Phone(phone.world, answer.body["token"], member=answer.body["id"])


def test_a_guest_gets_a_session_and_nothing_is_stored(world: World) -> None:
    answer = world.stranger().post("/api/session", {"provider": "guest"})

    assert (answer.status, answer.code, answer.body["kind"]) == (200, "opened", "member")
    assert answer.session == answer.body["token"]
    assert "HttpOnly; SameSite=Lax; Secure" in answer.cookies[0]
    assert world.store.rows == {}  # type: ignore[attr-defined]


def test_a_guest_who_asks_again_stays_who_they_are(world: World) -> None:
    phone = world.phone()

    answer = phone.post("/api/session", {"provider": "guest"})

    assert answer.body["id"] == phone.member


def test_a_bearer_token_opens_what_the_cookie_opens(world: World) -> None:
    world.publish()
    phone = world.phone()
    path, body = f"/api/campaigns/{CAMPAIGN}/events/checkin", '{"event_id": "event-0001", "consent": true}'

    answer = world.stranger().call(
        "POST", path, body, {"content-type": "application/json", "authorization": f"Bearer {phone.token}"}
    )

    assert answer.code == "checked_in"


def test_a_phone_signs_in_by_the_code_it_was_sent(world: World) -> None:
    stranger = world.stranger()
    code = ask_code(world, stranger, "138 0013 8000")

    phone = sign_in(stranger, code)

    assert world.messages[0][0] == PHONE
    assert phone.get("/api/me/wallet").status == 200


def test_a_new_phone_joins_the_guest_and_a_known_phone_brings_its_member_back(world: World) -> None:
    guest, other = world.phone("guest"), world.phone("other")

    joined = sign_in(guest, ask_code(world, guest))
    back = sign_in(other, ask_code(world, other))

    assert joined.member == guest.member
    assert back.member == guest.member


def test_a_second_phone_on_the_same_device_does_not_join_the_first_ones_member(world: World) -> None:
    first = sign_in(world.phone(), ask_code(world, world.stranger()))

    second = sign_in(first, ask_code(world, first, "+8613900139000"), "+8613900139000")

    assert second.member != first.member


def test_a_code_works_once(world: World) -> None:
    stranger = world.stranger()
    code = ask_code(world, stranger)
    sign_in(stranger, code)

    again = stranger.post("/api/session", {"provider": "phone", "phone": PHONE, "code": code})

    assert (again.status, again.code) == (401, "sign_in_refused")


def test_five_wrong_codes_use_up_the_right_one(world: World) -> None:
    stranger = world.stranger()
    code = ask_code(world, stranger)
    wrong = f"{(int(code) + 1) % 10**6:06}"

    for _ in range(5):
        assert stranger.post("/api/session", {"provider": "phone", "phone": PHONE, "code": wrong}).status == 401
    answer = stranger.post("/api/session", {"provider": "phone", "phone": PHONE, "code": code})

    assert (answer.status, answer.code) == (401, "sign_in_refused")


def test_a_code_is_over_after_five_minutes(world: World) -> None:
    stranger = world.stranger()
    code = ask_code(world, stranger)
    world.clock.pass_(minutes=5)

    answer = stranger.post("/api/session", {"provider": "phone", "phone": PHONE, "code": code})

    assert answer.code == "sign_in_refused"


def test_refusals_do_not_tell_a_wrong_code_from_none_from_an_old_one(world: World) -> None:
    stranger = world.stranger()
    code = ask_code(world, stranger)
    body = {"provider": "phone", "phone": PHONE, "code": "000000"}
    wrong = stranger.post("/api/session", body)
    none = stranger.post("/api/session", {**body, "phone": "+8613700137000"})
    world.clock.pass_(minutes=6)
    old = stranger.post("/api/session", {**body, "code": code})

    assert wrong.text == none.text == old.text


def test_a_phone_gets_three_codes_and_then_has_to_wait(world: World) -> None:
    stranger = world.stranger()
    for _ in range(3):
        ask_code(world, stranger)

    answer = stranger.post("/api/session", {"provider": "phone", "phone": PHONE})

    assert (answer.status, answer.code) == (429, "limited")
    assert int(answer.headers["Retry-After"]) > 60
    assert len(world.messages) == 3


def test_an_address_gets_ten_codes_whichever_the_phones(world: World) -> None:
    stranger = world.stranger()
    for number in range(10):
        ask_code(world, stranger, f"+86138001380{number:02}")

    answer = stranger.post("/api/session", {"provider": "phone", "phone": "+8613800138099"})

    assert answer.code == "limited"
    assert (
        Phone(world, "", address="198.51.100.1").post("/api/session", {"provider": "phone", "phone": PHONE}).status
        == 200
    )


def test_what_is_stored_of_a_phone_does_not_show_its_number(world: World) -> None:
    stranger = world.stranger()
    sign_in(stranger, ask_code(world, stranger))

    assert "13800138000" not in repr(world.store.rows)  # type: ignore[attr-defined]
    assert "203.0.113.7" not in repr(world.store.rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", ["12345", "+8", "call me", "+86138001380001234567"])
def test_what_is_no_phone_is_named_with_its_place(world: World, number: str) -> None:
    answer = world.stranger().post("/api/session", {"provider": "phone", "phone": number})

    assert answer.status == 422
    assert answer.body["errors"][0]["path"] == "phone"


def test_an_invitation_lets_one_clerk_in_for_twelve_hours(world: World) -> None:
    clerk = world.clerk("north")

    assert clerk.post("/api/coupons/check", {"code": "x"}).code == "unknown_code"
    world.clock.pass_(hours=12)
    assert clerk.post("/api/coupons/check", {"code": "x"}).code == "no_session"


def test_a_used_a_foreign_an_old_and_a_made_up_invitation_are_refused_alike(world: World) -> None:
    ring = world.service.keys.ring(world.clock.now)
    used = invite(world.store, ring, "north", "Clerk", "owner", world.clock.now, b"0123456789")
    world.clerk(code=used)
    old = invite(world.store, ring, "north", "Clerk", "owner", world.clock.now, b"9876543210")
    world.clock.pass_(days=8)

    answers = [
        world.stranger().post("/api/session", {"provider": "staff", "invitation": code})
        for code in (used, old, "0000-0000-0000-0000", "nonsense")
    ]

    assert {(answer.status, answer.text) for answer in answers} == {(401, answers[0].text)}


def test_a_revoked_invitation_ends_the_sessions_it_opened(world: World) -> None:
    ring = world.service.keys.ring(world.clock.now)
    code = invite(world.store, ring, "north", "Clerk", "owner", world.clock.now, b"0123456789", uses=2)
    clerk = world.clerk(code=code)

    revoke(world.store, mark(ring, code))

    assert clerk.post("/api/coupons/check", {"code": "x"}).code == "no_session"
    refused = world.stranger().post("/api/session", {"provider": "staff", "invitation": code})
    assert refused.code == "sign_in_refused"


def test_an_invitation_may_be_typed_in_any_case_without_dashes(world: World) -> None:
    ring = world.service.keys.ring(world.clock.now)
    code = invite(world.store, ring, "north", "Clerk", "owner", world.clock.now, b"0123456789")

    assert world.clerk(code=code.replace("-", " ").lower())


def test_closing_a_session_clears_the_cookie(world: World) -> None:
    answer = world.phone().call("DELETE", "/api/session")

    assert answer.code == "closed"
    assert "pond_session=; Path=/; Max-Age=0" in answer.cookies[0]


def test_a_new_key_is_picked_up_when_a_token_names_it_and_the_old_one_stays_good(world: World) -> None:
    from tests.edge.world import SECRET

    secrets = [SECRET]
    world = World(read_secret=lambda: secrets[-1])
    old = world.phone("old")
    secrets.append(
        SECRET.replace('"current": "k1"', '"current": "k2", "k2": "another root for tests, as long as the first"')
    )
    new = World(read_secret=lambda: secrets[-1]).phone("new")
    asked = Phone(world, new.token)

    assert asked.get("/api/me/wallet").code == "no_session"
    world.clock.pass_(minutes=1)
    assert asked.get("/api/me/wallet").status == 200
    assert old.get("/api/me/wallet").status == 200


def test_signing_in_from_a_form_goes_to_the_place_it_came_from_and_nowhere_else(world: World) -> None:
    here = world.stranger().form("/api/session", provider="guest", next="/staff?code=ABC")
    there = world.stranger().form("/api/session", provider="guest", next="//evil.example/")

    assert here.headers["Location"].startswith("/staff?code=ABC")
    assert there.headers["Location"].startswith("/me")


def test_a_challenge_is_kept_as_a_keyed_hash(world: World) -> None:
    code = ask_code(world, world.stranger())
    ring = world.service.keys.ring(world.clock.now)
    key = keys.challenge(ring.fingerprint("phone", PHONE))

    assert code not in repr(world.store.read([key]))

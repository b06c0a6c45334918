"""A marketer looks a member up, exports, erases: only with a token for just that, and never without being noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.audit import Entry
from functions.edge import desk
from functions.storage import audit
from tests.edge.test_sessions import PHONE, ask_code, sign_in
from tests.edge.world import Answer, Phone, World, definition_content, rule

DESK = "/api/desk/members"


@pytest.fixture
def member(world: World) -> Phone:
    """Someone who signed in by phone, checked in, and has points and a coupon."""
    world.publish(definition_content(rules=[rule("daily", "points", 10), rule("coupon", "ten_off")]))
    phone = sign_in(world.stranger(), ask_code(world, world.stranger()))
    phone.check_in()
    return phone


def asks(world: World, deed: desk.Deed, member: str = "", who: str = "王敏", **body: Any) -> Answer:
    """A call as the screens make it."""
    ring = world.service.keys.ring(world.clock.now)
    token = desk.sealed(ring, who, deed, member, world.clock.now)
    said = {"member": member, **body} if member else body
    return Phone(world, token).post(f"{DESK}/{deed}", said)


def noted(world: World) -> list[Entry]:
    return audit.entries(world.store)


@pytest.mark.parametrize("typed", [PHONE, "+86 138-0013-8000", "138 0013 8000"])
def test_a_member_is_found_by_the_whole_phone_number_which_is_nowhere_in_the_answer(
    world: World, member: Phone, typed: str
) -> None:
    answer = asks(world, "look", by="phone", text=typed)

    person = answer.body["person"]
    assert (answer.code, person["member"], person["phones"]) == ("found", member.member, 1)
    assert PHONE[3:] not in answer.text
    assert person["points"] == 10
    assert [line["points"] for line in person["ledger"]] == [10]
    assert [line["left"] for line in person["campaigns"]] == [False]


def test_a_member_is_found_by_id_and_by_a_coupons_printed_code(world: World, member: Phone) -> None:
    code = member.post(f"/api/me/coupons/{world.coupon(member)}/code").body["code"]

    by_id = asks(world, "look", by="member", text=f" {member.member} ")
    by_code = asks(world, "look", by="coupon", text=code.lower())

    assert [one.body["person"]["member"] for one in (by_id, by_code)] == [member.member] * 2
    assert {entry["kind"] for entry in by_id.body["person"]["wallet"]} >= {"coupon"}


@pytest.mark.parametrize(
    ("by", "text"),
    [("phone", "13900000000"), ("member", "mem_" + "0" * 26), ("member", "x#y"), ("coupon", "ABCD-ABCD-ABCD-ABCD")],
)
def test_who_is_not_there_is_nobody_and_nothing_is_noted(world: World, member: Phone, by: str, text: str) -> None:
    answer = asks(world, "look", by=by, text=text)

    assert (answer.code, answer.body["person"]) == ("nobody", None)
    assert noted(world) == []


def test_what_is_no_phone_number_is_said(world: World, member: Phone) -> None:
    answer = asks(world, "look", by="phone", text="8800")

    assert (answer.status, answer.body["errors"][0]["code"]) == (422, "not_a_phone")


def test_every_look_export_and_erasure_is_noted_with_name_and_member(world: World, member: Phone) -> None:
    asks(world, "look", by="phone", text=PHONE)
    asks(world, "export", member.member)
    asks(world, "erase", member.member, reason="asked", confirm=True)

    lines = [(line.what, line.by, line.about.zh, line.note) for line in reversed(noted(world))]
    assert sorted(lines) == [
        ("erase", "王敏", member.member, "asked"),
        ("export", "王敏", member.member, ""),
        ("reveal", "王敏", member.member, "phone"),
    ]
    assert PHONE not in str(world.store.rows)


def test_the_export_is_the_members_own(world: World, member: Phone) -> None:
    own = member.call("GET", "/api/me/export").body

    theirs = asks(world, "export", member.member).body

    assert theirs == own


def test_erasing_is_the_members_own_erasing(world: World, member: Phone) -> None:
    answer = asks(world, "erase", member.member, reason="asked", confirm=True)

    assert (answer.code, answer.body["campaigns"], answer.body["coupons_voided"]) == ("erased", 1, 1)
    assert [where for where, _ in world.store.query("member", member.member)] == [f"W#coupon#{world.coupon(member)}"]
    assert world.store.read([keys.erasure(member.member)])[keys.erasure(member.member)] is None
    assert asks(world, "look", by="phone", text=PHONE).code == "nobody"


@pytest.mark.parametrize("more", [{"reason": "asked"}, {"reason": "asked", "confirm": False}, {"confirm": True}])
def test_erasing_takes_a_reason_and_a_yes(world: World, member: Phone, more: dict[str, Any]) -> None:
    answer = asks(world, "erase", member.member, **more)

    assert answer.status == 422
    assert member.call("GET", "/api/me/wallet").body["points"] == 10


def test_a_token_is_for_one_deed_and_one_member_and_two_minutes(world: World, member: Phone) -> None:
    ring, now = world.service.keys.ring(world.clock.now), world.clock.now
    other = "mem_" + "1" * 26
    tokens = {
        "another deed": desk.sealed(ring, "王敏", "look", member.member, now),
        "another member": desk.sealed(ring, "王敏", "export", other, now),
        "too old": desk.sealed(ring, "王敏", "export", member.member, now - timedelta(minutes=2)),
        "a member's own": member.token,
    }

    body = {"member": member.member}
    codes = {name: Phone(world, token).post(f"{DESK}/export", body).code for name, token in tokens.items()}

    assert codes == dict.fromkeys(tokens, "no_session")
    assert noted(world) == []


def test_one_marketer_cannot_try_numbers_by_the_hundred(world: World, member: Phone) -> None:
    codes = [asks(world, "look", by="phone", text=f"139000000{n:02}").code for n in range(31)]

    assert codes[:30] == ["nobody"] * 30
    assert codes[30] == "limited"

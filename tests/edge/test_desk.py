"""A marketer looks up, exports, erases, gives a right: only with a token for just that, and never without a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change
from functions.edge import desk
from functions.entitlements.held import FOREVER
from functions.storage import audit
from functions.storage.memory import MemoryStore
from functions.storage.store import Unknown
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


def gives(world: World, member: str, right: str = "vip", days: int | None = None, **more: Any) -> Answer:
    """A right by hand, for good or for days from now."""
    until = (world.clock.now + timedelta(days)).isoformat() if days is not None else None
    said = {"right": right, "name": {"zh": "贵宾", "en": "VIP"}, "until": until, "reason": "她的店这个月第一"} | more
    return asks(world, "give", member, **said)


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
    steps = [(step["what"], step["where"], step["points"]) for step in person["timeline"]]
    name = person["campaigns"][0]["name"]
    assert steps == [("Checked in", name, 10), ("Joined", name, 0), ("First signed in with a phone number", "", 0)]


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


def held(world: World, member: Phone) -> Any:
    key = keys.entitlement(member.member, "vip")
    return (world.store.read([key])[key] or {}).get("valid_until")


def test_a_right_by_hand_lasts_to_its_day_is_in_the_wallet_and_noted_with_its_reason(
    world: World, member: Phone
) -> None:
    answer = gives(world, member.member, days=30)

    ends = world.clock.now + timedelta(30)
    (mine,) = [one for one in member.call("GET", "/api/me/wallet").body["entries"] if one["kind"] == "entitlement"]
    (line,) = noted(world)
    assert (answer.code, held(world, member)) == ("given", int(ends.timestamp()))
    assert mine == {"kind": "entitlement", "id": "vip", "name": "VIP", "value": "Entitlement",
                    "status": "available", "valid_until": ends.isoformat()}  # fmt: skip
    assert mine in answer.body["wallet"]
    assert (line.what, line.by, line.about.zh, line.note) == (
        "give_right", "王敏", member.member, "vip: 她的店这个月第一"
    )  # fmt: skip


def test_giving_again_or_for_less_changes_and_notes_nothing_and_for_longer_extends(world: World, member: Phone) -> None:
    codes = [gives(world, member.member, days=days).code for days in (30, 30, 7, None, 30)]

    assert codes == ["given", "already_held", "already_held", "given", "already_held"]
    assert held(world, member) == FOREVER
    assert [line.what for line in noted(world)] == ["give_right"] * 2


def test_taking_back_ends_it_at_once_whatever_gave_it_and_it_may_be_given_again(world: World, member: Phone) -> None:
    gives(world, member.member)

    codes = [asks(world, "take", member.member, right="vip", reason="刷单").code for _ in range(2)]
    over = held(world, member)
    again = gives(world, member.member, days=7).code

    assert codes == ["taken", "not_held"]
    assert over == int(world.clock.now.timestamp()) - 1
    assert again == "given"
    assert sorted(line.what for line in noted(world)) == ["give_right", "give_right", "take_right"]


@pytest.mark.parametrize("deed", ["give", "take"])
def test_an_answer_that_was_lost_is_found_again_and_noted_once(deed: str) -> None:
    world = World(store=Lossy())
    phone = sign_in(world.stranger(), ask_code(world, world.stranger()))
    if deed == "take":
        gives(world, phone.member)
    before = len(noted(world))

    world.store.loses = True  # type: ignore[attr-defined]
    answer = gives(world, phone.member) if deed == "give" else asks(world, "take", phone.member, **ENOUGH)

    assert answer.code == {"give": "given", "take": "taken"}[deed]
    assert len(noted(world)) == before + 1


class Lossy(MemoryStore):
    """Writes once without saying so."""

    loses = False

    def write(self, changes: Sequence[Change]) -> Mapping[keys.Key, keys.Row | None]:
        told = super().write(changes)
        if self.loses:
            self.loses = False
            raise Unknown
        return told


ENOUGH = {"right": "vip", "reason": "left"}


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"right": "No Slug"}, "right"),
        ({"name": {"zh": "", "en": "VIP"}}, "name.zh"),
        ({"until": "2026-03-02T01:00:00Z"}, "until"),  # now
        ({"until": "2026-12-01T00:00:00"}, "until"),  # of which zone?
        ({"until": "9999-12-31T23:59:59-14:00"}, "until"),  # of no day in UTC
    ],
)
def test_a_right_takes_a_reason_a_name_and_a_day_to_come(
    world: World, member: Phone, wrong: dict[str, Any], path: str
) -> None:
    answer = gives(world, member.member, **wrong)

    assert (answer.status, answer.body["errors"][0]["path"]) == (422, path)
    assert (held(world, member), noted(world)) == (None, [])


def test_nobody_gets_a_right_who_never_was_or_is_erased(world: World, member: Phone) -> None:
    asks(world, "erase", member.member, reason="asked", confirm=True)

    answers = [gives(world, who) for who in (member.member, "mem_" + "0" * 26, "x#y")]

    assert [one.body["errors"][0]["code"] for one in answers] == ["unknown_member"] * 3
    assert [line.what for line in noted(world)] == ["erase"]


def call_themselves(world: World, names: Sequence[str]) -> list[Phone]:
    """Guests who take part, with a nickname each."""
    phones = [world.phone(str(n)) for n in range(len(names))]
    for n, name in enumerate(names):
        phones[n].check_in(f"event-named{n}")
        assert phones[n].post("/api/me/nickname", {"nickname": name}).code == "named"
    return phones


def test_several_of_a_name_are_masked_and_nobody_is_revealed_until_one_is_opened(world: World, member: Phone) -> None:
    shy, fish, _other = call_themselves(world, ["小鱼儿", "小鱼", "大鱼"])

    answer = asks(world, "look", by="nickname", text=" 小鱼")

    assert (answer.code, answer.body["person"]) == ("several", None)
    told = [(one["member"], one["nickname"], one["exact"], one["signed_in"]) for one in answer.body["people"]]
    assert told == [(fish.member, "小**", True, False), (shy.member, "小**", False, False)]
    assert ("鱼" in answer.text, noted(world)) == (False, [])
    assert asks(world, "look", by="member", text=fish.member).body["person"]["nickname"] == "小鱼"
    assert [line.what for line in noted(world)] == ["reveal"]


def test_the_only_one_of_a_name_is_shown_and_noted(world: World, member: Phone) -> None:
    (one,) = call_themselves(world, ["Ａnna"])

    codes = {text: asks(world, "look", by="nickname", text=text).code for text in ("an", "b", "#", "小")}

    assert codes == {"an": "found", "b": "nobody", "#": "nobody", "小": "nobody"}
    assert [(line.what, line.about.zh, line.note) for line in noted(world)] == [("reveal", one.member, "nickname")]


def test_of_many_alike_the_first_twenty_are_shown_and_one_is_asked_to_type_more(world: World, member: Phone) -> None:
    call_themselves(world, [f"小{n:02}" for n in range(21)])

    answer = asks(world, "look", by="nickname", text="小")

    assert len(answer.body["people"]) == 20
    assert "Type a little more" in answer.body["message"]

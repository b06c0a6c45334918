"""What is a member's own: wallet, export, consents, and being forgotten."""

from __future__ import annotations

import re

import pytest

from functions.core import keys
from functions.storage import members
from functions.storage.engine import TooBusy
from functions.storage.store import Unknown
from tests.edge.test_coupons import redeem, shown
from tests.edge.test_sessions import PHONE, ask_code, sign_in
from tests.edge.world import CAMPAIGN, Phone, World, definition_content, rule

PURPOSE = f"participate.{CAMPAIGN}"


@pytest.fixture
def member(world: World) -> Phone:
    """Someone who signed in by phone, checked in, and has points and a coupon."""
    world.publish(definition_content(rules=[rule("daily", "points", 10), rule("coupon", "ten_off")]))
    phone = sign_in(world.stranger(), ask_code(world, world.stranger()))
    phone.check_in()
    return phone


def test_a_wallet_shows_points_and_coupons_in_the_members_language(world: World, member: Phone) -> None:
    reads: list[str] = []
    query = world.store.query
    world.store.query = lambda kind, *parts, **more: reads.append(kind) or query(kind, *parts, **more)  # type: ignore[method-assign]

    answer = member.get("/api/me/wallet")

    assert answer.body["points"] == 10
    assert [entry["name"] for entry in answer.body["entries"]] == ["¥10 off"]
    assert reads == ["member"]


def test_an_export_holds_every_row_that_names_the_member(world: World, member: Phone) -> None:
    answer = member.get("/api/me/export")

    rows = world.store.rows  # type: ignore[attr-defined]
    own = [row for (pk, _), row in rows.items() if member.member in pk]
    text = answer.text
    assert answer.body["campaigns"][CAMPAIGN]["state"]["record"]
    assert all(str(value) in text or repr(value) for row in own for value in row.values())
    assert len(own) == 5  # profile, points, consent, coupon, and the row in the campaign
    assert {"profile", "consents", "points", "wallet", "campaigns"} <= answer.body.keys()


def test_withdrawing_consent_leaves_the_campaign_and_granting_it_comes_back(world: World, member: Phone) -> None:
    assert member.post("/api/me/consents", {"purpose": PURPOSE, "live": False}).code == "withdrawn"
    world.clock.pass_(days=1)
    assert member.check_in("event-0002", consent=False).code == "left"

    assert member.post("/api/me/consents", {"purpose": PURPOSE, "live": True}).code == "granted"

    assert member.check_in("event-0003", consent=False).code == "checked_in"


def test_saying_a_consent_twice_changes_nothing_more(world: World, member: Phone) -> None:
    body = {"purpose": PURPOSE, "live": False}
    member.post("/api/me/consents", body)
    key = keys.state(CAMPAIGN, member.member)
    once = world.store.read([key])

    member.post("/api/me/consents", body)

    assert world.store.read([key]) == once


@pytest.mark.parametrize("purpose", ["participate.camp_unknown", "sell.my.data", "participate.", "a#b"])
def test_a_consent_for_nothing_known_is_404(world: World, member: Phone, purpose: str) -> None:
    answer = member.post("/api/me/consents", {"purpose": purpose, "live": True})

    assert (answer.status, answer.code) == (404, "unknown_purpose")


def test_after_erasure_nothing_personal_is_left_and_the_sums_still_hold(world: World, member: Phone) -> None:
    rows = world.store.rows  # type: ignore[attr-defined]
    answer = member.call("DELETE", "/api/me")

    assert (answer.code, answer.body["campaigns"], answer.body["coupons_voided"]) == ("erased", 1, 1)
    assert "pond_session=;" in answer.cookies[0]
    left = {
        pk_sk[1].split("#")[0] if "#" in pk_sk[1] else pk_sk[1]: row
        for pk_sk, row in rows.items()
        if member.member in pk_sk[0]
    }
    assert left.keys() == {"STATE", "W"}
    assert left["STATE"]["got"] == {"points": 10, "ten_off": 1}
    assert (left["STATE"]["record"], left["STATE"]["events"], left["STATE"]["closed"]) == ({}, [], "erased")
    assert left["W"]["state"] == "void"
    assert not [pk for pk, _ in rows if "#ID#" in pk or "#ERASURES" in pk]


def test_a_used_coupon_stays_used_without_saying_by_whom(world: World, member: Phone) -> None:
    redeem(world.clerk(), shown(member))
    member.call("DELETE", "/api/me")

    key = keys.coupon(member.member, world.coupon(member))
    row = world.store.read([key])[key]

    assert row
    assert (row["state"], row["use"]["payable"]) == ("redeemed", 4000)
    assert (row["use"]["order"], row["use"]["by"]) == ("", "")
    assert redeem(world.clerk(), shown(member), event="redeem-09").code == "unknown_code"


def test_who_was_erased_is_someone_new_and_cannot_go_on(world: World, member: Phone) -> None:
    member.call("DELETE", "/api/me")

    assert member.check_in("event-0009").code == "left"
    again = sign_in(world.stranger(), ask_code(world, world.stranger()))
    assert again.member != member.member


def test_erasing_takes_proofs_pictures_and_the_review_queue(world: World) -> None:
    from tests.edge.test_uploads import PICTURES, hand_in, picture, send

    world.publish(definition_content(config=PICTURES | {"review": {"by": "manual"}}))
    phone = world.phone()
    assert hand_in(phone, send(phone, picture())).code == "submitted"

    phone.call("DELETE", "/api/me")

    assert not [key for key in world.s3.objects if key.startswith("proofs/")]
    assert world.store.query("reviews", CAMPAIGN) == []
    assert members.participation(world.store, CAMPAIGN, phone.member).proofs == {}


@pytest.mark.parametrize("written", [False, True])
def test_an_erasure_that_crashed_anywhere_is_finished_by_the_next(written: bool) -> None:
    """A fault before or after each write in turn; then once more, in peace: the same rows are left."""
    finished: list[str] = []
    for crash_after in range(1, 60):
        world = World()
        world.publish(definition_content(rules=[rule("daily", "points", 10), rule("coupon", "ten_off")]))
        phone = world.phone()
        phone.check_in()
        phone.post(f"/api/me/coupons/{world.coupon(phone)}/code")
        crashed = crash(world, phone, crash_after, written)
        phone.call("DELETE", "/api/me")
        rows = world.store.rows  # type: ignore[attr-defined]
        finished.append(repr(sorted((place, row) for place, row in rows.items() if "#L#" not in place[0])))
        if not crashed:
            break

    assert not crashed
    assert len(finished) > 5
    assert len({re.sub(r"'version': \d+", "", one) for one in finished}) == 1


def crash(world: World, phone: Phone, after: int, written: bool) -> bool:
    """Erase with a table that goes away after that many writes, the last one done or not: whether it ever did."""
    write, calls = world.store.write, [0]

    def failing(changes: object) -> object:
        calls[0] += 1
        if calls[0] == after and written:
            write(changes)  # type: ignore[arg-type]
        if calls[0] >= after:
            raise Unknown("lost")
        return write(changes)  # type: ignore[arg-type]

    world.store.write = failing  # type: ignore[assignment, method-assign]
    answer = phone.call("DELETE", "/api/me")
    world.store.write = write  # type: ignore[method-assign]
    assert answer.status in (200, 429)
    return answer.status == 429


def test_erasing_by_a_form_asks_for_a_yes(world: World, member: Phone) -> None:
    assert member.form("/api/me/erase", event_id="x").said["e"] == "invalid"

    answer = member.form("/api/me/erase", confirm="yes", event_id="x")

    assert answer.headers["Location"] == "/privacy?o=erased"


def test_a_phone_number_is_nowhere_after_erasure(world: World, member: Phone) -> None:
    ring = world.service.keys.ring(world.clock.now)
    mark = ring.fingerprint("phone", PHONE)
    member.call("DELETE", "/api/me")

    assert world.store.read([keys.identity(mark)]) == {keys.identity(mark): None}


def test_a_busy_store_is_429_and_nothing_is_half_said(world: World, member: Phone) -> None:
    def busy(changes: object) -> None:
        raise TooBusy

    world.store.write = busy  # type: ignore[assignment, method-assign]

    answer = member.post("/api/me/consents", {"purpose": PURPOSE, "live": False})

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "busy", "1")

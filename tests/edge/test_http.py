"""The door: what may not pass, and in which form it is told. Every route, every kind of session."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.edge.identity import Keys, Session, sealed
from functions.edge.limits import ENTRIES_MAX, Buckets, Rate, take
from functions.edge.request import request_of
from functions.storage import campaigns
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy, Unknown
from tests.edge.world import CAMPAIGN, MORNING, SECRET, Context, Phone, World, definition_content, rule

EVENT = f"/api/campaigns/{CAMPAIGN}/events/checkin"
COUPON = "coup_" + "0" * 26
GOOD = {"event_id": "event-0001", "data": {}, "consent": True}
ORDER = {"event_id": "event-0001", "code": "ABCD", "order_id": "order-1", "amount": 1}

MEMBERS: dict[str, tuple[str, str, Any]] = {
    "campaign": ("GET", f"/api/campaigns/{CAMPAIGN}", None),
    "event": ("POST", EVENT, GOOD),
    "upload": ("POST", f"/api/campaigns/{CAMPAIGN}/uploads", {}),
    "wallet": ("GET", "/api/me/wallet", None),
    "export": ("GET", "/api/me/export", None),
    "erase": ("DELETE", "/api/me", None),
    "pay": ("POST", "/api/payments", {"event_id": "event-0001", "campaign": CAMPAIGN}),
    "erase_form": ("POST", "/api/me/erase", {"confirm": True}),
    "consent": ("POST", "/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": True}),
    "nickname": ("POST", "/api/me/nickname", {"nickname": "小鱼"}),
    "code": ("POST", f"/api/me/coupons/{COUPON}/code", {}),
}
PAYMENT = "pay_" + "0" * 26
CLERKS: dict[str, tuple[str, str, Any]] = {
    "review": (
        "POST",
        f"/api/campaigns/{CAMPAIGN}/events/review",
        {"event_id": "event-0001", "data": {"member": "mem_" + "0" * 26, "day": "2026-03-02", "verdict": "approve"}},
    ),
    "check": ("POST", "/api/coupons/check", {"code": "ABCD"}),
    "redeem": ("POST", "/api/coupons/redeem", ORDER),
    "reverse": ("POST", "/api/coupons/reverse", ORDER),
    "confirm": ("POST", "/api/payments/confirm", {"event_id": "event-0001", "payment": PAYMENT, "amount": 1}),
    "hand_back": (
        "POST",
        "/api/payments/hand-back",
        {"event_id": "event-0001", "payment": PAYMENT, "refund": "ref_" + "0" * 26, "reference": "1"},
    ),
}
MEMBER = "mem_" + "0" * 26
DESK: dict[str, tuple[str, str, Any]] = {
    "look": ("POST", "/api/desk/members/look", {"by": "member", "text": MEMBER}),
    "desk_export": ("POST", "/api/desk/members/export", {"member": MEMBER}),
    "desk_erase": ("POST", "/api/desk/members/erase", {"member": MEMBER, "reason": "asked", "confirm": True}),
    "desk_give": (
        "POST",
        "/api/desk/members/give",
        {"member": MEMBER, "right": "vip", "name": {"zh": "贵宾", "en": "VIP"}, "until": None, "reason": "asked"},
    ),
    "desk_take": ("POST", "/api/desk/members/take", {"member": MEMBER, "right": "vip", "reason": "asked"}),
}
ROUTES = MEMBERS | CLERKS | DESK


def ask(phone: Phone, route: tuple[str, str, Any]) -> Any:
    method, path, body = route
    return phone.call(method, path, "" if body is None else json.dumps(body), {"content-type": "application/json"})


def wrong_tokens(world: World) -> dict[str, str]:
    """Sessions that are none: forged, altered, at their end, of another tenant, of another purpose."""
    ring = world.service.keys.ring(world.clock.now)
    good = world.phone().token
    other = Keys("other-tenant", lambda: SECRET).ring(world.clock.now)
    forged = Keys(world.store.tenant, lambda: SECRET.replace("made up", "guessed")).ring(world.clock.now)
    session = Session("member", "mem_" + "0" * 26)
    return {
        "none": "",
        "nonsense": "nonsense",
        "dots": "....",
        "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "longer": good + "A",
        "foreign": sealed(other, session, world.clock.now)[0],
        "forged": sealed(forged, session, world.clock.now)[0],
        "other_purpose": ring.seal("redeem", {"m": session.id}),
        "expired": ring.seal("session", {"m": session.id}, world.clock.now),
        "strange": ring.seal("session", {"x": 1}),
        "not_ascii": "séssion.k1.x.y",
        "unknown_key": "session.k9.e30.AAAA",
    }


@pytest.mark.parametrize("name", wrong_tokens(World()))
@pytest.mark.parametrize("route", ROUTES)
def test_without_a_session_that_holds_every_route_is_401_and_nothing_is_read(
    world: World, route: str, name: str
) -> None:
    world.publish()
    reads: list[object] = []
    read, query = world.store.read, world.store.query
    world.store.read = lambda wanted: reads.append(wanted) or read(wanted)  # type: ignore[method-assign]
    world.store.query = lambda *wanted, **more: reads.append(wanted) or query(*wanted, **more)  # type: ignore[method-assign]

    answer = ask(Phone(world, wrong_tokens(world)[name]), ROUTES[route])

    assert (answer.status, answer.code) == (401, "no_session")
    assert answer.text == ask(world.stranger(), ROUTES[route]).text
    assert reads == []


def test_what_is_wrong_with_a_body_is_said_to_whoever_sends_it(world: World) -> None:
    world.publish()

    answers = [world.stranger().post(EVENT, body) for body in ("{", {"wrong": 1}, GOOD)]

    assert [answer.status for answer in answers] == [400, 422, 401]


@pytest.mark.parametrize("route", MEMBERS)
def test_a_clerk_may_not_do_what_is_a_members(world: World, route: str) -> None:
    world.publish()

    answer = ask(world.clerk(), MEMBERS[route])

    assert (answer.status, answer.code) == (403, "not_yours")


@pytest.mark.parametrize("route", DESK)
def test_neither_members_nor_clerks_get_to_the_screens_own_routes(world: World, route: str) -> None:
    world.publish()
    before = dict(world.store.rows)

    answers = [ask(phone, DESK[route]) for phone in (world.phone(), world.clerk())]

    assert [(answer.status, answer.code) for answer in answers] == [(401, "no_session")] * 2
    assert {place for place in world.store.rows if place not in before} <= {
        place for place in world.store.rows if "#STAFF" in place[0] or "#L#" in place[0]
    }


@pytest.mark.parametrize("route", CLERKS)
def test_a_member_may_not_do_what_is_a_clerks(world: World, route: str) -> None:
    world.publish()

    answer = ask(world.phone(), CLERKS[route])

    assert (answer.status, answer.code) == (403, "not_yours")


@pytest.mark.parametrize("campaign", ["camp_unknown", "camp_" + "0" * 26, "a%23b", "a#b", "..", "x" * 300])
@pytest.mark.parametrize("tail", ["", "/events/checkin", "/uploads"])
def test_an_unknown_campaign_is_404(world: World, campaign: str, tail: str) -> None:
    path = f"/api/campaigns/{campaign}{tail}"

    answer = world.phone().post(path, GOOD) if tail else world.phone().get(path)

    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_campaign_that_was_never_published_is_unknown(world: World) -> None:
    campaigns.begin(world.store, CAMPAIGN, {"mechanic": "checkin"}, "owner", world.clock.now)

    answer = world.phone().check_in()

    assert (answer.status, answer.code) == (404, "unknown_campaign")


def test_another_tenants_campaign_is_unknown(world: World) -> None:
    rows = world.store.rows  # type: ignore[attr-defined]
    world.publish()
    neighbour = World(store=MemoryStore("neighbour", rows))

    answer = neighbour.phone().check_in()

    assert (answer.status, answer.code) == (404, "unknown_campaign")


@pytest.mark.parametrize("kind", ["unknown", "checkin2", "Checkin", "%00"])
def test_an_unknown_kind_of_event_is_404(world: World, kind: str) -> None:
    world.publish()

    answer = world.phone().post(f"/api/campaigns/{CAMPAIGN}/events/{kind}", GOOD)

    assert (answer.status, answer.code) in ((404, "unknown_event_kind"), (404, "not_found"))


@pytest.mark.parametrize(
    "body", ["{", "", "[1, 2", "{'a': 1}", "\x00", "[" * 8_000, '{"event_id": ' + "9" * 6_000 + "}", "nul"]
)
def test_what_is_not_json_is_400(world: World, body: str) -> None:
    world.publish()

    answer = world.phone().call("POST", EVENT, body, {"content-type": "application/json"})

    assert (answer.status, answer.code) in ((400, "malformed_json"), (422, "invalid"))
    assert answer.status == 400 or body == ""


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ([], ""),
        (None, ""),
        ("text", ""),
        (5, ""),
        ({}, "event_id"),
        ({"event_id": 12345678}, "event_id"),
        ({"event_id": "short"}, "event_id"),
        ({"event_id": "event-0001 "}, "event_id"),
        ({"event_id": "event-0001\n"}, "event_id"),
        ({"event_id": "x" * 65}, "event_id"),
        ({"event_id": "event-0001", "data": []}, "data"),
        ({"event_id": "event-0001", "consent": "perhaps"}, "consent"),
        ({"event_id": "event-0001", "more": 1}, "more"),
        ({"event_id": "event-0001", "data": {"more": 1}}, "data.more"),
        ({"event_id": "event-0001", "data": {"proof": 5}}, "data.proof"),
        ({"event_id": "event-0001", "data": {"proof": {"text": 5}}}, "data.proof.text"),
        ({"event_id": "event-0001", "data": {"proof": {"text": "\ud800"}}}, "data.proof.text"),
        ({"event_id": "event-0001", "data": {"proof": {"picture": "../../etc"}}}, "data.proof.picture"),
        ({"event_id": "event-0001", "data": {"day": "yesterday"}}, "data.day"),
    ],
)
def test_a_body_of_a_wrong_shape_is_422_with_its_place(world: World, body: Any, path: str) -> None:
    world.publish()
    phone = world.phone()

    answer = phone.call("POST", EVENT, json.dumps(body), {"content-type": "application/json"})

    assert (answer.status, answer.code) == (422, "invalid")
    assert answer.body["errors"][0]["path"] == path
    assert answer.body["errors"][0]["message"]
    assert "{" not in answer.body["errors"][0]["message"]
    assert phone.get(f"/api/campaigns/{CAMPAIGN}").body["taking_part"] is False


def test_a_clerk_cannot_smuggle_a_key_into_a_members_id(world: World) -> None:
    world.publish()
    body = {"event_id": "event-0001", "data": {"member": "mem_1#M#2", "day": "2026-03-02", "verdict": "approve"}}

    answer = world.clerk().post(f"/api/campaigns/{CAMPAIGN}/events/review", body)

    assert (answer.status, answer.body["errors"][0]["path"]) == (422, "data.member")


def test_more_than_sixteen_kilobytes_is_413(world: World) -> None:
    world.publish()
    body = json.dumps(GOOD | {"data": {"proof": {"text": "x" * 16_384}}})

    assert world.phone().post(EVENT, body).code == "too_large"
    assert (
        world.phone().call("POST", EVENT, "A" * 30_000, {"content-type": "application/json"}, packed=True).status == 413
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "image/png"])
def test_another_media_type_is_415(world: World, kind: str) -> None:
    world.publish()

    answer = world.phone().call("POST", EVENT, json.dumps(GOOD), {"content-type": kind})

    assert (answer.status, answer.code) == (415, "unsupported_media_type")


def test_a_body_that_is_not_text_is_400(world: World) -> None:
    world.publish()
    headers = {"content-type": "application/json"}

    assert world.phone().call("POST", EVENT, "gIGC", headers, packed=True).code == "malformed_json"
    assert world.phone().call("POST", EVENT, "%%%", headers, packed=True).code == "malformed_json"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_post_from_another_site_is_refused(world: World, site: str) -> None:
    world.publish()
    headers = {"content-type": "application/json", "sec-fetch-site": site}

    answer = world.phone().call("POST", EVENT, json.dumps(GOOD), headers)

    assert (answer.status, answer.code) == (403, "cross_site")


@pytest.mark.parametrize("path", ["/api/nothing", "/api/me", "/api/session", "/api/coupons/steal"])
def test_an_address_that_nobody_answers_is_404(world: World, path: str) -> None:
    answer = world.phone().get(path)

    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("error", [Busy("throttled"), Unknown("lost")])
def test_a_table_that_is_busy_or_silent_is_429_with_a_time_to_come_back(world: World, error: Exception) -> None:
    world.publish()
    phone = world.phone()

    def failing(wanted: object) -> None:
        raise error

    world.store.read = failing  # type: ignore[assignment, method-assign]
    answer = phone.check_in()

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "busy", "1")


def test_an_error_of_ours_says_that_it_is_ours_and_nothing_else(world: World) -> None:
    world.publish()
    phone = world.phone()

    def broken(wanted: object) -> None:
        raise RuntimeError("canary: mem_secret at /srv/table")

    world.store.read = broken  # type: ignore[assignment, method-assign]
    answer = phone.check_in()

    assert (answer.status, answer.code) == (500, "internal")
    assert "canary" not in answer.text + "".join(world.log)
    assert "RuntimeError" in "".join(world.log)


def test_problems_are_said_in_the_persons_language(world: World) -> None:
    english = world.stranger().get("/api/me/wallet")
    chinese = Phone(world, "", language="zh-CN,zh;q=0.9,en;q=0.8").get("/api/me/wallet")
    asked = world.stranger().get("/api/me/wallet?lang=zh")

    assert english.body["title"] == "No session"
    assert chinese.body["title"] == asked.body["title"] == "还没有登录"
    assert english.body["code"] == chinese.body["code"]
    assert english.body["status"] == 401
    assert english.body["type"] == "urn:pond:problem:no_session"


@pytest.mark.parametrize("said", ["", "fr", "en;q=²", "en;q=abc", ",,,;q=", "x" * 5_000, "zh;q=0, en;q=0.1"])
def test_a_strange_wish_of_language_is_no_error(world: World, said: str) -> None:
    assert Phone(world, "", language=said).get("/health").status == 200


def test_one_member_is_slowed_down_and_told_when_to_come_back(world: World) -> None:
    world.publish()
    phone = world.phone()
    answers = [phone.check_in() for _ in range(25)]

    assert {answer.code for answer in answers[:20]} == {"checked_in"}
    assert (answers[-1].status, answers[-1].code, answers[-1].headers["Retry-After"]) == (429, "limited", "1")
    world.clock.pass_(seconds=1)
    assert phone.check_in().code == "checked_in"


def test_one_address_is_slowed_down_whoever_asks(world: World) -> None:
    stranger = world.stranger()
    answers = [stranger.post("/api/session", {"provider": "guest"}).status for _ in range(300)]

    assert answers[:240] == [200] * 240
    assert set(answers[240:]) == {429}
    assert Phone(world, "", address="198.51.100.1").post("/api/session", {"provider": "guest"}).status == 200


def test_buckets_in_memory_stay_few() -> None:
    buckets = Buckets()
    for number in range(3 * ENTRIES_MAX):
        buckets.take(str(number), Rate(2, 1_000), now=number)

    assert len(buckets.full_at) <= ENTRIES_MAX


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    buckets, store, rate, later = Buckets(), MemoryStore(), Rate(2, 1_000), 86_400_000
    moments = (later, 0, 0, 0)

    assert [buckets.take("a", rate, now) for now in moments] == [0, 0, 0, 1_000]
    assert [take(store, "a", rate, now) for now in moments] == [0, 0, 0, 1_000]


def test_clocks_that_differ_by_a_little_fill_no_bucket() -> None:
    rate = Rate(2, 1_000)
    full, _ = rate.take(rate.take(0, 0)[0], 0)

    assert rate.take(full, -999) == (full, 1_999)


def test_in_production_the_address_is_the_gateways_not_a_header(world: World) -> None:
    world.publish()
    phone = world.phone()
    event = phone.event("POST", EVENT, json.dumps(GOOD), {"x-forwarded-for": "1.2.3.4"})

    assert request_of(world.service, event, Context()).address == "203.0.113.7"


def test_a_form_with_too_many_or_twisted_fields_is_refused(world: World) -> None:
    world.publish()
    phone = world.phone()

    many = phone.form(EVENT, **{f"f{number}": "x" for number in range(100)})
    twisted = phone.form(EVENT, data="x", data__proof="y")
    deep = phone.form(EVENT, **{"__".join("abcdefgh"): "x"})

    assert {answer.said["e"] for answer in (many, twisted, deep)} == {"malformed_form"}


def test_a_form_that_is_refused_goes_back_to_its_page_with_the_reason(world: World) -> None:
    world.publish()

    answer = world.phone().form(EVENT, event_id="short")

    assert (answer.status, answer.headers["Location"]) == (303, f"/c/{CAMPAIGN}?e=invalid")


def test_answers_are_never_kept_by_a_cache(world: World) -> None:
    world.publish()

    for route in ROUTES.values():
        answer = ask(world.phone(), route)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("state", "at", "outcome"),
    [
        ("paused", MORNING, "paused"),
        ("ended", MORNING, "ended"),
        ("published", MORNING.replace(month=2, day=1), "not_begun"),
        ("published", MORNING.replace(month=4, day=1), "ended"),
    ],
)
def test_a_campaign_that_is_not_open_says_why(world: World, state: str, at: Any, outcome: str) -> None:
    world.publish(state=state)
    world.clock.now = at

    answer = world.phone().check_in()

    assert (answer.status, answer.code) == (200, outcome)
    assert answer.body["message"]
    assert world.phone().get(f"/api/campaigns/{CAMPAIGN}").body["status"] == outcome


@pytest.mark.parametrize(("verdict", "outcome"), [("approve", "approved"), ("return", "returned")])
def test_what_was_done_in_time_is_reviewed_after_an_end_by_hand_and_earns_nothing_more(
    world: World, verdict: str, outcome: str
) -> None:
    config = {"days": 7, "proof": {"kind": "text"}, "review": {"by": "manual"}}
    content = definition_content(config=config, rules=[rule("first", "ten_off")])
    phone, clerk = (world.publish(content), world.phone(), world.clerk())[1:]
    assert phone.check_in(data={"proof": {"text": "早"}}).code == "submitted"
    said = {"member": phone.member, "day": "2026-03-02", "verdict": verdict, "reason": "unclear"}
    review = {"event_id": "event-review", "data": said}
    where = f"/api/campaigns/{CAMPAIGN}/events/review"

    world.publish(content, state="paused")
    assert clerk.post(where, review).code == "paused"  # nothing is given now, so it waits
    world.publish(content, state="ended")
    answer = clerk.post(where, review)

    assert answer.code == outcome
    assert [line["outcome"] for line in answer.body["grants"]] == (["ended"] if verdict == "approve" else [])
    assert world.store.query("reviews", CAMPAIGN) == []
    assert phone.get("/api/me/wallet").body["entries"] == []


def test_taking_part_needs_consent(world: World) -> None:
    world.publish()

    assert world.phone().check_in(consent=False).code == "consent_needed"


def test_the_pages_sections_are_told_one_by_one(world: World) -> None:
    words = {"title": {"zh": "早安", "en": "Good morning"}, "sections": ["steps", "countdown"]}
    world.publish(definition_content(page=words))

    page = world.phone().get(f"/api/campaigns/{CAMPAIGN}").body["page"]

    assert (page["title"], page["sections"]) == ("Good morning", ["steps", "countdown"])


def test_the_public_definition_keeps_answers_and_costs_to_itself(world: World) -> None:
    quiz = {"kind": "quiz", "questions": [{"question": {"zh": "问", "en": "Ask"}, "answer": "SECRET-ANSWER"}]}
    world.publish(definition_content(config={"days": 7, "proof": quiz}))

    answer = world.phone().get(f"/api/campaigns/{CAMPAIGN}")

    assert answer.status == 200
    assert not {"SECRET-ANSWER", "unit_cost", "budget", "stock"} & set(answer.text.replace('"', " ").split())
    assert "SECRET" not in answer.text

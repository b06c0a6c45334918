"""Visits through the handler over a shop in memory: right page, right headers, nothing written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.core import keys
from functions.core.change import Change
from functions.edge.identity import Session
from functions.pages import handler as pages
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy
from tests.edge.world import CAMPAIGN, Context, Phone, World, definition_content, rule
from tests.pages import group_samples
from tests.pages.page_reader import PageReader, read
from tests.pages.serve import gateway_event


class ReadOnly(MemoryStore):
    """A store that says how often it was read, and refuses to write once the doors are open."""

    opened = False
    reads = 0

    def read(self, keys: Any) -> Any:
        self.reads += 1
        return super().read(keys)

    def write(self, changes: Any) -> Any:
        assert not self.opened, "a GET wrote"
        return super().write(changes)


@pytest.fixture
def world() -> World:
    """A shop with a campaign, not yet visited."""
    made = World(store=ReadOnly())
    made.publish(definition_content(rules=[rule("daily", "points", 10), rule("first", "ten_off")]))
    return made


def visit(world: World, path: str, phone: Phone | None = None, language: str = "zh", **headers: Any) -> dict[str, Any]:
    """A GET by a person with that phone, or by a stranger; a header that is None is not sent."""
    cookies = f"pond_session={phone.token}" if phone and phone.token else ""
    led = {"sec-fetch-site": "same-origin"}  # as after a tap on a page of ours
    sent = {"accept-language": language, "host": "shop.example", "cookie": cookies, **led, **headers}
    sent = {name: value for name, value in sent.items() if value is not None}
    world.store.opened = True  # type: ignore[attr-defined]
    answer = pages.entry(lambda: world.service)(gateway_event("GET", path, sent, b""), Context())
    world.store.opened = False  # type: ignore[attr-defined]
    return answer


def test_a_stranger_sees_the_campaign_and_is_asked_to_agree(world: World) -> None:
    answer = visit(world, f"/c/{CAMPAIGN}")

    page = read(answer["body"])
    assert answer["statusCode"] == 200
    assert "早安" in page.all("h1")[0].said
    assert [one.attributes["name"] for one in page.all("input") if one.attributes.get("type") == "checkbox"] == [
        "consent"
    ]


def test_a_member_who_takes_part_sees_the_progress_and_is_not_asked_again(world: World) -> None:
    phone = world.phone()
    phone.check_in()

    page = read(visit(world, f"/c/{CAMPAIGN}?o=checked_in", phone, "en")["body"])

    assert not [one for one in page.all("input") if one.attributes.get("name") == "consent"]
    notes = [
        one.said for one in page.elements if one.attributes.get("role") == "status" and one.attributes.get("class")
    ]
    assert len(notes) == 1
    assert "Checked in for today" in notes[0]
    assert "+ 10 points" in notes[0]
    assert "+ ¥10 off" in notes[0]


def test_an_outcome_in_the_address_that_did_not_happen_never_reads_as_success(world: World) -> None:
    for phone in (None, world.phone()):
        page = read(visit(world, f"/c/{CAMPAIGN}?o=checked_in", phone)["body"])

        assert not [one for one in page.elements if "good" in one.attributes.get("class", "").split()]


FRESH = {"sec-fetch-site": "none"}
FROM_A_CHAT = {"sec-fetch-site": "cross-site", "referer": "https://shop.example/"}
OLD = {"sec-fetch-site": None, "referer": "https://chat.example/shop.example"}
OLD_AND_SILENT = {"sec-fetch-site": None}


@pytest.mark.parametrize("headers", [FRESH, FROM_A_CHAT, OLD, OLD_AND_SILENT])
@pytest.mark.parametrize("said", ["o=checked_in", "o=already_checked_in", "o=left", "e=busy"])
def test_who_only_got_the_link_of_an_answer_is_told_nothing_of_what_came_of_it(
    world: World, headers: dict[str, Any], said: str
) -> None:
    friend = world.phone("b")
    friend.check_in()

    for phone in (None, world.phone("c"), friend):
        told = visit(world, f"/c/{CAMPAIGN}?{said}", phone, **headers)["body"]
        assert read(told).all("p") != []
        assert 'class="note' not in told


def test_an_old_browser_is_told_by_the_page_that_it_comes_from(world: World) -> None:
    old = {"sec-fetch-site": None, "referer": f"https://shop.example/c/{CAMPAIGN}"}

    assert "今天已经打过卡了" in visit(world, f"/c/{CAMPAIGN}?o=already_checked_in", **old)["body"]


def test_who_left_and_can_do_nothing_today_comes_back_by_the_page_itself(world: World) -> None:
    phone = world.phone()
    phone.check_in()
    purpose = f"participate.{CAMPAIGN}"
    phone.post("/api/me/consents", {"purpose": purpose, "live": False})
    left = visit(world, f"/c/{CAMPAIGN}", phone)["body"]

    answer = phone.form("/api/me/consents", purpose=purpose, live="true", next=f"/c/{CAMPAIGN}?o=")

    assert "同意，重新参加" in left
    assert f'value="{purpose}"' in left
    assert (answer.status, answer.headers["Location"]) == (303, f"/c/{CAMPAIGN}?o=")
    back = visit(world, f"/c/{CAMPAIGN}?o=", phone)["body"]
    assert "重新参加" not in back
    assert "我的进度" in back


def test_a_refusal_is_told_in_words(world: World) -> None:
    phone = world.phone()
    phone.check_in()

    page = read(visit(world, f"/c/{CAMPAIGN}?o=already_checked_in", phone)["body"])

    notes = [one for one in page.elements if one.attributes.get("role") == "alert"]
    assert [one.attributes["class"] for one in notes] == ["note warn"]
    assert "今天已经打过卡了" in notes[0].said


@pytest.mark.parametrize(("state", "words"), [("paused", "活动暂停了"), ("ended", "活动已经结束")])
def test_a_press_on_a_campaign_that_stopped_meanwhile_is_answered_once(world: World, state: str, words: str) -> None:
    phone = world.phone()
    phone.check_in()
    world.publish(state=state)
    answer = phone.form(f"/api/campaigns/{CAMPAIGN}/events/checkin", event_id="event-0002")

    page = read(visit(world, answer.headers["Location"], phone)["body"])

    (note,) = [one for one in page.elements if one.attributes.get("class", "").startswith("note")]
    assert words in note.said
    assert (note.attributes["role"], note.attributes["tabindex"]) == ("status", "-1")  # where the script leads one


def test_a_return_tells_reason_and_note_and_can_be_appealed_once(world: World) -> None:
    world.publish(definition_content(config={"days": 7, "proof": {"kind": "text"}, "review": {"by": "manual"}}))
    phone = world.phone()
    phone.check_in(data={"proof": {"text": "早"}})
    ((_, item),) = world.store.query("reviews", CAMPAIGN)
    verdict = {"member": phone.member, "day": item["day"], "verdict": "return", "reason": "unclear", "note": "<太暗了>"}
    events = f"/api/campaigns/{CAMPAIGN}/events"
    clerk = world.clerk()
    clerk.post(f"{events}/review", {"event_id": "event-review", "data": verdict})
    returned = visit(world, f"/c/{CAMPAIGN}", phone)["body"]

    answer = phone.form(f"{events}/appeal", event_id="event-appeal", data__day=item["day"], data__words="我开了灯")
    told = visit(world, answer.headers["Location"], phone)["body"]
    clerk.post(f"{events}/review", {"event_id": "event-review-2", "data": verdict})
    again = visit(world, f"/c/{CAMPAIGN}", phone)["body"]

    assert "看不清" in returned
    assert "&lt;太暗了&gt;" in returned
    assert f"{events}/appeal" in returned
    assert (answer.status, answer.headers["Location"]) == (303, f"/c/{CAMPAIGN}?o=appealed")
    assert "申诉已提交" in told
    assert [
        note.attributes["class"] for note in read(told).all("div") if "note" in note.attributes.get("class", "")
    ] == ["note good"]
    assert f"{events}/appeal" not in again


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("invalid", "请改好再提交"),
        ("busy", "再点一次就行"),
        ("picture_too_large", "图片太大了"),
        ("no_such", "没有成功"),
    ],
)
def test_a_problem_that_sent_a_form_back_is_told_in_words(world: World, code: str, words: str) -> None:
    page = read(visit(world, f"/c/{CAMPAIGN}?e={code}")["body"])

    notes = [one.said for one in page.elements if one.attributes.get("class") == "note bad"]
    assert len(notes) == 1
    assert words in notes[0]


@pytest.mark.parametrize("state", ["paused", "ended", "archived"])
def test_a_campaign_that_does_not_run_offers_no_form(world: World, state: str) -> None:
    world.publish(state=state)

    page = read(visit(world, f"/c/{CAMPAIGN}", world.phone())["body"])

    assert page.all("form") == []
    assert "已得的奖励还在" in "".join(page.text)


def test_before_the_start_the_page_says_when(world: World) -> None:
    world.clock.pass_(days=-10)

    page = read(visit(world, f"/c/{CAMPAIGN}")["body"])

    assert page.all("form") == []
    assert "2026 年 3 月 1 日 00:00 开始" in "".join(page.text)


@pytest.mark.parametrize("state", ["published", "paused"])
def test_after_the_end_the_page_says_so(world: World, state: str) -> None:
    world.publish(state=state)
    world.clock.pass_(days=60)

    page = read(visit(world, f"/c/{CAMPAIGN}")["body"])

    assert page.all("form") == []
    assert "活动已经结束" in "".join(page.text)


def test_a_door_opens_only_to_who_holds_the_entitlement(world: World) -> None:
    world.publish(definition_content(audience={"entitlement": "graduate"}))
    phone = world.phone()

    assert read(visit(world, f"/c/{CAMPAIGN}", phone)["body"]).all("form") == []
    key = keys.entitlement(phone.member, "graduate")
    until = int(world.clock.now.timestamp()) + 60
    world.store.write([Change(key, put={"valid_until": until})])
    assert len(read(visit(world, f"/c/{CAMPAIGN}", phone)["body"]).all("form")) == 1


@pytest.mark.parametrize(
    "path", ["/c/camp_unknown", "/c/camp_" + "0" * 26, "/s/forged.token.here.x", "/c/../x", "/nothing", "/me/coupons/x"]
)
def test_what_is_not_there_is_a_page_with_one_way_out(world: World, path: str) -> None:
    answer = visit(world, path, world.phone())

    page = read(answer["body"])
    assert answer["statusCode"] == 404
    assert page.faults == []
    assert [link.attributes["href"] for link in page.all("a") if link.attributes.get("class") == "btn"] == ["/me"]


def test_a_shared_link_opens_the_campaign(world: World) -> None:
    ring = world.service.keys.ring(world.clock.now)
    token = ring.seal("share", {"c": CAMPAIGN, "m": world.phone().member})

    assert "早安" in read(visit(world, f"/s/{token}")["body"]).all("h1")[0].said
    assert visit(world, f"/s/{token[:-1]}")["statusCode"] == 404


def test_the_wallet_shows_points_and_coupons_by_what_can_be_done_with_them(world: World) -> None:
    phone = world.phone()
    phone.check_in()

    ready = read(visit(world, "/me", phone, "en")["body"])
    used = read(visit(world, "/me?tab=used", phone, "en")["body"])

    assert "¥10 off over ¥30" in "".join(link.said for link in ready.all("a") if "coupon" in link.attributes["href"])
    assert "10" in [one.said for one in ready.all("dd")]
    assert "+10" in "".join(ready.text)
    assert not [link for link in used.all("a") if "/me/coupons/" in link.attributes["href"]]


def coupon_of(world: World, phone: Phone) -> str:
    page = read(visit(world, "/me", phone)["body"])
    return next(link.attributes["href"] for link in page.all("a") if "/me/coupons/" in link.attributes["href"])


def test_a_coupon_is_its_owners_alone(world: World) -> None:
    owner, other = world.phone("a"), world.phone("b")
    owner.check_in()
    place = coupon_of(world, owner)

    assert visit(world, place, owner)["statusCode"] == 200
    for path in (place, f"{place}/qr.svg"):
        assert visit(world, path, other)["statusCode"] == 404
        assert visit(world, path)["statusCode"] == 404


def test_a_coupons_code_changes_every_thirty_seconds_and_leads_to_the_clerks_page(world: World) -> None:
    import zxingcpp

    from tests.drawing.test_codes import rasterised

    phone = world.phone()
    phone.check_in()
    place = coupon_of(world, phone)

    first = visit(world, f"{place}/qr.svg", phone)
    again = visit(world, f"{place}/qr.svg", phone)
    world.clock.pass_(seconds=30)
    later = visit(world, f"{place}/qr.svg", phone)

    assert first["headers"]["Content-Type"] == "image/svg+xml"
    assert first["headers"]["Cache-Control"] == "no-store"
    assert first["body"] == again["body"] != later["body"]
    [found] = zxingcpp.read_barcodes(rasterised(first["body"]).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text.startswith("https://shop.example/staff?code=redeem.k1.")


@pytest.mark.parametrize(
    "path", ["/", f"/c/{CAMPAIGN}", "/me", "/privacy", f"/privacy?c={CAMPAIGN}", "/me/erase", "/staff", "/nothing"]
)
def test_every_page_has_the_headers_that_keep_it_to_itself(world: World, path: str) -> None:
    answer = visit(world, path, world.phone())

    nonce = read(answer["body"]).all("script")[0].attributes["nonce"]
    assert f"script-src 'nonce-{nonce}'" in answer["headers"]["Content-Security-Policy"]
    assert answer["headers"]["Referrer-Policy"] == "same-origin"
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert answer["cookies"] == []


def test_nonce_and_event_ids_are_new_with_each_visit(world: World) -> None:
    first, second = (read(visit(world, f"/c/{CAMPAIGN}")["body"]) for _ in range(2))

    assert first.all("script")[0].attributes["nonce"] != second.all("script")[0].attributes["nonce"]
    ids = [
        one.attributes["value"]
        for page in (first, second)
        for one in page.all("input")
        if one.attributes["name"] == "event_id"
    ]
    assert len(set(ids)) == len(ids) == 2


def test_a_choice_of_language_is_remembered_and_kept_in_the_links(world: World) -> None:
    answer = visit(world, "/me?tab=used&lang=en")

    assert answer["cookies"] == ["lang=en; Path=/; Max-Age=31536000; SameSite=Lax"]
    page = read(answer["body"])
    assert page.all("html")[0].attributes["lang"] == "en"
    assert [one.attributes["href"] for one in page.all("a") if "hreflang" in one.attributes] == ["/me?tab=used&lang=zh"]
    assert visit(world, "/me?lang=fr")["cookies"] == []


def test_the_language_follows_the_browser_until_it_is_chosen(world: World) -> None:
    assert read(visit(world, "/", language="fr,en;q=0.8,zh;q=0.5")["body"]).all("html")[0].attributes["lang"] == "en"
    assert read(visit(world, "/", language="")["body"]).all("html")[0].attributes["lang"] == "zh-CN"
    assert read(visit(world, "/", language="en", cookie="lang=zh")["body"]).all("html")[0].attributes["lang"] == "zh-CN"


def test_a_campaign_page_costs_one_round_beside_the_head_and_version(world: World) -> None:
    phone = world.phone()
    phone.check_in()
    visit(world, f"/c/{CAMPAIGN}", phone)
    before = world.store.reads  # type: ignore[attr-defined]

    visit(world, f"/c/{CAMPAIGN}", phone)

    assert world.store.reads - before == 1  # type: ignore[attr-defined]


def test_privacy_says_what_for_and_offers_withdrawal_export_and_erasure(world: World) -> None:
    phone = world.phone()
    phone.check_in()

    page = read(visit(world, "/privacy", phone)["body"])

    actions = [form.attributes["action"] for form in page.all("form")]
    consents = ["/api/me/consents?lang=zh"] * 2  # messages, which nobody agreed to yet, and this campaign
    assert actions == [*consents, "/api/me/nickname?lang=zh"]
    links = {link.attributes["href"] for link in page.all("a")}
    assert {"/api/me/export", "/me/erase"} <= links
    erase = read(visit(world, "/me/erase", phone)["body"])
    assert [form.attributes["action"] for form in erase.all("form")] == ["/api/me/erase?lang=zh"]


def test_only_a_clerk_is_told_about_a_code(world: World) -> None:
    phone = world.phone()
    phone.check_in()
    [code] = [coupon_token(world, phone)]

    for asking in (None, phone):
        page = read(visit(world, f"/staff?code={code}", asking)["body"])
        assert [form.attributes["action"] for form in page.all("form")] == ["/api/session?lang=zh"]
        assert "verdict" not in "".join(one.attributes.get("class", "") for one in page.elements)


def test_a_clerks_sum_counts_what_was_just_redeemed_or_undone_before_the_stream_tells(world: World) -> None:
    phone, clerk = world.phone(), world.clerk()
    phone.check_in()
    used = {"code": coupon_token(world, phone), "order_id": "A-1"}
    clerk.form("/api/coupons/redeem", event_id="redeem-01", amount="50", **used)
    page = f"/staff?code={used['code']}"

    done = visit(world, page, clerk)["body"]
    clerk.form("/api/coupons/reverse", event_id="reverse-01", reason="other", **used)
    undone = visit(world, page, clerk)["body"]
    another = visit(world, page, world.clerk())["body"]

    assert [("<dd>1 " in told, "¥10.00</dd>" in told) for told in (done, undone, another)] == [
        (True, True), (False, False), (False, False),
    ]  # fmt: skip
    assert [">已撤销<" in told for told in (done, undone, another)] == [False, True, False]


def coupon_token(world: World, phone: Phone) -> str:
    from functions.edge import codes

    coupon = coupon_of(world, phone).rsplit("/", 1)[-1]
    return codes.redeem_token(world.service.keys.ring(world.clock.now), phone.member, coupon, world.clock.now)


def test_a_forged_session_is_a_strangers(world: World) -> None:
    phone = world.phone()
    phone.check_in()
    phone.token = phone.token[:-2] + ("AA" if phone.token[-2:] != "AA" else "BB")

    page = read(visit(world, "/me", phone)["body"])
    assert "登录已经过期" in "".join(page.text)
    assert not [link for link in page.all("a") if "/me/coupons/" in link.attributes["href"]]


def test_when_the_store_is_busy_or_fails_a_page_says_so_and_the_log_keeps_no_words(world: World) -> None:
    def fail(error: Exception) -> Any:
        def fails(*_: Any, **__: Any) -> Any:
            raise error

        return fails

    phone = world.phone()
    for error, status in ((Busy(), 503), (ValueError("canary-4711"), 500)):
        world.store.query = fail(error)  # type: ignore[method-assign]
        answer = visit(world, "/me", phone)
        assert answer["statusCode"] == status
        assert "canary" not in answer["body"]
    assert not [line for line in world.log if "canary" in line or phone.member in line or phone.token in line]


def test_only_get_is_answered(world: World) -> None:
    event = gateway_event("POST", f"/c/{CAMPAIGN}", {"accept-language": "zh"}, b"x=1")

    assert pages.entry(lambda: world.service)(event, Context())["statusCode"] == 404


def test_a_staff_session_is_no_member(world: World) -> None:
    token = world.token(Session("staff", "staff_1", "Store 1", "inv"))
    clerk = Phone(world, token)

    page = read(visit(world, f"/c/{CAMPAIGN}", clerk)["body"])

    assert [one for one in page.all("input") if one.attributes.get("name") == "consent"]


@pytest.mark.parametrize("path", ["/api/nothing", "/hooks/orders", "/hooks/nothing"])
def test_an_address_of_programs_that_nobody_answers_is_told_as_they_read_it(world: World, path: str) -> None:
    answer = visit(world, path, language="en")

    assert answer["statusCode"] == 404
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert json.loads(answer["body"])["code"] == "not_found"


def test_a_first_form_carries_the_channel_of_the_link_and_a_strange_one_is_left_out(world: World) -> None:
    def carried(query: str, phone: Phone | None = None) -> list[str]:
        page = read(visit(world, f"/c/{CAMPAIGN}{query}", phone)["body"])
        return [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "channel"]

    member = world.phone()
    member.check_in()

    assert carried("?ch=7k2m") == ["7k2m"]
    assert carried("?ch=%22%3E%3Cscript%3E") == []
    assert carried("") == []
    assert carried("?ch=7k2m", member) == []


def test_who_takes_part_by_a_channels_link_is_told_from_others_in_the_first_row(world: World) -> None:
    page = read(visit(world, f"/c/{CAMPAIGN}?ch=7k2m")["body"])
    sent = {one.attributes["name"]: one.attributes.get("value", "") for one in page.all("input")}

    phone = world.phone("new")
    answer = phone.form(f"/api/campaigns/{CAMPAIGN}/events/checkin", **sent)

    key = keys.state(CAMPAIGN, phone.member)
    assert answer.status == 303
    assert (world.store.read([key])[key] or {})["channel"] == "7k2m"


def sent(page: PageReader, form: str) -> dict[str, str]:
    """The fields of a form as they are, ticks left out."""
    fields = [one.attributes for one in page.all("input") if one.attributes.get("type") == "hidden"]
    return {one["name"]: one["value"] for one in fields if one.get("form", form) == form}


def test_a_channel_is_still_carried_after_a_first_answer_that_was_wrong(world: World) -> None:
    world.publish(definition_content(config={"days": 7, "proof": {"kind": "text", "min_length": 9}}))
    phone = world.phone("new")
    first = read(visit(world, f"/c/{CAMPAIGN}?ch=7k2m", phone)["body"])
    form = sent(first, "form-checkin-2026-03-02") | {"consent": "yes", "data.proof.text": "早"}

    answer = phone.form(f"/api/campaigns/{CAMPAIGN}/events/checkin", **form)

    assert answer.headers["Location"] == f"/c/{CAMPAIGN}?ch=7k2m&o=proof_too_short"
    again = read(visit(world, answer.headers["Location"], phone)["body"])
    assert sent(again, "form-checkin-2026-03-02")["channel"] == "7k2m"


def test_an_invitation_is_still_there_after_a_press_that_was_refused(world: World) -> None:
    world.publish(group_samples.definition().model_dump(mode="json", by_alias=True))
    world.clock.now = group_samples.AT
    events, leader, friend = f"/api/campaigns/{CAMPAIGN}/events", world.phone("a"), world.phone("b")
    leader.post(f"{events}/open", {"event_id": "event-open", "consent": True})
    key = keys.state(CAMPAIGN, leader.member)
    group = (world.store.read([key])[key] or {})["record"]["group"]
    form = sent(read(visit(world, f"/c/{CAMPAIGN}?g={group}", friend)["body"]), "form-join")

    answer = friend.form(f"{events}/join", **form)

    assert answer.headers["Location"] == f"/c/{CAMPAIGN}?g={group}&o=consent_needed"
    assert 'id="form-join"' in visit(world, answer.headers["Location"], friend)["body"]


def test_the_poster_page_shows_the_picture_and_says_nothing_of_rewards(world: World) -> None:
    page = read(visit(world, f"/c/{CAMPAIGN}/poster")["body"])

    [picture] = page.all("img")
    assert picture.attributes["src"] == f"/c/{CAMPAIGN}/poster.jpg?lang=zh&v=1"
    assert "早安" in picture.attributes["alt"]
    assert "长按图片保存" in "".join(page.text)
    assert "券" not in page.all("main")[0].said
    assert visit(world, "/c/camp_" + "0" * 26 + "/poster")["statusCode"] == 404


def test_when_everything_is_given_out_a_newcomer_is_told_and_a_member_goes_on(world: World) -> None:
    world.publish(definition_content(rules=[rule("first", "ten_off")]))
    member = world.phone("a")
    member.check_in()
    gone = keys.pool(CAMPAIGN, "ten_off", 0)
    world.store.write([Change(gone, put={"stock": 1, "remaining": 0})])
    world.clock.pass_(seconds=6)

    newcomer, joined = (read(visit(world, f"/c/{CAMPAIGN}", phone)["body"]) for phone in (None, member))

    assert newcomer.all("form") == []
    assert "名额满了" in "".join(newcomer.text)
    assert "名额满了" not in "".join(joined.text)


@pytest.mark.parametrize("number", ["123", "12345678"])
def test_a_number_that_is_no_phones_is_told_so_on_the_page(world: World, number: str) -> None:
    asked = world.stranger().form("/api/session", provider="phone", phone=number, next="/me/sign-in?step=code")

    page = read(visit(world, asked.headers["Location"])["body"])

    assert [one.said.strip() for one in page.elements if one.attributes.get("class") == "note bad"] == [
        "这不像手机号，请核对"
    ]


def test_an_expired_session_is_told_how_to_go_on(world: World) -> None:
    phone = world.phone()
    phone.check_in()
    place = coupon_of(world, phone)
    world.clock.pass_(days=181)

    answers = {path: visit(world, path, phone) for path in (place, "/me/erase")}

    for answer in answers.values():
        page = read(answer["body"])
        assert answer["statusCode"] == 401
        assert "登录已经过期" in page.all("h1")[0].said
        assert [one.attributes["href"] for one in page.all("a") if one.attributes.get("class") == "btn"] == [
            "/me/sign-in"
        ]

"""Members: one person found, looked at, exported, erased, given a right; through the API, and never a list."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from functions.core import keys
from functions.storage import audit
from functions.storage.memory import MemoryStore
from tests.edge.test_sessions import PHONE, ask_code, sign_in
from tests.edge.world import Clock, Phone, World, definition_content, rule
from tests.ui.conftest import NOW, Open, begun, press, published, words
from tests.ui.wire import Wire

Members = Callable[..., Any]


@pytest.fixture
def world(store: MemoryStore) -> World:
    """The deployed functions over the screens' store."""
    return World(store=store, clock=Clock(NOW))


@pytest.fixture
def member(world: World) -> Phone:
    """Someone who signed in by phone, checked in, and has points and a coupon."""
    schedule = {
        "zone": "Asia/Shanghai",
        "starts_at": "2026-11-01T00:00:00+08:00",
        "ends_at": "2027-01-01T00:00:00+08:00",
    }
    rules = [rule("daily", "points", 10), rule("coupon", "ten_off")]
    world.publish(definition_content(rules=rules, schedule=schedule))
    phone = sign_in(world.stranger(), ask_code(world, world.stranger()))
    phone.check_in()
    return phone


@pytest.fixture
def wire(world: World) -> Wire:
    """The API over the same store."""
    return Wire(world)


@pytest.fixture
def members(open_app: Open, world: World, wire: Wire) -> Members:
    """Opens the page."""

    def opened(language: str = "zh", **more: Any) -> Any:
        session = {"transport": wire, "keyring": world.service.keys.ring(NOW), "st_editor": "王敏", **more}
        return open_app("app_pages/members.py", language, **session)

    return opened


def find(app: Any, text: str, way: str = "phone") -> Any:
    """Type and search."""
    app.text_input(key=f"find_{way}").set_value(text)
    return press(app, next(one.key for one in app.button if one.label in ("查找", "Find")))


def test_a_member_is_found_by_phone_shown_without_the_number_and_noted_with_the_editors_name(
    members: Members, member: Phone, store: MemoryStore
) -> None:
    app = find(members(), PHONE)

    said = words(app)
    (line,) = audit.entries(store)
    assert member.member == app.code[0].value
    assert "没有可以查看的号码" in said
    assert "有效期至 2026 年 12 月 31 日" in said  # as the clerk and the member read it, not the midnight after it
    assert "+10" in said
    assert "可用" in [one.value for one in app.get("badge")] or "可用" in said
    assert PHONE[3:] not in said
    assert (line.what, line.by, line.about.zh) == ("reveal", "王敏", member.member)


def test_a_member_is_found_by_id_in_english_and_no_chinese_is_left(members: Members, member: Phone) -> None:
    app = members("en")
    app.get_by_key("find_by_en").set_value("member").run()
    find(app, member.member, "member")

    said = words(app)
    assert "Signed in with a phone number" in said
    assert "Points ledger" in said
    assert "Checked in · +10 points" in said


def test_several_of_a_nickname_are_shown_masked_and_one_is_opened(
    members: Members, member: Phone, world: World, store: MemoryStore
) -> None:
    for n, name in enumerate(("小鱼儿", "小鱼")):
        phone = world.phone(str(n))
        phone.check_in(f"event-named{n}")
        phone.post("/api/me/nickname", {"nickname": name})
    app = members()
    app.get_by_key("find_by_zh").set_value("nickname").run()

    app = find(app, "小鱼", "nickname")
    listed, before = words(app), audit.entries(store)
    app = press(app, f"btn_named_{phone.member}")

    assert "有 2 位会员的昵称这样开头" in listed
    assert ("小鱼儿" in listed, listed.count(r"小\*\*"), listed.count("完全一致"), before) == (False, 2, 1, [])
    assert (app.code[0].value, [line.what for line in audit.entries(store)]) == (phone.member, ["reveal"])
    assert "昵称：**小鱼**" in words(app)


def test_nobody_is_shown_before_somebody_is_asked_for_nor_by_a_number_that_is_nobodys_or_none(
    members: Members, member: Phone, store: MemoryStore
) -> None:
    app = members()
    before = words(app)

    asked = words(find(app, "13900000000"))
    find(app, "8800")

    assert (member.member[-6:] in before, "只填尾号是查不到的" in before, "没有找到" in asked) == (False, True, True)
    assert "这不像手机号" in app.warning[0].value
    assert audit.entries(store) == []


def test_the_export_is_the_members_own_and_is_made_when_it_is_asked_for(
    members: Members, member: Phone, store: MemoryStore, wire: Wire
) -> None:
    app = find(members(), PHONE)
    before = wire.paths()

    press(app, "btn_export")

    assert before == ["/api/desk/members/look"]
    assert json.loads(app.session_state["st_exported"]) == member.call("GET", "/api/me/export").body
    assert [line.what for line in audit.entries(store)].count("export") == 1


def test_erasing_takes_two_steps_a_reason_and_the_end_of_the_id(
    members: Members, member: Phone, store: MemoryStore
) -> None:
    app = press(find(members(), PHONE), "btn_erase")
    told, closed = words(app), app.button(key="btn_erase_now").disabled

    app.get_by_key("erase_why_zh").set_value("asked").run()
    app.text_input(key="erase_typed").set_value(member.member[-6:]).run()
    app = press(app, "btn_erase_now")

    assert "1 张还能用的券会作废" in told
    assert closed
    assert "已删除" in words(app)
    assert [where for where, _ in store.query("member", member.member) if not where.startswith("W#coupon")] == []
    assert "没有找到" in words(find(app, PHONE))


def test_erasing_can_be_thought_over_and_where_nobody_asks_for_a_right_there_is_none_to_give(
    members: Members, member: Phone, wire: Wire
) -> None:
    app = press(press(find(members(), PHONE), "btn_erase"), "btn_erase_not")
    kept = words(app)

    app = press(app, "btn_give")
    told = words(app)
    app = press(app, "btn_right_not")

    assert "积分明细" in kept
    assert "都不要求权益" in told
    assert "积分明细" in words(app)
    assert wire.paths() == ["/api/desk/members/look"]


@pytest.mark.parametrize("fault", ["request lost", "answer lost"])
def test_without_an_answer_the_member_stays_in_view_and_erasing_again_does_no_harm(
    members: Members, member: Phone, store: MemoryStore, wire: Wire, fault: str
) -> None:
    app = press(find(members(), PHONE), "btn_erase")
    app.get_by_key("erase_why_zh").set_value("asked").run()
    app.text_input(key="erase_typed").set_value(member.member[-6:]).run()
    wire.breaks = [fault]

    app = press(app, "btn_erase_now")
    said = words(app)
    app = press(app, "btn_erase_now")

    assert "没有收到回应" in said
    assert "已删除" in words(app)


def test_without_the_key_it_says_what_to_set(members: Members, member: Phone) -> None:
    app = find(members(keyring=None), PHONE)

    assert "POND\\_SECRET" in app.warning[0].value


@pytest.fixture
def asked(store: MemoryStore) -> None:
    """Two live campaigns that ask for a right, and a draft that asks for another."""
    published(store, begun(store, 1, "promoters", config=PROMOTERS))
    published(store, begun(store, 2, audience={"entitlement": "course"}))
    begun(store, 3, audience={"entitlement": "nobody_asks_yet"})


PROMOTERS = {"commission": {"levels": [500], "right": "promoter"}}


def given(app: Any, right: str, why: str = "店长推荐", language: str = "zh") -> Any:
    """The right given by hand, for good."""
    app = press(app, "btn_give")
    app.selectbox(key=f"right_{language}").set_value(right).run()
    app.get_by_key(f"right_for_good_{language}").set_value(True).run()
    app.text_input(key=f"right_why_{language}").set_value(why).run()
    return press(app, "btn_right_now")


@pytest.mark.usefixtures("asked")
def test_a_right_that_running_campaigns_ask_for_is_given_until_a_day_and_taken_back(
    members: Members, member: Phone, store: MemoryStore
) -> None:
    right = keys.entitlement(member.member, "course")
    app = press(find(members(), PHONE), "btn_give")
    offered, closed = app.selectbox(key="right_zh").options, app.button(key="btn_right_now").disabled

    app.selectbox(key="right_zh").set_value("course").run()
    app.date_input[0].set_value(date(2026, 12, 24)).run()
    app.text_input(key="right_why_zh").set_value("店长推荐").run()
    app = press(app, "btn_right_now")
    held, said = store.read([right])[right], words(app)
    app = press(app, "btn_take_course")
    app.text_input(key="right_why_zh").set_value("刷单").run()
    app = press(app, "btn_right_now")

    assert [one.split(" ")[-1] for one in offered] == ["course", "promoter"]
    assert closed
    assert held is not None
    assert held["valid_until"] == int(datetime(2026, 12, 24, 15, 59, 59, tzinfo=UTC).timestamp())
    assert "已发放" in said
    assert "参加资格" in said
    assert "已收回" in words(app)
    assert not [one.key for one in app.button if one.key == "btn_take_course"]
    assert sorted(line.what for line in audit.entries(store) if "right" in line.what) == ["give_right", "take_right"]
    assert {line.note for line in audit.entries(store)} >= {"course: 店长推荐", "course: 刷单"}


@pytest.mark.usefixtures("asked")
def test_a_lost_answer_keeps_what_was_typed_and_pressing_again_gives_it_once(
    members: Members, member: Phone, store: MemoryStore, wire: Wire
) -> None:
    app = members("en")
    app.get_by_key("find_by_en").set_value("member").run()
    find(app, member.member, "member")
    wire.breaks = ["answer lost"]

    app = given(app, "promoter", "top of the month", "en")
    said, typed = words(app), app.text_input(key="right_why_en").value
    app = press(app, "btn_right_now")

    assert "No answer came" in said
    assert typed == "top of the month"
    assert "They hold it already" in words(app)
    assert [line.what for line in audit.entries(store)].count("give_right") == 1

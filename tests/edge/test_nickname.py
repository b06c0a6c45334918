"""A member says what they want to be called: kept, found by, exported, erased."""

from __future__ import annotations

from typing import Any

import pytest

from functions.storage import nicknames
from tests.edge.test_sessions import ask_code, sign_in
from tests.edge.world import Answer, Phone, World

PATH = "/api/me/nickname"


@pytest.fixture
def member(world: World) -> Phone:
    """A guest who takes part."""
    world.publish()
    phone = world.phone()
    phone.check_in()
    return phone


def called(phone: Phone, name: str) -> Answer:
    return phone.post(PATH, {"nickname": name})


def found(world: World, text: str) -> list[tuple[str, str]]:
    return [(row["member"], row["name"]) for row in nicknames.begin_with(world.store, text, 20)]


def rows(world: World) -> dict[tuple[str, str], Any]:
    return {place: row for place, row in world.store.rows.items() if "NICKNAME" in " ".join(place)}  # type: ignore[attr-defined]


def test_a_nickname_is_kept_in_one_form_and_found_by_how_it_begins(world: World, member: Phone) -> None:
    answer = called(member, " 小鱼  Ａnna ")

    assert (answer.code, answer.body["nickname"]) == ("named", "小鱼 Anna")
    assert [found(world, text) for text in ("小", "小鱼a", "小鱼 ANNA", "鱼", "小鱼annab", "", "#")] == [
        *[[(member.member, "小鱼 Anna")]] * 3, [], [], [], [],
    ]  # fmt: skip


def test_a_new_name_replaces_the_old_one_and_an_empty_one_removes_it(world: World, member: Phone) -> None:
    codes = [called(member, name).code for name in ("小鱼", "大鱼", "大鱼", "")]

    assert codes == ["named", "named", "named", "unnamed"]
    assert rows(world) == {}


def test_a_name_that_only_looks_otherwise_stays_one_row(world: World, member: Phone) -> None:
    called(member, "anna")
    called(member, "Anna")

    assert found(world, "a") == [(member.member, "Anna")]
    assert len(rows(world)) == 2


def test_what_is_no_nickname_is_refused_with_its_reason_and_nothing_changes(world: World, member: Phone) -> None:
    called(member, "小鱼")

    answer = called(member, "加我 138 0013 8000")

    assert (answer.status, answer.code) == (422, "nickname_refused")
    assert answer.body["errors"][0]["path"] == "nickname"
    assert "phone" in answer.body["detail"]
    assert found(world, "小") == [(member.member, "小鱼")]


def test_a_form_goes_back_to_the_page_it_came_from(world: World, member: Phone) -> None:
    answers = [member.form(PATH, nickname="小鱼"), member.form(PATH), member.form(PATH, nickname="<b>")]

    assert [one.headers["Location"] for one in answers] == [
        "/privacy?o=named", "/privacy?o=unnamed", "/privacy?e=nickname_refused",
    ]  # fmt: skip


def test_who_takes_part_in_nothing_is_nobody_to_be_named_until_they_sign_in(world: World) -> None:
    guest = world.phone("stranger")
    assert called(guest, "小鱼").code == "nickname_too_early"

    signed_in = sign_in(world.stranger(), ask_code(world, world.stranger()))

    assert called(signed_in, "小鱼").code == "named"


def test_a_nickname_is_exported_and_gone_with_the_member(world: World, member: Phone) -> None:
    called(member, "小鱼")
    assert member.get("/api/me/export").body["nickname"]["name"] == "小鱼"

    member.call("DELETE", "/api/me")

    assert rows(world) == {}
    assert "小鱼" not in str(world.store.rows)  # type: ignore[attr-defined]
    assert called(member, "小鱼").code == "nickname_too_early"  # another phone of theirs, a moment later

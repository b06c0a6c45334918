"""The leaderboard's page through its handler: whom it shows, to whom, and in which state."""

from __future__ import annotations

from typing import Any

import pytest

from functions.core.change import Change
from functions.pages.board import scene_of
from functions.storage import boards
from tests.edge.world import CAMPAIGN, Phone, World, definition_content
from tests.pages.board_samples import mine, people
from tests.pages.page_reader import PageReader, read
from tests.pages.test_visits import ReadOnly, visit

PATH = f"/c/{CAMPAIGN}/board"
PURPOSE = f"board.{CAMPAIGN}"
WITH_BOARD: dict[str, Any] = {"config": {"days": 7, "leaderboard": True}}


@pytest.fixture
def world() -> World:
    """A shop with a leaderboard, not yet visited."""
    made = World(store=ReadOnly())
    made.publish(definition_content(**WITH_BOARD))
    return made


def joined(world: World, name: str = "a") -> Phone:
    """Somebody who has checked in once."""
    phone = world.phone(name)
    phone.check_in()
    return phone


def shows(phone: Phone, live: bool = True, **more: str) -> Any:
    """The page's own form."""
    said = "true" if live else "false"
    return phone.form("/api/me/consents", purpose=PURPOSE, live=said, next=PATH, **more)


def filled(world: World, number: int) -> None:
    """A board with so many on it."""
    change: Change = boards.written(CAMPAIGN, None, people("en", number))
    assert not world.store.write([change])


def lines(page: PageReader) -> list[str]:
    """The board's lines, by their names."""
    return [one.said.strip() for one in page.all("th") if one.attributes.get("scope") == "row"]


def test_a_campaign_without_a_board_says_so_and_leads_back(world: World) -> None:
    world.publish(definition_content())

    answer = visit(world, PATH)

    assert answer["statusCode"] == 404
    assert "这个活动没有排行榜" in answer["body"]
    assert f'href="/c/{CAMPAIGN}"' in answer["body"]
    assert visit(world, "/c/camp_nothing/board")["statusCode"] == 404


def test_the_check_in_page_leads_to_it_where_there_is_one(world: World) -> None:
    phone = joined(world)
    there = visit(world, f"/c/{CAMPAIGN}", phone)["body"]
    world.publish(definition_content())

    assert PATH in there
    assert PATH not in visit(world, f"/c/{CAMPAIGN}", phone)["body"]


def test_a_stranger_sees_places_and_no_form(world: World) -> None:
    filled(world, 30)

    page = read(visit(world, PATH, language="en")["body"])

    assert len(lines(page)) == 20
    assert not page.all("form")


def test_who_takes_part_is_seen_by_nobody_until_they_agree_and_sees_themselves_at_once(world: World) -> None:
    phone = joined(world)
    before = visit(world, PATH, phone, "en")["body"]

    answer = shows(phone, nickname="Ann")

    assert lines(read(before)) == []
    assert "Agree and show me" in before
    assert (answer.status, answer.headers["Location"]) == (303, f"{PATH}?o=granted")
    after = visit(world, f"{PATH}?o=granted", phone, "en")["body"]
    assert "You are on the leaderboard" in after
    assert lines(read(after)) == ["A** (you)"]
    assert lines(read(visit(world, PATH, None, "en")["body"])) == []  # the stream has not told it yet
    assert "Ann" not in after


def test_withdrawn_is_told_as_done_only_where_it_is(world: World) -> None:
    phone = joined(world)
    shows(phone)
    pretended = visit(world, f"{PATH}?o=withdrawn", phone)["body"]

    answer = shows(phone, False)

    assert "note good" not in pretended
    assert answer.headers["Location"] == f"{PATH}?o=withdrawn"
    assert "别人看不到你了" in visit(world, f"{PATH}?o=withdrawn", phone)["body"]


def test_a_bad_nickname_and_a_strangers_wish_are_told_in_words(world: World) -> None:
    refused = shows(joined(world), nickname="http://x.cn").headers["Location"]
    early = shows(world.phone("b")).headers["Location"]

    assert refused == f"{PATH}?e=nickname_refused"
    assert early == f"{PATH}?o=not_taking_part"
    assert "note bad" in visit(world, refused)["body"]
    assert "先参加活动，才能上榜" in visit(world, early)["body"]


def test_who_is_far_behind_sees_their_own_line_and_how_far_it_is(world: World) -> None:
    filled(world, 50)
    phone = joined(world)
    shows(phone)

    body = visit(world, PATH, phone, "en")["body"]

    assert lines(read(body))[-1] == f"Member **{phone.member[-2:].upper()} (you)"
    assert "50+" in body
    assert f"{people('en')[19].first - 1} more days to reach the top 20" in body


def test_the_nickname_that_the_shop_knows_is_offered(world: World) -> None:
    phone = joined(world)
    phone.post("/api/me/nickname", {"nickname": "小鱼"})

    page = read(visit(world, PATH, phone)["body"])

    assert [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "nickname"] == [
        "小鱼"
    ]


@pytest.mark.parametrize(("state", "said"), [("paused", "活动暂停了"), ("ended", "活动已经结束")])
def test_it_stays_readable_when_the_campaign_rests_and_may_be_left_but_not_joined(
    world: World, state: str, said: str
) -> None:
    there, other = joined(world), joined(world, "b")
    shows(there)
    world.publish(definition_content(**WITH_BOARD), state=state)

    mine, theirs = (visit(world, PATH, phone)["body"] for phone in (there, other))

    assert said in mine
    assert "退出排行榜" in mine
    assert "同意并上榜" not in theirs
    assert shows(other).headers["Location"] == f"{PATH}?o=board_closed"


def test_who_left_the_campaign_is_a_stranger_to_its_board(world: World) -> None:
    phone = joined(world)
    shows(phone)
    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})

    assert not read(visit(world, PATH, phone)["body"]).all("form")


def test_one_round_is_read_and_whatever_the_board_holds_no_more_than_four_rows(world: World) -> None:
    filled(world, 50)
    phone = joined(world)
    visit(world, PATH, phone)
    before = world.store.reads  # type: ignore[attr-defined]

    visit(world, PATH, phone)

    assert world.store.reads - before == 1  # type: ignore[attr-defined]


def test_what_is_mine_lists_the_board_and_takes_back_what_i_agreed_to(world: World) -> None:
    phone = joined(world)
    shows(phone)

    listed = visit(world, "/privacy", phone, "en")["body"]
    phone.form("/api/me/consents", purpose=PURPOSE, live="false")

    assert "Being on the leaderboard of “Good morning”" in listed
    assert f'href="{PATH}"' in visit(world, "/privacy", phone, "en")["body"]


def test_the_readers_own_line_is_among_the_first_where_they_belong() -> None:
    ahead = scene_of([mine(31), *people("en", 5)], mine(31), True)

    assert ahead[1] is not None
    assert ahead[1].line == ahead[0][0]
    assert ahead[1].line.place == 1

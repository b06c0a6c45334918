"""The leaderboard: shown are those alone who asked to be, as they are now, however the stream tells it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from functions.core import keys
from functions.core.board import KEPT, Entry
from functions.edge.limits import Buckets
from functions.storage import boards
from functions.storage.store import Busy
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Answer, Phone, World, definition_content

PURPOSE = f"board.{CAMPAIGN}"
WITH_BOARD = {"days": 7, "leaderboard": True, "make_up": {"count": 3, "days_back": 5}}


@pytest.fixture
def stream(world: World) -> Stream:
    world.publish(definition_content(config=WITH_BOARD))
    return Stream(world)


def shows(phone: Phone, name: str = "", live: bool = True) -> Answer:
    return phone.post("/api/me/consents", {"purpose": PURPOSE, "live": live, "nickname": name})


def board(world: World) -> list[Entry]:
    return boards.entries(world.store.read([keys.board(CAMPAIGN)])[keys.board(CAMPAIGN)])


def standing(world: World) -> list[tuple[str, int, int]]:
    return [(one.name, one.first, one.second) for one in board(world)]


def member(world: World, name: str, days: int = 1) -> Phone:
    """Somebody who is shown, with so many days from the world's today on; the time stays as it was."""
    phone, now = world.phone(name), world.clock.now
    for day in range(days):
        phone.check_in(f"event-{day:04}")
        world.clock.pass_(days=1)
    world.clock.now, world.service.buckets = now, Buckets()
    assert shows(phone, name).code == "granted"
    return phone


def test_nobody_is_shown_who_did_not_ask_and_of_who_did_the_first_letter(world: World, stream: Stream) -> None:
    member(world, "小明", 2)
    member(world, "Ann", 3)
    world.phone("quiet").check_in()

    stream.deliver()

    assert standing(world) == [("A**", 3, 3), ("小**", 2, 2)]
    assert "小明" not in repr(world.store.rows)  # type: ignore[attr-defined]


def test_each_day_moves_who_is_shown_and_a_make_up_joins_their_runs(world: World, stream: Stream) -> None:
    phone = member(world, "a")
    stream.deliver()
    world.clock.pass_(days=2)
    phone.check_in("event-third")
    stream.deliver()
    before = standing(world)

    told = {"event_id": "event-make-up", "data": {"day": "2026-03-03"}}
    assert phone.post(f"/api/campaigns/{CAMPAIGN}/events/make_up", told).code == "made_up"
    stream.deliver()

    assert (before, standing(world)) == ([("a**", 2, 1)], [("a**", 3, 3)])


def test_a_day_that_waits_for_a_clerk_counts_once_it_is_approved(world: World) -> None:
    proof = {"proof": {"kind": "text"}, "review": {"by": "manual"}}
    world.publish(definition_content(config={**WITH_BOARD, **proof}))
    stream, phone, clerk = Stream(world), world.phone(), world.clerk()
    phone.check_in(data={"proof": {"text": "早"}})
    shows(phone)
    stream.deliver()
    before = standing(world)

    said = {"member": phone.member, "day": "2026-03-02", "verdict": "approve"}
    clerk.post(f"/api/campaigns/{CAMPAIGN}/events/review", {"event_id": "event-review", "data": said})
    stream.deliver()

    assert (before, standing(world)) == ([], [("", 1, 1)])


def test_told_again_in_any_order_and_parts_it_is_the_same_board(world: World, stream: Stream) -> None:
    for number, name in enumerate("abcdefgh"):
        member(world, name, 1 + number % 3)
    shows(world.phone("c"), live=False)
    records = stream.take()
    stream.deliver(records)
    expected = board(world)

    for seed in range(20):
        stream.deliver(random.Random(seed).sample(records, k=len(records) // 2))

    assert board(world) == expected
    assert len(expected) == 7


def test_withdrawing_takes_effect_at_once_and_the_stream_brings_nobody_back(world: World, stream: Stream) -> None:
    phone = member(world, "a", 2)
    late = stream.take()
    stream.deliver(late)

    assert shows(phone, live=False).code == "withdrawn"
    assert board(world) == []
    stream.deliver([*late, *stream.take()])

    assert board(world) == []
    said = world.store.read([key := keys.consent(phone.member, PURPOSE)])[key] or {}
    assert (said["live"], "name" in said) == (False, False)


def test_who_leaves_the_campaign_is_off_its_board_and_not_on_it_again_by_coming_back(
    world: World, stream: Stream
) -> None:
    phone = member(world, "a", 2)
    stream.deliver()

    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})
    left = board(world)
    assert shows(phone).code == "not_taking_part"
    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": True})
    stream.deliver()

    assert (left, board(world)) == ([], [])


def test_erasing_leaves_nothing_on_any_board_whatever_the_stream_still_tells(world: World, stream: Stream) -> None:
    phone = member(world, "a", 2)
    records = stream.take()
    stream.deliver(records)
    assert PURPOSE in phone.get("/api/me/export").body["consents"]

    phone.call("DELETE", "/api/me")
    stream.deliver([*records, *stream.take()])

    assert board(world) == []
    assert not [row for row in world.store.rows.values() if row.get("purpose") == PURPOSE]  # type: ignore[attr-defined]


def test_another_name_is_shown_without_losing_the_place(world: World, stream: Stream) -> None:
    first, second = member(world, "a"), member(world, "b")
    stream.deliver()
    shows(first, "王")
    stream.deliver()

    assert standing(world) == [("王**", 1, 1), ("b**", 1, 1)]
    assert second.member == board(world)[1].member


@pytest.mark.parametrize("name", ["一" * 17, "<b>", "\u202eabc", "www.a.cn", "a\nb\x00"])
def test_a_bad_nickname_is_refused_and_writes_nothing(world: World, stream: Stream, name: str) -> None:
    phone = world.phone()
    phone.check_in()

    answer = shows(phone, name)

    assert (answer.status, answer.code, answer.body["errors"][0]["path"]) == (422, "nickname_refused", "nickname")
    key = keys.consent(phone.member, PURPOSE)
    assert world.store.read([key])[key] is None


def test_only_who_takes_part_in_a_running_campaign_with_a_board_can_be_shown(world: World, stream: Stream) -> None:
    phone = world.phone()
    assert shows(phone).code == "not_taking_part"
    phone.check_in()
    world.publish(definition_content(config=WITH_BOARD), state="paused")
    assert shows(phone).code == "board_closed"
    world.publish(definition_content(config={"days": 7}))
    assert (shows(phone).status, shows(phone).code) == (404, "unknown_purpose")
    world.publish(definition_content(config=WITH_BOARD))
    world.clock.pass_(days=40)
    assert shows(phone).code == "board_closed"


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_withdrawing_needs_no_running_campaign(world: World, stream: Stream, state: str) -> None:
    phone = member(world, "a")
    stream.deliver()
    world.publish(definition_content(config=WITH_BOARD), state=state)

    assert shows(phone, live=False).code == "withdrawn"
    assert board(world) == []


def test_a_hundred_check_ins_of_people_who_are_shown_are_one_write_of_the_board(world: World, stream: Stream) -> None:
    for number in range(100):
        member(world, f"p{number:03}")
    records = [one for one in stream.take() if one["dynamodb"]["Keys"]["sk"]["S"] == "STATE"]
    written: list[Any] = []
    write = world.store.write
    world.store.write = lambda changes: written.extend(changes) or write(changes)  # type: ignore[method-assign,func-returns-value]

    assert stream.deliver(records) == []

    assert sum(change.key.kind == "board" for change in written) == 1
    assert len(board(world)) == KEPT


def test_a_busy_table_names_the_records_to_come_again_and_counts_nothing_twice(world: World, stream: Stream) -> None:
    member(world, "a", 2)
    records, write = stream.take(), world.store.write

    def away(changes: Any) -> Any:
        if any(change.key.kind == "board" for change in changes):
            raise Busy("table")
        return write(changes)

    world.store.write = away  # type: ignore[method-assign]
    failed = stream.deliver(records)
    world.store.write = write  # type: ignore[method-assign]
    again = [one for one in records if one["dynamodb"]["SequenceNumber"] in failed]

    assert stream.deliver(again) == []
    assert standing(world) == [("a**", 2, 2)]

"""Numbers from the stream: each write once, whatever is delivered again, and nothing held up by a bad record."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from functions.core import keys
from functions.edge import codes
from functions.insights import counting, sweeper
from functions.insights.numbers import People, daily, people, totals
from functions.insights.reading import counted, written
from functions.points.ledger import PAGE_ENTRIES
from functions.storage import channels, till
from functions.storage.memory import MemoryStore
from functions.storage.store import Busy
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Context, World, definition_content, rule

REWARDED = [rule("daily", "points", 10), rule("coupon", "ten_off")]


@pytest.fixture
def stream(world: World) -> Stream:
    world.publish(definition_content(rules=REWARDED))
    return Stream(world)


def test_check_ins_people_and_grants_are_counted_on_the_campaigns_day(world: World, stream: Stream) -> None:
    phones = [world.phone(name) for name in "abcd"]
    for phone in phones:
        phone.check_in()
    world.clock.pass_(days=1)
    phones[0].check_in("event-0002")

    assert stream.deliver() == []

    first, second = daily(world.store, CAMPAIGN)
    assert (first.day, first.participants, first.facts["checkin.recorded"]) == ("2026-03-02", 4, 4)
    assert (first.granted, first.refused) == ({"points": 40, "ten_off": 3}, {"exhausted.ten_off": 1})
    assert first.outcomes == {"checked_in": 4}
    assert (second.day, second.participants, second.facts["checkin.recorded"]) == ("2026-03-03", 0, 1)
    assert totals([first, second]).granted == {"points": 50, "ten_off": 3}


def test_a_day_begins_when_the_campaigns_day_begins(world: World) -> None:
    world.publish(
        definition_content(
            schedule={
                "starts_at": "2026-03-01T00:00:00+08:00",
                "ends_at": "2026-03-31T00:00:00+08:00",
                "day_start": "04:00:00",
            }
        )
    )
    stream = Stream(world)
    world.clock.pass_(hours=-5, seconds=-1)  # 03:59:59 in Shanghai
    world.phone().check_in()

    stream.deliver()

    assert [day.day for day in daily(world.store, CAMPAIGN)] == ["2026-03-01"]


def test_what_is_delivered_again_in_any_batches_and_order_counts_once(world: World, stream: Stream) -> None:
    for name in "abcdefgh":
        world.phone(name).check_in()
    records = stream.take()
    stream.deliver(records)
    expected = daily(world.store, CAMPAIGN)

    for seed in range(20):
        again = random.Random(seed).sample(records, k=len(records) // 2)
        stream.deliver(again)

    assert daily(world.store, CAMPAIGN) == expected
    assert people(world.store, [CAMPAIGN]) == {CAMPAIGN: People(8, 8)}


def test_redemptions_are_counted_with_what_they_cost_and_a_reversal_takes_it_back(world: World, stream: Stream) -> None:
    phone, clerk = world.phone(), world.clerk()
    phone.check_in()
    token = codes.redeem_token(
        world.service.keys.ring(world.clock.now), phone.member, world.coupon(phone), world.clock.now
    )
    order = {"code": token, "order_id": "order-1"}
    clerk.post("/api/coupons/redeem", {**order, "event_id": "redeem-01", "amount": 5000})
    clerk.post("/api/coupons/reverse", {**order, "event_id": "reverse-01"})

    stream.deliver()

    (day,) = daily(world.store, CAMPAIGN)
    assert (day.redeemed, day.reversed, day.discount) == ({"ten_off": 1}, {"ten_off": 1}, 0)


def test_leaving_and_erasing_add_nothing_and_take_the_coupon_out_of_use(world: World, stream: Stream) -> None:
    phone = world.phone()
    phone.check_in()
    stream.deliver()
    stream.deliver()  # the step of their stage, which the first delivery made
    before = daily(world.store, CAMPAIGN)
    phone.post("/api/me/consents", {"purpose": f"participate.{CAMPAIGN}", "live": False})
    phone.call("DELETE", "/api/me")

    stream.deliver()

    (was,) = before
    assert sum(was.lapses.values()) == 1
    assert daily(world.store, CAMPAIGN) == [replace(was, lapses={})]
    assert people(world.store, [CAMPAIGN])[CAMPAIGN] == People(1, 1)


def test_one_poisoned_record_in_a_hundred_is_named_and_the_others_are_done(world: World, stream: Stream) -> None:
    for number in range(100):
        world.phone(f"p{number:03}").check_in()
    records = [record for record in stream.take() if record["dynamodb"]["Keys"]["sk"]["S"] == "STATE"]
    records[37]["dynamodb"]["NewImage"]["events"] = {"S": "not a list of events"}

    failed = stream.deliver(records)

    assert failed == [records[37]["dynamodb"]["SequenceNumber"]]
    assert totals(daily(world.store, CAMPAIGN)).facts["checkin.recorded"] == 99


def test_a_busy_table_gets_the_batch_again_and_counts_it_then(world: World, stream: Stream) -> None:
    world.phone().check_in()
    records = stream.take()
    write = world.store.write

    def busy(changes: object) -> None:
        raise Busy("throttled")

    world.store.write = busy  # type: ignore[assignment, method-assign]
    failed = stream.deliver(records)
    world.store.write = write  # type: ignore[method-assign]

    assert failed
    assert stream.deliver(records) == []
    assert totals(daily(world.store, CAMPAIGN)).facts["checkin.recorded"] == 1
    assert people(world.store, [CAMPAIGN])[CAMPAIGN] == People(1, 1)


def test_full_pages_of_points_leave_the_open_row(world: World) -> None:
    world.publish(definition_content(rules=[rule("daily", "points", 10)], config={"days": 20}))
    stream, phone = Stream(world), world.phone()
    for day in range(PAGE_ENTRIES + 2):
        assert phone.check_in(f"event-{day:04}").code == "checked_in"
        world.clock.pass_(days=1)
        stream.deliver()

    row = world.store.read([keys.points(phone.member)])[keys.points(phone.member)]
    assert row
    assert (row["balance"], len(row["entries"])) == (100, 2)
    exported = phone.get("/api/me/export").body
    pages = [line for page in exported["ledger"].values() for line in page["entries"]]
    assert sum(line[1] for line in pages + row["entries"]) == 100


@pytest.mark.parametrize(("day", "rows"), [(0, [1, 1, 1]), (1, [1, 1])], ids=["newcomers", "who came before"])
def test_a_batch_writes_one_row_for_each_campaign_day_and_version(
    world: World, stream: Stream, day: int, rows: list[int]
) -> None:
    phones = [world.phone(name) for name in "abcdefgh"]
    for number in range(day + 1):
        stream.take()
        for phone in phones:
            phone.check_in(f"event-{number:04}")
        world.clock.pass_(days=1)
    records = stream.take()
    written_rows: list[int] = []
    write = world.store.write
    world.store.write = lambda changes: written_rows.append(len(changes)) or write(changes)  # type: ignore[method-assign]

    stream.deliver(records)

    if day == 0:
        steps, written_rows = written_rows[: len(phones)], written_rows[len(phones) :]
        assert steps == [2] * len(phones)  # each newcomer's stage, held by their consent
    assert written_rows == rows  # the numbers, of newcomers also who ever came, and the newest facts (latest.py)


def test_a_counter_remembers_a_bounded_number_of_marks(world: World, stream: Stream) -> None:
    store = MemoryStore()
    world.phone().check_in()
    write = next(filter(None, map(written, stream.take())))
    found = counted(write, world.service.live.version)
    assert found
    news = [
        type(found)(found.campaign, found.at, number.to_bytes(6, "big"), {"events": 1}) for number in range(1, 2_001)
    ]

    for start in range(0, 2_000, 100):
        counting.count(store, CAMPAIGN, "2026-03-02", news[start : start + 100], world.clock.now, lambda attempt: True)
    repeated = counting.count(store, CAMPAIGN, "2026-03-02", news[-512:], world.clock.now, lambda attempt: True)

    key = keys.counter(CAMPAIGN, "2026-03-02")
    row = store.read([key])[key]
    assert row
    assert repeated == 0
    assert row["counts"]["events"] == 2_000
    assert sum(len(marks) for _, marks in row["marks"]) == 512 * 6


def test_marks_of_more_than_an_hour_ago_are_forgotten(world: World, stream: Stream) -> None:
    world.phone("a").check_in()
    stream.deliver()
    world.clock.pass_(hours=2)
    world.phone("b").check_in()
    stream.deliver()

    key = keys.counter(CAMPAIGN, "2026-03-02.000001")
    row = world.store.read([key])[key]
    assert row
    assert sum(len(marks) for _, marks in row["marks"]) == 3 * 6  # of a's step, b's agreeing and b's check-in


def test_the_sweeper_finishes_an_erasure_that_crashed(world: World, stream: Stream) -> None:
    phone = world.phone()
    phone.check_in()
    at = world.clock.now.isoformat()
    from functions.core.change import Change

    world.store.write([Change(keys.erasure(phone.member), put={"at": at})])
    sweep = sweeper.entry(lambda: world.service)

    assert sweep({}, Context())["erased"] == 0
    world.clock.pass_(minutes=2)
    assert sweep({}, Context())["erased"] == 1

    key = keys.state(CAMPAIGN, phone.member)
    row = world.store.read([key])[key]
    assert row
    assert row["closed"] == "erased"
    assert sweep({}, Context())["erased"] == 0


def test_the_sweeper_tells_of_grants_that_no_counter_knows(world: World, stream: Stream) -> None:
    world.phone("a").check_in()
    stream.deliver()
    world.phone("b").check_in()
    sweep = sweeper.entry(lambda: world.service)

    assert sweep({}, Context())["uncounted"] == 1
    stream.deliver()
    assert sweep({}, Context())["uncounted"] == 0


def test_people_are_counted_by_the_channel_that_they_came_through_first(world: World, stream: Stream) -> None:
    north, south = channels.add(world.store, CAMPAIGN, ["north", "south"], b"bytes")
    phones = [world.phone(name) for name in "abcd"]
    for phone, channel in zip(phones, [north.code, north.code, south.code, ""], strict=True):
        phone.check_in(channel=channel)
    world.clock.pass_(days=1)
    phones[0].check_in("event-0002", channel=south.code)

    stream.deliver()

    counted_all = totals(daily(world.store, CAMPAIGN))
    assert counted_all.channels == {north.code: 2, south.code: 1}
    assert counted_all.participants == 4


def test_codes_that_nobody_printed_leave_no_trace_in_the_numbers(world: World, stream: Stream) -> None:
    for number, code in enumerate(["aaaa", "bbbb", "cccc"]):
        assert world.phone(f"p{number}").check_in(channel=code).status == 200

    stream.deliver()

    counted_all = totals(daily(world.store, CAMPAIGN))
    assert counted_all.channels == {}
    assert counted_all.participants == 3


def test_a_channel_stays_with_its_member_with_the_moments_they_came_and_were_seen(world: World, stream: Stream) -> None:
    phone = world.phone()
    phone.check_in(channel="aaaa")
    first = world.store.read([keys.state(CAMPAIGN, phone.member)])[keys.state(CAMPAIGN, phone.member)] or {}
    world.clock.pass_(days=1)
    phone.check_in("event-0002", channel="aaaa")
    second = world.store.read([keys.state(CAMPAIGN, phone.member)])[keys.state(CAMPAIGN, phone.member)] or {}

    assert (first["channel"], first["since"], first["seen"]) == ("aaaa", first["at"], first["at"])
    assert (second["channel"], second["since"], second["seen"]) == ("aaaa", first["at"], second["at"])


def test_the_same_tap_by_another_link_is_the_same_event(world: World, stream: Stream) -> None:
    phone = world.phone()

    assert phone.check_in(channel="aaaa").body["outcome"] == "checked_in"
    assert phone.check_in().body["outcome"] == "checked_in"


def test_what_is_no_code_is_refused_with_its_place(world: World, stream: Stream) -> None:
    answer = world.phone().check_in(channel="=1+1")

    assert answer.status == 422
    assert answer.body["errors"][0]["path"] == "channel"


def test_a_clerk_finds_what_was_redeemed_and_what_was_undone_once_however_often_it_is_delivered(
    world: World, stream: Stream
) -> None:
    holder, clerk = world.phone(), world.clerk()
    holder.check_in()
    ring = world.service.keys.ring(world.clock.now)
    code = codes.redeem_token(ring, holder.member, world.coupon(holder), world.clock.now)
    order = {"code": code, "order_id": "A-1"}
    clerk.post("/api/coupons/redeem", {**order, "event_id": "redeem-01", "amount": 5000})
    redeemed = stream.take()
    stream.deliver([*redeemed, *redeemed])

    [line] = till.newest(world.store, clerk.member)
    assert (line.order, line.discount, line.payable, line.reversed_at) == ("A-1", 1000, 4000, "")

    clerk.post("/api/coupons/reverse", {**order, "event_id": "undo-0001", "reason": "wrong_amount"})
    undone = stream.take()
    stream.deliver([*redeemed, *undone, *undone])

    [line] = till.newest(world.store, clerk.member)
    assert line.reversed_at

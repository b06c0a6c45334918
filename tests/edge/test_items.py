"""Scans through the API: first once, told again alike, forged codes cost nothing, and the reward goes to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from functions.codes.batches import alter_batch, correct
from functions.codes.item import serials
from functions.core.change import Change
from functions.core.keys import Key, Row
from functions.insights.scans import scans
from functions.storage.memory import MemoryStore
from tests.codes.batches import NOW, forged, gift, link, ordered, ring
from tests.edge.stream import Stream
from tests.edge.world import CAMPAIGN, Answer, Phone, World


class Counting(MemoryStore):
    """A store that counts its calls."""

    calls = 0

    def read(self, keys: Sequence[Key]) -> dict[Key, Row | None]:
        self.calls += 1
        return super().read(keys)

    def query(self, kind: str, *parts: str, **asked: Any) -> list[tuple[str, Row]]:
        self.calls += 1
        return super().query(kind, *parts, **asked)

    def write(self, changes: Sequence[Change]) -> Mapping[Key, Row | None]:
        self.calls += 1
        return super().write(changes)


@pytest.fixture
def world() -> World:
    made = World(store=Counting())
    made.clock.now = NOW
    made.publish(gift())
    return made


def scan(phone: Phone, code: str, event: str = "scan-0001", **more: Any) -> Answer:
    return phone.post("/api/items/scan", {"event_id": event, "code": code, **more})


def collect(phone: Phone, code: str, event: str = "take-0001", **data: str) -> Answer:
    body = {"event_id": event, "consent": True, "data": {"item": code, **data}}
    return phone.post(f"/api/campaigns/{CAMPAIGN}/events/collect", body)


def test_the_first_scan_is_told_once_and_later_ones_say_how_often_and_since_when(world: World) -> None:
    code = link(ordered(world.store), 41)
    mine, other = world.phone("a"), world.phone("b")

    told = [scan(mine, code), scan(mine, code, "scan-0002"), scan(other, code, "scan-0003")]

    assert [one.code for one in told] == ["first_scan", "scanned_by_you", "scanned_before"]
    assert [one.body["count"] for one in told] == [1, 2, 3]
    assert {one.body["first_at"] for one in told} == {"2026-03-02T01:00:00Z"}
    assert told[0].body["product"] == "Spring tea"


def test_the_same_tap_told_again_counts_once_and_says_the_same(world: World) -> None:
    code, phone = link(ordered(world.store), 41), world.phone()

    first, again = scan(phone, code), scan(phone, code)

    assert (again.code, again.body["count"]) == (first.code, 1)
    assert scan(phone, link(ordered(world.store), 42)).status == 200, (
        "one id may serve another item: each row is its own"
    )
    assert scan(phone, code + "?x=1", "scan-0001").body["count"] == 1


@pytest.mark.parametrize(
    "code",
    [
        lambda batch: forged(batch, 3),
        lambda batch: link(batch, 3, tenant="other"),
        lambda batch: link(batch, 3).replace("/10/L7", "/10/L8"),
        lambda batch: link(batch, 3).lower(),
        lambda batch: "https://shop.example/01/09520123456788/10/L7",
        lambda batch: "https://shop.example/01/09520123456789/21/X",
        lambda batch: "not a link",
        lambda batch: "https://shop.example/i/" + batch.id + ".00000000000000000000",
    ],
)
def test_a_forged_or_foreign_code_is_refused_alike_and_costs_no_read(world: World, code: Any) -> None:
    batch, phone = ordered(world.store), world.phone()
    world.store.calls = 0  # type: ignore[attr-defined]

    answer = scan(phone, code(batch))

    assert (answer.status, answer.code) == (404, "unknown_item")
    assert world.store.calls == 0  # type: ignore[attr-defined]


def test_a_proven_serial_outside_of_every_batch_is_unknown_as_well(world: World) -> None:
    batch = ordered(world.store)
    made = serials(ring().roots["k1"], "demo", batch.label)

    assert scan(world.phone(), link(batch, 0)[:-20] + made.seal(5000)).code == "unknown_item"


def test_an_item_says_how_it_stands_and_its_first_scan_is_not_used_up(world: World) -> None:
    batch = ordered(world.store, active=False)
    batch = alter_batch(world.store, batch, lambda one: one.activated([(0, 9)]).barred([(5, 5)]), "x", "m", NOW)
    phone = world.phone()

    told = [scan(phone, link(batch, number), f"scan-000{number}").code for number in (3, 5, 20)]
    alter_batch(world.store, batch, lambda one: one.activated([(20, 20)]), "activate", "m", NOW)
    world.clock.pass_(seconds=6)

    assert told == ["first_scan", "blocked", "not_activated"]
    assert scan(phone, link(batch, 20), "scan-9999").code == "first_scan"


def test_a_past_date_is_told_by_the_day_where_the_batch_is_sold(world: World) -> None:
    code = link(ordered(world.store, expires="2026-03-02"), 1)

    assert scan(world.phone(), code).code == "first_scan"
    world.clock.pass_(hours=15)  # 00:00 in Shanghai

    assert scan(world.phone(), code, "scan-0002").code == "expired"


def test_what_was_printed_before_a_correction_stays_good_and_is_the_same_item(world: World) -> None:
    batch = ordered(world.store)
    old = link(batch, 7)
    moved = correct(world.store, batch, "02112345678900", "L9", "m", NOW)

    first, second = scan(world.phone("a"), old), scan(world.phone("b"), link(moved, 7), "scan-0002")

    assert (first.code, second.code, second.body["count"]) == ("first_scan", "scanned_before", 2)


def test_the_reward_is_the_first_scanners_and_is_taken_once(world: World) -> None:
    code = link(ordered(world.store), 41)
    mine, other = world.phone("a"), world.phone("b")
    assert collect(mine, code).code == "scan_first"
    scan(mine, code)
    scan(other, code, "scan-0002")

    told = [collect(other, code), collect(mine, code), collect(mine, code), collect(mine, code, "take-0002")]

    assert [one.code for one in told] == ["scanned_by_another", "collected", "collected", "already_collected"]
    assert [line["reward"] for line in told[1].body["grants"]] == ["points", "ten_off"]
    assert told[1].body["grants"] == told[2].body["grants"]


def test_with_inner_codes_the_outer_code_alone_takes_nothing(world: World) -> None:
    batch = ordered(world.store, inner=True)
    code, on_the_shelf, buyer = link(batch, 41), world.phone("a"), world.phone("b")
    inner = serials(ring().roots["k1"], "demo", batch.label).inner(41)
    scan(on_the_shelf, code)

    told = [
        collect(on_the_shelf, code, "take-0001"),
        collect(on_the_shelf, code, "take-0002", inner="0" * 10),
        collect(buyer, code, "take-0003", inner=f"{inner[:5].lower()}-{inner[5:]} "),
        collect(on_the_shelf, code, "take-0004", inner=inner),
    ]

    assert [one.code for one in told] == ["inner_code_wrong"] * 2 + ["collected", "already_collected"]


@pytest.mark.parametrize("campaign", ["", "camp_" + "0" * 26])
def test_a_campaign_gives_nothing_for_another_ones_items(world: World, campaign: str) -> None:
    code, phone = link(ordered(world.store, campaign=campaign), 41), world.phone()
    scan(phone, code)

    assert (collect(phone, code).status, collect(phone, code).code) == (404, "unknown_item")
    assert collect(phone, "nonsense").code == "unknown_item"


def test_a_place_is_kept_to_a_tenth_of_a_degree_and_only_where_it_was_sent(world: World) -> None:
    batch = ordered(world.store)

    scan(world.phone(), link(batch, 1), place="31.23041,121.47370")
    scan(world.phone(), link(batch, 2), "scan-0002")

    rows = {pk.rsplit("#", 1)[1]: row for (pk, sk), row in world.store.rows.items() if sk == "ITEM"}  # type: ignore[attr-defined]
    assert rows["1"]["first"]["place"] == [312, 1215]
    assert "place" not in rows["2"]["first"]
    assert scan(world.phone(), link(batch, 3), "scan-0003", place="here").status == 422


def test_repeats_and_far_apart_places_ring_once(world: World) -> None:
    code = link(ordered(world.store), 1)
    scan(world.phone("a"), code, place="31.2,121.5")

    for number in range(12):
        world.clock.pass_(minutes=5)
        scan(world.phone(f"b{number}"), code, f"scan-1{number:03d}", place="39.9,116.4")

    rung = [line for line in world.log if "ItemsAbnormal" in line]
    (row,) = [row for (_, sk), row in world.store.rows.items() if sk == "ITEM"]  # type: ignore[attr-defined]
    assert len(rung) == 2
    assert row["alarms"] == ["far_apart", "repeats_10"]


def test_no_member_can_be_told_from_an_items_row(world: World) -> None:
    phone = world.phone()
    scan(phone, link(ordered(world.store), 1))

    assert phone.member not in str([row for (_, sk), row in world.store.rows.items() if sk == "ITEM"])  # type: ignore[attr-defined]


def test_a_form_without_a_session_scans_as_a_guest_and_goes_back_to_the_items_page(world: World) -> None:
    batch = ordered(world.store)
    fields = {"event_id": "page-0001.scan", "code": link(batch, 1), "next": "/i/01/x", "place": ""}

    answer = world.stranger().form("/api/items/scan", **fields)

    assert (answer.status, answer.headers["Location"]) == (303, "/i/01/x?o=first_scan")
    assert answer.session


def test_every_tap_is_counted_for_its_batch_by_day_outcome_and_region(world: World) -> None:
    batch, stream = ordered(world.store, active=False), Stream(world)
    alter_batch(world.store, batch, lambda one: one.activated([(0, 9)]), "activate", "m", NOW)
    phone = world.phone()
    scan(phone, link(batch, 3), place="31.2,121.4")
    collect(phone, link(batch, 3))
    scan(phone, link(batch, 600), "scan-0002")
    world.clock.pass_(hours=15)  # the next day in Shanghai
    scan(phone, link(batch, 3), "scan-0003")

    assert stream.deliver() == []

    whole, days = scans(world.store, batch.id)
    assert (whole.first, whole.again, whole.refused, whole.total) == (1, 1, {"not_activated": 1}, 3)
    assert whole.regions == {(31, 121): 1}
    assert {day: one.total for day, one in days.items()} == {"2026-03-02": 2, "2026-03-03": 1}

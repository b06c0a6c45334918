"""Codes compared on the screens: who came by each, who stayed and bought, what it cost; and costs from a file."""

from __future__ import annotations

import pytest

from functions.core import keys
from functions.core.audit import Entry
from functions.core.change import Change
from functions.core.channels import Channel
from functions.core.money import MINOR_MAX
from functions.insights.numbers import daily, totals
from functions.storage import audit, channels, live_codes
from functions.storage.memory import MemoryStore
from functions.storage.refusals import Refused
from tests.ui.conftest import NOW, Open, begun, healthy, press, words
from tests.ui.test_live_codes import PAGE, door
from tests.ui.test_results import rows
from ui.components.codes import compare, cost_file

DOOR, PARCEL = Channel(code="7k2m", name="东门 *店*"), Channel(code="9d4q", name="Parcel", cost=500)


def counts(store: MemoryStore, campaign: str, **told: int) -> None:
    row = {"version": 1, "counts": {name.replace("__", "."): number for name, number in told.items()}, "at": 1}
    store.write([Change(keys.counter(campaign, "2026-12-01.000001"), put=row)])


def test_costs_are_taken_by_name_or_code_in_any_encoding_and_sums_of_bills() -> None:
    text = '渠道,费用\n东门 *店*,"¥1,200.50"\n9d4q,3\n\n东门  *店*,0.5\n'

    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("gb18030")):
        found = cost_file.read(data, [DOOR, PARCEL], "CNY")
        assert (found.costs, found.faults) == ({"7k2m": 120_100, "9d4q": 300}, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Nowhere,5", "There is no channel “Nowhere”"),
        ("9d4q,-5", "“-5” is no amount"),
        ("9d4q,0.005", "“0.005” is no amount"),
        ("9d4q,NaN", "“NaN” is no amount"),
        ("9d4q,Infinity", "“Infinity” is no amount"),
        ("9d4q,", "“” is no amount"),
        (f"9d4q,{MINOR_MAX}", f"“{MINOR_MAX}” is no amount"),
        ("9d4q,=1+1", "“=1+1” is no amount"),
        (",5", "It names no channel"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_taken(line: str, said: str) -> None:
    found = cost_file.read(f"7k2m,1\n{line}\n".encode(), [DOOR, PARCEL], "CNY")

    assert found.costs == {"7k2m": 100}
    assert [(number, fault.en) for number, fault in found.faults] == [(2, said)]


def test_what_is_no_such_file_is_refused_whole() -> None:
    for data in (b"7k2m,1\n" * 2000, b'"' + b"x" * 200_000):
        found = cost_file.read(data, [DOOR], "CNY")
        assert (found.costs, len(found.faults)) == ({}, 1)


def test_costs_of_all_channels_are_one_step_or_none(store: MemoryStore) -> None:
    north, south = channels.add(store, "camp_1", ["north", "south"], b"bytes")

    channels.price_all(store, "camp_1", {north.code: 100, "zzzz": 5})

    assert [one.cost for one in channels.channels(store, "camp_1")] == [100, 0]
    with pytest.raises(Refused) as refused:
        channels.price_all(store, "camp_1", {north.code: 5, south.code: -1})
    assert refused.value.code == "channel_cost_unfit"


def test_a_file_of_costs_is_looked_at_and_taken(open_app: Open, store: MemoryStore) -> None:
    campaign = begun(store)
    channels.add(store, campaign.id, ["Counter"], b"bytes")
    app = open_app(f"app_pages/qr.py?c={campaign.id}", "en")

    app.get("file_uploader")[0].upload("costs.csv", b"Counter,12.50\nNowhere,1\n", "text/csv").run()
    press(app, "btn_take_costs")

    assert channels.channels(store, campaign.id)[0].cost == 1250
    assert "There is no channel “Nowhere”" in words(app)


def test_a_file_of_costs_is_taken_for_live_codes_too(open_app: Open, store: MemoryStore) -> None:
    live = door(store)
    app = open_app(f"{PAGE}?view=codes", "en")

    app.get("file_uploader")[0].upload("costs.csv", f"{live.code},12.50\nDoor,1\n".encode(), "text/csv").run()
    press(app, "btn_take_costs")

    assert [one.cost for one, _revision in live_codes.all_of(store)] == [1350]
    assert {entry.what for entry in audit.entries(store)} >= {"live_code"}


def test_what_is_not_known_is_left_out_and_worth_stands_beside_cost(store: MemoryStore) -> None:
    counts(store, "camp_1", channel__7k2m=4, own__7k2m=2, back1__7k2m=1, buyers__7k2m=1, orders__7k2m=2)
    next(iter(store.rows.values()))["counts"] |= {"earned.7k2m.CNY": 9_000, "earned.7k2m.USD": 5}
    counted = totals(daily(store, "camp_1"))
    line = compare.line(counted, "Door", "7k2m", "CNY", 1_000)

    (plain,) = compare.shown([compare.Line("Door", "7k2m", people=3)], "Channel", 4, "CNY", priced=True)
    (shown,) = compare.shown([line], "Channel", 4, "CNY", priced=True)
    (on_some_days,) = compare.shown([line], "Channel", 4, "CNY", priced=False)

    assert list(plain.values()) == ["Door", "3", "75.0%"]
    assert list(shown.values())[3:] == [
        "2", "1\xa0(25.0%)", "0", "1\xa0(50.0%)", "2", "¥90", "¥10", "¥2.50", "¥45",
    ]  # fmt: skip
    assert list(on_some_days.values()) == ["Door", "4", "100.0%", "2", "1", "2", "¥90"]
    assert list(compare.table([line], "Channel", "CNY")[0].values())[-4:] == [90.0, 10.0, 2.5, 45.0]


def test_money_is_written_in_one_format_all_down_a_column() -> None:
    lines = [
        compare.Line(f"Door {n}", f"code{n}", orders=1, own=2, earned=n, people=2, cost=100) for n in (9_000, 0, 50)
    ]

    shown = compare.shown(lines, "Channel", 6, "CNY", priced=True)

    assert [row["成交额"] for row in shown] == ["¥90.00", "¥0.00", "¥0.50"]
    assert [row["费用"] for row in shown] == ["¥1"] * 3


def test_scans_stand_before_who_took_part(store: MemoryStore) -> None:
    counts(store, "live", scan__7k2m=9, went__7k2m=1, channel__7k2m=4)
    line = compare.line(totals(daily(store, "live")), "Door", "7k2m", "CNY")

    (shown,) = compare.shown([line], "Live code", 0, "CNY", priced=True)

    assert list(shown.values())[:3] == ["Door", "10", "4"]
    assert list(compare.table([line], "Live code", "CNY")[0].values())[:4] == ["Door", "7k2m", 10, 4]


def test_guides_and_partners_are_compared_with_what_their_people_did(open_app: Open, store: MemoryStore) -> None:
    live = door(store, name="Mei *1*", guide={"name": "Mei", "role": "expert"}, cost=600, tags=["VIP"])
    counts(store, "live", **{f"channel__{live.code}": 4, f"own__{live.code}": 3, f"back1__{live.code}": 2})
    app = open_app(f"{PAGE}?view=guides", "en")

    healthy(app)
    (guide,) = rows(app, "Associate")
    assert (guide["Associate"], guide["New members"], guide["Cost each"]) == ("Mei · Topic expert", "3", "¥1.50")


def test_a_swap_is_counted_in_both_directions_with_its_quality(open_app: Open, store: MemoryStore) -> None:
    came = door(store, partner={"name": "Tea"})
    out = live_codes.add(store, "Out", b"others", lambda _live: _noted())
    partner = {"name": "Tea", "direction": "out", "stayed": 3, "bought": 1}
    live_codes.save(store, type(out).model_validate(out.model_dump() | {"partner": partner}), 1, _noted())
    told = {f"channel__{came.code}": 10, f"back7__{came.code}": 4, f"buyers__{came.code}": 2, f"went__{out.code}": 6}
    counts(store, "live", **told)

    (swap,) = rows(open_app(f"{PAGE}?view=partners", "en"), "Partner")

    assert list(swap.values()) == ["Tea", "10", "4 (40.0%)", "2 (20.0%)", "6", "3 (50.0%)", "1 (16.7%)", "+4"]


def _noted() -> Entry:
    return Entry(what="live_code", by="Mei", at=NOW)


def test_without_guides_or_partners_there_is_a_word_how_to_begin(open_app: Open, store: MemoryStore) -> None:
    door(store)

    assert "No code belongs to a sales associate yet" in words(open_app(f"{PAGE}?view=guides", "en"))
    assert "No swap yet" in words(open_app(f"{PAGE}?view=partners", "en"))

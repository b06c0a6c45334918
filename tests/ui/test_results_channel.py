"""One channel's results: what is counted by its code, by day and version, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from functions.core import keys
from functions.core.campaign import Campaign
from functions.core.change import Change
from functions.core.discovery import discover
from functions.storage import campaigns as life
from functions.storage.memory import MemoryStore
from tests.ui.conftest import NOW, Open, begun, press, published, words
from tests.ui.test_results import WEEK, count, figures, results, rows, view_of
from ui.components.results import one_channel
from ui.components.results.results_view import View

DOOR = {
    "2026-12-01.000001": {"scan.7k2m": 9, "channel.7k2m": 4, "own.7k2m": 3},
    "2026-12-02.000001": {"scan.7k2m": 2, "channel.7k2m": 1, "back1.7k2m": 2, "buyers.7k2m": 1, "orders.7k2m": 1},
    "2026-12-03.000002": {"scan.7k2m": 5, "back1.7k2m": 1, "orders.7k2m": 1, "earned.7k2m.CNY": -500},
}


@pytest.fixture
def channelled(store: MemoryStore) -> Campaign:
    """Three days of a campaign and two versions; people came by one of its two doors."""
    running = published(store, begun(store))
    draft = life.load(store, running.id)
    draft = life.save(store, draft, {**draft.content, "page": {"title": {"zh": "二", "en": "Two"}}}, "Li", NOW)
    life.publish(store, draft, discover(), "Li", NOW)
    told = {"2026-12-02.000001": {"earned.7k2m.CNY": 4_000}}
    for name, counts in DOOR.items():
        count(store, running, name, WEEK[name] | counts | told.get(name, {}))
    doors = [["7k2m", "东门 *店*", 1_000], ["9d4q", "Parcel"]]
    store.write([Change(keys.channels(running.id), put={"channels": doors, "revision": 1})])
    return life.load(store, running.id).campaign


@pytest.fixture
def door(store: MemoryStore, channelled: Campaign) -> View:
    return replace(view_of(store, channelled), chosen_channel="7k2m")


def test_five_figures_are_of_the_channel_alone(door: View) -> None:
    told = one_channel.figures(door)

    assert [one.value for one in told] == ["16", "8", "3", "3", "¥35"]
    assert "50.0%" in told[1].meaning
    assert "37.5%" in told[2].meaning


def test_they_follow_days_and_version_and_compare_with_the_days_before(door: View) -> None:
    today = one_channel.figures(replace(door, chosen_range="today"))
    first = one_channel.figures(replace(door, chosen_version=1))

    assert [(one.value, one.change) for one in today] == [
        ("5", "+3"), ("3", "+2"), ("0", ""), ("1", "-1"), ("−¥5", "-¥45"),
    ]  # fmt: skip
    assert [one.value for one in first] == ["11", "5", "3", "2", "¥40"]


def test_what_each_of_its_people_cost_is_told_over_all_days_and_versions_only(door: View) -> None:
    assert one_channel.bought(door).endswith("这个渠道花了 ¥10：每位参与者 ¥1.25，每位新会员 ¥3.33。")
    assert "1 位新会员首次下单，一共 2 笔订单" in one_channel.bought(door)
    for some in (replace(door, chosen_range="today"), replace(door, chosen_version=1)):
        assert "花了" not in one_channel.bought(some)


def test_its_funnel_says_of_what_each_share_is_and_never_more_than_all(door: View) -> None:
    told = one_channel.funnel(door)
    unscanned = replace(door, everything=[replace(one, scans={}) for one in door.everything])

    assert [list(row.values()) for row in told.rows] == [
        ["扫码", 16, ""], ["参与", 8, "50.0%"], ["次日又来", 3, "37.5%"], ["7 天后又来", 0, "0.0%"],
        ["下单的新会员", 1, "33.3%"],
    ]  # fmt: skip
    assert "16" in told.says
    assert list(one_channel.funnel(unscanned).rows[0].values()) == ["参与", 8, ""]


def test_its_days_are_a_chart_and_a_file(door: View) -> None:
    drawn = one_channel.by_day(door)
    file = one_channel.for_spreadsheet(door)

    assert [list(row.values())[1:] for row in drawn.rows] == [["9", "4"], ["2", "1"], ["5", "3"]]
    assert [list(row.values()) for row in file][1:] == [
        ["2026-12-02", 1, "东门 *店*", "7k2m", 2, 1, 0, 2, 0, 1, 1, 40.0],
        ["2026-12-03", 2, "东门 *店*", "7k2m", 5, 3, 0, 1, 0, 0, 1, -5.0],
    ]


def test_a_live_code_that_people_came_by_can_be_chosen_as_well(door: View) -> None:
    came = replace(door.everything[0], channels={"abc234": 2})

    assert replace(door, everything=[came], live={"abc234": "Door", "zzzzzz": "Away"}).doors == {
        "7k2m": "东门 *店*", "9d4q": "Parcel", "abc234": "Door",
    }  # fmt: skip


def test_the_page_shows_what_is_counted_by_channel_and_leads_back_to_all(open_app: Open, channelled: Campaign) -> None:
    app = results(open_app, channelled, "&channel=7k2m&v=1", language="en")
    assert "The funnel is told for all versions together" in words(app)

    next(one for one in app.selectbox if one.label == "Version").set_value("0").run()

    assert figures(app) == ["16", "8", "3", "3", "¥35"]
    assert len(app.get("vega_lite_chart")) == 2
    assert rows(app, "Share")
    assert "counted for every channel together" in words(app)
    assert "Check-ins today" not in words(app)
    assert not [one for one in app.table if "Rule" in one.value.columns]

    press(app, "btn_every_channel")

    assert "channel" not in app.query_params
    assert len(figures(app)) == 5
    assert "16" in figures(app)[0]
    assert "Check-ins today" in words(app)
    assert [one for one in app.table if "Rule" in one.value.columns]


def test_a_channel_that_nobody_came_by_says_so_and_an_unknown_one_is_all(open_app: Open, channelled: Campaign) -> None:
    app = results(open_app, channelled, "&channel=9d4q")
    assert "还没有人从“Parcel”来" in words(app)
    assert not app.metric
    assert not app.get("download_button")

    unknown = results(open_app, channelled, "&channel=zzzz")
    assert "channel" not in unknown.query_params
    assert len(unknown.metric) == 5

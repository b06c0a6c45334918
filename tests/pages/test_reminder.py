"""A daily reminder for the member's own calendar, read back by another library than wrote it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from functions.core.discovery import discover
from functions.core.parsing import parse
from tests.edge.world import CAMPAIGN, World, definition_content
from tests.pages.test_visits import ReadOnly, visit

PATH = f"/c/{CAMPAIGN}/reminder.ics"
IN_WECHAT = {"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50"}
SHANGHAI = "Asia/Shanghai"


@pytest.fixture
def world() -> World:
    """A shop that nobody has visited."""
    return World(store=ReadOnly())


def publish(world: World, state: str = "published", *, schedule: dict[str, Any] | None = None, **config: Any) -> None:
    """A check-in with a reminder at eight in the evening, unless `config` says otherwise."""
    made = {"days": 7, "reminder": {"on": True, "at": "20:00"}, **config}
    content = definition_content(config=made)
    content["schedule"] |= schedule or {}
    world.publish(content, state=state)


def event(answer: dict[str, Any]) -> Any:
    """The one event of a file."""
    assert answer["statusCode"] == 200
    assert answer["headers"]["Content-Type"].startswith("text/calendar")
    found = vobject.readOne(answer["body"])
    assert len(found.contents["vevent"]) == 1
    return found.vevent


def times(answer: dict[str, Any], zone: str = SHANGHAI) -> list[datetime]:
    """When that event happens, as wall times."""
    return [one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in event(answer).getrruleset(addRDate=True)]


def test_it_reminds_each_day_from_today_until_the_last_at_that_time(world: World) -> None:
    publish(world)
    today = world.clock.now.astimezone(ZoneInfo(SHANGHAI))

    found = times(visit(world, PATH))

    first = today.replace(hour=20, minute=0, second=0, microsecond=0, tzinfo=None)
    assert found == [first + timedelta(days=n) for n in range((datetime(2026, 3, 30, 20) - first).days + 1)]


def test_an_alarm_rings_at_the_time_and_the_words_are_the_readers(world: World) -> None:
    publish(world)

    chinese, english = (event(visit(world, f"{PATH}?lang={language}")) for language in ("zh", "en"))

    assert chinese.valarm.trigger.value == timedelta()
    assert chinese.valarm.action.value == "DISPLAY"
    assert (chinese.summary.value, english.summary.value) == ("早安", "Good morning")
    assert english.url.value == f"https://shop.example/c/{CAMPAIGN}?lang=en"
    assert "从日历里删掉" in chinese.description.value
    assert "delete this from your calendar" in english.description.value


def test_opening_it_again_replaces_it_and_a_later_version_comes_after(world: World) -> None:
    publish(world)
    before = event(visit(world, PATH))
    world.clock.pass_(days=1)
    publish(world, reminder={"on": True, "at": "06:30"})

    after = event(visit(world, PATH))

    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) >= int(before.sequence.value)
    assert after.dtstart.value.hour == 6


def test_days_that_ask_for_nothing_are_left_out(world: World) -> None:
    publish(world, rest={"weekdays": ["sat", "sun"], "dates": ["2026-03-18"]})

    found = times(visit(world, PATH))

    assert {one.weekday() for one in found} == {0, 1, 2, 3, 4}
    assert datetime(2026, 3, 18, 20) not in found
    assert datetime(2026, 3, 19, 20) in found


def test_what_is_before_the_day_start_comes_after_midnight_of_that_campaign_day(world: World) -> None:
    nights = {"window": {"opens": "22:00", "closes": "02:00"}, "reminder": {"on": True, "at": "01:00"}}
    publish(world, schedule={"day_start": "04:00"}, rest={"weekdays": ["sun"]}, **nights)

    found = times(visit(world, PATH))

    assert all(one.hour == 1 for one in found)
    assert {one.weekday() for one in found} == {1, 2, 3, 4, 5, 6}  # the night of Sunday is Monday's first hour


def test_the_wall_time_stays_where_a_clock_is_set_forward(world: World) -> None:
    publish(world, schedule={"zone": "Europe/Berlin"})

    found = times(visit(world, PATH), "Europe/Berlin")

    assert datetime(2026, 3, 28, 20) in found
    assert datetime(2026, 3, 29, 20) in found
    assert {one.hour for one in found} == {20}


def test_a_campaign_without_an_end_reminds_for_a_year(world: World) -> None:
    publish(world, schedule={"ends_at": None})

    assert len(times(visit(world, PATH))) == 366


def test_one_file_serves_everybody_for_a_minute(world: World) -> None:
    publish(world)

    mine, theirs = visit(world, PATH, world.phone()), visit(world, PATH)

    assert mine["body"] == theirs["body"]
    assert mine["headers"]["Cache-Control"] == "public, max-age=60"
    assert not mine.get("cookies")


def test_wechat_which_opens_no_file_says_to_use_a_browser(world: World) -> None:
    publish(world)

    answer = visit(world, PATH, **IN_WECHAT)

    assert answer["statusCode"] == 200
    assert "在浏览器打开" in answer["body"]
    assert f'<a class="btn" href="/c/{CAMPAIGN}">' in answer["body"]


@pytest.mark.parametrize("state", ["paused", "ended", "published"])
def test_where_there_is_nothing_to_be_reminded_of_a_page_says_so(world: World, state: str) -> None:
    publish(world, state, reminder={"on": state != "published"})

    answer = visit(world, PATH)

    assert answer["statusCode"] == 404
    assert "现在没有提醒可加" in answer["body"]


def test_after_the_last_time_there_is_nothing_left_to_add(world: World) -> None:
    publish(world, schedule={"ends_at": world.clock.now + timedelta(minutes=1)}, reminder={"on": True, "at": "23:59"})

    assert visit(world, PATH)["statusCode"] == 404


def test_the_check_in_page_offers_it_to_who_takes_part_until_they_are_done(world: World) -> None:
    publish(world, days=2)
    phone = world.phone()
    stranger = visit(world, f"/c/{CAMPAIGN}")["body"]
    phone.check_in()
    joined = visit(world, f"/c/{CAMPAIGN}", phone, "en")["body"]
    world.clock.pass_(days=1)
    phone.check_in("event-0002")

    assert PATH not in stranger
    assert "Remind me daily at 20:00" in joined
    assert f"{PATH}?lang=en" in joined
    assert PATH not in visit(world, f"/c/{CAMPAIGN}", phone)["body"]


@pytest.mark.parametrize(
    ("opens", "closes", "at", "fits"),
    [
        ("00:00", "00:00", "20:00", True),
        ("05:00", "09:00", "05:00", True),
        ("05:00", "09:00", "09:00", False),
        ("05:00", "09:00", "20:00", False),
        ("22:00", "02:00", "23:30", True),
        ("22:00", "02:00", "01:59", True),
        ("22:00", "02:00", "20:00", False),
        ("22:00", "00:00", "23:00", True),
    ],
)
def test_a_reminder_lies_in_the_window_of_the_day(opens: str, closes: str, at: str, fits: bool) -> None:
    window = {"opens": opens, "closes": closes}
    schedule = {"starts_at": "2026-03-01T00:00:00+08:00", "day_start": "04:00"}
    on, off = (
        definition_content(schedule=schedule, config={"window": window, "reminder": {"on": on, "at": at}})
        for on in (True, False)
    )

    _, faults = parse(on, discover())

    assert [(one.path, one.code) for one in faults] == (
        [] if fits else [("config.reminder.at", "reminder_outside_window")]
    )
    assert parse(off, discover())[1] == []

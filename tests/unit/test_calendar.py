"""The campaign day: held against a clock on the wall, in every zone, around every change of the clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.core.calendar import ONE_DAY, Calendar, days

SECOND = timedelta(seconds=1)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
DAY_STARTS = [time(0), time(4), time(2, 30)]
zones = st.sampled_from(ZONES)
day_starts = st.times().map(lambda wall: wall.replace(microsecond=0))
instants = st.integers(157_766_400, 2_114_380_800).map(lambda second: datetime.fromtimestamp(second, UTC))  # to 2037


def utc(*parts: int) -> datetime:
    """An instant by its UTC clock."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("year", [1994, 2011, 2026])
@pytest.mark.parametrize("day_start", DAY_STARTS)
def test_in_every_zone_no_day_comes_twice_and_none_is_lost_when_clocks_change(year: int, day_start: time) -> None:
    for name, changed in changes(year):
        calendar = Calendar(name, day_start)
        begun = changed - 2 * ONE_DAY
        reached = date.min
        for step in range(4 * 48):
            at = begun + step * timedelta(minutes=30)
            reached = max(reached, on_the_wall(at, name, day_start))

            assert calendar.day_of(at) == reached, (name, at)


def on_the_wall(at: datetime, zone: str, day_start: time) -> date:
    """The date that a clock on the wall shows, set back by the day start: what a day is where clocks never change."""
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return (wall - timedelta(hours=day_start.hour, minutes=day_start.minute)).date()


def changes(year: int) -> Iterator[tuple[str, datetime]]:
    """Zones with the noons (UTC) before their clocks change in `year`; one zone of those that change alike."""
    seen = set()
    for name in ZONES:
        zone = ZoneInfo(name)
        noons = [utc(year, 1, 1, 12) + n * ONE_DAY for n in range(366)]
        offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
        if tuple(offsets) not in seen:
            seen.add(tuple(offsets))
            pairs = zip(noons, offsets, offsets[1:], strict=False)
            yield from ((name, noon) for noon, before, after in pairs if before != after)


@given(zones, day_starts, instants)
def test_an_instant_lies_between_the_start_of_its_day_and_the_next(zone: str, day_start: time, at: datetime) -> None:
    calendar = Calendar(zone, day_start)

    day = calendar.day_of(at)

    assert calendar.starts(day) <= at < calendar.starts(day + ONE_DAY)
    assert calendar.exists(day)


@given(zones, day_starts, st.dates(date(1975, 1, 1), date(2037, 1, 1)))
def test_days_follow_one_another_to_the_second(zone: str, day_start: time, day: date) -> None:
    calendar = Calendar(zone, day_start)
    begins, ends = calendar.starts(day), calendar.starts(day + ONE_DAY)

    assert begins <= ends
    if calendar.exists(day):
        assert [calendar.day_of(at) for at in (begins, ends - SECOND)] == [day, day]
        assert calendar.day_of(begins - SECOND) < day < calendar.day_of(ends)


@given(day_starts, instants, st.integers(0, 4_000_000))
def test_later_is_never_an_earlier_day(day_start: time, at: datetime, seconds: int) -> None:
    calendar = Calendar("America/New_York", day_start)

    assert calendar.day_of(at) <= calendar.day_of(at + seconds * SECOND)


def test_before_the_day_start_it_is_still_yesterday() -> None:
    calendar = Calendar("Asia/Shanghai", time(4))

    assert calendar.day_of(utc(2026, 12, 1, 19, 59, 59)) == date(2026, 12, 1)  # 03:59:59 on the 2nd
    assert calendar.day_of(utc(2026, 12, 1, 20)) == date(2026, 12, 2)


def test_apia_never_had_the_30th_of_december_2011() -> None:
    calendar = Calendar("Pacific/Apia")

    assert not calendar.exists(date(2011, 12, 30))
    assert calendar.day_of(utc(2011, 12, 30, 9, 59, 59)) == date(2011, 12, 29)
    assert calendar.day_of(utc(2011, 12, 30, 10)) == date(2011, 12, 31)


def test_kwajalein_skipped_a_day_and_manila_keeps_all_of_its_own() -> None:
    assert not Calendar("Pacific/Kwajalein").exists(date(1993, 8, 21))
    assert all(Calendar("Asia/Manila").exists(day) for day in days(date(1993, 8, 1), date(1993, 8, 31)))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "UTC"])
def test_a_leap_day_is_a_day(zone: str) -> None:
    calendar = Calendar(zone)

    assert [calendar.exists(day) for day in days(date(2028, 2, 28), date(2028, 3, 1))] == [True] * 3
    assert calendar.day_of(calendar.starts(date(2028, 2, 29))) == date(2028, 2, 29)


def test_a_day_start_in_the_gap_is_the_end_of_the_gap() -> None:
    # Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC
    assert Calendar("Europe/Berlin", time(2, 30)).starts(date(2026, 3, 29)) == utc(2026, 3, 29, 1)


def test_a_day_start_that_comes_twice_counts_the_first_time() -> None:
    # Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC, so 02:30 is at 00:30 and at 01:30
    calendar = Calendar("Europe/Berlin", time(2, 30))

    assert calendar.starts(date(2026, 10, 25)) == utc(2026, 10, 25, 0, 30)
    assert calendar.day_of(utc(2026, 10, 25, 1, 15)) == date(2026, 10, 25)  # the wall shows 02:15 again


def test_a_midnight_that_the_clocks_skip_moves_the_day_start() -> None:
    # Beirut, 2026-03-29: midnight becomes 01:00
    calendar = Calendar("Asia/Beirut")

    assert calendar.starts(date(2026, 3, 29)) == utc(2026, 3, 28, 22)
    assert calendar.day_of(utc(2026, 3, 28, 22) - SECOND) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (utc(2026, 12, 1, 21, 59, 59), False),
        (utc(2026, 12, 1, 22), True),  # 06:00 in Shanghai
        (utc(2026, 12, 2, 1, 59, 59), True),
        (utc(2026, 12, 2, 2), False),
    ],
)
def test_a_window_is_open_from_its_first_second_to_the_one_before_it_closes(at: datetime, open_: bool) -> None:
    assert Calendar("Asia/Shanghai").within(at, time(6), time(10)) is open_


@given(instants)
def test_equal_times_are_the_whole_day(at: datetime) -> None:
    assert Calendar("Asia/Shanghai", time(4)).within(at, time(9), time(9))


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (utc(2026, 12, 1, 13, 59, 59), False),
        (utc(2026, 12, 1, 14), True),  # 22:00
        (utc(2026, 12, 1, 17, 59, 59), True),  # 01:59:59, still the same campaign day
        (utc(2026, 12, 1, 18), False),
    ],
)
def test_with_a_late_day_start_a_window_may_pass_midnight(at: datetime, open_: bool) -> None:
    assert Calendar("Asia/Shanghai", time(4)).within(at, time(22), time(2)) is open_


def test_a_window_may_close_as_the_day_ends() -> None:
    calendar = Calendar("Asia/Shanghai", time(4))

    assert calendar.within(utc(2026, 12, 1, 19, 59, 59), time(20), time(4))
    assert not calendar.within(utc(2026, 12, 1, 20), time(20), time(4))


def test_days_names_every_date_both_ends_included() -> None:
    assert list(days(date(2026, 12, 30), date(2027, 1, 1))) == [
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
    assert list(days(date(2026, 12, 2), date(2026, 12, 1))) == []

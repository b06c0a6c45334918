"""The arithmetic of check-ins: runs, totals, and how small a member's row stays."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.checkin.attendance import Attendance
from functions.checkin.config import Config
from functions.checkin.record import Record, Returned, Standing, pack, runs, unpack
from functions.core.calendar import Calendar
from functions.core.example import MORNING
from functions.core.mechanic import Moment
from tests.unit.item_size import item_bytes

FIRST = date(2026, 12, 1)
offsets = st.frozensets(st.integers(0, 60))


def days(numbers: frozenset[int]) -> frozenset[date]:
    return frozenset(FIRST + timedelta(number) for number in numbers)


def never(day: date) -> bool:
    """No day is skipped."""
    return False


def best_by_walking(done: frozenset[int], rest: frozenset[int]) -> int:
    """The best run as one counts it on a paper calendar, day by day."""
    best = run = 0
    for number in range(61):
        if number in done:
            run += 1
        elif number not in rest:
            run = 0
        best = max(best, run)
    return best


@given(offsets, offsets)
def test_best_run_is_what_walking_the_calendar_counts(done: frozenset[int], rest: frozenset[int]) -> None:
    rested = days(rest)

    standing = Standing.of(Record(days=days(done)), rested.__contains__)

    assert standing.best == best_by_walking(done, rest)
    assert standing.total == len(done)
    assert sum(run.length for run in standing.runs) == len(done)


@given(offsets, offsets)
def test_adding_a_day_never_shortens_the_best_run(done: frozenset[int], rest: frozenset[int]) -> None:
    rested = days(rest).__contains__
    before = Standing.of(Record(days=days(done)), rested)

    for number in range(61):
        after = Standing.of(Record(days=days(done | {number})), rested)
        assert after.best >= before.best
        assert after.around(FIRST + timedelta(number)) >= 1


@given(offsets, offsets)
def test_days_that_no_streak_counts_neither_add_nor_bridge(done: frozenset[int], uncounted: frozenset[int]) -> None:
    record = Record(days=days(done), uncounted=days(done & uncounted))

    standing = Standing.of(record, never)

    assert standing.best == best_by_walking(done - uncounted, frozenset())
    assert standing.total == len(done)


@given(offsets.filter(bool))
def test_a_bitmap_gives_back_its_days(numbers: frozenset[int]) -> None:
    chosen = days(numbers)

    assert unpack(pack(chosen, FIRST), FIRST) == chosen
    assert unpack(pack(chosen, min(chosen)), min(chosen)) == chosen


@given(offsets.filter(bool), offsets, offsets, st.dictionaries(st.integers(0, 60), st.integers(1, 11), max_size=5))
def test_a_record_survives_the_members_row(
    done: frozenset[int], made_up: frozenset[int], pending: frozenset[int], back: dict[int, int]
) -> None:
    returned = {
        FIRST + timedelta(n): Returned("unclear", attempts, FIRST, "暗" * (n % 3)) for n, attempts in back.items()
    }
    record = Record(
        FIRST, days(done), days(made_up), days(made_up & done), days(pending - done), days(made_up - done), returned
    )

    stored = json.loads(json.dumps(record.stored()))

    assert Record.of(stored) == record


def test_a_member_who_has_not_begun_has_an_empty_record() -> None:
    assert Record.of({}) == Record()


def test_a_year_of_check_ins_keeps_the_members_row_within_one_kilobyte() -> None:
    year = frozenset(FIRST + timedelta(n) for n in range(366))
    record = Record(FIRST, year, made_up=year - {FIRST}, uncounted=year - {FIRST}).recorded(max(year)).stored()
    fields = {"day": "2027-12-01", "streak": 366, "total": 366, "made_up": False, "weekday": 3, "hour": 23}
    said = {"day": "2027-12-01", "streak": 366, "total": 366}
    row = {
        "record": record,
        "paid": {"points_a_day": 366},
        "got": {"points": 3660},
        "definition": 1,
        "version": 400,
        "events": [["0" * 12, "0" * 10, "checked_in", said, []]] * 6,
        "facts": [["checkin.recorded", "2027-12-01", fields]],
    }
    keys = "pk" + "T#tenant#C#camp_00000000000000000000000001#M#mem_00000000000000000000000001" + "sk" + "STATE"

    assert len(keys) + item_bytes(row) <= 1024


def test_the_date_that_apia_skipped_breaks_no_streak() -> None:
    calendar = Calendar("Pacific/Apia", time(0))
    moment = Moment(MORNING, calendar, date(2011, 12, 1), date(2012, 1, 31))
    record = Record(date(2011, 12, 29), frozenset({date(2011, 12, 29), date(2011, 12, 31)}))

    attendance = Attendance(Config(), moment, record)

    assert attendance.standing.best == 2
    assert attendance.skips(date(2011, 12, 30))


def test_current_streak_lives_until_a_required_day_was_missed() -> None:
    record = Record(FIRST, days(frozenset({0, 1})))
    standing = Standing.of(record, never)

    streaks = [standing.current(FIRST + timedelta(n), never) for n in range(1, 5)]

    assert streaks == [2, 2, 0, 0]


def test_runs_name_their_first_and_last_day() -> None:
    found = runs(days(frozenset({0, 1, 5})), never)

    assert [(run.first.day, run.last.day, run.length) for run in found] == [(1, 2, 2), (6, 6, 1)]

"""What a member is shown of their check-ins, and how a proof is judged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.checkin.attendance import Attendance
from functions.checkin.config import Question, QuizProof
from functions.checkin.mechanic import Config, view
from functions.checkin.proof import asked, is_right
from functions.checkin.record import Record, Returned
from functions.core.example import CALENDAR, MORNING
from functions.core.mechanic import Moment

FIRST = date(2026, 12, 1)


def shown(today: int, record: Record | None = None, ends: date = FIRST + timedelta(6), **config: Any) -> dict[str, Any]:
    """The view at nine o'clock of day `today` (from 1)."""
    moment = Moment(MORNING + timedelta(today - 1), CALENDAR, FIRST, ends, closes_at=MORNING + timedelta(7))
    return view(Config.model_validate(config), moment, record.stored() if record else {})


def day(number: int) -> date:
    return FIRST + timedelta(number - 1)


def test_calendar_tells_done_made_up_missed_today_future_and_rest_apart() -> None:
    record = Record(day(1), frozenset({day(1), day(2)}), made_up=frozenset({day(2)}))

    seen = shown(5, record, rest={"dates": ["2026-12-03", "2026-12-07"]})

    statuses = [line["status"] for line in seen["calendar"]]
    assert statuses == ["done", "made_up", "rest", "missed", "today", "future", "rest"]
    assert seen["calendar"][0]["day"] == "2026-12-01"
    assert seen["today"] == {"day": "2026-12-05", "status": "today", "closes_at": "2026-12-05T16:00:00+00:00"}
    assert (seen["total"], seen["best"], seen["streak"]) == (2, 2, 0)


def test_pending_and_returned_days_are_shown_with_the_reason_and_what_may_be_done() -> None:
    returned = {day(2): Returned("unclear", 1, day(5)), day(3): Returned("late", 3, day(5))}
    record = Record(day(1), pending=frozenset({day(1)}), returned=returned)

    seen = shown(4, record, proof={"kind": "text"}, review={"by": "manual"})

    assert [line["status"] for line in seen["calendar"]][:4] == ["pending", "returned", "returned", "today"]
    assert [(one["reason"], one["can_resubmit"]) for one in seen["returned"]] == [("unclear", True), ("late", False)]
    assert seen["returned"][0]["words"]["zh"] == "看不清"


@pytest.mark.parametrize(
    ("today", "more", "in_reach"),
    [
        (1, {}, True),
        (2, {}, False),
        (2, {"make_up": {"count": 1, "days_back": 3}}, True),
        (3, {"make_up": {"count": 1, "days_back": 3}}, False),
        (1, {"rest": {"dates": ["2026-12-04"]}}, False),
    ],
)
def test_whether_all_days_can_still_be_done_counts_make_ups_and_days_off(
    today: int, more: dict[str, Any], in_reach: bool
) -> None:
    assert shown(today, **more)["in_reach"] is in_reach


@given(
    by=st.sampled_from(["total", "streak"]),
    goal=st.integers(1, 9),
    done=st.sets(st.integers(1, 9)),
    rests=st.sets(st.integers(1, 14), max_size=4),
    today=st.integers(1, 14),
    hour=st.integers(0, 14),
    make_ups=st.integers(0, 2),
)
def test_the_short_way_to_whether_all_days_can_still_be_done_says_what_the_long_way_says(
    by: str, goal: int, done: set[int], rests: set[int], today: int, hour: int, make_ups: int
) -> None:
    config = Config.model_validate(
        {
            "days": goal, "completes_by": by, "rest": {"dates": [str(day(number)) for number in rests]},
            "window": {"opens": "09:00", "closes": "15:00"}, "make_up": {"count": make_ups, "days_back": 3},
        }
    )  # fmt: skip
    ends, at = day(14), MORNING + timedelta(today - 1, hours=hour)
    kept = frozenset(day(number) for number in done if number <= today) - {day(number) for number in rests}
    moment = Moment(at, CALENDAR, FIRST, ends, closes_at=at)
    member = Attendance(config, moment, Record(min(kept, default=None), kept))

    assert member.in_reach == (member.is_complete or member.at_best(by, ends) >= goal)


def test_days_that_can_be_made_up_are_those_that_a_make_up_accepts() -> None:
    record = Record(day(2), frozenset({day(2)}))

    seen = shown(5, record, make_up={"count": 2, "days_back": 3, "price": 50}, rest={"dates": ["2026-12-04"]})

    assert seen["make_up"] == {"left": 2, "price": 50, "counts_for_streak": True, "days": ["2026-12-03"]}


@pytest.mark.parametrize(
    ("today", "record", "why"),
    [
        (1, None, None),
        (1, Record(FIRST, frozenset({FIRST})), "already_checked_in"),
        (2, Record(FIRST, frozenset({FIRST})), "completed"),
        (3, Record(FIRST, pending=frozenset({day(3)})), "already_submitted"),
    ],
)
def test_the_button_says_why_it_is_off(today: int, record: Record | None, why: str | None) -> None:
    seen = shown(today, record, days=1)

    assert (seen["can_check_in"], seen["why_not"]) == (why is None, why)


def test_an_endless_campaign_shows_the_goals_days_and_today() -> None:
    assert len(shown(3, ends=date(9999, 12, 1), days=21)["calendar"]) == 21
    assert len(shown(30, ends=date(9999, 12, 1), days=21)["calendar"]) == 30


def test_the_calendar_is_never_longer_than_a_leap_year_and_holds_today() -> None:
    seen = shown(700, ends=date(9999, 12, 1))

    assert len(seen["calendar"]) == 366
    assert seen["calendar"][-1] == {"day": str(day(700)), "status": "today"}


def test_next_milestone_is_the_nearest_one_ahead() -> None:
    record = Record(day(1), frozenset({day(1), day(2), day(4)}))

    seen = shown(5, record, days=7, milestones={"streak": [2, 5], "total": [6]})

    assert seen["next_milestone"] == {"by": "total", "days": 6, "missing": 3}
    assert shown(5, record)["next_milestone"] is None


def test_a_quiz_shows_its_question_and_never_its_answer() -> None:
    questions = [{"question": {"zh": "一周几天", "en": "Days in a week"}, "answer": "7|seven"}]

    seen = shown(1, proof={"kind": "quiz", "questions": questions})

    assert seen["proof"] == {"kind": "quiz", "question": questions[0]["question"], "choices": []}
    assert "seven" not in str(seen)


def quiz(*numbers: int | None) -> QuizProof:
    questions = [
        {"day": number, "question": {"en": f"q{place}"}, "answer": "x"} for place, number in enumerate(numbers)
    ]
    return QuizProof.model_validate({"questions": questions})


def test_a_days_own_question_comes_first_and_the_others_take_turns() -> None:
    proof = quiz(None, 2, None)

    names = [asked(proof, number).question.en for number in range(1, 6)]

    assert names == ["q0", "q1", "q0", "q2", "q0"]


def test_numbered_questions_begin_again_when_the_campaign_is_longer() -> None:
    names = [asked(quiz(1, 2), number).question.en for number in range(1, 5)]

    assert names == ["q0", "q1", "q0", "q1"]


@pytest.mark.parametrize(
    ("answer", "typed", "right"),
    [
        ("Paris", " paris. ", True),
        ("Paris", "ＰＡＲＩＳ", True),
        ("New York", "newyork", True),
        ("北京|Beijing", "beijing！", True),
        ("北京|Beijing", "北 京", True),
        ("Paris", "Rome", False),
        ("5", "-5", False),
        ("3.14", "314", False),
        ("Paris", "。", False),
        ("straße", "STRASSE", True),
    ],
)
def test_a_typed_answer_counts_however_it_is_typed(answer: str, typed: str, right: bool) -> None:
    assert is_right(Question.model_validate({"question": {}, "answer": answer}), typed) is right


@pytest.mark.parametrize(
    ("said", "right"), [("2", True), (" 2 ", True), ("green", True), ("绿", True), ("1", False), ("red", False)]
)
def test_a_choice_counts_by_its_number_or_its_words(said: str, right: bool) -> None:
    choices = [{"zh": "红", "en": "red"}, {"zh": "绿", "en": "green"}]

    assert is_right(Question.model_validate({"question": {}, "choices": choices, "answer": "2"}), said) is right

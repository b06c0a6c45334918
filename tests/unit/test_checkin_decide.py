"""Laws of the check-in that no single example shows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.checkin import mechanic
from functions.checkin.mechanic import ACCEPTS, Config, decide, reads
from functions.checkin.record import Record
from functions.core import keys
from functions.core.calendar import Calendar
from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.example import CALENDAR, CAMPAIGN, MEMBER, MORNING
from functions.core.keys import Key, Row
from functions.core.mechanic import Decision, Fact, Moment, Seen
from functions.core.parsing import parse

FIRST = date(2026, 12, 1)
LAST = FIRST + timedelta(29)
REVIEWED = {"proof": {"kind": "text"}, "review": {"by": "manual"}}
steps = st.lists(
    st.tuples(st.sampled_from(["checkin", "make_up", "approve", "return"]), st.integers(0, 9)), max_size=40
)


class Player:
    """One member, their record and their proofs: what the engine would keep."""

    def __init__(self, **config: Any) -> None:
        self.config = Config.model_validate(config)
        self.record: Mapping[str, Any] = {}
        self.rows: dict[Key, Row] = {}
        self.facts: list[Fact] = []
        self.charged = 0
        self.sent = 0

    def send(self, kind: str, at_day: int, **data: Any) -> Decision:
        """An event of day `at_day` (from 0), shortly after nine, each a second after the last."""
        self.sent += 1
        at = MORNING + timedelta(days=at_day, seconds=self.sent)
        body = ACCEPTS[kind].data.model_validate(data)
        event = Event("event_0001", kind, at, CAMPAIGN, MEMBER, body, "staff" if kind == "review" else "member")
        seen = {key: self.rows.get(key) for key in reads(self.config, event)}
        decision = decide(self.config, event, Seen(Moment(at, CALENDAR, FIRST, LAST), self.record, seen))
        if decision.record is not None:
            self.record = decision.record
            self.facts += decision.facts
            self.charged += sum(charge.amount for charge in decision.charges)
            for change in decision.changes:
                self.rows.pop(change.key, None) if change.delete else self.rows.update({change.key: change.put or {}})
        return decision

    def check_in(self, at_day: int, **data: Any) -> Decision:
        return self.send("checkin", at_day, **data)

    def make_up(self, at_day: int, day: int, **data: Any) -> Decision:
        return self.send("make_up", at_day, day=FIRST + timedelta(day), **data)

    def review(self, at_day: int, day: int, verdict: str, **data: Any) -> Decision:
        said = {"member": MEMBER, "day": FIRST + timedelta(day), "verdict": verdict, "reason": "unclear"}
        return self.send("review", at_day, **said | data)

    @property
    def days(self) -> list[int]:
        return sorted((day - FIRST).days for day in Record.of(self.record).days)

    @property
    def milestones(self) -> set[tuple[str, str]]:
        return {(fact.kind, fact.occurrence) for fact in self.facts if "reached" in fact.kind}


def test_second_check_in_on_the_same_campaign_day_changes_nothing() -> None:
    member = Player()
    member.check_in(0)
    before = member.record

    decision = member.check_in(0)

    assert decision.outcome == "already_checked_in"
    assert member.record == before


@given(steps)
def test_no_history_records_a_day_twice_or_a_day_it_may_not(history: list[tuple[str, int]]) -> None:
    member = Player(**REVIEWED, days=30, make_up={"count": 3, "days_back": 4}, rest={"dates": ["2026-12-05"]})

    for now, (kind, day) in enumerate(history):
        today = now // 4
        if kind == "checkin":
            member.check_in(today, proof={"text": "好"})
        elif kind == "make_up":
            member.make_up(today, day, proof={"text": "好"})
        else:
            member.review(today, day, kind)

    recorded = [fact.fields["day"] for fact in member.facts if fact.kind == "checkin.recorded"]
    made_up = [fact.fields["day"] for fact in member.facts if fact.kind == "checkin.made_up"]
    occurrences = [(fact.kind, fact.occurrence) for fact in member.facts]
    assert len(recorded) == len(set(recorded)) == len(member.days)
    assert len(made_up) <= 3
    assert "2026-12-05" not in recorded
    assert len(occurrences) == len(set(occurrences))
    assert all(day <= (len(history) - 1) // 4 for day in member.days)


@given(st.frozensets(st.integers(0, 11), min_size=1), st.randoms(use_true_random=False))
def test_any_order_of_approvals_reaches_the_same_milestones_and_record(
    done: frozenset[int], chance: random.Random
) -> None:
    config = REVIEWED | {"days": 10, "milestones": {"streak": [2, 3, 5, 8], "total": [1, 4, 9]}}
    in_order, shuffled = Player(**config), Player(**config)
    for member in (in_order, shuffled):
        for day in sorted(done):
            member.check_in(day, proof={"text": "好"})

    for day in sorted(done):
        in_order.review(12, day, "approve")
    for day in chance.sample(sorted(done), len(done)):
        shuffled.review(12, day, "approve")

    assert shuffled.record == in_order.record
    assert shuffled.milestones == in_order.milestones
    assert ("checkin.completed" in {fact.kind for fact in shuffled.facts}) == (len(done) >= 10)


def test_each_milestone_is_reached_once_however_the_streak_breaks_and_grows() -> None:
    member = Player(days=20, milestones={"streak": [2]})

    for day in (0, 1, 3, 4, 5):
        member.check_in(day)

    assert [fact.occurrence for fact in member.facts if fact.kind == "checkin.streak_reached"] == ["streak-2"]


def test_completion_by_streak_waits_for_days_in_a_row() -> None:
    member = Player(days=3, completes_by="streak")

    outcomes = [member.check_in(day).outcome for day in (0, 1, 3, 4, 5, 6)]

    assert outcomes == ["checked_in"] * 5 + ["completed"]
    (fact,) = [fact for fact in member.facts if fact.kind == "checkin.completed"]
    assert fact.fields == {"total": 5, "streak": 3, "days_taken": 6}


def test_a_make_up_is_paid_once_even_when_its_proof_is_returned_and_handed_in_again() -> None:
    member = Player(**REVIEWED, make_up={"count": 1, "price": 50})
    member.check_in(0, proof={"text": "好"})

    first = member.make_up(2, 1, proof={"text": "补"})
    member.review(2, 1, "return")
    again = member.make_up(3, 1, proof={"text": "再补"})
    member.review(3, 1, "approve")

    assert (first.outcome, again.outcome) == ("submitted", "resubmitted")
    assert member.charged == 50
    assert member.days == [1]
    assert member.make_up(4, 3, proof={"text": "补"}).outcome == "make_up_none_left"


def test_a_return_that_nobody_answers_lapses_and_the_day_may_be_made_up() -> None:
    member = Player(**REVIEWED, make_up={"count": 1, "days_back": 9}, days=20)
    member.check_in(0, proof={"text": "好"})
    member.review(1, 0, "return")

    late = member.check_in(5, day=FIRST, proof={"text": "晚"})
    made_up = member.make_up(5, 0, proof={"text": "补"})

    assert late.outcome == "nothing_to_resubmit"
    assert made_up.outcome == "submitted"


@pytest.mark.parametrize(("start", "outcome"), [("fixed", "new_day"), ("own", "checked_in")])
def test_who_has_not_begun_answers_their_first_question_on_either_side_of_midnight(start: str, outcome: str) -> None:
    questions = [{"question": {"en": f"{number}?"}, "answer": str(number)} for number in (1, 2)]
    member = Player(start=start, proof={"kind": "quiz", "questions": questions})

    assert member.check_in(1, day=FIRST, proof={"answer": "1"}).outcome == outcome


def test_a_returned_check_in_of_today_may_be_handed_in_again_after_the_window() -> None:
    member = Player(**REVIEWED, window={"opens": "08:00", "closes": "10:00"})
    member.check_in(0, proof={"text": "好"})
    member.review(0, 0, "return")
    at = MORNING + timedelta(hours=6)
    event = Event(
        "event_0002", "checkin", at, CAMPAIGN, MEMBER, mechanic.CheckIn.model_validate({"proof": {"text": "再"}})
    )

    decision = decide(member.config, event, Seen(Moment(at, CALENDAR, FIRST, LAST), member.record))

    assert decision.outcome == "resubmitted"


def test_own_start_counts_from_the_members_first_day() -> None:
    member = Player(start="own", make_up={"count": 5, "days_back": 9})
    member.check_in(4)

    before, after = member.make_up(7, 3), member.make_up(7, 5)

    assert (before.outcome, after.outcome) == ("make_up_before_start", "made_up")


def test_the_review_queue_and_the_proof_agree_on_their_item() -> None:
    member = Player(**REVIEWED)

    member.check_in(0, proof={"text": "好"})

    proof = member.rows[keys.proof(CAMPAIGN, MEMBER, str(FIRST))]
    assert member.rows[keys.review(CAMPAIGN, proof["item"])]["item"] == proof["item"]
    member.review(0, 0, "approve")
    assert [key.kind for key in member.rows] == ["proof"]


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"days": 0}, "greater_than_equal"),
        ({"days": 367}, "less_than_equal"),
        ({"milestones": {"streak": [3, 2]}}, "milestones_not_rising"),
        ({"milestones": {"total": [2, 2]}}, "milestones_not_rising"),
        ({"milestones": {"streak": [8]}}, "milestone_out_of_reach"),
        ({"proof": {"kind": "text", "min_length": 9, "max_length": 8}}, "lengths_crossed"),
        ({"review": {"by": "manual"}}, "nothing_to_look_at"),
        (
            {"proof": {"kind": "quiz", "questions": [{"question": {}, "choices": [{}, {}], "answer": "3"}]}},
            "answer_not_a_choice",
        ),
        ({"proof": {"kind": "quiz", "questions": [{"question": {}, "choices": [{}], "answer": "1"}]}}, "one_choice"),
        ({"proof": {"kind": "quiz", "questions": [{"question": {}, "answer": " | "}]}}, "answer_empty"),
        ({"proof": {"kind": "quiz", "questions": [{"day": 1, "question": {}, "answer": "1"}] * 2}}, "day_asked_twice"),
        ({"proof": {"kind": "quiz", "questions": [{"day": 2, "question": {}, "answer": "1"}]}}, "day_without_question"),
        ({"rest": {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}}, "too_long"),
        ({"proof": {"kind": "dance"}}, "union_tag_invalid"),
        ({"colour": "red"}, "extra_forbidden"),
    ],
)
def test_an_unfit_config_is_refused_with_its_code(config: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Config.model_validate(config)

    assert code in {error["type"] for error in refused.value.errors()}


def test_what_the_mechanic_itself_refuses_is_said_in_both_languages() -> None:
    with pytest.raises(ValidationError) as refused:
        Config.model_validate({"review": {"by": "manual"}})

    (error,) = refused.value.errors()
    assert error["ctx"]["zh"] == "人工审核需要文字或图片凭证"
    assert error["msg"] == error["ctx"]["en"] == "A manual review needs a text or a picture to look at"


@pytest.mark.parametrize(
    "data", [{"proof": {"picture": "../secret"}}, {"proof": {"text": "a" * 5000}}, {"day": "soon"}, {"x": 1}]
)
def test_malformed_data_never_reaches_decide(data: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ACCEPTS["checkin"].data.model_validate(data)


@pytest.mark.parametrize(
    ("opens", "closes", "day_start", "opens_ever"),
    [
        ("00:00", "00:00", "00:00", True),
        ("06:00", "09:00", "00:00", True),
        ("09:00", "06:00", "00:00", False),
        ("22:00", "02:00", "00:00", False),
        ("22:00", "02:00", "02:00", True),
        ("22:00", "02:00", "04:00", True),
        ("22:00", "00:00", "00:00", True),
        ("03:00", "05:00", "04:00", False),
    ],
)
def test_a_window_that_can_never_open_is_told_when_the_definition_is_checked(
    opens: str, closes: str, day_start: str, opens_ever: bool
) -> None:
    config = Config.model_validate({"window": {"opens": opens, "closes": closes}})
    calendar = Calendar("Asia/Shanghai", time.fromisoformat(day_start))
    moment = Moment(MORNING, calendar, FIRST, LAST)

    assert (mechanic.misfits(config, moment) == []) is opens_ever
    minutes = (calendar.starts(FIRST) + timedelta(minutes=n) for n in range(24 * 60))
    assert any(calendar.within(at, config.window.opens, config.window.closes) for at in minutes) is opens_ever


def test_a_window_that_never_opens_is_a_fault_of_the_definition() -> None:
    content = {
        "mechanic": "checkin",
        "name": {"en": "Nights"},
        "schedule": {"starts_at": MORNING.isoformat()},
        "config": {"window": {"opens": "22:00", "closes": "02:00"}},
    }

    _, faults = parse(content, discover())

    assert [(fault.path, fault.code) for fault in faults] == [("config.window.closes", "window_never_opens")]

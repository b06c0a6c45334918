"""What a check-in does, by example: config, what was seen, event → outcome, record, facts."""

from __future__ import annotations

from datetime import timedelta

from functions.checkin.deposit_examples import DEPOSITS
from functions.checkin.example_days import completed, made_up, on, reached, record, recorded
from functions.checkin.review_examples import PROOF, REVIEWED, REVIEWS
from functions.core.calendar import Calendar
from functions.core.change import Change
from functions.core.example import MEMBER, MORNING, Example
from functions.core.mechanic import Charge

QUIZ = {
    "proof": {
        "kind": "quiz",
        "questions": [
            {"question": {"zh": "一周有几天？", "en": "Days in a week?"}, "answer": "7|七|seven"},
            {
                "day": 2,
                "question": {"zh": "哪个是颜色？", "en": "Which is a colour?"},
                "choices": [{"zh": "苹果", "en": "apple"}, {"zh": "绿", "en": "green"}],
                "answer": "2",
            },
        ],
    }
}
MAKE_UP = {"days": 20, "make_up": {"count": 2, "days_back": 3, "price": 50}}
DAYS = [
    Example("the first check-in", "checkin", "checked_in", after=record(1), facts=(recorded(1, 1, 1),)),
    Example("a second one on that day", "checkin", "already_checked_in", record=record(1)),
    Example(
        "the day after",
        "checkin",
        "checked_in",
        at=on(2),
        record=record(1),
        after=record(1, 2),
        facts=(recorded(2, 2, 2),),
    ),
    Example(
        "after a missed day",
        "checkin",
        "checked_in",
        at=on(3),
        record=record(1),
        after=record(1, 3),
        facts=(recorded(3, 1, 2),),
    ),
    Example(
        "03:59 belongs to yesterday when the day begins at 04:00",
        "checkin",
        "already_checked_in",
        calendar=Calendar("Asia/Shanghai", MORNING.replace(hour=4, tzinfo=None).time()),
        at=on(2) - timedelta(hours=5, minutes=1),
        record=record(1),
    ),
    Example(
        "before the window",
        "checkin",
        "outside_window",
        {"window": {"opens": "09:00:01", "closes": "12:00"}},
    ),
    Example(
        "in the window's first second",
        "checkin",
        "checked_in",
        {"window": {"opens": "09:00", "closes": "12:00"}},
        after=record(1),
        facts=(recorded(1, 1, 1),),
    ),
    Example("on a rest day", "checkin", "rest_day", {"rest": {"weekdays": ["tue"]}}),
    Example(
        "a rest day breaks no streak",
        "checkin",
        "checked_in",
        {"rest": {"dates": ["2026-12-02"]}},
        at=on(3),
        record=record(1),
        after=record(1, 3),
        facts=(recorded(3, 2, 2),),
    ),
    Example(
        "the last day completes it",
        "checkin",
        "checked_in",
        {"days": 3, "milestones": {"streak": [2, 3], "total": [3]}},
        at=on(3),
        record=record(1, 2),
        after=record(1, 2, 3),
        facts=(recorded(3, 3, 3), reached("streak", 3), reached("total", 3), completed(3, 3, 3)),
    ),
    Example("after completion", "checkin", "completed", {"days": 2}, at=on(3), record=record(1, 2)),
    Example(
        "after completion, going on",
        "checkin",
        "checked_in",
        {"days": 2, "after_completion": "go_on"},
        at=on(3),
        record=record(1, 2),
        after=record(1, 2, 3),
        facts=(recorded(3, 3, 3),),
    ),
]

PROOFS = [
    Example("without the proof asked for", "checkin", "proof_missing", REVIEWED),
    Example("a text that is too short", "checkin", "proof_too_short", REVIEWED, {"proof": {"text": " 早 "}}),
    Example("a text that is too long", "checkin", "proof_too_long", REVIEWED, {"proof": {"text": "早" * 11}}),
    Example("a wrong answer", "checkin", "wrong_answer", QUIZ, {"proof": {"answer": "8"}}),
    Example(
        "a right answer, typed in full width",
        "checkin",
        "checked_in",
        QUIZ,
        {"proof": {"answer": " ＳＥＶＥＮ。"}},
        after=record(1),
        facts=(recorded(1, 1, 1),),
    ),
    Example(
        "a right answer to yesterday's question, sent after midnight",
        "checkin",
        "new_day",
        QUIZ,
        {"day": "2026-12-01", "proof": {"answer": "7"}},
        at=on(2),
    ),
    Example(
        "the second day has its own question",
        "checkin",
        "checked_in",
        QUIZ,
        {"proof": {"answer": "2"}},
        at=on(2),
        record=record(1),
        after=record(1, 2),
        facts=(recorded(2, 2, 2),),
    ),
    Example(
        "a picture",
        "checkin",
        "checked_in",
        {"proof": {"kind": "picture"}},
        {"proof": {"picture": "upl_00000000000000000000000001"}},
        after=record(1),
        facts=(recorded(1, 1, 1),),
        changes=(
            Change(
                PROOF,
                put={
                    "member": MEMBER,
                    "day": "2026-12-01",
                    "at": "2026-12-01T01:00:00+00:00",
                    "kind": "picture",
                    "picture": "upl_00000000000000000000000001",
                    "status": "accepted",
                },
            ),
        ),
    ),
]

MAKE_UPS = [
    Example(
        "a missed day is made up for and joins two runs",
        "make_up",
        "made_up",
        MAKE_UP | {"milestones": {"streak": [3]}},
        {"day": "2026-12-02"},
        at=on(3),
        record=record(1, 3),
        after=record(1, 2, 3, made_up=[2]),
        facts=(recorded(2, 3, 3, made_up=True), made_up(2, 3, 3), reached("streak", 3)),
        charges=(Charge("points", 50, "make_up:2026-12-02"),),
    ),
    Example(
        "a make-up that does not count for the streak neither adds nor bridges",
        "make_up",
        "made_up",
        {"make_up": {"count": 1, "counts_for_streak": False}, "milestones": {"streak": [3]}},
        {"day": "2026-12-02"},
        at=on(3),
        record=record(1, 3),
        after=record(1, 2, 3, made_up=[2], uncounted=[2]),
        facts=(recorded(2, 0, 3, made_up=True), made_up(2, 0, 3)),
    ),
    Example("no make-ups here", "make_up", "make_up_off", {}, {"day": "2026-12-01"}, at=on(2)),
    Example("tomorrow", "make_up", "make_up_in_future", MAKE_UP, {"day": "2026-12-03"}, at=on(2)),
    Example("today", "make_up", "make_up_not_missed", MAKE_UP, {"day": "2026-12-02"}, at=on(2)),
    Example(
        "a day that is done",
        "make_up",
        "make_up_not_missed",
        MAKE_UP,
        {"day": "2026-12-01"},
        at=on(2),
        record=record(1),
    ),
    Example("before the campaign", "make_up", "make_up_before_start", MAKE_UP, {"day": "2026-11-30"}, at=on(2)),
    Example(
        "before the member's own first day",
        "make_up",
        "make_up_before_start",
        MAKE_UP | {"start": "own"},
        {"day": "2026-12-03"},
        at=on(5),
        record=record(4),
    ),
    Example("too far back", "make_up", "make_up_too_far", MAKE_UP, {"day": "2026-12-01"}, at=on(5)),
    Example(
        "none left",
        "make_up",
        "make_up_none_left",
        MAKE_UP,
        {"day": "2026-12-03"},
        at=on(4),
        record=record(1, 2, made_up=[1, 2]),
    ),
    Example(
        "not enough points",
        "make_up",
        "points_insufficient",
        MAKE_UP,
        {"day": "2026-12-01"},
        at=on(2),
        refused=frozenset({"points_insufficient"}),
    ),
]

EXAMPLES = [*DAYS, *PROOFS, *REVIEWS, *MAKE_UPS, *DEPOSITS]

"""What a check-in does, by example: config, what was seen, event → outcome, record, facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from functions.checkin.deposit_examples import with_days
from functions.checkin.record import Record, Returned
from functions.core import keys
from functions.core.calendar import Calendar
from functions.core.change import Change, Is
from functions.core.example import CAMPAIGN, MEMBER, MORNING, Example
from functions.core.mechanic import Charge, Fact


def day(number: int) -> date:
    """Day `number` of December 2026; the 1st is the campaign's first day."""
    return date(2026, 12, number)


def on(number: int) -> datetime:
    """Nine o'clock of day `number`."""
    return MORNING + timedelta(number - 1)


def record(*numbers: int, **more: Any) -> dict[str, Any]:
    """A member's record with these days done."""
    done = frozenset(map(day, numbers))
    sets = {name: frozenset(map(day, chosen)) for name, chosen in more.items() if name != "returned"}
    returned = {day(number): why for number, why in more.get("returned", {}).items()}
    every = done.union(*sets.values(), returned)
    return Record(min(every), done, **sets, returned=returned).stored()


def recorded(number: int, streak: int, total: int, made_up: bool = False) -> Fact:
    """The fact that day `number` counts."""
    fields = {"day": str(day(number)), "streak": streak, "total": total, "made_up": made_up}
    return Fact("checkin.recorded", str(day(number)), fields | {"weekday": day(number).isoweekday(), "hour": 9})


def made_up(number: int, streak: int, total: int) -> Fact:
    """The fact that day `number` was made up for."""
    fields = {"day": str(day(number)), "streak": streak, "total": total}
    return Fact("checkin.made_up", str(day(number)), fields)


def reached(what: str, days: int) -> Fact:
    """The fact of a milestone."""
    return Fact(f"checkin.{what}_reached", f"{what}-{days}", {what: days})


def completed(total: int, streak: int, taken: int) -> Fact:
    """The fact of completion."""
    return Fact("checkin.completed", "once", {"total": total, "streak": streak, "days_taken": taken})


REVIEWED = {"proof": {"kind": "text", "min_length": 2, "max_length": 10}, "review": {"by": "manual"}}
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
PROOF, ITEM = keys.proof(CAMPAIGN, MEMBER, "2026-12-01"), f"20261201T010000.{MEMBER}.2026-12-01"
HANDED = {
    "member": MEMBER,
    "day": "2026-12-01",
    "at": "2026-12-01T01:00:00+00:00",
    "kind": "text",
    "text": "早安",
    "status": "pending",
    "attempt": 1,
    "item": ITEM,
}
QUEUED = {
    "item": ITEM,
    "member": MEMBER,
    "day": "2026-12-01",
    "attempt": 1,
    "kind": "text",
    "made_up": False,
    "at": "2026-12-01T01:00:00+00:00",
}
TEXT = {"proof": {"text": "早安"}}


def verdict(**more: Any) -> dict[str, Any]:
    """A clerk's words on the first day."""
    return {"member": MEMBER, "day": "2026-12-01", "verdict": "approve", **more}


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

REVIEWS = [
    Example(
        "a proof that a clerk looks at",
        "checkin",
        "submitted",
        REVIEWED,
        TEXT,
        after=record(pending=[1]),
        facts=(
            Fact(
                "checkin.submitted", "2026-12-01.1796086800000", {"day": "2026-12-01", "attempt": 1, "made_up": False}
            ),
        ),
        changes=(Change(PROOF, put=HANDED), Change(keys.review(CAMPAIGN, ITEM), put=QUEUED)),
    ),
    Example("while a clerk looks", "checkin", "already_submitted", REVIEWED, TEXT, record=record(pending=[1])),
    Example(
        "the clerk approves, a day later: it counts for its own day",
        "review",
        "approved",
        REVIEWED,
        verdict(item=ITEM),
        at=on(2),
        actor="staff",
        by="clerk_1",
        record=record(pending=[1]),
        rows={PROOF: HANDED},
        after=record(1),
        facts=(recorded(1, 1, 1),),
        changes=(
            Change(
                PROOF,
                (Is("item", ITEM),),
                put={**HANDED, "status": "approved", "by": "clerk_1", "by_name": "", "decided_at": on(2).isoformat()},
            ),
            Change(keys.review(CAMPAIGN, ITEM), delete=True),
        ),
    ),
    Example(
        "the clerk returns it",
        "review",
        "returned",
        REVIEWED,
        verdict(verdict="return", reason="unclear", note="太暗"),
        at=on(2),
        actor="staff",
        by="clerk_1",
        record=record(pending=[1]),
        rows={PROOF: HANDED},
        after=record(returned={1: Returned("unclear", 1, day(5), "太暗")}),
        facts=(
            Fact(
                "checkin.returned", "2026-12-01.1796086800000", {"day": "2026-12-01", "reason": "unclear", "attempt": 1}
            ),
        ),
        changes=(
            Change(
                PROOF,
                (Is("item", ITEM),),
                put={
                    **HANDED,
                    "status": "returned",
                    "by": "clerk_1",
                    "by_name": "",
                    "decided_at": on(2).isoformat(),
                    "reason": "unclear",
                    "note": "太暗",
                },
            ),
            Change(keys.review(CAMPAIGN, ITEM), delete=True),
        ),
    ),
    Example(
        "a reason that the campaign does not have",
        "review",
        "reason_unknown",
        REVIEWED,
        verdict(verdict="return", reason="ugly"),
        actor="staff",
        record=record(pending=[1]),
        rows={PROOF: HANDED},
    ),
    Example(
        "another clerk was faster",
        "review",
        "nothing_to_review",
        REVIEWED,
        verdict(),
        actor="staff",
        record=record(1),
        rows={PROOF: {**HANDED, "status": "approved"}},
    ),
    Example(
        "a verdict on an attempt that was handed in again since",
        "review",
        "nothing_to_review",
        REVIEWED,
        verdict(item=ITEM),
        actor="staff",
        record=record(pending=[1]),
        rows={PROOF: {**HANDED, "attempt": 2, "item": f"20261202T010000.{MEMBER}.2026-12-01"}},
    ),
    Example(
        "the member asks for a second look at what was returned, without handing it in again",
        "appeal",
        "appealed",
        REVIEWED,
        {"day": "2026-12-01", "words": " 是我自己写的 "},
        at=on(2),
        record=record(returned={1: Returned("unrelated", 3, day(5))}),
        after=record(pending=[1], appealed=[1]),
        changes=(
            Change(
                PROOF,
                set={
                    "status": "pending",
                    "item": f"20261202T010000.{MEMBER}.2026-12-01",
                    "appeal": "是我自己写的",
                    "appealed_at": on(2).isoformat(),
                },
            ),
            Change(
                keys.review(CAMPAIGN, f"20261202T010000.{MEMBER}.2026-12-01"),
                put={
                    **QUEUED,
                    "at": on(2).isoformat(),
                    "attempt": 3,
                    "item": f"20261202T010000.{MEMBER}.2026-12-01",
                    "appeal": "是我自己写的",
                },
            ),
        ),
    ),
    Example(
        "an appeal that was returned too is the last word",
        "appeal",
        "already_appealed",
        REVIEWED,
        {"day": "2026-12-01", "words": "真的"},
        at=on(3),
        record=record(returned={1: Returned("unrelated", 1, day(5))}, appealed=[1]),
    ),
    Example(
        "an appeal without a word",
        "appeal",
        "appeal_empty",
        REVIEWED,
        {"day": "2026-12-01", "words": " "},
        at=on(2),
        record=record(returned={1: Returned("unrelated", 1, day(5))}),
    ),
    Example(
        "an appeal after the return has lapsed",
        "appeal",
        "nothing_to_appeal",
        REVIEWED,
        {"day": "2026-12-01", "words": "是我自己写的"},
        at=on(6),
        record=record(returned={1: Returned("unrelated", 1, day(5))}),
    ),
    Example(
        "handed in again, for its own day",
        "checkin",
        "resubmitted",
        REVIEWED,
        {**TEXT, "day": "2026-12-01"},
        at=on(2),
        record=record(returned={1: Returned("unclear", 1, day(5))}),
        after=record(pending=[1]),
        facts=(
            Fact(
                "checkin.submitted", "2026-12-01.1796173200000", {"day": "2026-12-01", "attempt": 2, "made_up": False}
            ),
        ),
        changes=(
            Change(
                PROOF,
                put={
                    **HANDED,
                    "at": on(2).isoformat(),
                    "attempt": 2,
                    "item": f"20261202T010000.{MEMBER}.2026-12-01",
                },
            ),
            Change(
                keys.review(CAMPAIGN, f"20261202T010000.{MEMBER}.2026-12-01"),
                put={
                    **QUEUED,
                    "at": on(2).isoformat(),
                    "attempt": 2,
                    "item": f"20261202T010000.{MEMBER}.2026-12-01",
                },
            ),
        ),
    ),
    Example(
        "returned too often",
        "checkin",
        "no_more_resubmissions",
        REVIEWED,
        TEXT,
        record=record(returned={1: Returned("unclear", 3, day(5))}),
    ),
    Example(
        "too late to hand in again: the return has lapsed",
        "checkin",
        "nothing_to_resubmit",
        REVIEWED,
        {**TEXT, "day": "2026-12-01"},
        at=on(6),
        record=record(returned={1: Returned("unclear", 1, day(5))}),
    ),
    Example(
        "a check-in names a day that was not returned",
        "checkin",
        "nothing_to_resubmit",
        REVIEWED,
        {**TEXT, "day": "2026-12-01"},
        at=on(2),
        record=record(1),
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

EXAMPLES = [*DAYS, *PROOFS, *REVIEWS, *MAKE_UPS, *with_days(record, recorded, completed)]

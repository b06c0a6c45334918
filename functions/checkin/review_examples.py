"""What becomes of what was handed in for a clerk to look at, by example."""

from __future__ import annotations

from typing import Any

from functions.checkin.example_days import day, on, record, recorded
from functions.checkin.record import Returned
from functions.core import keys
from functions.core.change import Change, Is
from functions.core.example import CAMPAIGN, MEMBER, Example
from functions.core.mechanic import Fact

REVIEWED = {"proof": {"kind": "text", "min_length": 2, "max_length": 10}, "review": {"by": "manual"}}
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

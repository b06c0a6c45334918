"""Segments: who belongs, and which of them stands where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from functions.core.campaign import Audience
from functions.core.change import meets
from functions.core.need import RANKS, AtStage, Collected, Customer, Holds, Newcomer, SignedIn, Tagged, TookPart, guards
from functions.core.segment import SEGMENTS_MAX, Segment, Segments
from functions.core.stage import STAGES

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BATCH = "batch_" + "0" * 26
CAMPAIGN = "camp_" + "0" * 26
THEN, SOON = int(NOW.timestamp()) - 1, int(NOW.timestamp())


@pytest.mark.parametrize(
    ("need", "row", "belongs"),
    [
        (TookPart(campaign=CAMPAIGN), None, False),
        (TookPart(campaign=CAMPAIGN), {"live": True}, True),
        (TookPart(campaign=CAMPAIGN), {"live": False}, False),
        (Holds(right="vip"), None, False),
        (Holds(right="vip"), {"valid_until": SOON}, True),
        (Holds(right="vip"), {"valid_until": THEN}, False),
        (Tagged(tag="茶友"), {"tag:茶友": 1, "tag:VIP": 1}, True),
        (Tagged(tag="VIP"), {"tag:茶友": 1}, False),
        (Collected(batch=BATCH), {f"item:{BATCH}": 1}, True),
        (Collected(batch=BATCH), {"item:batch_" + "1" * 26: 1, "tag:茶友": 1}, False),
        (AtStage(stage="purchase"), None, False),
        (AtStage(stage="purchase"), {"rank": 1}, False),
        (AtStage(stage="purchase"), {"rank": 3}, True),
        (AtStage(stage="purchase", only=True), {"rank": 3}, False),
        (AtStage(stage="purchase", only=True), {"rank": 2}, True),
        (SignedIn(), None, False),
        (SignedIn(), {"phones": 1, "identities": ["x"]}, True),
    ],
)
def test_a_members_row_says_whether_they_belong(need: Any, row: Any, belongs: bool) -> None:
    (guard,) = guards([need], "mem_1", NOW)

    assert all(meets(row, condition) for condition in guard.conditions) is belongs
    assert (guard.checks_only, guard.refusal) == (True, "not_in_audience")


def test_a_need_and_a_members_row_count_stages_alike() -> None:
    assert {stage: STAGES.index(stage) for stage in RANKS} == RANKS


def test_what_no_row_says_guards_nothing_and_a_right_named_twice_is_asked_once() -> None:
    twice = Audience(entitlement="vip", needs=[Holds(right="vip"), Customer()])

    assert [guard.key.kind for guard in guards(twice.asked, "mem_1", NOW)] == ["wallet"]


def test_a_tag_and_a_batch_lie_in_one_row_and_are_one_guard() -> None:
    (guard,) = guards([Tagged(tag="茶友"), Collected(batch=BATCH)], "mem_1", NOW)

    held = [{"tag:茶友": 1}, {f"item:{BATCH}": 1}, {"tag:茶友": 1, f"item:{BATCH}": 1}]
    assert [all(meets(row, one) for one in guard.conditions) for row in held] == [False, False, True]


def test_a_segment_keeps_its_place_when_it_is_changed_or_called_otherwise() -> None:
    a, b, c = (Segment(name=name, needs=[Newcomer()]) for name in "abc")
    three = Segments(segments=[a, b, c])

    renamed = three.with_one(Segment(name="d", needs=[Customer()]), before="b")
    over = three.with_one(Segment(name="c", needs=[Customer()]), before="b")

    assert [one.name for one in renamed.segments] == ["a", "d", "c"]
    assert [one.name for one in over.segments] == ["a", "c"]
    assert [one.name for one in three.with_one(a.model_copy(update={"name": "e"})).segments] == ["a", "b", "c", "e"]
    assert [one.name for one in three.without("a").segments] == ["b", "c"]


@pytest.mark.parametrize(
    "content",
    [
        {"name": "", "needs": [{"kind": "newcomer"}]},
        {"name": "x" * 31, "needs": [{"kind": "newcomer"}]},
        {"name": "nobody", "needs": []},
        {"name": "new and old", "needs": [{"kind": "newcomer"}, {"kind": "customer"}]},
        {"name": "new and here before", "needs": [{"kind": "took_part", "campaign": CAMPAIGN}, {"kind": "newcomer"}]},
        {"name": "too much", "needs": [{"kind": "newcomer"}] * 6},
        {"name": "what", "needs": [{"kind": "rich"}]},
        {"name": "where", "needs": [{"kind": "took_part", "campaign": "camp_1#M"}]},
        {"name": "which", "needs": [{"kind": "holds", "right": "VIP!"}]},
    ],
)
def test_what_is_no_segment_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Segment.model_validate(content)


def test_there_is_an_end_to_segments() -> None:
    many = [Segment(name=str(n), needs=[Newcomer()]) for n in range(SEGMENTS_MAX + 1)]

    with pytest.raises(ValidationError):
        Segments(segments=many)

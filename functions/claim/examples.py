"""What a claim does, by example."""

from datetime import UTC, datetime

from functions.core.example import Example
from functions.core.mechanic import Fact

MONDAY = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 3, 8, 4, 0, tzinfo=UTC)


def claimed(period: str, total: int) -> Fact:
    return Fact("claim.recorded", period, {"total": total})


EXAMPLES = [
    Example("the first one", "claim", "claimed", after={"last": "once", "total": 1}, facts=(claimed("once", 1),)),
    Example("a second one", "claim", "already_claimed", record={"last": "once", "total": 1}),
    Example(
        "once a day, on the next day",
        "claim",
        "claimed",
        {"every": "day"},
        record={"last": "2026-03-01", "total": 4},
        after={"last": "2026-03-02", "total": 5},
        facts=(claimed("2026-03-02", 5),),
        at=MONDAY,
    ),
    Example(
        "once a day, twice",
        "claim",
        "claimed_today",
        {"every": "day"},
        record={"last": "2026-03-02", "total": 1},
        at=MONDAY,
    ),
    Example(
        "once a week, on Monday",
        "claim",
        "claimed",
        {"every": "week"},
        record={"last": "2026-02-23", "total": 1},
        after={"last": "2026-03-02", "total": 2},
        facts=(claimed("2026-03-02", 2),),
        at=MONDAY,
    ),
    Example(
        "once a week, again on Sunday",
        "claim",
        "claimed_this_week",
        {"every": "week"},
        record={"last": "2026-03-02", "total": 2},
        at=SUNDAY,
    ),
]

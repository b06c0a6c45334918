"""What granting an entitlement writes, by example."""

from datetime import timedelta

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, MORNING, RewardExample

ROW = {"name": "course", "title": {"zh": "礼物", "en": "A present"}, "campaign": CAMPAIGN, "grant": "grant_1"}
SECONDS_A_DAY = 86_400
WEEK = {**ROW, "valid_until": int(MORNING.timestamp()) + 7 * SECONDS_A_DAY}

EXAMPLES = [
    RewardExample(
        "for good",
        {"name": "course"},
        keys.entitlement(MEMBER, "course"),
        {**ROW, "valid_until": 253_402_300_799},
        {"status": "available", "valid_until": None},
    ),
    RewardExample(
        "for a week, in its last second",
        {"name": "course", "days": 7},
        keys.entitlement(MEMBER, "course"),
        WEEK,
        {"status": "available", "valid_until": "2026-12-08T01:00:00+00:00"},
        later=MORNING + timedelta(7),
    ),
    RewardExample(
        "for a week, a second later",
        {"name": "course", "days": 7},
        keys.entitlement(MEMBER, "course"),
        WEEK,
        {"status": "expired"},
        later=MORNING + timedelta(days=7, seconds=1),
    ),
]

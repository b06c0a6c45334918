"""What granting a badge writes, by example."""

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, MORNING, RewardExample

ROW = {
    "id": "grant_1",
    "name": {"zh": "礼物", "en": "A present"},
    "campaign": CAMPAIGN,
    "day": "2026-12-01",
    "at": int(MORNING.timestamp()),
}

EXAMPLES = [
    RewardExample(
        "as it comes",
        {},
        keys.wallet(MEMBER, "badge", "grant_1"),
        {**ROW, "sign": "star", "about": {"zh": "", "en": ""}},
        {"status": "available", "day": "2026-12-01", "value": {"zh": "徽章", "en": "Badge"}},
    ),
    RewardExample(
        "a sun for early birds",
        {"sign": "sun", "about": {"zh": "连续 7 天早起", "en": "Seven mornings in a row"}},
        keys.wallet(MEMBER, "badge", "grant_1"),
        {**ROW, "sign": "sun", "about": {"zh": "连续 7 天早起", "en": "Seven mornings in a row"}},
        {"sign": "sun", "about": {"zh": "连续 7 天早起", "en": "Seven mornings in a row"}},
    ),
]

"""What granting a certificate writes, by example."""

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, MORNING, RewardExample

ROW = {
    "id": "grant_1",
    "name": {"zh": "礼物", "en": "A present"},
    "campaign": CAMPAIGN,
    "day": "2026-12-01",
    "at": int(MORNING.timestamp()),
    "version": 1,
    "reward": "present",
}

EXAMPLES = [
    RewardExample(
        "as it comes",
        {},
        keys.wallet(MEMBER, "certificate", "grant_1"),
        {**ROW, "number": "0892-6PAX"},
        {"status": "available", "day": "2026-12-01", "value": {"zh": "证书", "en": "Certificate"}},
    ),
    RewardExample(
        "with a series of its own",
        {"title": {"zh": "毕业啦", "en": "Well done"}, "series": "camp-12"},
        keys.wallet(MEMBER, "certificate", "grant_1"),
        {**ROW, "number": "CAMP-12-0892-6PAX"},
        {"number": "CAMP-12-0892-6PAX"},
    ),
]

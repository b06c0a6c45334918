"""What granting points writes, by example."""

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, RewardExample

EXAMPLES = [
    RewardExample(
        "ten points",
        {},
        keys.points(MEMBER),
        {"balance": 10, "count": 1, "entries": [["grant_1", 10, 1796086800, f"{CAMPAIGN}/rule"]]},
        {"balance": 10, "value": {"zh": "10 积分", "en": "10 points"}, "status": "available"},
        amount=10,
    )
]

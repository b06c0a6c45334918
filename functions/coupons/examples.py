"""What granting a coupon writes, by example."""

from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.example import CAMPAIGN, MEMBER, MORNING, RewardExample
from functions.core.ids import derived_id
from functions.core.keys import Row

ID = derived_id("coup", "grant_1", "0")
KEY = keys.coupon(MEMBER, ID)
LAST_SECOND = 1798819199  # 2027-01-01 23:59:59 in Shanghai
TENNER = {
    "value": {"kind": "amount_off", "amount": 1000},
    "minimum_spend": 3000,
    "validity": {"kind": "relative", "days": 31},
}


def row(**more: Any) -> Row:
    """The row of a coupon of ten yuan, valid for 31 days."""
    return {
        "id": ID,
        "member": MEMBER,
        "name": {"zh": "礼物", "en": "A present"},
        "campaign": CAMPAIGN,
        "granted_under": 1,
        "reward": "present",
        "value": {"kind": "amount_off", "amount": 1000},
        "minimum": 3000,
        "currency": "CNY",
        "group": "",
        "stores": [],
        "valid_from": int(MORNING.timestamp()),
        "valid_until": LAST_SECOND + 1,
        "zone": "Asia/Shanghai",
        "state": "available",
        "version": 1,
    } | more


EXAMPLES = [
    RewardExample(
        "ten off, in its last second",
        TENNER,
        KEY,
        row(),
        {
            "status": "available",
            "value": {"zh": "满 ¥30 减 ¥10", "en": "¥10 off over ¥30"},
            "last_day": "2027-01-01",
        },
        later=MORNING + timedelta(seconds=LAST_SECOND - int(MORNING.timestamp())),
        worst_cost=1000,
    ),
    RewardExample(
        "a second later",
        TENNER,
        KEY,
        row(),
        {"status": "expired"},
        later=MORNING + timedelta(seconds=LAST_SECOND + 1 - int(MORNING.timestamp())),
        worst_cost=1000,
    ),
    RewardExample(
        "a fifth off for two dates to come",
        {
            "value": {"kind": "percent_off", "percent": 20, "cap": 5000},
            "validity": {"kind": "fixed", "first": "2026-12-24", "last": "2026-12-25"},
            "stores": ["store_1"],
        },
        KEY,
        row(
            value={"kind": "percent_off", "percent": 20, "cap": 5000},
            minimum=0,
            stores=["store_1"],
            valid_from=1798041600,
            valid_until=1798214400,
        ),
        {
            "status": "not_yet",
            "value": {"zh": "8 折，最多减 ¥50", "en": "20% off, at most ¥50"},
            "last_day": "2026-12-25",
            "stores": ["store_1"],
        },
        worst_cost=5000,
    ),
    RewardExample(
        "a gift from tomorrow's midnight",
        {
            "value": {"kind": "gift", "gift": {"zh": "杯子", "en": "a mug"}, "value": 800},
            "validity": {"kind": "relative", "days": 1, "delay": 1},
            "group": "gifts",
        },
        KEY,
        row(
            value={"kind": "gift", "gift": {"zh": "杯子", "en": "a mug"}, "value": 800},
            minimum=0,
            group="gifts",
            valid_from=1796140800,
            valid_until=1796313600,
        ),
        {"status": "not_yet", "value": {"zh": "送杯子", "en": "a mug for free"}, "last_day": "2026-12-03"},
        worst_cost=800,
    ),
    RewardExample(
        "free shipping",
        {"value": {"kind": "shipping", "cap": 1200}, "validity": {"kind": "relative", "days": 31}, "currency": "USD"},
        KEY,
        row(value={"kind": "shipping", "cap": 1200}, minimum=0, currency="USD"),
        {"status": "available", "value": {"zh": "免运费，最多 $12", "en": "Free shipping up to $12"}},
        worst_cost=1200,
    ),
]

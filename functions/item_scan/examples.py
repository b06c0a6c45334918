"""What taking an item's reward does, by example."""

from typing import Any

from functions.core.change import Change, Is
from functions.core.example import MEMBER, Example
from functions.core.item import ProvenItem
from functions.core.mechanic import Fact

LINK = "https://shop.example/01/09520123456788/10/L7/21/7XR2YKEHATW8S6BZM7K7"
BATCH = "batch_00000000000000000000000001"
ITEM = ProvenItem(BATCH, 41, "good")
DATA = {"item": LINK}


def scanned(by: str = ITEM.visitor(MEMBER), **more: Any) -> Any:
    """The item's row, scanned first by somebody."""
    return {"version": 3, "first": {"at": 1, "by": by}, "count": 3, **more}


def taken(version: int = 3) -> Change:
    return Change(ITEM.key, (Is("version", version),), set={"collected": ITEM.visitor(MEMBER)}, add={"version": 1})


def fact(total: int) -> Fact:
    return Fact("item_scan.recorded", f"{BATCH}.41", {"total": total})


EXAMPLES = [
    Example(
        "by who scanned it first",
        "collect",
        "collected",
        data=DATA,
        item=ITEM,
        rows={ITEM.key: scanned()},
        after={"total": 1, "last": "2026-12-01", "today": 1},
        facts=(fact(1),),
        changes=(taken(),),
    ),
    Example(
        "by who holds the inner code, whoever scanned the outer one",
        "collect",
        "collected",
        data={**DATA, "inner": "7XR2Y-KEHAT"},
        item=ProvenItem(BATCH, 41, "good", "right"),
        rows={ITEM.key: scanned(by="somebody")},
        record={"total": 4, "last": "2026-11-30", "today": 4},
        after={"total": 5, "last": "2026-12-01", "today": 1},
        facts=(fact(5),),
        changes=(taken(),),
    ),
    Example("by another", "collect", "scanned_by_another", data=DATA, item=ITEM, rows={ITEM.key: scanned("somebody")}),
    Example("before any scan", "collect", "scan_first", data=DATA, item=ITEM, rows={ITEM.key: None}),
    Example(
        "a second time",
        "collect",
        "already_collected",
        data=DATA,
        item=ITEM,
        rows={ITEM.key: scanned(collected="somebody")},
    ),
    Example(
        "with a wrong inner code",
        "collect",
        "inner_code_wrong",
        data=DATA,
        item=ProvenItem(BATCH, 41, "good", "wrong"),
        rows={ITEM.key: scanned()},
    ),
    Example(
        "not activated",
        "collect",
        "not_activated",
        data=DATA,
        item=ProvenItem(BATCH, 41, "not_activated"),
        rows={ITEM.key: None},
    ),
    Example("blocked", "collect", "blocked", data=DATA, item=ProvenItem(BATCH, 41, "blocked"), rows={ITEM.key: None}),
    Example("expired", "collect", "expired", data=DATA, item=ProvenItem(BATCH, 41, "expired"), rows={ITEM.key: None}),
    Example(
        "by the crate",
        "collect",
        "enough_today",
        {"per_day": 2},
        DATA,
        item=ITEM,
        rows={ITEM.key: scanned()},
        record={"total": 2, "last": "2026-12-01", "today": 2},
    ),
]

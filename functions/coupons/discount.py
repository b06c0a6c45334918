"""What coupons take off a cart: whole minor units, never more than there is to pay. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from functions.core.keys import Row


def off(row: Row, amount: int) -> dict[str, int]:
    """What a coupon takes off an order of `amount`, what is left to pay, and what it pays of the shipping."""
    value = row["value"]
    taken = 0
    match value["kind"]:
        case "amount_off":
            taken = value["amount"]
        case "percent_off":
            taken = min(amount * value["percent"] // 100, value["cap"])
    taken = min(taken, amount)
    return {
        "discount": taken,
        "payable": amount - taken,
        "shipping": value["cap"] if value["kind"] == "shipping" else 0,
    }


def stacks(rows: Sequence[Row]) -> bool:
    """Whether one cart may use all of these coupons: no two of one group."""
    groups = [row["group"] for row in rows]
    return len(groups) == len(set(groups))


def total_off(rows: Sequence[Row], amount: int) -> dict[str, Any]:
    """What coupons that stack take off together. Each counts from the cart's amount, so their order is no matter."""
    assert stacks(rows)
    taken = min(amount, sum(off(row, amount)["discount"] for row in rows))
    return {"discount": taken, "payable": amount - taken, "shipping": sum(off(row, amount)["shipping"] for row in rows)}


def best(rows: Sequence[Row], amount: int) -> list[Row]:
    """The coupons that take off the most: of each group the one worth most; gifts count by what they cost."""
    chosen: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (-_worth(row, amount), row["valid_until"], row["id"])):
        if _worth(row, amount) and amount >= row["minimum"]:
            chosen.setdefault(row["group"], row)
    return list(chosen.values())


def _worth(row: Row, amount: int) -> int:
    said = off(row, amount)
    gift: int = row["value"].get("value", 0)
    return said["discount"] + said["shipping"] + gift

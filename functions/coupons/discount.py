"""What a coupon takes off an order: whole minor units, never more than there is to pay. Pure."""

from __future__ import annotations

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

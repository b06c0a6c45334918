"""Bodies of the order hook."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from functions.edge.bodies import Out


class OrdersOut(Out):
    """What became of a message: how many orders were taken. What follows from them comes later, from a queue."""

    outcome: Literal["accepted"] = "accepted"
    orders: int = Field(description="Paid, refunded or cancelled orders in the message; unpaid ones are left out")

"""Money: whole minor units (fen, cents) and a currency; never a float."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MINOR_MAX = 10**12
Currency = Literal["CNY", "USD", "EUR", "HKD", "SGD", "JPY"]
SUMS = ("cut", "deposit")  # of the values that outcomes' sentences name: minor units
DECIMALS: dict[str, int] = {"JPY": 0}

Minor = Annotated[int, Field(ge=0, le=MINOR_MAX, json_schema_extra={"widget": "money"})]


class Money(BaseModel):
    """An amount of at least zero in minor units of `currency`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    minor: Minor = 0
    currency: Currency = "CNY"

    def __str__(self) -> str:
        decimals = DECIMALS.get(self.currency, 2)
        return f"{sign(self.currency)}{self.minor / 10**decimals:,.{decimals}f}"


def sign(currency: str) -> str:
    """What stands before an amount: ¥, or a currency's letters and a space."""
    return {"CNY": "¥", "USD": "$", "EUR": "€"}.get(currency, currency + " ")


def readable(values: Mapping[str, Any], currency: Currency) -> dict[str, Any]:
    """What an outcome's sentence is filled with: its sums as people read them, whole units without their zeros."""
    sums = {name: values[name] for name in SUMS if isinstance(values.get(name), int)}
    return {**values, **{name: str(Money(minor=n, currency=currency)).removesuffix(".00") for name, n in sums.items()}}

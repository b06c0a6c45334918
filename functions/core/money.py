"""Money: whole minor units (fen, cents) and a currency; never a float."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MINOR_MAX = 10**12
Currency = Literal["CNY", "USD", "EUR", "HKD", "SGD", "JPY"]
DECIMALS: dict[str, int] = {"JPY": 0}

Minor = Annotated[int, Field(ge=0, le=MINOR_MAX, json_schema_extra={"widget": "money"})]


class Money(BaseModel):
    """An amount of at least zero in minor units of `currency`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    minor: Minor = 0
    currency: Currency = "CNY"

    def __str__(self) -> str:
        decimals = DECIMALS.get(self.currency, 2)
        sign = {"CNY": "¥", "USD": "$", "EUR": "€"}.get(self.currency, self.currency + " ")
        return f"{sign}{self.minor / 10**decimals:,.{decimals}f}"

"""The contract of a reward: a folder with `reward.py`, found by `core/discovery.py`.

    KIND, TITLE           its name, and what people call it
    OUTCOMES              stable code -> sentence, for what granting or charging may be refused with
    class Config          pydantic: form, validation and stored definition in one
    worst_cost(config)    what one unit can cost at most, minor units
    rows(config, grant)   what granting writes, besides stock and limits, which the engine keeps
    view(row, at)         the wallet's entry for a row this reward wrote
and, where units are not just a number:
    UNITS_MAX             how many one rule may give at once
and, where one for each member is what is meant as a rule:
    PER_MEMBER            what the composer begins with as the limit for each person
and, where several are not said as `n × name`:
    counted(amount, name, language)                    "10 points"
and, where what was given can be taken back:
    kept_in(given) -> [Key]                            rows to look at first
    take_back(givens, rows) -> [Change]                what taking all of them back writes; what was used stays
and, where members can pay with it (its refusal is `<kind>_insufficient`):
    charge(charge, receipt) -> list[Change]            what paying writes; receipt.id is the entry's id
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from functions.core.calendar import Calendar
from functions.core.change import Change
from functions.core.keys import Row
from functions.core.text import Language, Text


@dataclass(frozen=True)
class Grant:
    """One reward to one member. `id` follows from (campaign, rule, member, occurrence): never random.

    `calendar` holds the campaign's days, for what is valid until the end of one.
    """

    id: str
    campaign: str
    version: int
    rule: str
    reward: str
    kind: str
    member: str
    at: datetime
    amount: int = 1
    name: Text = Text()
    calendar: Calendar = Calendar("UTC")


@dataclass(frozen=True)
class Given:
    """A grant made before, which is to be taken back `at` now."""

    id: str
    campaign: str
    member: str
    amount: int
    at: datetime


class RewardKind(Protocol):
    """The module `functions/<folder>/reward.py`."""

    KIND: str
    TITLE: Text
    OUTCOMES: dict[str, Text]
    Config: type[BaseModel]

    def worst_cost(self, config: Any) -> int:
        """What one unit can cost at most, in minor units."""
        ...

    def rows(self, config: Any, grant: Grant) -> Sequence[Change]:
        """What granting writes."""
        ...

    def view(self, row: Row, at: datetime) -> dict[str, Any]:
        """The wallet's entry for a row."""
        ...


def counted(reward: RewardKind | None, amount: int, name: str, language: Language) -> str:
    """So many of a reward, as its kind says it; None is a kind that nobody knows."""
    own = getattr(reward, "counted", None)
    if own is not None:
        return str(own(amount, name, language))
    return name if amount == 1 else f"{amount} × {name}"

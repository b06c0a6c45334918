"""Points: one unit is one point. The balance is the sum of the ledger's entries (docs/rewards.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from functions.core import keys
from functions.core.change import AtLeast, Change
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.mechanic import Charge
from functions.core.reward import Given, Grant
from functions.core.text import Language, Text
from functions.points.ledger import entry

KIND = "points"
TITLE = Text(zh="积分", en="Points")
OUTCOMES = {"points_insufficient": Text(zh="积分不够", en="Not enough points")}


class Config(BaseModel):
    """Nothing to set: a rule's amount says how many points."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def worst_cost(config: Config) -> int:
    """Points are no money; what they buy has its own price."""
    return 0


def counted(amount: int, name: str, language: Language) -> str:
    """10 积分, 10 points; under the name that they have in a campaign."""
    if language == "en" and name == TITLE.en:
        return f"{amount} point" if amount == 1 else f"{amount} points"
    return f"{amount} {name}"


def rows(config: Config, grant: Grant) -> Sequence[Change]:
    """The balance rises and the ledger says why. Nothing is read: adding commutes with other grants."""
    return [_entered(grant, grant.amount, f"{grant.campaign}/{grant.rule}")]


def charge(charge: Charge, receipt: Grant) -> list[Change]:
    """The member pays, if the balance covers it; `receipt` names the payment."""
    paid = _entered(receipt, -charge.amount, f"{receipt.campaign}/{charge.reason}")
    covered = (AtLeast("balance", charge.amount),)
    return [Change(paid.key, covered, add=paid.add, append=paid.append, refusal="points_insufficient")]


def kept_in(given: Given) -> list[Key]:
    """The balance."""
    return [keys.points(given.member)]


def take_back(givens: Sequence[Given], rows: Mapping[Key, Row | None]) -> list[Change]:
    """Entries that name those they take back; what was spent stays spent, for no balance is negative."""
    left = {given.member: (rows[keys.points(given.member)] or {}).get("balance", 0) for given in givens}
    changes = []
    for given in givens:
        points = min(given.amount, left[given.member])
        left[given.member] -= points
        if points:
            line = [derived_id("rev", given.id), -points, int(given.at.timestamp()), f"{given.campaign}/undone"]
            entry = {"add": {"balance": -points, "count": 1}, "append": {"entries": [line]}}
            changes.append(Change(keys.points(given.member), (AtLeast("balance", points),), **entry))
    return changes


def view(row: Row, at: datetime) -> dict[str, Any]:
    """The wallet's entry of a points row: the balance, and the newest entries."""
    return {
        "kind": KIND,
        "id": KIND,
        "name": TITLE.model_dump(),
        "value": {"zh": f"{row['balance']} 积分", "en": f"{row['balance']} points"},
        "status": "available",
        "balance": row["balance"],
        "entries": [entry(line) for line in reversed(row["entries"])],
    }


def _entered(grant: Grant, points: int, why: str) -> Change:
    line = [grant.id, points, int(grant.at.timestamp()), why]
    return Change(keys.points(grant.member), add={"balance": points, "count": 1}, append={"entries": [line]})

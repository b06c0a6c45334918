"""Coupon: a row in the member's wallet that keeps the terms it was granted under (docs/rewards.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from functions.core import keys
from functions.core.change import Change, create
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.reward import Given, Grant
from functions.core.text import Language, Text
from functions.coupons import redeem, terms
from functions.coupons.terms import Config

__all__ = [
    "KIND", "OUTCOMES", "TITLE", "UNITS_MAX", "Config", "counted", "kept_in", "rows", "take_back", "view", "worst_cost",
]  # fmt: skip

KIND = "coupon"
TITLE = Text(zh="优惠券", en="Coupon")
OUTCOMES = redeem.OUTCOMES
UNITS_MAX = 5  # each coupon is a row, and a write holds 100
NAME_KEPT = 40  # characters of the reward's name that a row keeps, so that it stays within 1 KB
VALUE: TypeAdapter[terms.Value] = TypeAdapter(terms.Value)


def worst_cost(config: Config) -> int:
    """What one coupon can cost at most, in minor units."""
    return terms.worst_cost(config.value)


def counted(amount: int, name: str, language: Language) -> str:
    """2 张满 30 减 10 元券; one goes by its name."""
    if amount == 1:
        return name
    return f"{amount} 张{name}" if language == "zh" else f"{amount} × {name}"


def rows(config: Config, grant: Grant) -> Sequence[Change]:
    """A row for each coupon. Its id follows from the grant, so that a grant repeated makes no second one."""
    assert grant.amount <= UNITS_MAX
    begins, ends = terms.window(config.validity, grant.at, grant.calendar)
    row: Row = {
        "member": grant.member,
        "name": {"zh": grant.name.zh[:NAME_KEPT], "en": grant.name.en[:NAME_KEPT]},
        "campaign": grant.campaign,
        "granted_under": grant.version,
        "reward": grant.reward,
        "value": config.value.model_dump(),
        "minimum": config.minimum_spend,
        "currency": config.currency,
        "group": config.group,
        "stores": list(config.stores),
        "valid_from": int(begins.timestamp()),
        "valid_until": int(ends.timestamp()),
        "zone": grant.calendar.zone,
        "state": "available",
        "version": 1,
    }
    ids = [derived_id("coup", grant.id, str(unit)) for unit in range(grant.amount)]
    return [create(keys.coupon(grant.member, one), {"id": one, **row}, f"granted:{grant.id}") for one in ids]


def kept_in(given: Given) -> list[Key]:
    """The coupons that were given."""
    return [keys.coupon(given.member, derived_id("coup", given.id, str(unit))) for unit in range(given.amount)]


def take_back(givens: Sequence[Given], rows: Mapping[Key, Row | None]) -> list[Change]:
    """Those that nobody used are void."""
    found = [(given, row) for given in givens for key in kept_in(given) if (row := rows[key])]
    return [
        change
        for given, row in found
        if not row.get("erased")
        for change in redeem.void(row, "undone", redeem.Till(f"undo.{given.id}", "", "system", given.at)).changes
    ]


def view(row: Row, at: datetime) -> dict[str, Any]:
    """The wallet's entry of a coupon."""
    until = datetime.fromtimestamp(row["valid_until"], UTC)
    last_moment = (until - timedelta(seconds=1)).astimezone(ZoneInfo(row["zone"]))
    return {
        "kind": KIND,
        "id": row["id"],
        "name": row["name"],
        "value": terms.sentence(VALUE.validate_python(row["value"]), row["minimum"], row["currency"]).model_dump(),
        "status": redeem.status(row, at),
        "valid_from": datetime.fromtimestamp(row["valid_from"], UTC).isoformat(),
        "valid_until": until.isoformat(),
        "last_day": last_moment.date().isoformat(),
        "stores": row["stores"],
        "used": {name: use[name] for name in ("at", "store")} if (use := row.get("use")) else None,
    }

"""Entitlement: a right that a member holds for a time, such as the door of another campaign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from functions.core.change import Change
from functions.core.form import label
from functions.core.ids import SLUG
from functions.core.keys import Row
from functions.core.reward import Grant
from functions.core.text import Text
from functions.entitlements.held import FOREVER, lasting

KIND = "entitlement"
TITLE = Text(zh="权益", en="Entitlement")
OUTCOMES: dict[str, Text] = {}
UNITS_MAX = 10  # of the longest, a hundred years


class Config(BaseModel):
    """A right by name, and for how long."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=SLUG,
        json_schema_extra=label(
            "权益代号", "Name", zh_help="别的活动在“参加资格”里填它", en_help="Other campaigns ask for it as audience"
        ),
    )
    days: int | None = Field(
        default=None,
        ge=1,
        le=3660,
        json_schema_extra=label("有效天数", "Lasts", unit="days", zh_help="不填则一直有效", en_help="Empty: for good"),
    )


def worst_cost(config: Config) -> int:
    """A right costs nothing by itself."""
    return 0


def rows(config: Config, grant: Grant) -> Sequence[Change]:
    """The right begins, or is extended from now on. Who holds it for longer already keeps that."""
    until = FOREVER
    if config.days is not None:
        until = int((grant.at + timedelta(config.days * grant.amount)).timestamp())
    refusal = f"granted:{grant.id}"
    return [lasting(grant.member, config.name, grant.name, until, grant.id, grant.campaign, refusal)]


def view(row: Row, at: datetime) -> dict[str, Any]:
    """The wallet's entry of an entitlement row."""
    forever = row["valid_until"] == FOREVER
    until = datetime.fromtimestamp(row["valid_until"], UTC)
    return {
        "kind": KIND,
        "id": row["name"],
        "name": row["title"],
        "value": TITLE.model_dump(),
        "status": "available" if at.timestamp() <= row["valid_until"] else "expired",
        "valid_until": None if forever else until.isoformat(),
    }

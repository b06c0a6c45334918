"""Claim: a member takes what the rules give, once, once a day or once a week (docs/mechanics/claim.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.core.event import Event
from functions.core.form import label
from functions.core.keys import Key
from functions.core.mechanic import Accepts, Decision, Fact, FactType, Moment, Seen, accept, refuse
from functions.core.text import Text

KIND = "claim"
TITLE = Text(zh="领取", en="Claim")
OUTCOMES = {
    "claimed": Text(zh="领取成功", en="It is yours"),
    "already_claimed": Text(zh="你已经领过了", en="You already have it"),
    "claimed_today": Text(zh="今天已经领过了，明天再来", en="You have today's. Come again tomorrow"),
    "claimed_this_week": Text(zh="这周已经领过了，下周一再来", en="You have this week's. Come again on Monday"),
}
FACTS = {
    "claim.recorded": FactType(
        Text(zh="领取成功", en="Claimed"),
        {"total": int},
        {"total": Text(zh="第几次领取", en="Claim number")},
        earned={"member": Text(zh="领取", en="you claim")},
        happens=Text(en="a member claims"),
        reached={"total": Text(zh="第 {value} 次领取", en="you have claimed {value} times")},
        many=Text(zh="领取", en="Claims"),
    )
}
TAKEN = {"once": "already_claimed", "day": "claimed_today", "week": "claimed_this_week"}


class Config(BaseModel):
    """How often one member may claim. Days and weeks are the campaign's; a week begins on Monday."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: Literal["once", "day", "week"] = Field(
        default="once",
        json_schema_extra=label(
            "每人多久领一次",
            "How often one may claim",
            choices={
                "once": ("只领一次", "Once"),
                "day": ("每天一次", "Once a day"),
                "week": ("每周一次", "Once a week"),
            },
        ),
    )

    def period(self, today: date) -> str:
        """What names the period of `today`: `once`, the day, or the Monday of its week."""
        if self.every == "once":
            return "once"
        return str(today if self.every == "day" else today - timedelta(today.weekday()))


class Claim(BaseModel):
    """Nothing more than the tap."""

    model_config = ConfigDict(frozen=True, extra="forbid")


ACCEPTS = {"claim": Accepts(Claim, title=Text(zh="领取", en="Claim"))}


def reads(config: Config, event: Event) -> Sequence[Key]:
    """Nothing but the member's own row."""
    return []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """One claim for one period. Pure."""
    period, total = config.period(seen.moment.today), seen.record.get("total", 0)
    if seen.record.get("last") == period:
        return refuse(TAKEN[config.every])
    fact = Fact("claim.recorded", period, {"total": total + 1})
    return accept("claimed", {"last": period, "total": total + 1}, fact)


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member sees of their own state."""
    taken = record.get("last") == config.period(moment.today)
    return {"can_claim": not taken, "why_not": TAKEN[config.every] if taken else "", "total": record.get("total", 0)}

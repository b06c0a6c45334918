"""What a marketer sets for an assist or a bargain: one model is form, validation and stored definition in one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import label, unfit
from functions.core.money import Minor

HELPERS_MAX = 20
STEPS_MAX = 5
HOURS_MAX = 30 * 24
Step = Annotated[int, Field(ge=1, le=HELPERS_MAX)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Help(_Part):
    """Each helper counts one."""

    model_config = ConfigDict(json_schema_extra=label("助力", "Help"))

    kind: Literal["help"] = "help"


class Bargain(_Part):
    """Each helper cuts the price by an amount drawn from a seed; the last one cuts the rest."""

    model_config = ConfigDict(json_schema_extra=label("砍价", "Bargain"))

    kind: Literal["bargain"] = "bargain"
    price: Minor = Field(default=10_000, json_schema_extra=label("原价", "From", unit="minor", widget="money"))
    floor: Minor = Field(
        default=0,
        json_schema_extra=label(
            "砍到", "Down to", unit="minor", widget="money", zh_help="不会再低", en_help="Never below it"
        ),
    )

    @model_validator(mode="after")
    def _falls(self) -> Bargain:
        if self.price - self.floor < HELPERS_MAX:
            raise unfit(
                "nothing_to_cut", "要比原价低，让每人至少砍一分", "Too close to the price one begins at", at="floor"
            )
        return self


class Config(_Part):
    """An assist: so many helpers in so many hours."""

    helpers: int = Field(
        default=3,
        ge=1,
        le=HELPERS_MAX,
        json_schema_extra=label("需要几位好友", "Helpers needed", unit="people"),
    )
    steps: list[Step] = Field(
        [],
        max_length=STEPS_MAX,
        json_schema_extra=label(
            "中途奖励的人数",
            "Rewarded on the way",
            unit="people",
            zh_help="到这些人数时也可以发奖",
            en_help="Numbers of helpers that rules can reward as well",
        ),
    )
    hours: int = Field(default=24, ge=1, le=HOURS_MAX, json_schema_extra=label("多少小时内", "Within", unit="hours"))
    helps_each: int = Field(
        default=1,
        ge=1,
        le=100,
        json_schema_extra=label(
            "每人最多帮几次", "One may help", unit="times", zh_help="帮不同的人", en_help="Each time somebody else"
        ),
    )
    newcomers_only: bool = Field(
        default=False, json_schema_extra=label("只有新会员的助力算数", "Only newcomers can help")
    )
    starts_each: int = Field(
        default=1, ge=1, le=100, json_schema_extra=label("每人最多发起几次", "One may begin", unit="times")
    )
    style: Help | Bargain = Field(default=Help(), discriminator="kind", json_schema_extra=label("玩法", "How"))

    @model_validator(mode="after")
    def _steps_rise(self) -> Config:
        if self.steps != sorted(set(self.steps)) or (self.steps and self.steps[-1] >= self.helpers):
            raise unfit(
                "steps_unfit",
                "要从小到大，都少于总人数",
                "Must rise, below the number of helpers",
                at="steps",
            )
        return self

"""What it takes to begin a check-in: nothing, or a deposit that comes back by the days that were done."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import label, unfit

DEPOSIT_MAX = 100_000  # minor units: a promise to oneself, not a purchase
STEPS_MAX = 5
WHOLE = 100  # percent


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """From so many days on, so much of the deposit comes back."""

    days: int = Field(ge=1, le=366, json_schema_extra=label("打满几天", "Days", unit="days"))
    share: int = Field(ge=1, le=WHOLE, json_schema_extra=label("退回多少", "Given back", unit="percent"))


class FreeEntry(_Part):
    """Nothing is paid."""

    model_config = ConfigDict(json_schema_extra=label("免费", "Free"))

    kind: Literal["free"] = "free"


class DepositEntry(_Part):
    """A deposit, in minor units. It is the member's own money: what is kept, the table says before they pay."""

    model_config = ConfigDict(json_schema_extra=label("付押金", "A deposit"))

    kind: Literal["deposit"] = "deposit"
    amount: int = Field(
        default=9900,
        ge=1,
        le=DEPOSIT_MAX,
        json_schema_extra=label("押金", "Deposit", unit="minor", widget="money"),
    )
    gives_back: list[Step] = Field(
        [],
        max_length=STEPS_MAX,
        json_schema_extra=label(
            "打满几天退多少",
            "Refund by days done",
            zh_help="不填：完成才退，全额。最后一档必须是 100%",
            en_help="No steps: all of it, on completion. The last step is always 100%",
        ),
    )

    @model_validator(mode="after")
    def _steps_rise_to_all(self) -> DepositEntry:
        for numbers in ([step.days for step in self.gives_back], [step.share for step in self.gives_back]):
            if numbers != sorted(set(numbers)):
                raise unfit(
                    "deposit_steps_not_rising",
                    "天数和退回比例都要一档比一档高",
                    "Days and shares both rise from step to step",
                    at="gives_back",
                )
        if self.gives_back and self.gives_back[-1].share != WHOLE:
            raise unfit(
                "deposit_never_whole",
                "最后一档要退 100%：押金总要有全额拿回的办法",
                "The last step gives back 100%: there is always a way to get all of it back",
                at="gives_back",
            )
        return self


Entry = Annotated[FreeEntry | DepositEntry, Field(discriminator="kind")]

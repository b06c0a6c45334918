"""What a marketer sets for a group-buy: one model is form, validation and stored definition in one."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import label, unfit
from functions.core.money import Minor

GROUP_SIZE_MAX = 20  # completion writes a row, a refund and up to three rewards for each: 100 rows
LARGE_MAX = 30  # the group's row is 1 KB; above GROUP_SIZE_MAX it is settled in steps of as many if the rules give much
STEPS_MAX = 3
HOURS_MAX = 7 * 24
FAKES = ("virtual_fill", "virtual_members", "auto_fill", "robots")  # what other systems call it


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """A lower price for all, from so many people on."""

    people: int = Field(ge=2, le=LARGE_MAX, json_schema_extra=label("满几人", "People", unit="people"))
    price: Minor = Field(json_schema_extra=label("每人价格", "Price for each", unit="minor", widget="money"))


class Config(_Part):
    """A group-buy. Prices are for one member, in minor units; 0 means that nothing is paid."""

    size: int = Field(
        default=3,
        ge=2,
        le=LARGE_MAX,
        json_schema_extra=label(
            "几人成团",
            "People to form",
            unit="people",
            zh_help=f"凑够这么多人就成团，最多 {LARGE_MAX} 人",
            en_help=f"With so many it is formed; {LARGE_MAX} at most",
        ),
    )
    hours: int = Field(
        default=24,
        ge=1,
        le=HOURS_MAX,
        json_schema_extra=label(
            "多少小时内凑齐",
            "Hours to fill",
            unit="hours",
            zh_help="到时没凑齐就解散，付了的钱全退",
            en_help="If it is not full by then, it ends and all money goes back",
        ),
    )
    price: Minor = Field(
        default=0,
        json_schema_extra=label(
            "拼团价", "Price", unit="minor", widget="money", zh_help="0 表示免费参加", en_help="0: nothing is paid"
        ),
    )
    ladder: list[Step] = Field(
        [],
        max_length=STEPS_MAX,
        json_schema_extra=label(
            "人越多越便宜",
            "More people, lower price",
            zh_help="按成团时的人数定价，多付的自动退",
            en_help="The number at the end sets the price for all; what was paid above it goes back",
        ),
    )
    leader_discount: Minor = Field(
        default=0,
        json_schema_extra=label(
            "团长少付", "The leader pays less by", unit="minor", widget="money",
            zh_help="开团的人少付这么多", en_help="For who opens the group",
        ),
    )  # fmt: skip
    newcomers_only: bool = Field(
        default=False,
        json_schema_extra=label(
            "只让新会员参团",
            "Only newcomers may join",
            zh_help="老会员开团，没参加过任何活动的人才能参团",
            en_help="Anyone opens; only who took part in nothing before can join",
        ),
    )
    groups_each: int = Field(
        default=1,
        ge=1,
        le=100,
        json_schema_extra=label("每人最多成团几次", "Groups formed by each member", unit="times"),
    )
    hold_minutes: int = Field(
        default=15,
        ge=5,
        le=60,
        json_schema_extra=label(
            "付款时留座几分钟",
            "Minutes a seat is held",
            unit="minutes",
            zh_help="过时没付款，名额让给别人",
            en_help="Not paid by then, the seat is free again",
        ),
    )
    on_refund: Literal["keep", "replace", "dissolve"] = Field(
        default="keep",
        json_schema_extra=label(
            "成团后有人退款",
            "A refund after it is formed",
            choices={
                "keep": ("团不受影响", "The group stays"),
                "replace": ("空出的名额可以补人", "The seat can be taken again"),
                "dissolve": ("解散，全部退款", "It is dissolved; everyone is refunded"),
            },
            zh_help="解散时，未使用的券作废、积分扣回，已使用的不追回；页面上会写明",
            en_help="Dissolved: unused coupons are void, points go back, what was used stays; the page says so",
        ),
    )
    listed: bool = Field(
        default=True,
        json_schema_extra=label(
            "显示可参加的团",
            "Show groups to join",
            zh_help="关掉后只能通过邀请链接参团",
            en_help="Off: one joins by an invitation link alone",
        ),
    )

    @property
    def most(self) -> int:
        """How many a group can have."""
        return self.ladder[-1].people if self.ladder else self.size

    @property
    def lowest(self) -> int:
        """The lowest price that a group can come to."""
        return self.ladder[-1].price if self.ladder else self.price

    @model_validator(mode="before")
    @classmethod
    def _nobody_is_made_up(cls, said: Any) -> Any:
        if isinstance(said, dict) and any(said.get(name) for name in FAKES):
            raise unfit(
                "virtual_fill",
                "不能虚拟成团：凑进假人是虚构交易（《电子商务法》第十七条、《反不正当竞争法》第八条）",
                "No made-up members: filling a group with them is fictitious trade "
                "(E-Commerce Law art. 17, Anti-Unfair Competition Law art. 8)",
            )
        return {name: value for name, value in said.items() if name not in FAKES} if isinstance(said, dict) else said

    @model_validator(mode="after")
    def _steps_fit(self) -> Config:
        people = [self.size, *(step.people for step in self.ladder)]
        prices = [self.price, *(step.price for step in self.ladder)]
        if people != sorted(set(people)):
            raise unfit(
                "steps_not_rising",
                "人数要一级比一级多，从成团人数往上",
                "Each step has more people than before",
                at="ladder",
            )
        if len(prices) > 1 and prices != sorted(set(prices), reverse=True):
            raise unfit(
                "prices_not_falling",
                "价格要一级比一级低，从拼团价往下",
                "Each step has a lower price than before",
                at="ladder",
            )
        if self.most > GROUP_SIZE_MAX and self.on_refund != "keep":
            raise unfit(
                "large_group_stays",
                f"超过 {GROUP_SIZE_MAX} 人的团可能分步结算，成团后有人退款只能选“团不受影响”",
                f"A group of more than {GROUP_SIZE_MAX} may be settled in steps: after a refund it can only stay",
                at="on_refund",
            )
        if self.leader_discount > self.lowest:
            raise unfit(
                "discount_above_price",
                "团长少付的钱不能比价格还多",
                "The leader's discount is above the price",
                at="leader_discount",
            )
        return self

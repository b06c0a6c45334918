"""What a marketer sets of a referral."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import label, unfit
from functions.core.ids import SLUG
from functions.core.money import Minor

BASIS_POINTS = 10_000
LEVELS_MAX = 2


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Commission(_Part):
    """What promoters earn of their referees' orders."""

    levels: list[int] = Field(
        [500],
        min_length=1,
        max_length=LEVELS_MAX,
        json_schema_extra=label(
            "各级佣金比例", "Commission by level",
            zh_help="万分比：500 是 5%。第一级给邀请人；微信活动只能有一级",
            en_help="In basis points: 500 is 5%. The first is the referrer's; campaigns in WeChat have one level only",
        ),
    )  # fmt: skip
    freeze_days: int = Field(
        default=15,
        ge=0,
        le=180,
        json_schema_extra=label(
            "冻结天数", "Frozen for", unit="days",
            zh_help="付款后过这么多天才能结算，最好不短于退货期",
            en_help="Paid out no sooner than this after the payment; no shorter than returns are taken",
        ),
    )  # fmt: skip
    right: str | None = Field(
        default=None,
        pattern=SLUG,
        json_schema_extra=label(
            "推广员权益", "Promoter's right",
            zh_help="持有这项权益的人才有佣金：打卡、消费、领取或人工发放。不填则人人都有",
            en_help="Only who holds this entitlement earns: by check-ins, a purchase, a pack, by hand. Empty: everyone",
        ),
    )  # fmt: skip

    @model_validator(mode="after")
    def _within_the_price(self) -> Commission:
        if any(level < 0 for level in self.levels) or sum(self.levels) > BASIS_POINTS // 2:
            raise unfit(
                "commission_too_high",
                "各级佣金之和应在 0 到 50% 之间",
                "Commission is between 0 and 50% in all",
                at="levels",
            )
        return self


class Config(_Part):
    """A referral: what a friend has to do, when the reward is safe, and whom a visit is put down to."""

    qualify: Literal["join", "first_order", "order_above", "check_ins"] = Field(
        default="first_order",
        json_schema_extra=label(
            "好友做到什么算成功", "A friend counts after",
            choices={
                "join": ("参加活动", "joining"),
                "first_order": ("首次下单", "a first order"),
                "order_above": ("一单满额", "an order above an amount"),
                "check_ins": ("来几天", "coming on several days"),
            },
        ),
    )  # fmt: skip
    order_min: Minor = Field(default=0, json_schema_extra=label("一单满", "Order of at least"))
    check_ins: int = Field(default=3, ge=1, le=31, json_schema_extra=label("来几天", "Days to come on", unit="days"))
    hold_days: int = Field(
        default=7,
        ge=0,
        le=90,
        json_schema_extra=label(
            "等几天再发", "Held for", unit="days",
            zh_help="这几天里退款，就不发了；0 是马上发", en_help="Refunded within them, nothing is given; 0: at once",
        ),
    )  # fmt: skip
    window_days: int = Field(
        default=30, ge=1, le=90, json_schema_extra=label("链接几天有效", "A visit counts for", unit="days")
    )
    touch: Literal["first", "last"] = Field(
        default="last",
        json_schema_extra=label(
            "算给谁", "Put down to",
            choices={
                "first": ("第一个分享的人", "the first who shared"),
                "last": ("最后一个分享的人", "the last who shared"),
            },
        ),
    )  # fmt: skip
    newcomers_only: bool = Field(
        default=True,
        json_schema_extra=label(
            "只算新客", "New customers only",
            zh_help="参加过别的活动或下过单的人可以参加，但不算被邀请",
            en_help="Who took part elsewhere or bought before may join, and counts as nobody's friend",
        ),
    )  # fmt: skip
    commission: Commission | None = Field(default=None, json_schema_extra=label("分销佣金", "Commission for promoters"))

    @model_validator(mode="after")
    def _amount_is_said(self) -> Config:
        if self.qualify == "order_above" and self.order_min == 0:
            raise unfit("order_min_missing", "请填一单满多少", "Say how much an order has to be", at="order_min")
        return self

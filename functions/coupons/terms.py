"""What a coupon is worth, where and until when: the form, and the snapshot that each coupon keeps. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.calendar import ONE_DAY, Calendar, Day
from functions.core.form import label, unfit
from functions.core.ids import SLUG
from functions.core.money import MINOR_MAX, Currency, Minor, Money
from functions.core.text import Text

STORES_MAX = 40
NO_GROUP_OR_SLUG = f"^$|{SLUG}"
GIFT_NAME_MAX = 40  # a coupon's row carries it, and stays within 1 KB


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _money(zh: str, en: str) -> dict[str, Any]:
    return label(zh, en, unit="minor", widget="money")


class AmountOff(_Part):
    """So much off."""

    model_config = ConfigDict(json_schema_extra=label("减金额", "Amount off"))

    kind: Literal["amount_off"] = "amount_off"
    amount: int = Field(ge=1, le=MINOR_MAX, json_schema_extra=_money("减多少", "Amount off"))


class PercentOff(_Part):
    """A share off, up to a cap."""

    model_config = ConfigDict(json_schema_extra=label("打折", "Percent off"))

    kind: Literal["percent_off"] = "percent_off"
    percent: int = Field(
        ge=1, le=100, json_schema_extra=label("减百分之几", "Percent off", unit="percent", zh_help="20 即八折")
    )
    cap: int = Field(ge=1, le=MINOR_MAX, json_schema_extra=_money("最多减", "At most"))


class Gift(_Part):
    """A thing for free."""

    model_config = ConfigDict(json_schema_extra=label("礼品", "Gift"))

    kind: Literal["gift"] = "gift"
    gift: Text = Field(json_schema_extra=label("礼品", "Gift"))
    value: Minor = Field(json_schema_extra=_money("礼品成本", "What it costs you"))

    @model_validator(mode="after")
    def _name_is_short(self) -> Gift:
        if max(len(self.gift.zh), len(self.gift.en)) > GIFT_NAME_MAX:
            long = "zh" if len(self.gift.zh) > GIFT_NAME_MAX else "en"
            told = f"最多 {GIFT_NAME_MAX} 个字", f"At most {GIFT_NAME_MAX} characters"
            raise unfit("gift_name_long", *told, at=f"gift.{long}")
        return self


class Shipping(_Part):
    """Shipping for free, up to a cap."""

    model_config = ConfigDict(json_schema_extra=label("免运费", "Free shipping"))

    kind: Literal["shipping"] = "shipping"
    cap: int = Field(ge=1, le=MINOR_MAX, json_schema_extra=_money("最多免运费", "At most"))


Value = Annotated[AmountOff | PercentOff | Gift | Shipping, Field(discriminator="kind")]


class Fixed(_Part):
    """Between two dates of the campaign's zone, both included."""

    model_config = ConfigDict(json_schema_extra=label("固定日期", "Fixed dates"))

    kind: Literal["fixed"] = "fixed"
    first: Day = Field(json_schema_extra=label("从哪天起", "From"))
    last: Day = Field(json_schema_extra=label("到哪天止", "Until", zh_help="含当天", en_help="Included"))

    @model_validator(mode="after")
    def _last_is_not_before_first(self) -> Fixed:
        if self.last < self.first:
            raise unfit("validity_backwards", "不能早于开始日期", "Cannot be before the first day", at="last")
        return self


class Relative(_Part):
    """So many whole days after the grant; with a delay, from the beginning of a later day."""

    model_config = ConfigDict(json_schema_extra=label("领取后计算", "From the grant"))

    kind: Literal["relative"] = "relative"
    days: int = Field(default=30, ge=1, le=3660, json_schema_extra=label("有效天数", "Valid for", unit="days"))
    delay: int = Field(default=0, ge=0, le=366, json_schema_extra=label("几天后生效", "Starts after", unit="days"))


Validity = Annotated[Fixed | Relative, Field(discriminator="kind")]
StoreId = Annotated[str, Field(min_length=1, max_length=40)]


class Config(_Part):
    """A coupon."""

    value: Value = Field(json_schema_extra=label("优惠", "Worth"))
    minimum_spend: Minor = Field(default=0, json_schema_extra=_money("最低消费", "Minimum spend"))
    validity: Validity = Field(default=Relative(), json_schema_extra=label("有效期", "Validity"))
    group: str = Field(
        default="",
        pattern=NO_GROUP_OR_SLUG,
        json_schema_extra=label(
            "叠加组",
            "Stacking group",
            zh_help="同组的券一单只能用一张；不填则不限",
            en_help="One order takes one coupon of a group. Empty: no limit",
        ),
    )
    stores: list[StoreId] = Field(
        [],
        max_length=STORES_MAX,
        json_schema_extra=label("适用门店", "Stores", zh_help="不填则全部门店", en_help="Empty: every store"),
    )
    currency: Currency = Field(default="CNY", json_schema_extra=label("币种", "Currency"))


def worst_cost(value: Value) -> int:
    """What one coupon can cost at most, in minor units."""
    match value:
        case AmountOff():
            return value.amount
        case Gift():
            return value.value
        case PercentOff() | Shipping():
            return value.cap


def window(validity: Validity, at: datetime, calendar: Calendar) -> tuple[datetime, datetime]:
    """The instants from which and before which a coupon granted `at` may be used. Its days begin at midnight."""
    midnights = Calendar(calendar.zone)
    if isinstance(validity, Fixed):
        return midnights.starts(validity.first), midnights.starts(validity.last + ONE_DAY)
    first = midnights.day_of(at) + timedelta(validity.delay)
    begins = at if validity.delay == 0 else midnights.starts(first)
    return begins, midnights.starts(first + timedelta(validity.days) + ONE_DAY)


def sentence(value: Value, minimum: int, currency: Currency) -> Text:
    """What the coupon is worth, in words short enough for its face; whole units without their zeros."""

    def money(minor: int) -> str:
        return str(Money(minor=minor, currency=currency)).removesuffix(".00")

    match value:
        case AmountOff():
            said = Text(zh=f"减 {money(value.amount)}", en=f"{money(value.amount)} off")
        case PercentOff():
            cap = money(value.cap)
            said = Text(zh=f"{10 - value.percent / 10:g} 折，最多减 {cap}", en=f"{value.percent}% off, at most {cap}")
        case Gift():
            said = Text(zh=f"送{value.gift.in_('zh')}", en=f"{value.gift.in_('en')} for free")
        case Shipping():
            said = Text(zh=f"免运费，最多 {money(value.cap)}", en=f"Free shipping up to {money(value.cap)}")
    if not minimum:
        return said
    return Text(zh=f"满 {money(minimum)} {said.zh}", en=f"{said.en} over {money(minimum)}")

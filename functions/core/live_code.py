"""Live codes 活码: a printed code that never changes while what it opens does. Pure (docs/live-codes.md).

A code has ways. Those that are open now and for the visitor's region are weighed against one another; the first that
is open, where they take turns. Each visitor keeps the same way for as long as it is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.calendar import Instant
from functions.core.channels import CODE_OR_NONE, LIVE_CHARACTERS
from functions.core.channels import LIVE_CODE as CODE
from functions.core.form import HTTPS_PAGE, REGION, label, unfit
from functions.core.ids import base32
from functions.core.money import Minor
from functions.core.text import Text

CODE_CHARACTERS = LIVE_CHARACTERS
CODES_MAX = 500
WAYS_MAX = 20
NAME_MAX = 30
TAGS_MAX, TAG_MAX = 5, 20
SOON = timedelta(days=2)  # a WeChat group's own code lasts seven days: time enough to make the next


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class ToCampaign(_Part):
    """A campaign's page, its people counted under a channel where one is named."""

    model_config = ConfigDict(json_schema_extra=label("活动", "A campaign"))

    kind: Literal["campaign"] = "campaign"
    campaign: str = Field(
        pattern=r"^camp_[0-9a-z]{26}$",
        json_schema_extra=label(
            "活动编号",
            "Campaign id",
            zh_help="活动地址里 camp_ 开头的那一串",
            en_help="What begins with camp_ in its address",
        ),
    )
    channel: str = Field(
        default="",
        pattern=CODE_OR_NONE,
        json_schema_extra=label(
            "渠道代码",
            "Channel code",
            zh_help="四位，不填则不单独计人",
            en_help="Four characters. Empty: not counted apart",
        ),
    )


class ToPage(_Part):
    """A page elsewhere, such as a partner's."""

    model_config = ConfigDict(json_schema_extra=label("网页", "A web page"))

    kind: Literal["page"] = "page"
    url: str = Field(
        pattern=HTTPS_PAGE,
        max_length=500,
        json_schema_extra=label(
            "网址", "Address", zh_help="以 https:// 开头", en_help="Begins with https://", widget="line"
        ),
    )


class ToPicture(_Part):
    """A picture to scan further: a guide's contact, or a group chat's code."""

    model_config = ConfigDict(json_schema_extra=label("图片", "A QR code picture"))

    kind: Literal["picture"] = "picture"
    picture: str = Field(
        pattern=r"^pic_[0-9a-z]{26}\.(jpg|png)$",
        json_schema_extra=label(
            "二维码图片", "Picture", zh_help="导购名片或群聊的二维码", en_help="An associate's or a group chat's code",
            widget="picture",
        ),
    )  # fmt: skip
    words: Text = Field(
        default=Text(),
        json_schema_extra=label(
            "图片上方的话", "Words above it", zh_help="如：长按识别，加小美好友", en_help="Such as: hold to add Mei"
        ),
    )


Target = Annotated[ToCampaign | ToPage | ToPicture, Field(discriminator="kind")]


class Way(_Part):
    """One place that a code may lead to, and when, for whom, how often."""

    target: Target = Field(json_schema_extra=label("打开什么", "Opens"))
    begins: Instant | None = Field(default=None, json_schema_extra=label("从何时起", "From"))
    ends: Instant | None = Field(
        default=None,
        json_schema_extra=label(
            "到何时止", "Until", zh_help="群聊二维码七天失效", en_help="A WeChat group's code lasts 7 days"
        ),
    )
    weight: int = Field(
        default=1,
        ge=1,
        le=100,
        json_schema_extra=label(
            "权重",
            "Weight",
            zh_help="权重 3 的人数是权重 1 的三倍",
            en_help="A weight of 3 gets three times the people of 1",
        ),
    )
    regions: list[Annotated[str, Field(pattern=REGION)]] = Field(
        [],
        max_length=40,
        json_schema_extra=label(
            "地区", "Regions", zh_help="如 CN-SH（上海）；不填则不限", en_help="Such as CN-SH. Empty: everywhere"
        ),
    )

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Way:
        if self.begins and self.ends and self.ends <= self.begins:
            raise unfit("way_backwards", "结束早于开始", "It ends before it begins", at="ends")
        return self

    def is_open(self, at: datetime, region: str = "") -> bool:
        """Whether it may be taken now, by somebody from `region` (ISO 3166-2, such as CN-SH; empty: not known)."""
        in_time = (self.begins is None or self.begins <= at) and (self.ends is None or at < self.ends)
        return in_time and (not self.regions or bool({region, region.split("-")[0]} & set(self.regions)))


class Guide(_Part):
    """A sales guide 导购 whose code this is."""

    name: str = Field(min_length=1, max_length=NAME_MAX, json_schema_extra=label("导购姓名", "Associate's name"))
    role: Literal["assistant", "expert", "partner"] = Field(
        default="assistant",
        json_schema_extra=label(
            "角色", "Role",
            choices={
                "assistant": ("购物助手", "Shopping assistant"),
                "expert": ("话题专家", "Topic expert"),
                "partner": ("私人伙伴", "Personal partner"),
            },
        ),
    )  # fmt: skip


Told = Annotated[int, Field(ge=0, le=10**9)]


class Partner(_Part):
    """A partner of a swap BD互换. What comes of those we send, only the partner can tell: it is entered."""

    name: str = Field(min_length=1, max_length=NAME_MAX, json_schema_extra=label("合作方", "Partner"))
    direction: Literal["in", "out"] = Field(
        default="in",
        json_schema_extra=label(
            "方向", "Direction",
            choices={"in": ("对方顾客来我们这", "Theirs come to us"), "out": ("我们顾客去对方那", "Ours go to them")},
        ),
    )  # fmt: skip
    stayed: Told = Field(default=0, json_schema_extra=label("对方告知：留存人数", "Stayed there, they say"))
    bought: Told = Field(default=0, json_schema_extra=label("对方告知：下单人数", "Bought there, they say"))


class LiveCode(_Part):
    """One live code as its marketer sees it. `code` is printed and never changes."""

    code: str = Field(pattern=f"^{CODE}$")
    name: str = Field(min_length=1, max_length=NAME_MAX, json_schema_extra=label("名称", "Name"))
    guide: Guide | None = Field(default=None, json_schema_extra=label("属于导购", "Belongs to an associate"))
    partner: Partner | None = Field(default=None, json_schema_extra=label("与合作方互换", "Exchanged with a partner"))
    tags: list[Annotated[str, Field(min_length=1, max_length=TAG_MAX)]] = Field(
        [],
        max_length=TAGS_MAX,
        json_schema_extra=label(
            "标签", "Tags", zh_help="从这里来的会员会带上", en_help="Put on members who come through it"
        ),
    )
    cost: Minor = Field(
        default=0, ge=0, json_schema_extra=label("费用", "Cost", zh_help="物料、佣金、合作费", en_help="Print, fees")
    )
    pick: Literal["weight", "turn"] = Field(
        default="weight",
        json_schema_extra=label(
            "怎么选", "Chosen by",
            choices={
                "weight": ("按权重分", "Weight"),
                "turn": ("按顺序，前一个失效换下一个", "In order, the next when one ends"),
            },
        ),
    )  # fmt: skip
    ways: list[Way] = Field([], max_length=WAYS_MAX, json_schema_extra=label("去处", "Where it leads"))
    archived: bool = False


def is_handover(live: LiveCode) -> bool:
    """Whether it sends our people to a partner: then a tap counts them, for opening a code counts nobody."""
    return live.partner is not None and live.partner.direction == "out"


def is_looked_at(live: LiveCode) -> bool:
    """Whether people are counted at the code itself: who goes on to a partner, and who looks at a picture."""
    return is_handover(live) or any(isinstance(way.target, ToPicture) for way in live.ways)


def chosen(live: LiveCode, at: datetime, visitor: str, region: str = "") -> Way | None:
    """The way of a visitor now; None where none is open. `visitor` is any text that stays the same for one person."""
    open_now = [way for way in live.ways if way.is_open(at, region)]
    if not open_now or live.pick == "turn":
        return open_now[0] if open_now else None
    digest = hashlib.sha256(f"{live.code}\x1f{visitor}".encode()).digest()
    return _weighed(open_now, int.from_bytes(digest[:8], "big"))


def _weighed(ways: Sequence[Way], number: int) -> Way:
    """Where `number` falls when each way takes as much of a circle as it weighs."""
    left = number % sum(way.weight for way in ways)
    for way in ways:
        if left < way.weight:
            return way
        left -= way.weight
    raise AssertionError("unreachable: the rest is below the sum")


def runs_dry(live: LiveCode, at: datetime) -> datetime | None:
    """The first instant from `at` on with no way for somebody of an unknown region; None when there is always one."""
    ways = [way for way in live.ways if not way.regions]
    moments = sorted({at, *(way.ends for way in ways if way.ends and way.ends > at)})
    return next((moment for moment in moments if not any(way.is_open(moment) for way in ways)), None)


def code_from(entropy: bytes, attempt: int = 0) -> str:
    """A code from random bytes; another for each attempt."""
    number = int.from_bytes(hashlib.sha256(entropy).digest(), "big") + attempt
    return base32(number % 32**CODE_CHARACTERS, CODE_CHARACTERS)


def plain(live: LiveCode) -> dict[str, Any]:
    """A live code as forms and rows hold it."""
    return live.model_dump(mode="json")

"""Badge: a small drawn sign for what a member has done, kept for good. Points, badges and boards are the PBL of games.

(Werbach and Hunter, For the Win, 2012: what a badge stands for has to be said, or it means nothing.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from functions.core import keepsake
from functions.core.change import Change
from functions.core.form import label
from functions.core.keys import Key, Row
from functions.core.reward import Given, Grant
from functions.core.text import Text

KIND = "badge"
TITLE = Text(zh="徽章", en="Badge")
OUTCOMES: dict[str, Text] = {}
UNITS_MAX = 1
PER_MEMBER = 1
ABOUT_MAX = 60  # the row keeps it, and stays within 1 KB

Sign = Literal["star", "medal", "sun", "leaf", "book", "heart", "flame", "cup"]
SIGNS = {
    "star": ("星星", "Star"), "medal": ("奖牌", "Medal"), "sun": ("太阳", "Sun"), "leaf": ("叶子", "Leaf"),
    "book": ("书本", "Book"), "heart": ("爱心", "Heart"), "flame": ("火苗", "Flame"), "cup": ("奖杯", "Cup"),
}  # fmt: skip


class Config(BaseModel):
    """A badge's sign, and what it stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sign: Sign = Field(
        default="star",
        json_schema_extra=label(
            "图案", "Sign", zh_help="颜色用活动的品牌色", en_help="In the campaign's brand colour", choices=SIGNS
        ),
    )
    about: Text = Field(
        default=Text(),
        json_schema_extra=label(
            "为什么得到", "What for",
            zh_help="写在徽章下面，例如：连续 7 天早起",
            en_help="Stands under the badge, such as: Seven mornings in a row",
        ),
    )  # fmt: skip

    @field_validator("about")
    @classmethod
    def _about_is_short(cls, about: Text) -> Text:
        return keepsake.bounded(about, ABOUT_MAX, "badge_about_long")


def worst_cost(config: Config) -> int:
    """A badge costs nothing."""
    return 0


def rows(config: Config, grant: Grant) -> Sequence[Change]:
    """The badge, with its sign and what it is for as they were when it was earned."""
    return [keepsake.kept(KIND, grant, sign=config.sign, about=config.about.model_dump())]


def kept_in(given: Given) -> list[Key]:
    """The badge."""
    return [keepsake.place(KIND, given)]


def take_back(givens: Sequence[Given], rows: Mapping[Key, Row | None]) -> list[Change]:
    """Whoever did not do it in the end has no badge for it."""
    return keepsake.taken_back(KIND, givens, rows)


def view(row: Row, at: datetime) -> dict[str, Any]:
    """The wallet's entry of a badge."""
    return {**keepsake.shown(KIND, row), "value": TITLE.model_dump(), "sign": row["sign"], "about": row["about"]}

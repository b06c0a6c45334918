"""Certificate: says that a member took part to the end; a picture to keep, and a link by which anyone may check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from functions.core import keepsake
from functions.core.change import Change
from functions.core.form import label
from functions.core.ids import derived_id
from functions.core.keys import Key, Row
from functions.core.reward import Given, Grant
from functions.core.text import Text

KIND = "certificate"
TITLE = Text(zh="证书", en="Certificate")
OUTCOMES: dict[str, Text] = {}
UNITS_MAX = 1
PER_MEMBER = 1
LONGEST = {"title": 40, "sentence": 120, "issuer": 60}  # what the sheet has room for
NUMBER_HALF = 4  # a number is two groups of so many characters: 40 bits, to be read out
SERIES = r"^[A-Za-z0-9][A-Za-z0-9\-]{0,11}$|^$"


class Config(BaseModel):
    """The words on a certificate. The holder's name is their own nickname; the day is when it was earned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text = Field(
        default=Text(zh="结业证书", en="Certificate of Completion"),
        json_schema_extra=label(
            "证书标题", "Title on it",
            zh_help="写参加了什么，不要写成学历、职称或国家认证",
            en_help="Says what was done. No degree, rank or state approval that it is not",
        ),
    )  # fmt: skip
    sentence: Text = Field(
        default=Text(zh="坚持完成了“{{campaign}}”，特此留念。", en="who took part in {{campaign}} to the end."),
        json_schema_extra=label(
            "正文", "Sentence", widget="long",
            zh_help="接在姓名后面。可以写 {{campaign}} {{organiser}} {{starts}} {{ends}}",
            en_help="Goes on from the name. {{campaign}} {{organiser}} {{starts}} {{ends}} are filled in",
        ),
    )  # fmt: skip
    issuer: Text = Field(
        default=Text(),
        json_schema_extra=label(
            "颁发单位", "Issued by", zh_help="不填则用活动的主办方", en_help="Empty: the campaign's organiser"
        ),
    )
    series: str = Field(
        default="",
        pattern=SERIES,
        json_schema_extra=label(
            "编号前缀", "Number begins with",
            zh_help="例如 CAMP-12；后面的编号自动生成，每张不同",
            en_help="Such as CAMP-12; the rest is made for each one and never repeats",
        ),
    )  # fmt: skip

    @field_validator(*LONGEST)
    @classmethod
    def _fits(cls, text: Text, field: ValidationInfo) -> Text:
        return keepsake.bounded(text, LONGEST[str(field.field_name)], "certificate_text_long")


def number(series: str, grant: str) -> str:
    """What people read out of a certificate; it follows from the grant and opens nothing."""
    end = derived_id("no", grant)[-2 * NUMBER_HALF :].upper()
    return "-".join(filter(None, (series.upper(), end[:NUMBER_HALF], end[NUMBER_HALF:])))


def worst_cost(config: Config) -> int:
    """A certificate costs nothing."""
    return 0


def rows(config: Config, grant: Grant) -> Sequence[Change]:
    """The certificate names the version whose words are on it, which never change; so the row stays small."""
    said = {"version": grant.version, "reward": grant.reward, "number": number(config.series, grant.id)}
    return [keepsake.kept(KIND, grant, **said)]


def kept_in(given: Given) -> list[Key]:
    """The certificate."""
    return [keepsake.place(KIND, given)]


def take_back(givens: Sequence[Given], rows: Mapping[Key, Row | None]) -> list[Change]:
    """It is withdrawn: whoever checks its link is told so."""
    return keepsake.taken_back(KIND, givens, rows)


def view(row: Row, at: datetime) -> dict[str, Any]:
    """The wallet's entry of a certificate."""
    return {**keepsake.shown(KIND, row), "value": TITLE.model_dump(), "number": row["number"]}

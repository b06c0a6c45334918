"""Needs: what a member has to be, or to have done, before a campaign lets them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from functions.core import keys
from functions.core.change import AtLeast, Change, Is, holds
from functions.core.form import label, unfit
from functions.core.ids import SLUG
from functions.core.keys import COLLECTED, TAGGED

NEEDS_MAX, TAG_MAX = 5, 20
CAMPAIGN = r"^camp_[0-9a-z]{26}$"
BATCH = r"^batch_[0-9a-z]{26}$"
Kind = Literal["newcomer", "customer", "signed_in", "took_part", "holds", "tagged", "collected", "stage"]
NOT_NEW: tuple[Kind, ...] = ("customer", "took_part", "tagged", "collected", "stage")
Reached = Literal["interest", "purchase", "loyalty"]
RANKS: dict[Reached, int] = {"interest": 1, "purchase": 2, "loyalty": 3}  # as a member's stage row counts them


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Newcomer(_Part):
    """Took part in no campaign and bought nothing before."""

    model_config = ConfigDict(json_schema_extra=label("新会员", "Newcomers"))
    kind: Literal["newcomer"] = "newcomer"


class Customer(_Part):
    """Bought something: an order of theirs is known."""

    model_config = ConfigDict(json_schema_extra=label("买过东西", "Bought something"))
    kind: Literal["customer"] = "customer"


class SignedIn(_Part):
    """Signed in with a phone number at some time: no guest."""

    model_config = ConfigDict(json_schema_extra=label("用手机号登录过", "Signed in with a phone"))
    kind: Literal["signed_in"] = "signed_in"


class TookPart(_Part):
    """Takes part in a campaign, or took part until its end; who has left it does not count."""

    model_config = ConfigDict(json_schema_extra=label("参加过活动", "Took part in a campaign"))
    kind: Literal["took_part"] = "took_part"
    campaign: str = Field(pattern=CAMPAIGN, json_schema_extra=label("活动", "Campaign"))


class Holds(_Part):
    """Holds a right now: a pack, a day, or whatever another campaign gave it for, such as a code of a batch."""

    model_config = ConfigDict(json_schema_extra=label("拥有权益", "Holds a right"))
    kind: Literal["holds"] = "holds"
    right: str = Field(pattern=SLUG, json_schema_extra=label("权益代号", "Name of the right"))


class Tagged(_Part):
    """Came through a live code that puts this tag on people, to whatever campaign."""

    model_config = ConfigDict(json_schema_extra=label("有标签", "Has a tag"))
    kind: Literal["tagged"] = "tagged"
    tag: str = Field(
        min_length=1,
        max_length=TAG_MAX,
        json_schema_extra=label("标签", "Tag", zh_help="活码给来的人打的标签", en_help="As live codes put them"),
    )


class Collected(_Part):
    """Took the reward of an item of a batch: came through what is printed on the goods."""

    model_config = ConfigDict(json_schema_extra=label("扫商品码领过奖", "Collected with an item's code"))
    kind: Literal["collected"] = "collected"
    batch: str = Field(pattern=BATCH, json_schema_extra=label("哪批码", "Batch"))


class AtStage(_Part):
    """Has come at least so far, or exactly so far: by orders that stand, friends who bought, taking part."""

    model_config = ConfigDict(json_schema_extra=label("到了某个阶段", "Has come to a stage"))
    kind: Literal["stage"] = "stage"
    stage: Reached = Field(
        default="purchase",
        json_schema_extra=label(
            "阶段",
            "Stage",
            choices={
                "interest": ("兴趣", "Interest"),
                "purchase": ("购买", "Purchase"),
                "loyalty": ("忠诚", "Loyalty"),
            },
            zh_help="兴趣：参加过活动；购买：有一笔有效订单；忠诚：两笔，或带来下单的好友",
            en_help="Interest: took part. Purchase: an order stands. Loyalty: two do, or a friend they brought bought",
        ),
    )
    only: bool = Field(
        default=False,
        json_schema_extra=label(
            "只要这个阶段",
            "This stage only",
            zh_help="不选时，更进一步的人也算",
            en_help="Off: those further on too",
        ),
    )


Need = Annotated[
    Newcomer | Customer | SignedIn | TookPart | Holds | Tagged | Collected | AtStage, Field(discriminator="kind")
]
ONE_ROW: tuple[Kind, ...] = ("tagged", "collected", "stage")  # needs of one row: together they are one guard


def possible(needs: list[Need]) -> list[Need]:
    """Refuses needs that nobody can be all of."""
    if asks(needs, "newcomer") and any(asks(needs, kind) for kind in NOT_NEW):
        zh = "新会员没有买过东西，也没有参加过别的活动：这样没有人符合"
        raise unfit("nobody_fits", zh, "Newcomers bought nothing and took part in nothing: nobody is all of this")
    return needs


Needs = Annotated[list[Need], AfterValidator(possible), Field(max_length=NEEDS_MAX)]


def guards(needs: Iterable[Need], member: str, at: datetime) -> list[Change]:
    """What must hold in the write that lets a member in; each row once, since bounds on one row would add up.

    A newcomer and a customer are known by a query, which no write can guard: `event.newcomer`, `event.customer`.
    """
    found: dict[keys.Key, Change] = {}
    for need in needs:
        match need:
            case TookPart(campaign=campaign):
                change = holds(keys.consent(member, keys.participation(campaign)), "live", True, "not_in_audience")
            case Holds(right=right):
                until = AtLeast("valid_until", int(at.timestamp()))
                change = Change(keys.entitlement(member, right), (until,), refusal="not_in_audience")
            case SignedIn():
                change = Change(keys.profile(member), (AtLeast("phones", 1),), refusal="not_in_audience")
            case Tagged(tag=tag):
                change = Change(keys.door(member), (AtLeast(f"{TAGGED}{tag}", 1),), refusal="not_in_audience")
            case Collected(batch=batch):
                change = Change(keys.door(member), (AtLeast(f"{COLLECTED}{batch}", 1),), refusal="not_in_audience")
            case AtStage(stage=stage, only=only):
                rank = RANKS[stage]
                bound = Is("rank", rank) if only else AtLeast("rank", rank)
                change = Change(keys.stage(member), (bound,), refusal="not_in_audience")
            case _:
                continue
        others = found[change.key].conditions if change.key in found and need.kind in ONE_ROW else ()
        found[change.key] = replace(change, conditions=tuple(dict.fromkeys([*others, *change.conditions])))
    return list(found.values())


def asks(needs: Sequence[Need], kind: Kind) -> bool:
    """Whether one of the needs is of this kind."""
    return any(need.kind == kind for need in needs)

"""Campaigns: a head that lives through states, and immutable versions of its definition."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, Literal, get_args
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from functions.core.calendar import Calendar, Instant
from functions.core.faults import COLOUR
from functions.core.form import unfit
from functions.core.ids import SLUG
from functions.core.mechanic import Moment
from functions.core.money import Currency, Minor
from functions.core.need import Holds, Need, Needs
from functions.core.poster import PictureName, Poster
from functions.core.rules import Rule
from functions.core.text import Text

State = Literal["draft", "linted", "approved", "published", "paused", "ended", "archived"]
Channel = Literal["wechat", "web", "offline"]
Stop = Literal["rewards", "campaign"]
SHARDS_MAX = 64  # a publish is one transaction of at most 100 rows
INSTANT = timedelta(microseconds=1)
GRANTS_PER_SHARD = 100  # a second: a transaction takes 2 write units of a partition's 1,000, and conflicts cost more
STOCK_MAX = 10_000_000
DAY_SHARDS_MAX = 8  # of a day's spending: all are read in one round with every shard of a campaign's pools

NEXT: dict[State, tuple[State, ...]] = {
    "draft": ("linted", "archived"),
    "linted": ("draft", "approved", "published", "archived"),
    "approved": ("draft", "published"),
    "published": ("published", "paused", "ended"),
    "paused": ("published", "ended"),
    "ended": ("archived",),
    "archived": (),
}


def known_zone(name: str) -> str:
    """Refuses a time zone that the IANA database does not have."""
    if name not in _zones():
        raise unfit("unknown_zone", "没有这个时区，例如 Asia/Shanghai", "Not an IANA time zone, such as Asia/Shanghai")
    return name


@cache
def _zones() -> frozenset[str]:
    """The database's names; finding them walks some 600 files."""
    return frozenset(available_timezones())


Zone = Annotated[str, AfterValidator(known_zone), Field(json_schema_extra={"widget": "zone"})]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Schedule(_Part):
    """When a campaign runs, and what a day is."""

    zone: Zone = "Asia/Shanghai"
    day_start: time = time(0)
    starts_at: Instant
    ends_at: Instant | None = None

    @field_validator("ends_at")
    @classmethod
    def _after_the_start(cls, ends_at: datetime | None, info: ValidationInfo) -> datetime | None:
        starts_at = info.data.get("starts_at")
        if ends_at is not None and starts_at is not None and ends_at <= starts_at:
            raise unfit("end_before_start", "要晚于开始时间", "Must be after the start")
        return ends_at

    @property
    def calendar(self) -> Calendar:
        """The days of this campaign."""
        return Calendar(self.zone, self.day_start)

    def moment(self, at: datetime) -> Moment:
        """This schedule as seen at `at`; `ends_at` is past the last day, without it dates themselves end it."""
        calendar = self.calendar
        last = date(9999, 12, 1) if self.ends_at is None else calendar.day_of(self.ends_at - INSTANT)
        return Moment(at, calendar, calendar.day_of(self.starts_at), last, self.ends_at)


class RewardItem(_Part):
    """A reward of this campaign. `stock` None means not limited, which only what costs nothing may be."""

    id: str = Field(pattern=SLUG)
    kind: str
    name: Text
    config: dict[str, Any] = {}  # read by the reward's own Config
    stock: int | None = Field(default=None, ge=1, le=STOCK_MAX)
    per_member: int | None = Field(default=None, ge=1, le=100_000)
    unit_cost: Minor = 0
    peak_per_second: int = Field(default=10, ge=1, le=10_000)

    @property
    def shards(self) -> int:
        """How many pool rows share the stock, from the expected peak; never more than units to share."""
        wanted = -(-self.peak_per_second // GRANTS_PER_SHARD)
        return max(1, min(wanted, SHARDS_MAX, self.stock or 1))

    @staticmethod
    def share(shard: int, shards: int, stock: int) -> int:
        """The part of `stock` that shard number `shard` of `shards` holds."""
        each, rest = divmod(stock, shards)
        return each + (1 if shard < rest else 0)


Section = Literal["countdown", "earnings", "steps", "introduction", "poster_link"]
SECTIONS: tuple[Section, ...] = get_args(Section)


class Page(_Part):
    """The words on the consumer's page, and which of its optional parts are on it.

    What is owed to the reader has no switch: the campaign's state, the rules, and what is kept about people.
    """

    title: Text = Text()
    subtitle: Text = Text()
    body: Text = Text()
    button: Text = Text()
    rules: Text = Text()
    organiser: Text = Text()
    contact: str = Field(default="", max_length=200)
    colour: str = Field(default="#0B6E5F", pattern=COLOUR, json_schema_extra={"widget": "colour"})
    hero: PictureName = ""
    logo: PictureName = ""
    sections: list[Section] = Field(default=[*SECTIONS], max_length=len(SECTIONS))


class Audience(_Part):
    """Who may take part: everyone, or who is all that `needs` say.

    `entitlement` is a right to hold, as `needs` may name it too: definitions were written so before there were any.
    """

    entitlement: str | None = Field(default=None, pattern=SLUG)
    needs: Needs = []

    @property
    def asked(self) -> list[Need]:
        """All that somebody has to be."""
        return [*self.needs, Holds(right=self.entitlement)] if self.entitlement else self.needs


class Budget(_Part):
    """What the campaign may cost at most, in minor units: in all, on one of its days, for one member.

    `stop` says what ends when all is given out: the rewards, or the campaign, which is then paused.
    """

    total: Minor = 0
    per_day: Minor | None = None
    per_member: Minor | None = None
    stop: Stop = "rewards"
    currency: Currency = "CNY"


class Purpose(_Part):
    """Something the campaign stores about a member, and what for (PIPL art. 16, 17)."""

    field: str = Field(min_length=1, max_length=40)
    purpose: Text


class Privacy(_Part):
    """What is kept about people, for how many days after the campaign's end, and whom to ask."""

    purposes: list[Purpose] = Field([], max_length=20)
    retention_days: int | None = Field(default=None, ge=1, le=3650)
    contact: str = Field(default="", max_length=200)
    export_and_erase: bool = True


class Definition(_Part):
    """All that a version of a campaign says. Equal content has an equal hash."""

    mechanic: str
    name: Text
    channel: Channel = "offline"
    schedule: Schedule
    config: dict[str, Any] = {}
    rewards: list[RewardItem] = Field([], max_length=20)
    rules: list[Rule] = Field([], max_length=40)
    # model_construct: a default that is validated builds its schema at every cold start
    page: Page = Page.model_construct()
    poster: Poster = Poster.model_construct()
    audience: Audience = Audience.model_construct()
    budget: Budget = Budget.model_construct()
    privacy: Privacy = Privacy.model_construct()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Definition:
        for zh, en, names in (
            ("奖励", "reward", [r.id for r in self.rewards]),
            ("规则", "rule", [r.id for r in self.rules]),
        ):
            twice = ", ".join(sorted({name for name in names if names.count(name) > 1}))
            if twice:
                raise unfit("id_used_twice", f"{zh}代号重复：{twice}", f"The {en} id is used twice: {twice}")
        return self

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of this definition."""
        return content_hash(self.model_dump(mode="json", by_alias=True))

    def reward(self, reward_id: str) -> RewardItem:
        """The reward with this id."""
        return next(reward for reward in self.rewards if reward.id == reward_id)

    @property
    def dearest(self) -> int:
        """What one line of a rule can cost at most, minor units."""
        costs = {reward.id: reward.unit_cost for reward in self.rewards}
        lines = (then for rule in self.rules if rule.enabled for then in rule.then)
        return max((costs.get(then.reward, 0) * then.amount for then in lines), default=0)

    @property
    def costly_peak(self) -> int:
        """Grants a second of what costs money, in the busiest moment."""
        return sum(reward.peak_per_second for reward in self.rewards if reward.unit_cost)

    @property
    def worst_cost(self) -> int:
        """What the campaign can cost at most: stock times unit cost, over the rewards."""
        return sum((reward.stock or 0) * reward.unit_cost for reward in self.rewards)


class SignOff(_Part):
    """A named person's answer to one warning, bound to the content it was given for."""

    rule: str
    path: str
    by: str = Field(min_length=1, max_length=80)
    reason: str = Field(min_length=1, max_length=400)
    content_hash: str
    at: AwareDatetime


class Version(_Part):
    """A published definition: never changed again."""

    campaign: str
    number: int
    definition: Definition
    content_hash: str
    pools: dict[str, int] = {}  # limited reward -> shards its stock is split into
    day_shards: int = 0  # rows that a day's spending is counted in; the same for a campaign's whole life
    sign_offs: list[SignOff] = []
    approved_by: list[str] = []
    findings: list[dict[str, Any]] = []
    published_by: str
    published_at: AwareDatetime


class Campaign(_Part):
    """The head of a campaign. `live` is the version that serves, 0 before the first.

    `request` names the request for approval that stands for the draft (core/approval.py), `waiting` says that nobody
    has answered it for good yet. Any edit of the draft takes both away. `ends_at` is the end that was promised,
    `ended_at` when somebody ended it. `zone` and `day_start` are those of the version that serves. Heads that were
    published or ended before these were told have none.
    """

    id: str
    mechanic: str
    name: Text
    state: State = "draft"
    live: int = 0
    revision: int = 0
    request: str = ""
    waiting: bool = False
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    zone: str = ""
    day_start: time = time(0)
    created_at: AwareDatetime
    changed_at: AwareDatetime
    changed_by: str = ""

    def stands(self, now: datetime) -> State:
        """Its state as people see it: past its end it has ended, though nobody did it; a later end makes it run on."""
        is_past = self.ends_at is not None and self.ends_at <= now
        return "ended" if is_past and self.state in ("published", "paused") else self.state

    @property
    def over_at(self) -> datetime | None:
        """When it is over: at its end, or when somebody ended it before that."""
        ended = self.ended_at or (self.changed_at if self.state == "ended" else None)
        return min((at for at in (self.ends_at, ended) if at), default=None)

    def day_of(self, at: datetime) -> date:
        """Its day that the instant belongs to, as its page tells it; without a zone, by the clock its start is in."""
        if self.zone:
            return Calendar(self.zone, self.day_start).day_of(at)
        return at.astimezone(self.starts_at.tzinfo if self.starts_at else at.tzinfo).date()

    def may_become(self, state: State) -> bool:
        """Whether the campaign's life allows this step. Nothing is put away while somebody is asked to approve it."""
        return state in NEXT[self.state] and not (state == "archived" and self.waiting)

    def may_turn(self, state: State, now: datetime) -> bool:
        """Whether it may become so as it is: past its end there is nothing to pause, and nothing goes on."""
        return self.may_become(state) and not (self.stands(now) == "ended" and state in ("published", "paused"))


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over JSON with sorted keys and no spaces, so that equal content hashes alike."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

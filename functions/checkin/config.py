"""What a marketer sets for a check-in: one model is form, validation and stored definition."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.checkin.entry import DepositEntry, Entry, FreeEntry
from functions.core.form import label, unfit
from functions.core.text import Text
from functions.core.upload import UploadLimits

DAYS_MAX = 366
TEXT_MAX = 2000
MILESTONES_MAX = 10  # one event may reach them all; each pays up to 3 rewards, and a write holds 100 rows
QUESTIONS_MAX = 100
REVIEWED = ("text", "picture")  # kinds of proof that a clerk can look at

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Milestone = Annotated[int, Field(ge=1, le=DAYS_MAX)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Window(_Part):
    """When in the day one may check in; equal times mean the whole day."""

    opens: time = Field(default=time(0), json_schema_extra=label("开始时间", "Opens"))
    closes: time = Field(
        default=time(0),
        json_schema_extra=label(
            "结束时间", "Closes", zh_help="与开始时间相同表示全天", en_help="The same as opening: all day"
        ),
    )

    def opens_ever(self, day_start: time) -> bool:
        """Whether the window has any length in a day that begins at `day_start`."""
        if self.opens == self.closes or self.closes == day_start:
            return True
        return (self.opens < day_start, self.opens) < (self.closes < day_start, self.closes)

    def holds(self, wall: time) -> bool:
        """Whether `wall` lies in it, which may go past midnight."""
        if self.opens < self.closes:
            return self.opens <= wall < self.closes
        return self.opens == self.closes or wall >= self.opens or wall < self.closes


class Reminder(_Part):
    """What members may put into their own calendars: Pond sends nobody messages."""

    on: bool = Field(
        default=False,
        json_schema_extra=label(
            "开启",
            "On",
            zh_help="会员点一下，手机日历就会每天提醒；池塘不发消息，也不留手机号",
            en_help="A tap puts it into the member's own calendar; Pond sends no messages and keeps no numbers",
        ),
    )
    at: time = Field(default=time(20), json_schema_extra=label("提醒时间", "Time"))


class Rest(_Part):
    """Days on which nothing is asked: they never break a streak."""

    weekdays: list[Weekday] = Field(
        [],
        max_length=6,
        json_schema_extra=label(
            "每周休息日",
            "Weekdays off",
            choices={
                "mon": ("周一", "Mon"),
                "tue": ("周二", "Tue"),
                "wed": ("周三", "Wed"),
                "thu": ("周四", "Thu"),
                "fri": ("周五", "Fri"),
                "sat": ("周六", "Sat"),
                "sun": ("周日", "Sun"),
            },
        ),
    )
    dates: list[date] = Field([], max_length=60, json_schema_extra=label("休息日期", "Dates off"))


class Milestones(_Part):
    """Numbers of days that rules can reward, once each."""

    streak: list[Milestone] = Field(
        [], max_length=MILESTONES_MAX, json_schema_extra=label("连续里程碑", "Streaks", unit="days")
    )
    total: list[Milestone] = Field(
        [], max_length=MILESTONES_MAX, json_schema_extra=label("累计里程碑", "Totals", unit="days")
    )

    @model_validator(mode="after")
    def _rise(self) -> Milestones:
        for name, steps in (("streak", self.streak), ("total", self.total)):
            if steps != sorted(set(steps)):
                raise unfit("milestones_not_rising", "要从小到大，不能重复", "Must rise, each once", at=name)
        return self


class MakeUp(_Part):
    """Making up for a missed day; a count of 0 turns it off."""

    count: int = Field(
        default=0,
        ge=0,
        le=DAYS_MAX,
        json_schema_extra=label(
            "补卡次数", "Make-ups", unit="times", zh_help="0 表示不能补卡", en_help="0 turns it off"
        ),
    )
    days_back: int = Field(
        default=3, ge=1, le=DAYS_MAX, json_schema_extra=label("最多补几天前", "How far back", unit="days")
    )
    price: int = Field(
        default=0, ge=0, le=1_000_000, json_schema_extra=label("每次花费积分", "Price of each", unit="points")
    )
    counts_for_streak: bool = Field(default=True, json_schema_extra=label("算进连续天数", "Counts for the streak"))


class NoProof(_Part):
    """A tap is enough."""

    model_config = ConfigDict(json_schema_extra=label("不需要", "None"))

    kind: Literal["none"] = "none"


class TextProof(_Part):
    """A few words, such as a reading note."""

    model_config = ConfigDict(json_schema_extra=label("文字", "Words"))

    kind: Literal["text"] = "text"
    prompt: Text = Field(default=Text(), json_schema_extra=label("提示语", "Prompt"))
    min_length: int = Field(
        default=1, ge=1, le=TEXT_MAX, json_schema_extra=label("最少字数", "At least", unit="characters")
    )
    max_length: int = Field(
        default=500, ge=1, le=TEXT_MAX, json_schema_extra=label("最多字数", "At most", unit="characters")
    )

    @model_validator(mode="after")
    def _lengths_fit(self) -> TextProof:
        if self.min_length > self.max_length:
            raise unfit("lengths_crossed", "不能大于最多字数", "Cannot be above “At most”", at="min_length")
        return self


class Question(_Part):
    """One question. With choices, `answer` is the number of the right one; without, the words themselves."""

    day: int | None = Field(
        default=None,
        ge=1,
        le=DAYS_MAX,
        json_schema_extra=label(
            "第几天", "Day", unit="day_number", zh_help="不填则轮流出现", en_help="Left empty, it takes turns"
        ),
    )
    question: Text = Field(json_schema_extra=label("题目", "Question"))
    choices: list[Text] = Field(
        [],
        max_length=8,
        json_schema_extra=label("选项", "Choices", zh_help="不填则为填空题", en_help="None: the member types"),
    )
    answer: str = Field(
        min_length=1,
        max_length=200,
        json_schema_extra=label(
            "答案",
            "Answer",
            zh_help="选择题填选项序号；填空题可用 | 分隔多种写法",
            en_help="The choice's number; typed answers may list spellings with |",
        ),
    )

    @model_validator(mode="after")
    def _answer_is_a_choice(self) -> Question:
        if len(self.choices) == 1:
            raise unfit("one_choice", "选择题至少要有两个选项", "A choice needs at least two options", at="choices")
        if self.choices and self.answer not in map(str, range(1, len(self.choices) + 1)):
            raise unfit("answer_not_a_choice", "要填选项的序号", "Must be the number of a choice", at="answer")
        if not self.choices and not any(part.strip() for part in self.answer.split("|")):
            raise unfit("answer_empty", "必须填写", "Must be filled in", at="answer")
        return self


class QuizProof(_Part):
    """A right answer to the day's question."""

    model_config = ConfigDict(json_schema_extra=label("答题", "Quiz"))

    kind: Literal["quiz"] = "quiz"
    questions: list[Question] = Field(
        min_length=1, max_length=QUESTIONS_MAX, json_schema_extra=label("题目", "Questions")
    )

    @model_validator(mode="after")
    def _every_day_has_one(self) -> QuizProof:
        numbered = [question.day for question in self.questions if question.day is not None]
        if len(numbered) != len(set(numbered)):
            raise unfit("day_asked_twice", "同一天只能有一道题", "A day has one question", at="questions")
        if len(numbered) == len(self.questions) and set(numbered) != set(range(1, len(numbered) + 1)):
            raise unfit(
                "day_without_question", "中间有几天没有题目", "Days in between have no question", at="questions"
            )
        return self


class PictureProof(UploadLimits):
    """A picture."""

    model_config = ConfigDict(json_schema_extra=label("图片", "Picture"))

    kind: Literal["picture"] = "picture"
    prompt: Text = Field(default=Text(), json_schema_extra=label("提示语", "Prompt"))


Proof = Annotated[NoProof | TextProof | QuizProof | PictureProof, Field(discriminator="kind")]


class Reason(_Part):
    """Why a clerk may return a proof."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$", json_schema_extra=label("代码", "Code"))
    text: Text = Field(json_schema_extra=label("说明", "Words"))


def usual_reasons() -> list[Reason]:
    """The reasons that a new campaign starts with."""
    words = {
        "unclear": Text(zh="看不清", en="Not clear enough"),
        "unrelated": Text(zh="与任务无关", en="Not about the task"),
        "duplicate": Text(zh="重复提交", en="Handed in before"),
        "late": Text(zh="超过时间", en="Too late"),
        "other": Text(zh="其他原因", en="Another reason"),
    }
    return [Reason(code=code, text=text) for code, text in words.items()]


class Review(_Part):
    """Who says that a proof is good: nobody, or a clerk who may return it."""

    by: Literal["automatic", "manual"] = Field(
        default="automatic",
        json_schema_extra=label(
            "审核方式", "How", choices={"automatic": ("自动通过", "Automatic"), "manual": ("人工审核", "By staff")}
        ),
    )
    reasons: list[Reason] = Field(
        default_factory=usual_reasons, min_length=1, max_length=12, json_schema_extra=label("退回理由", "Reasons")
    )
    resubmissions: int = Field(
        default=2, ge=0, le=10, json_schema_extra=label("可重新提交", "Resubmissions", unit="times")
    )
    resubmit_days: int = Field(
        default=3, ge=0, le=31, json_schema_extra=label("几天内可重新提交", "Within", unit="days")
    )

    def reason(self, code: str) -> Text | None:
        """The words of a reason."""
        return next((reason.text for reason in self.reasons if reason.code == code), None)


class Config(_Part):
    """A check-in."""

    days: int = Field(
        default=7, ge=1, le=DAYS_MAX, json_schema_extra=label("完成天数", "Days to complete", unit="days")
    )
    completes_by: Literal["total", "streak"] = Field(
        default="total",
        json_schema_extra=label(
            "按什么算完成",
            "Completed by",
            choices={"total": ("累计天数", "Days in all"), "streak": ("连续天数", "Days in a row")},
        ),
    )
    after_completion: Literal["stop", "go_on"] = Field(
        default="stop",
        json_schema_extra=label(
            "完成之后",
            "After completion",
            choices={"stop": ("不再打卡", "No more check-ins"), "go_on": ("可以继续打卡", "Check-ins go on")},
        ),
    )
    start: Literal["fixed", "own"] = Field(
        default="fixed",
        json_schema_extra=label(
            "从哪天算起",
            "Day 1",
            zh_help="固定：活动第一天；各自：各人首次打卡那天",
            en_help="Same for all: the campaign's first day; per member: each member's first check-in",
            choices={"fixed": ("固定", "Same for all"), "own": ("各自", "Per member")},
        ),
    )
    entry: Entry = Field(
        default=FreeEntry(),
        json_schema_extra=label(
            "参加方式",
            "Entry",
            zh_help="押金是会员自己的钱：打满天数就退，规则会在付款前写清楚",
            en_help="The member's own money, refunded for the days they do; the page says how before they pay",
        ),
    )
    leaderboard: bool = Field(
        default=False,
        json_schema_extra=label(
            "排行榜",
            "Leaderboard",
            zh_help="会员自己决定要不要上榜，别人只看到昵称的第一个字",
            en_help="Members choose to be on it; others see no more than the first character of a nickname",
        ),
    )
    window: Window = Field(default=Window(), json_schema_extra=label("每天时段", "Daily hours"))
    reminder: Reminder = Field(default=Reminder(), json_schema_extra=label("每日提醒", "Daily reminder"))
    rest: Rest = Field(default=Rest(), json_schema_extra=label("休息日", "Rest days"))
    milestones: Milestones = Field(default=Milestones(), json_schema_extra=label("里程碑", "Milestones"))
    make_up: MakeUp = Field(default=MakeUp(), json_schema_extra=label("补卡", "Make-up days"))
    proof: Proof = Field(default=NoProof(), json_schema_extra=label("打卡凭证", "Proof"))
    review: Review = Field(
        default=Review(),
        json_schema_extra=label("审核", "Review", only_with={"proof.kind": REVIEWED}),
    )

    @model_validator(mode="after")
    def _parts_fit(self) -> Config:
        counted = ("streak", "total") if self.completes_by == "total" else ("streak",)
        beyond = [name for name in counted if any(step > self.days for step in getattr(self.milestones, name))]
        if self.after_completion == "stop" and beyond:
            raise unfit(
                "milestone_out_of_reach",
                "完成之后不再打卡，不能超过完成天数",
                "Check-ins stop on completion: none may lie beyond it",
                at=f"milestones.{beyond[0]}",
            )
        if self.review.by == "manual" and self.proof.kind not in REVIEWED:
            raise unfit(
                "nothing_to_look_at",
                "人工审核需要文字或图片凭证",
                "A manual review needs a text or a picture to look at",
                at="review.by",
            )
        if isinstance(self.entry, DepositEntry) and any(step.days > self.days for step in self.entry.gives_back):
            raise unfit(
                "deposit_out_of_reach",
                "退押金的天数不能超过完成天数",
                "No step of the deposit may lie beyond the days to complete",
                at="entry.gives_back",
            )
        return self

    def rests_on(self, day: date) -> bool:
        """Whether nothing is asked on `day`."""
        return WEEKDAYS[day.weekday()] in self.rest.weekdays or day in self.rest.dates

"""Check-in: one a member and campaign day; streaks, totals, make-ups, proofs, reviews (docs/mechanics/checkin.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.checkin import appeal, calendar_view, hand_in, review, settling
from functions.checkin.attendance import Attendance
from functions.checkin.config import DAYS_MAX, Config
from functions.checkin.deposit import UNIT
from functions.checkin.entry import DepositEntry
from functions.checkin.proof import Handed
from functions.checkin.vocabulary import FACTS, OUTCOMES
from functions.core import keys
from functions.core.calendar import days
from functions.core.event import Event
from functions.core.keys import Row
from functions.core.mechanic import Accepts, Charge, Debt, Decision, Moment, Seen, refuse
from functions.core.text import Text

if TYPE_CHECKING:
    from functions.core.reminder import Reminder

__all__ = ["ACCEPTS", "FACTS", "KIND", "OUTCOMES", "RANKED_BY", "TITLE", "UNIT", "Config"]
__all__ += ["decide", "keeps", "misfits", "overdue", "owes", "rank", "reads", "reminder", "silent", "view"]

KIND = "checkin"
LEAVES = "leave"
CLOSES = {keys.MEMBER: "settle"}
ENDS = (keys.MEMBER,)
PAYS_FOR = "deposit"
PAID_AS = ("deposit_sent_back",)
Rows = Mapping[keys.Key, Row | None]
TITLE = Text(zh="打卡", en="Check-in")
RANKED_BY = (Text(zh="累计天数", en="Days in all"), Text(zh="最长连续", en="Longest streak"))


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckIn(_Data):
    """A check-in for today, or again for a returned `day`; of a quiz, `day` says whose question is answered."""

    proof: Handed | None = None
    day: date | None = None


class MakeUp(_Data):
    """A make-up for the day it names."""

    day: date
    proof: Handed | None = None


class Review(_Data):
    """A clerk's verdict on what `member` handed in for `day`; `item` of the queue tells which hand-in was looked at."""

    member: str = Field(max_length=64)
    day: date
    verdict: Literal["approve", "return"]
    item: str = Field(default="", max_length=120)
    reason: str = Field(default="", max_length=24)
    note: str = Field(default="", max_length=200)


class Appeal(_Data):
    """Why the member thinks that the return of `day` was a mistake; a clerk looks again at the same proof."""

    day: date
    words: str = Field(default="", max_length=appeal.WORDS_MAX)


class Nothing(_Data):
    """The tap is all."""


class Payment(_Data):
    """What a provider says of the payment for a deposit; `terms` are those that it was asked under."""

    member: str = Field(max_length=64)
    deposit: str = Field(max_length=64)
    terms: str = Field(max_length=120)
    payment: str = Field(max_length=64)
    amount: int = Field(gt=0)


ACCEPTS = {
    "checkin": Accepts(CheckIn, title=Text(zh="打卡", en="Check in")),
    "make_up": Accepts(MakeUp, title=Text(zh="补卡", en="Make up")),
    "appeal": Accepts(Appeal, title=Text(zh="申诉", en="Appeal")),
    "review": Accepts(Review, ("staff",), Text(zh="审核", en="Review")),
    "begin": Accepts(Nothing, title=Text(zh="付押金参加", en="Take part with a deposit")),
    "paid": Accepts(Payment, ("system",), Text(zh="押金付好了", en="Deposit paid")),
    "payment_refused": Accepts(Payment, ("system",), Text(zh="付款没有成功", en="Payment refused")),
    "leave": Accepts(Nothing, ("system",), Text(zh="退出活动", en="Leave")),
    "settle": Accepts(Nothing, ("system",), Text(zh="结清押金", en="Settle the deposit")),
}


def reads(config: Config, event: Event) -> Sequence[keys.Key]:
    """A review looks at the proof, a payment at its books, a picture for review at who handed it in first."""
    if event.kind == "review":
        return [keys.proof(event.campaign, event.member, event.data.day.isoformat())]
    if event.kind == "paid":
        return [settling.books(event)]
    if config.review.by == "manual":
        return [keys.picture(event.campaign, mark) for mark in event.marks.values()]
    return []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """What a check-in, a make-up or a review does. Pure."""
    before = Attendance.seen(config, seen)
    match event.kind:
        case "checkin":
            decision = _check_in(event, before, seen.rows)
        case "make_up":
            decision = _make_up(event, before, seen.rows, broke="points_insufficient" in seen.refused)
        case "review":
            decision = review.decide(event, before, seen.rows[reads(config, event)[0]])
        case "appeal":
            return appeal.decide(event, before)
        case _:
            return _about_deposit(event, seen, before)
    return settling.on_reaching(event, seen, before, decision)


def _about_deposit(event: Event, seen: Seen, before: Attendance) -> Decision:
    match event.kind:
        case "begin":
            return settling.begin(before)
        case "paid":
            return settling.paid(event, seen, before)
        case "payment_refused":
            return refuse("deposit_missing", deposit=event.data.amount)
        case "leave" | "settle":
            return settling.settle(event, seen, before)
    raise AssertionError(event.kind)


def owes(config: Config, campaign: str, member: str, seen: Seen) -> Debt | None:
    """The deposit, before the first check-in."""
    return settling.owes(campaign, member, seen, Attendance.seen(config, seen))


def watches(config: Config, campaign: str, record: Mapping[str, Any], asked: str) -> Sequence[keys.Key]:
    """Nothing besides the member's own row."""
    return []


def told(config: Config, money: Callable[[int], str]) -> list[Text]:
    """The deposit's terms, for the rules' text."""
    from functions.checkin import told as terms  # only the composer asks

    return terms.told(config, money)


def posed(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """A made-up member's record with the deposit that they would have paid."""
    return settling.posed(Attendance.of(config, moment, record))


def deposit(config: Config) -> int:
    """What each member deposits, minor units."""
    return config.entry.amount if isinstance(config.entry, DepositEntry) else 0


def keeps(campaign: str, name: str, row: Row | None, payment: str) -> int:
    """What of a deposit stays with the house: all while it is held, then what the table kept."""
    return int(row["record"].get("kept", row["record"]["amount"])) if row else 0


def overdue(row: Row, at: datetime, over: bool) -> bool:
    """Whether a deposit is held past its time."""
    due = row["record"].get("due")
    return due is not None and (over or at.timestamp() > due)


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member sees: today, streak, total, make-ups, calendar."""
    return calendar_view.view(Attendance.of(config, moment, record))


def rank(config: Config, moment: Moment, record: Mapping[str, Any]) -> tuple[int, int] | None:
    """For the leaderboard: days in all, then the longest run. Neither ever falls."""
    if not config.leaderboard:
        return None
    standing = Attendance.of(config, moment, record).standing
    return standing.total, standing.best


def reminder(config: Config, moment: Moment) -> Reminder | None:
    """Every day from today on that asks for something; of a campaign without an end, a year."""
    if not config.reminder.on:
        return None
    from functions.core.reminder import Reminder  # of the pages alone, and of few

    first, asked = max(moment.today, moment.starts), Attendance.of(config, moment, {})
    last = min(moment.ends, first + timedelta(DAYS_MAX - 1))
    return Reminder(config.reminder.at, [day for day in days(first, last) if not asked.skips(day)])


def misfits(config: Config, moment: Moment) -> list[tuple[str, str, Text]]:
    """A window that never opens, a reminder outside of it, a deposit without an end or without room."""
    window, found = config.window, []
    if not window.opens_ever(moment.calendar.day_start):
        words = Text(
            zh="这个时段永远不会开放：结束时间要在开始时间之后（按一天的起点算）",
            en="This window never opens: seen from the start of the day, it closes before it opens",
        )
        found.append(("window.closes", "window_never_opens", words))
    if config.reminder.on and not window.holds(config.reminder.at):
        words = Text(
            zh="提醒时间不在每天时段里，收到提醒时打不了卡",
            en="The reminder lies outside the window of the day: it would come when nobody can check in",
        )
        found.append(("reminder.at", "reminder_outside_window", words))
    if isinstance(config.entry, DepositEntry):
        found += settling.misfits(config, moment)
    return found


def silent(config: Config) -> Mapping[str, Text]:
    """Facts that the options keep from ever becoming true."""
    found = {}
    if not config.make_up.count:
        found["checkin.made_up"] = Text(zh="补卡次数是 0，没有人能补卡", en="Make-ups are at 0: no day can be made up")
    if not config.milestones.streak:
        found["checkin.streak_reached"] = Text(zh="还没有设置连续里程碑", en="No streaks are set among the milestones")
    if not config.milestones.total:
        found["checkin.total_reached"] = Text(zh="还没有设置累计里程碑", en="No totals are set among the milestones")
    if config.review.by != "manual":
        nobody = Text(zh="审核方式是自动通过，没有人审核", en="Review is automatic: nobody looks at proofs")
        found |= {"checkin.submitted": nobody, "checkin.returned": nobody}
    if not isinstance(config.entry, DepositEntry):
        free = Text(zh="参加是免费的，没有押金", en="Entry is free: there is no deposit")
        found |= {"checkin.deposit_paid": free, "checkin.deposit_settled": free}
    return found


def _check_in(event: Event, before: Attendance, rows: Rows) -> Decision:
    today = before.moment.today
    day = event.data.day or today
    if day in before.record.returned or (day != today and before.question(day) is None):
        return _again(event, before, rows, day)
    closed = before.check_in_closed() or (None if before.question(day) == before.question(today) else "new_day")
    if closed:
        return refuse(closed, **before.values(today))
    return hand_in.decide(event, before, rows, today)


def _make_up(event: Event, before: Attendance, rows: Rows, broke: bool) -> Decision:
    day, terms = event.data.day, before.config.make_up
    if day in before.record.returned:
        return _again(event, before, rows, day)
    closed = before.make_up_closed(day) or ("points_insufficient" if broke else None)
    if closed:
        return refuse(closed, **before.values(day))
    bought = before.with_(before.record.bought(day, terms.counts_for_streak))
    decision = hand_in.decide(event, bought, rows, day)
    if decision.record is None or not terms.price:
        return decision
    return replace(decision, charges=(Charge("points", terms.price, f"make_up:{day}"),))


def _again(event: Event, before: Attendance, rows: Rows, day: date) -> Decision:
    closed = before.resubmission_closed(day)
    if closed:
        return refuse(closed, **before.values(day))
    return hand_in.decide(event, before, rows, day)

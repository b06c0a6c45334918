"""The sentences and facts of a check-in."""

from __future__ import annotations

from functions.core.mechanic import FactType
from functions.core.text import Text

OUTCOMES: dict[str, Text] = {
    "checked_in": Text(zh="今天打卡成功", en="Checked in for today"),
    "already_checked_in": Text(zh="今天已经打过卡了", en="You have already checked in today"),
    "outside_window": Text(
        zh="打卡时间是 {opens}–{closes}，到时候再来吧", en="Check-in is from {opens} to {closes}: see you then"
    ),
    "rest_day": Text(zh="{day} 是休息日，不用打卡", en="{day} is a rest day: nothing to do"),
    "completed": Text(zh="你已经全部完成了，共 {total} 天", en="You have completed it: {total} days in all"),
    "proof_missing": Text(zh="还差一步：请补上打卡内容", en="One thing is missing: please add your proof"),
    "proof_too_short": Text(
        zh="再多写几个字吧，至少 {minimum} 个字", en="A little more, please: at least {minimum} characters"
    ),
    "proof_too_long": Text(
        zh="写得有点长，最多 {maximum} 个字", en="A little shorter, please: at most {maximum} characters"
    ),
    "wrong_answer": Text(zh="答案不对，再想想", en="That is not the answer: have another look"),
    "new_day": Text(zh="新的一天开始了，这是今天的题", en="A new day has begun. Here is today's question"),
    "submitted": Text(zh="{day} 的打卡已提交，等待审核", en="Handed in for {day}: we will have a look"),
    "already_submitted": Text(zh="{day} 的打卡正在审核", en="{day} is already waiting for review"),
    "resubmitted": Text(zh="{day} 的打卡已重新提交，等待审核", en="Handed in again for {day}: we will have a look"),
    "no_more_resubmissions": Text(zh="{day} 不能再提交了", en="{day} cannot be handed in again"),
    "nothing_to_resubmit": Text(zh="{day} 现在没有要重新提交的内容", en="There is nothing to hand in again for {day}"),
    "made_up": Text(zh="{day} 已补卡，共 {total} 天", en="{day} is made up: {total} days in all"),
    "make_up_off": Text(zh="这个活动不能补卡", en="Days cannot be made up here"),
    "make_up_none_left": Text(zh="补卡次数用完了", en="No make-ups are left"),
    "make_up_too_far": Text(zh="只能补最近 {days_back} 天", en="Only the last {days_back} days can be made up"),
    "make_up_not_missed": Text(zh="{day} 没有漏打，不用补卡", en="{day} is not missed: nothing to make up"),
    "make_up_in_future": Text(zh="{day} 还没到", en="{day} is yet to come"),
    "make_up_before_start": Text(zh="{day} 还没开始算，不用补卡", en="{day} was before your start"),
    "points_insufficient": Text(
        zh="补卡需要 {price} 积分，现在还不够", en="A make-up takes {price} points: not enough yet"
    ),
    "appealed": Text(zh="{day} 的申诉已提交，会再看一次", en="We will look at {day} once more"),
    "already_appealed": Text(zh="{day} 已经申诉过了", en="You have appealed for {day} already"),
    "nothing_to_appeal": Text(zh="{day} 没有被退回，不用申诉", en="{day} was not returned: nothing to appeal"),
    "appeal_empty": Text(zh="请写一句为什么", en="Please say why in a sentence"),
    "approved": Text(zh="{day} 已通过", en="{day} is approved"),
    "returned": Text(zh="{day} 已退回", en="{day} is returned"),
    "nothing_to_review": Text(zh="{day} 没有待审核的内容", en="Nothing of {day} waits for review"),
    "deposit_asked": Text(
        zh="还差一步：付押金 {deposit} 就开始", en="One step left: pay the deposit of {deposit} to begin"
    ),
    "deposit_missing": Text(
        zh="先付押金 {deposit}，再开始打卡", en="Pay the deposit of {deposit} first, then check in"
    ),
    "deposit_too_late": Text(
        zh="剩下的天数不够拿回全部押金，这次就不收了",
        en="Too few days are left to get all of the deposit back: none is taken",
    ),
    "no_deposit_owed": Text(zh="不用付押金", en="No deposit is owed"),
    "paid": Text(zh="押金 {deposit} 已收到，开始打卡吧", en="The deposit of {deposit} is here. You can begin"),
    "already_paid": Text(zh="押金已经付过了", en="The deposit is paid already"),
    "deposit_sent_back": Text(
        zh="押金 {deposit} 这次没有收，会全额原路退回",
        en="The deposit of {deposit} was not taken: all of it goes back the way it came",
    ),
    "already_sent_back": Text(zh="这笔押金已经退回", en="This deposit was sent back already"),
    "deposit_settled": Text(zh="押金已结清", en="The deposit is settled"),
    "deposit_waits": Text(zh="押金等审核完再结", en="The deposit is settled once reviews are done"),
    "no_deposit_held": Text(zh="没有押金要结", en="No deposit is held"),
    "not_due": Text(zh="还没到结押金的时候", en="It is not time to settle yet"),
    "reason_unknown": Text(zh="没有“{reason}”这个退回理由", en="There is no reason '{reason}'"),
}

DAY = Text(zh="日期", en="Day")
STREAK = Text(zh="连续天数", en="Days in a row")
TOTAL = Text(zh="累计天数", en="Days in all")
MADE_UP = Text(zh="是补卡", en="Is a make-up")
ATTEMPT = Text(zh="第几次提交", en="Attempt")

FACTS: dict[str, FactType] = {
    "checkin.submitted": FactType(
        Text(zh="提交打卡", en="Check-in submitted"),
        {"day": str, "attempt": int, "made_up": bool},
        {"day": DAY, "attempt": ATTEMPT, "made_up": MADE_UP},
        earned={"member": Text(zh="提交打卡", en="you hand in a check-in")},
        happens=Text(en="a member hands in a check-in"),
    ),
    "checkin.recorded": FactType(
        Text(zh="打卡成功", en="Checked in"),
        {"day": str, "streak": int, "total": int, "made_up": bool, "weekday": int, "hour": int},
        {
            "day": DAY,
            "streak": STREAK,
            "total": TOTAL,
            "made_up": MADE_UP,
            "weekday": Text(zh="星期几（1 是星期一）", en="Weekday (1 is Monday)"),
            "hour": Text(zh="几点", en="Hour of the day"),
        },
        earned={"member": Text(zh="打卡", en="you check in")},
        happens=Text(en="a member checks in"),
        reached={
            "streak": Text(zh="连续第 {value} 天打卡", en="you check in {value} days in a row"),
            "total": Text(zh="累计第 {value} 天打卡", en="you check in on {value} days in all"),
        },
        many=Text(zh="打卡", en="Check-ins"),
    ),
    "checkin.returned": FactType(
        Text(zh="打卡被退回", en="Check-in returned"),
        {"day": str, "reason": str, "attempt": int},
        {"day": DAY, "reason": Text(zh="理由", en="Reason"), "attempt": ATTEMPT},
        earned={"member": Text(zh="打卡被退回", en="a check-in of yours is returned")},
        happens=Text(en="a check-in is returned"),
    ),
    "checkin.made_up": FactType(
        Text(zh="补卡成功", en="Day made up"),
        {"day": str, "streak": int, "total": int},
        {"day": DAY, "streak": STREAK, "total": TOTAL},
        earned={"member": Text(zh="补卡", en="you make up a day")},
        happens=Text(en="a member makes up a day"),
    ),
    "checkin.streak_reached": FactType(
        Text(zh="达到连续里程碑", en="Streak reached"),
        {"streak": int},
        {"streak": STREAK},
        earned={"member": Text(zh="连续打卡达标", en="your streak reaches a goal")},
        happens=Text(en="a streak reaches a goal"),
        reached={"streak": Text(zh="连续打卡满 {value} 天", en="you have checked in {value} days in a row")},
    ),
    "checkin.total_reached": FactType(
        Text(zh="达到累计里程碑", en="Total reached"),
        {"total": int},
        {"total": TOTAL},
        earned={"member": Text(zh="累计打卡达标", en="your total days reach a goal")},
        happens=Text(en="the total days reach a goal"),
        reached={"total": Text(zh="累计打卡满 {value} 天", en="you have checked in {value} days in all")},
    ),
    "checkin.completed": FactType(
        Text(zh="全部完成", en="Completed"),
        {"total": int, "streak": int, "days_taken": int},
        {"total": TOTAL, "streak": STREAK, "days_taken": Text(zh="用了几天", en="Days taken")},
        earned={"member": Text(zh="全部完成", en="you have completed the campaign")},
        once=True,
        happens=Text(en="a member completes the campaign"),
    ),
    "checkin.deposit_paid": FactType(
        Text(zh="押金付好了", en="Deposit paid"),
        {"deposit": int},
        {"deposit": Text(zh="押金（分）", en="Deposit, in cents")},
        earned={"member": Text(zh="付好押金", en="you have paid the deposit")},
        once=True,
        happens=Text(en="a member has paid the deposit"),
    ),
    "checkin.deposit_settled": FactType(
        Text(zh="押金结清", en="Deposit settled"),
        {"days": int, "share": int, "back": int, "kept": int},
        {
            "days": Text(zh="打了几天", en="Days done"),
            "share": Text(zh="退回比例（%）", en="Share given back, %"),
            "back": Text(zh="退回（分）", en="Given back, in cents"),
            "kept": Text(zh="没退（分）", en="Kept, in cents"),
        },
        earned={"member": Text(zh="结清押金", en="your deposit is settled")},
        once=True,
        happens=Text(en="a member's deposit is settled"),
    ),
}

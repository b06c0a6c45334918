"""What a referral says: outcomes, and the facts that rules reward."""

from __future__ import annotations

from functions.core.mechanic import FactType
from functions.core.text import Text

DEPTH = Text(zh="第几层好友", en="Level")
NUMBER = Text(zh="邀请人的第几位", en="The referrer's nth")
ORDER = Text(zh="订单实付（分）", en="Order, minor units")
BOTH = ("member", "referrer")

OUTCOMES = {
    "joined": Text(zh="参加成功，把链接发给好友吧", en="You are in. Send your link to friends"),
    "joined_by_friend": Text(zh="参加成功，你是好友邀请来的", en="You are in, brought by a friend"),
    "joined_as_customer": Text(
        zh="欢迎回来！老顾客不算被邀请，但你可以邀请好友",
        en="Welcome back. You are no newcomer, but you can bring friends",
    ),
    "already_joined": Text(zh="你已经参加了", en="You take part already"),
    "came_by": Text(zh="今天来过了，再接再厉", en="Counted for today"),
    "already_came": Text(zh="今天已经来过了", en="Today is counted already"),
    "not_asked": Text(zh="这个活动不需要签到", en="This campaign asks for no visits"),
    "qualified": Text(zh="达成了，奖励已发", en="Done: the rewards are given"),
    "held": Text(zh="达成了，{days} 天后发奖励", en="Done: the rewards come in {days} days"),
    "released": Text(zh="奖励已发", en="The rewards are given"),
    "not_due": Text(zh="还没到发放时间", en="Not due yet"),
    "nothing_held": Text(zh="没有等待发放的奖励", en="Nothing is held"),
    "order_noted": Text(zh="订单已记下", en="The order is noted"),
    "order_too_small": Text(zh="这一单不够金额", en="This order is too small"),
    "order_not_counted": Text(zh="这一单不计入", en="This order does not count"),
    "withdrawn": Text(zh="订单退款，不再等待发放", en="The order was refunded: nothing is held any more"),
    "reversed": Text(zh="订单退款，奖励已收回", en="The order was refunded: the rewards are taken back"),
    "not_joined": Text(zh="没有参加活动", en="Not in the campaign"),
}
FACTS = {
    "referral.joined": FactType(
        Text(zh="好友参加了", en="A friend joined"),
        {"depth": int, "number": int},
        {"depth": DEPTH, "number": NUMBER},
        BOTH,
        {
            "member": Text(zh="受好友邀请参加", en="you join by a friend's link"),
            "referrer": Text(zh="有好友通过你的链接参加", en="a friend joins by your link"),
        },
        happens=Text(en="a friend joins"),
    ),
    "referral.qualified": FactType(
        Text(zh="好友达成", en="A friend qualified"),
        {"number": int, "order": int},
        {"number": NUMBER, "order": ORDER},
        BOTH,
        {
            "member": Text(zh="受好友邀请并达成要求", en="you come by a friend's link and do what is asked"),
            "referrer": Text(zh="你邀请的好友达成要求", en="a friend who came by your link does what is asked"),
        },
        happens=Text(en="a friend does what is asked"),
    ),
    "referral.reversed": FactType(
        Text(zh="好友退款", en="A friend's order was refunded"),
        earned={"member": Text(zh="你的订单退款", en="your order is refunded")},
        happens=Text(en="a friend's order is refunded"),
    ),
}

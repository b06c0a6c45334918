"""What may come of an event of an assist, and the facts that rules can reward, in both languages."""

from __future__ import annotations

from functions.core.mechanic import FactType
from functions.core.text import Text

OUTCOMES = {
    "assist_begun": Text(zh="发起成功，请好友来帮忙", en="It is open. Ask your friends"),
    "helped": Text(zh="帮到了！还差 {missing} 位", en="You helped. {missing} more to go"),
    "helped_last": Text(zh="帮到了，刚好凑齐！", en="You helped, and that was the last one!"),
    "cut": Text(zh="砍掉了 {cut}，还差 {missing} 位", en="You cut it by {cut}. {missing} more to go"),
    "cut_last": Text(zh="砍掉了 {cut}，砍到底了！", en="You cut it by {cut}, all the way down!"),
    "own_assist": Text(zh="不能帮自己", en="You cannot help yourself"),
    "already_helped": Text(zh="你已经帮过了", en="You have helped already"),
    "helps_used_up": Text(zh="你已经帮过 {most} 次，达到上限", en="You have helped {most} times, the most there is"),
    "assist_full": Text(zh="已经凑齐了，谢谢你", en="Enough friends have helped. Thank you"),
    "assist_over": Text(zh="已经结束了", en="It is over"),
    "unknown_assist": Text(zh="没有找到，链接可能不完整", en="It was not found. The link may be incomplete"),
    "newcomers_only": Text(zh="这里只有新会员的助力算数", en="Only newcomers can help here"),
    "already_begun": Text(zh="你已经发起了一个", en="You have begun one already"),
    "starts_used_up": Text(zh="你已经发起 {most} 次，达到上限", en="You have begun {most} times, the most there is"),
    "too_late_to_begin": Text(zh="活动快结束了，来不及发起", en="It ends too soon to begin"),
    "assist_expired": Text(zh="时间到了，没有凑齐", en="Time is up, and not enough friends helped"),
    "assist_left": Text(zh="你退出了，助力也结束了", en="You left, so your assist is over"),
    "not_due": Text(zh="时间还没到", en="Its time is not over"),
}
HELPERS = Text(zh="帮忙的人数", en="Helpers")
MINUTES = Text(zh="凑齐用了几分钟", en="Minutes it took")
CUT = Text(zh="砍掉的金额（分）", en="Cut, in minor units")
FACTS = {
    "assist.begun": FactType(
        Text(zh="发起助力", en="Began an assist"),
        {"needed": int},
        {"needed": HELPERS},
        earned={"member": Text(zh="发起助力", en="you ask friends to help")},
        happens=Text(en="a member asks friends for help"),
    ),
    "assist.helped": FactType(
        Text(zh="帮了好友", en="Helped a friend"),
        {"helpers": int, "cut": int},
        {"helpers": HELPERS, "cut": CUT},
        ("member", "leader"),
        {
            "member": Text(zh="帮好友一把", en="you help a friend"),
            "leader": Text(zh="有好友帮你", en="a friend helps you"),
        },
        happens=Text(en="a member helps a friend"),
    ),
    "assist.step": FactType(
        Text(zh="助力到了一档", en="Reached a step"),
        {"helpers": int},
        {"helpers": HELPERS},
        ("leader", "group"),
        {
            "leader": Text(zh="好友帮你凑够一档", en="enough friends have helped you for a step"),
            "group": Text(zh="你帮的好友凑够一档", en="a friend you helped reaches a step"),
        },
        happens=Text(en="an assist reaches a step"),
    ),
    "assist.completed": FactType(
        Text(zh="助力完成", en="Enough friends helped"),
        {"helpers": int, "minutes": int},
        {"helpers": HELPERS, "minutes": MINUTES},
        ("leader", "group"),
        {
            "leader": Text(zh="好友帮你凑齐", en="enough friends have helped you"),
            "group": Text(zh="你帮的好友凑齐", en="a friend you helped has enough helpers"),
        },
        happens=Text(en="an assist has enough helpers"),
    ),
    "assist.expired": FactType(
        Text(zh="助力没有凑齐", en="Not enough friends helped"),
        {"helpers": int},
        {"helpers": HELPERS},
        ("leader", "group"),
        {
            "leader": Text(zh="好友没有帮你凑齐", en="too few friends have helped you in time"),
            "group": Text(zh="你帮的好友没有凑齐", en="a friend you helped has too few helpers in time"),
        },
        happens=Text(en="an assist runs out of time"),
    ),
}

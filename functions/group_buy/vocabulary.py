"""What may come of an event of a group-buy, and the facts that rules can reward, in both languages."""

from __future__ import annotations

from functions.core.mechanic import FactType
from functions.core.text import Text

OUTCOMES = {
    "group_opened": Text(zh="开团成功，快邀请朋友来", en="Your group is open. Now invite your friends"),
    "group_joined": Text(zh="参团成功，还差 {missing} 人", en="You are in. {missing} more to go"),
    "enough": Text(zh="人数够了！到时间自动成团，人越多越便宜", en="Enough people! With more, everyone pays less"),
    "group_formed": Text(zh="拼团成功！", en="Your group is complete!"),
    "seat_held": Text(
        zh="名额给你留好了，请在 {minutes} 分钟内付款", en="A seat is yours for {minutes} minutes. Please pay"
    ),
    "already_in_group": Text(zh="你已经在一个团里了", en="You are in a group already"),
    "already_joined": Text(zh="你已经在这个团里了", en="You are in this group already"),
    "group_full": Text(zh="这个团满了，去开一个吧", en="This group is full. Open one of your own"),
    "group_over": Text(zh="这个团已经结束了", en="This group is over"),
    "unknown_group": Text(zh="没有这个团，链接可能不完整", en="There is no such group. The link may be incomplete"),
    "groups_used_up": Text(zh="你已经成团 {most} 次，达到上限", en="You have been in {most} groups, which is the most"),
    "newcomers_only": Text(
        zh="这个团只让新会员参加，你可以自己开一个团", en="This group is for newcomers. You can open one"
    ),
    "too_late_to_open": Text(zh="活动快结束了，来不及开新团", en="It ends too soon for a new group"),
    "paid": Text(zh="付款成功，还差 {missing} 人成团", en="Paid. {missing} more to go"),
    "already_paid": Text(zh="这笔款已经记过了", en="This payment is known already"),
    "amount_differs": Text(zh="付款金额与应付不符", en="The amount is not what was due"),
    "seat_gone": Text(zh="名额已经让出，付的钱会全部退回", en="The seat had been given up. All you paid goes back"),
    "already_refunded": Text(zh="这笔款已经退了", en="This payment was given back already"),
    "hold_released": Text(zh="没有付款，名额让出了", en="Not paid: the seat is free again"),
    "nothing_held": Text(zh="没有留着的名额", en="No seat is held"),
    "left_group": Text(zh="已退出这个团，付过的钱会全部退回", en="You left the group. Whatever you paid goes back"),
    "not_in_group": Text(zh="你不在任何团里", en="You are in no group"),
    "cannot_leave": Text(zh="已经成团，不能退出；要退款请联系商家", en="It is formed. Ask the shop for a refund"),
    "group_expired": Text(zh="没有凑齐，付的钱会全部退回", en="It did not fill. All money goes back"),
    "group_settling": Text(zh="人多，正在分步结算", en="It is large and being settled in steps"),
    "group_waits": Text(zh="活动恢复后再结算", en="It is settled when the campaign goes on"),
    "not_due": Text(zh="时间还没到", en="Its time is not over"),
    "refund_noted": Text(zh="已记下退款，团不受影响", en="The refund is noted. The group stays"),
    "seat_vacated": Text(zh="已记下退款，空出的名额可以补人", en="The refund is noted. The seat can be taken again"),
    "group_dissolved": Text(
        zh="有人退款，团已解散，付的钱全部退回", en="After a refund it is dissolved. All money goes back"
    ),
}
PEOPLE = Text(zh="团里人数", en="People in the group")
MINUTES = Text(zh="凑齐用了几分钟", en="Minutes it took")
ALL = ("group", "leader")
FACTS = {
    "group.opened": FactType(
        Text(zh="开团成功", en="Opened a group"),
        {"size": int},
        {"size": PEOPLE},
        earned={"member": Text(zh="开团", en="you open a group")},
        happens=Text(en="a member opens a group"),
    ),
    "group.joined": FactType(
        Text(zh="参团成功", en="Joined a group"),
        {"people": int},
        {"people": PEOPLE},
        ("member", "leader"),
        {
            "member": Text(zh="参团", en="you join a group"),
            "leader": Text(zh="有人参加你开的团", en="someone joins a group you opened"),
        },
        happens=Text(en="a member joins a group"),
    ),
    "group.completed": FactType(
        Text(zh="拼团成功", en="The group is complete"),
        {"people": int, "minutes": int},
        {"people": PEOPLE, "minutes": MINUTES},
        ALL,
        {
            "group": Text(zh="拼团成功", en="your group is complete"),
            "leader": Text(zh="你开的团拼成", en="a group you opened is complete"),
        },
        happens=Text(en="a group is complete"),
    ),
    "group.expired": FactType(
        Text(zh="没有凑齐", en="The group did not fill"),
        {"people": int},
        {"people": PEOPLE},
        ALL,
        {
            "group": Text(zh="团没有凑齐", en="your group does not fill in time"),
            "leader": Text(zh="你开的团没有凑齐", en="a group you opened does not fill in time"),
        },
        happens=Text(en="a group does not fill in time"),
    ),
    "group.dissolved": FactType(
        Text(zh="成团后解散", en="The group was dissolved"),
        {"people": int},
        {"people": PEOPLE},
        ALL,
        {
            "group": Text(zh="你的团成团后又解散", en="your complete group is dissolved"),
            "leader": Text(zh="你开的团成团后又解散", en="a complete group you opened is dissolved"),
        },
        happens=Text(en="a complete group is dissolved"),
    ),
}

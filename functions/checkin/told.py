"""What the rules' text has to say of a deposit, in both languages. Pure."""

from __future__ import annotations

from collections.abc import Callable

from functions.checkin.config import Config
from functions.checkin.deposit import Terms, back
from functions.checkin.entry import DepositEntry
from functions.core.text import Text


def told(config: Config, money: Callable[[int], str]) -> list[Text]:
    """A line each; `money` writes minor units as people read them. Nothing where entry is free."""
    entry = config.entry
    if not isinstance(entry, DepositEntry):
        return []
    terms = Terms.offered(config, entry)
    zh, en = ("累计", "in all") if terms.by == "total" else ("连续", "in a row")
    parts = [(days, money(back(entry.amount, share))) for days, share in terms.steps[-2::-1]]
    first = terms.steps[0][0]
    below_zh = "，".join([*(f"满 {days} 天退 {sum}" for days, sum in parts), f"不到 {first} 天不退"])
    below_en = ", ".join([*(f"{sum} from {days} days" for days, sum in parts), f"nothing below {first} days"])
    amount, whole = money(entry.amount), terms.whole_at
    return [
        Text(
            zh=f"参加先付押金 {amount}，{zh}打卡 {whole} 天，马上全额退",
            en=f"You begin with a deposit of {amount}; after {whole} days {en} the whole of it goes back at once",
        ),
        Text(
            zh=f"没打满的，活动结束时按天数退：{below_zh}",
            en=f"Otherwise it goes back by your days when the campaign ends: {below_en}",
        ),
        Text(
            zh="押金是你自己的钱，不会分给别人；原路退回，一般 1–3 天到账",
            en="It is your own money and is never shared out; it goes back the way it came, usually within 1 to 3 days",
        ),
        Text(
            zh="商家提前结束、你本来还来得及打满更多的，全额退；中途退出或删除数据，按已打的天数退",
            en="If the shop ends early and you could still have done more, all of it goes back; if you leave or erase "
            "your data, the days done so far count",
        ),
    ]

"""How far a member has come, by what they did (AIPL): Awareness, Interest, Purchase, Loyalty. Pure.

An order counts while the shop keeps something of it (`core/order.py: net`), so what was refunded in whole or cancelled
takes nobody further. Who is looked up is told from the rows of what they did; the stream keeps the same in a row of
theirs, for numbers and audiences (`insights/stages.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from functions.core.text import Text

Stage = Literal["awareness", "interest", "purchase", "loyalty"]
STAGES: tuple[Stage, ...] = ("awareness", "interest", "purchase", "loyalty")
OFTEN = 2  # orders that make a customer one who comes back

CAME = Text(zh="来过，还没有参加活动", en="Came by, took part in nothing yet")
TOOK_PART = Text(zh="参加过 {n} 个活动", en="took part in {n} campaigns")
BOUGHT = Text(zh="买过 {n} 次", en="bought {n} times")
BROUGHT = Text(zh="带来 {n} 位下单的好友", en="brought {n} friends who bought")
ONCE = {TOOK_PART: "took part in one campaign", BOUGHT: "bought once", BROUGHT: "brought a friend who bought"}


@dataclass(frozen=True)
class Behaviour:
    """What counts: campaigns taken part in, orders that stand, friends brought who bought."""

    campaigns: int = 0
    orders: int = 0
    friends: int = 0

    @property
    def stage(self) -> Stage:
        """The furthest that was reached."""
        if self.orders >= OFTEN or self.friends:
            return "loyalty"
        if self.orders:
            return "purchase"
        return "interest" if self.campaigns else "awareness"

    @property
    def why(self) -> Text:
        """What it rests on, such as 买过 2 次: purchases and friends, else taking part."""
        did = [_counted(BOUGHT, self.orders), _counted(BROUGHT, self.friends)] if self.orders or self.friends else []
        told = [one for one in did or [_counted(TOOK_PART, self.campaigns)] if one] or [CAME]
        return Text(zh="，".join(one.zh for one in told), en=", ".join(one.en for one in told).capitalize())


def _counted(words: Text, number: int) -> Text | None:
    if not number:
        return None
    return Text(zh=words.fill("zh", {"n": number}), en=ONCE[words] if number == 1 else words.fill("en", {"n": number}))

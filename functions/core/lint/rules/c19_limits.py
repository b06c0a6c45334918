"""C19: a campaign ends, what it gives is limited, and the worst it can cost lies within its budget."""

from __future__ import annotations

from collections.abc import Iterator

from functions.core.campaign import DAY_SHARDS_MAX, GRANTS_PER_SHARD, RewardItem
from functions.core.lint.finding import Finding
from functions.core.lint.reading import Reading
from functions.core.money import Money
from functions.core.text import Text

ID = "C19"
BASIS = Text(
    zh="行业事故的教训：过期或不限量的优惠券被领走，损失以千万元计",
    en="Losses of the field: expired or unlimited coupons were claimed, at a cost of tens of millions",
)


def check(reading: Reading) -> Iterator[Finding]:
    """End date, stock and per-member limit of whatever costs something, unit costs, and the budget over all."""
    yield from _end(reading)
    total = 0
    for place, item in enumerate(reading.definition.rewards):
        known = reading.unit_cost(item)
        yield from _reward(item, known, f"rewards.{place}", reading)
        total += (item.stock or 0) * max(item.unit_cost, known or 0)
    yield from _budget(total, reading)
    yield from _parts(reading)
    yield from _rush(reading)


def _end(reading: Reading) -> Iterator[Finding]:
    ends = reading.definition.schedule.ends_at
    if ends is None:
        yield _finding(
            "schedule.ends_at",
            Text(zh="活动没有结束时间", en="The campaign has no end"),
            Text(zh="填写结束时间", en="Set an end"),
        )
    elif reading.at is not None and ends <= reading.at:
        yield _finding(
            "schedule.ends_at",
            Text(zh="结束时间已经过了，上线也没人能参加", en="Its end has passed: nobody could take part any more"),
            Text(zh="把结束时间改到将来", en="Set an end that is still to come"),
        )


def _reward(item: RewardItem, known: int | None, path: str, reading: Reading) -> Iterator[Finding]:
    if known == 0 and item.unit_cost == 0:
        return
    name = Text(zh=item.name.in_("zh") or item.id, en=item.name.in_("en") or item.id)
    if item.stock is None:
        yield _finding(
            f"{path}.stock",
            Text(zh=f"“{name.zh}”要花钱，却没有限量", en=f"“{name.en}” costs money, but its number is not limited"),
            Text(zh="填写最多发多少份", en="Say how many there are at most"),
        )
    if item.per_member is None:
        yield _finding(
            f"{path}.per_member",
            Text(zh=f"“{name.zh}”没有写每人最多几份", en=f"“{name.en}” has no limit for each member"),
            Text(zh="填写每人最多几份", en="Say how many one member may get at most"),
        )
    if known is not None and item.unit_cost < known:
        said, true = _money(item.unit_cost, reading), _money(known, reading)
        yield _finding(
            f"{path}.unit_cost",
            Text(
                zh=f"“{name.zh}”填的单份成本是 {said.zh}，实际最多会花 {true.zh}",
                en=f"“{name.en}” says it costs {said.en} each, but can cost {true.en}",
            ),
            Text(zh=f"把单份成本改为 {true.zh} 或更高", en=f"Set the unit cost to {true.en} or more"),
            said.en,
        )


def _budget(total: int, reading: Reading) -> Iterator[Finding]:
    budget = reading.definition.budget.total
    worst, said = _money(total, reading), _money(budget, reading)
    if total > 0 and budget == 0:
        yield _finding(
            "budget.total",
            Text(zh=f"最多会花 {worst.zh}，却没有预算上限", en=f"It can cost up to {worst.en}, but there is no budget"),
            Text(zh=f"把预算填为 {worst.zh} 或更高", en=f"Set a budget of {worst.en} or more"),
        )
    elif total > budget:
        yield _finding(
            "budget.total",
            Text(
                zh=f"最多会花 {worst.zh}，超过预算 {said.zh}",
                en=f"It can cost up to {worst.en}, more than the budget of {said.en}",
            ),
            Text(
                zh=f"减少库存或面值，或把预算提到 {worst.zh}",
                en=f"Lower a stock or a value, or raise the budget to {worst.en}",
            ),
            said.en,
        )


def _rush(reading: Reading) -> Iterator[Finding]:
    """A day's budget is counted in few rows, each of which takes so many grants a second."""
    peak, most = reading.definition.costly_peak, DAY_SHARDS_MAX * GRANTS_PER_SHARD
    if reading.definition.budget.per_day is not None and peak > most:
        yield _finding(
            "budget.per_day",
            Text(
                zh=f"每天的预算每秒最多能记 {most} 次发放，这个活动预计每秒 {peak:,} 次",
                en=f"A budget for each day counts {most} grants a second at most; this campaign expects {peak:,}",
            ),
            Text(zh="留空每天的预算，或者调低预计峰值", en="Leave it empty, or lower the expected peak"),
        )


def _parts(reading: Reading) -> Iterator[Finding]:
    """A day's or a person's part of the budget that cannot pay even one of the dearest rewards gives nothing at all."""
    budget, dearest = reading.definition.budget, reading.definition.dearest
    parts = (
        ("per_day", budget.per_day, Text(zh="每天的预算", en="The budget for each day")),
        ("per_member", budget.per_member, Text(zh="每人的预算", en="The budget for each person")),
    )
    for name, part, words in parts:
        if part is not None and part < dearest:
            said, cost = _money(part, reading), _money(dearest, reading)
            yield _finding(
                f"budget.{name}",
                Text(
                    zh=f"{words.zh} {said.zh} 不够发一次 {cost.zh} 的奖励",
                    en=f"{words.en} is {said.en}, which cannot pay a reward of {cost.en} once",
                ),
                Text(
                    zh=f"提到 {cost.zh} 或更高，或者留空表示不限",
                    en=f"Set {cost.en} or more, or leave it empty for no limit",
                ),
                said.en,
            )


def _money(minor: int, reading: Reading) -> Text:
    # model_construct: a sum of worst costs may exceed what a single amount may be
    said = str(Money.model_construct(minor=minor, currency=reading.definition.budget.currency))
    return Text(zh=said, en=said.removesuffix(".00"))  # as the screens write it


def _finding(path: str, message: Text, fix: Text, quote: str = "") -> Finding:
    return Finding(rule=ID, severity="block", path=path, message=message, fix=fix, basis=BASIS, quote=quote)

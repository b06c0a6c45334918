"""Item scan: each item's reward is taken once, by who scanned it first or holds its inner code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from functions.core.change import Change, Is
from functions.core.event import Event
from functions.core.form import label
from functions.core.item import ItemCode, ProvenItem
from functions.core.keys import Key, Row
from functions.core.mechanic import Accepts, Decision, Fact, FactType, Moment, Seen, accept, refuse
from functions.core.text import Text

KIND = "item_scan"
TITLE = Text(zh="一物一码", en="Item scan")
OUTCOMES = {
    "collected": Text(zh="领取成功，这是你的第 {total} 件", en="Claimed! This is your item no. {total}"),
    "scan_first": Text(zh="请先点一下查真伪，再领奖励", en="Check the item first, then take its reward"),
    "scanned_by_another": Text(
        zh="这件商品的奖励归第一个扫码的人", en="This item's reward belongs to whoever scanned it first"
    ),
    "already_collected": Text(zh="这件商品的奖励已经领过了", en="This item's reward has been taken already"),
    "inner_code_wrong": Text(
        zh="内码不对，请刮开涂层，照着再输一遍",
        en="The inner code is not right. Scratch it free and type it again",
    ),
    "not_activated": Text(zh="这件商品还没有激活，暂时不能领", en="This item has not been activated yet"),
    "blocked": Text(zh="这个码已停用，不能领", en="This code is blocked"),
    "expired": Text(zh="这件商品过了有效期，不能领", en="This item is past its date"),
    "enough_today": Text(zh="今天已经领了 {most} 件，明天再来", en="You have taken {most} today. Come again tomorrow"),
}
TOTAL = Text(zh="第几件", en="Items so far")
FACTS = {
    "item_scan.recorded": FactType(
        Text(zh="领到一件", en="Item collected"),
        {"total": int},
        {"total": TOTAL},
        earned={"member": Text(zh="扫码领取一件", en="you collect an item")},
        happens=Text(en="a member collects an item"),
        many=Text(zh="领取", en="Items collected"),
    )
}


class Config(BaseModel):
    """How much one member may take. Whether an inner code is asked for is the batch's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_day: int = Field(
        default=10,
        ge=1,
        le=1000,
        json_schema_extra=label(
            "每人每天最多领",
            "Most a day for one member",
            unit="items",
            zh_help="挡住成箱扫码的人",
            en_help="Keeps those away who scan by the crate",
        ),
    )


class Collect(BaseModel):
    """The link of the item, and the code under its scratch-off where it has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: ItemCode
    inner: str = Field(default="", max_length=40)


ACCEPTS = {"collect": Accepts(Collect, title=Text(zh="领取奖励", en="Take the reward"))}


def reads(config: Config, event: Event) -> Sequence[Key]:
    """The item's own row, where its scans are remembered."""
    return [event.item.key] if event.item else []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """One item, taken once. Pure."""
    item = event.item
    assert item is not None, "the edge proves an item before it is decided on"
    row = seen.rows[item.key]
    if wrong := _refusal(item, row, item.visitor(event.member)):
        return refuse(wrong)
    assert row is not None
    today, record = str(seen.moment.today), seen.record
    before = record.get("today", 0) if record.get("last") == today else 0
    if before >= config.per_day:
        return refuse("enough_today", most=config.per_day)
    total = record.get("total", 0) + 1
    fact = Fact("item_scan.recorded", f"{item.batch}.{item.number}", {"total": total})
    # The version is the row's own guard against scans at the same time: each of them writes the whole row.
    taken = Change(
        item.key, (Is("version", row["version"]),), set={"collected": item.visitor(event.member)}, add={"version": 1}
    )
    after = {"total": total, "last": today, "today": before + 1}
    return replace(accept("collected", after, fact, total=total), changes=(taken,))


def _refusal(item: ProvenItem, row: Row | None, visitor: str) -> str:
    """Why the item's reward is not this visitor's to take; empty when it is."""
    if item.standing != "good":
        return item.standing
    if row is None or "first" not in row:
        return "scan_first"
    if row.get("collected"):
        return "already_collected"
    if item.inner == "wrong":
        return "inner_code_wrong"
    return "scanned_by_another" if item.inner == "none" and row["first"]["by"] != visitor else ""


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member sees of their own state."""
    return {"total": record.get("total", 0)}

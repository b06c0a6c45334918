"""One tap on one item's page: recorded in the item's own row, in one write (docs/codes.md). Pure.

The row is home of its events, as a member's row is of theirs (docs/engine.md): so the first scan happens once,
whoever races for it, and a repeated request gets its answer again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from functions.codes.place import Place, kilometres, region
from functions.core.event import Event
from functions.core.item import ProvenItem
from functions.core.keys import Key, Row
from functions.core.mechanic import Fact
from functions.core.text import Text
from functions.storage.engine import Plan, Rows

OUTCOMES = {
    "first_scan": Text(zh="首次扫描，这是正品", en="Genuine, and you are the first to scan it"),
    "scanned_by_you": Text(zh="是正品，第一次就是你扫的", en="Genuine. You were the first to scan it"),
    "scanned_before": Text(
        zh="这个码之前被扫过，请核对是不是你手里这一件", en="This code was scanned before. Check that it is yours"
    ),
    "not_activated": Text(zh="这件商品还没有激活", en="This item has not been activated yet"),
    "blocked": Text(zh="这个码已停用", en="This code is blocked"),
    "expired": Text(zh="这件商品已过有效期", en="This item is past its date"),
}
REPEATS = (10, 100, 1000)  # taps of others on one item that somebody should look at
FAR_KILOMETRES, FAR_WITHIN = 300, 24 * 3600  # two people so far apart on one day hold two copies of one code


class Tap(BaseModel):
    """What a tap says: the link, and where the person stands, roughly and only if they wish."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link: str
    place: Place | None = None


@dataclass(frozen=True)
class Scan:
    """The plan for one tap (engine.Planner). `event.data` is a Tap, `event.member` the visitor's session."""

    item: ProvenItem
    event: Event

    @property
    def home(self) -> Key:
        """The item's row."""
        return self.item.key

    def reads(self, refused: frozenset[str]) -> Sequence[Key]:  # noqa: ARG002 - as the engine asks
        """Nothing but the item's own row."""
        return []

    def plan(self, rows: Rows, refused: frozenset[str]) -> Plan:  # noqa: ARG002 - as the engine asks
        """What the tap writes: every one is counted, only one is the first."""
        row = rows[self.home] or {}
        if self.item.standing != "good":
            fact = Fact("item.refused", self.event.id, {"standing": self.item.standing})
            tried = {"tried": row.get("tried", 0) + 1, "day": str(self.event.day)}
            return Plan(self.item.standing, kept(row) | tried, facts=(fact,))
        visitor = self.item.visitor(self.event.member)
        now: dict[str, Any] = {"at": int(self.event.at.timestamp()), "by": visitor}
        now |= {"place": list(self.event.data.place)} if self.event.data.place else {}
        first = row.get("first", now)
        outcome = said(row, visitor)
        home = kept(row) | {"first": first, "last": now, "count": row.get("count", 0) + 1}
        home["day"] = str(self.event.day)
        home["others"] = row.get("others", 0) + (outcome == "scanned_before")
        alarms = [*alarms_of(row, home)]
        home["alarms"] = [*row.get("alarms", []), *alarms]
        values = {"count": home["count"], "first_at": first["at"]}
        return Plan(outcome, home, facts=tuple(self._facts(outcome, alarms)), values=values)

    def _facts(self, outcome: str, alarms: Sequence[str]) -> Sequence[Fact]:
        place = {"region": region(self.event.data.place)} if self.event.data.place else {}
        kind = "item.first" if outcome == "first_scan" else "item.again"
        abnormal = [Fact("item.abnormal", f"{self.event.id}.{alarm}", {"why": alarm}) for alarm in alarms]
        return [Fact(kind, self.event.id, place), *abnormal]


def said(row: Mapping[str, Any], visitor: str) -> str:
    """What a visitor is told of a good item whose row this is, before their tap is added."""
    if "first" not in row:
        return "first_scan"
    return "scanned_by_you" if row["first"]["by"] == visitor else "scanned_before"


def kept(row: Mapping[str, Any]) -> Row:
    """What an item's row holds besides what the engine keeps in it."""
    return {name: value for name, value in row.items() if name not in ("version", "at", "events", "facts")}


def alarms_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[str]:
    """What a tap made abnormal: each is said once of an item."""
    found = []
    if after["others"] in REPEATS and after["others"] != before.get("others", 0):
        found.append(f"repeats_{after['others']}")
    was, now = before.get("last", {}), after["last"]
    apart = "place" in was and "place" in now and was["by"] != now["by"]
    if apart and now["at"] - was["at"] <= FAR_WITHIN and kilometres(was["place"], now["place"]) > FAR_KILOMETRES:
        found.append("far_apart")
    return [alarm for alarm in found if alarm not in before.get("alarms", [])]

"""Assist and bargain: friends help whoever began, each once, before time is over (docs/mechanics/assist.md).

Helping writes the helper's row and the assist's under its version, so that each counts once and the last one completes
it for whoever began, in one write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from functions.assist.config import Config
from functions.assist.drive import UNIT, Drive, key_of, name_of
from functions.assist.vocabulary import FACTS, OUTCOMES
from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.ids import is_id
from functions.core.keys import Key, Row
from functions.core.mechanic import Accepts, Decision, Fact, Moment, Seen, accept, refuse
from functions.core.text import Text

__all__ = ["ACCEPTS", "FACTS", "KIND", "OUTCOMES", "TITLE", "Config", "decide", "reads", "view"]

KIND = "assist"
SHARED_AS = "assist"
TITLE = Text(zh="好友助力", en="Assist")
LEAVES = "leave"  # what the engine says for a member who leaves the campaign or is erased
CLOSES = {UNIT: "close"}
ASSIST = r"^ast_[0-9abcdefghjkmnpqrstvwxyz]{26}$"
SHORTEST = timedelta(minutes=10)


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(_Data):
    """The tap is all."""


class Helping(_Data):
    """Whose."""

    assist: str = Field(pattern=ASSIST)


ACCEPTS = {
    "begin": Accepts(Nothing, title=Text(zh="发起助力", en="Begin")),
    "help": Accepts(Helping, title=Text(zh="帮好友", en="Help")),
    "leave": Accepts(Nothing, ("system",), Text(zh="退出活动", en="Leave")),
    "close": Accepts(Nothing, ("system",), Text(zh="时间到了", en="Time is up")),
}


def asks_newcomer(config: Config, event: Event) -> bool:
    """Whether it counts that the member took part in nothing before."""
    return config.newcomers_only and event.kind == "help"


def reads(config: Config, event: Event) -> Sequence[Key]:
    """The assist that the event names."""
    named = getattr(event.data, "assist", "")
    return [key_of(event.campaign, named)] if named else []


def follows(config: Config, event: Event, record: Mapping[str, Any]) -> Sequence[Key]:
    """The assist that the member began last: one at a time."""
    last = record.get("assist", "")
    return [key_of(event.campaign, last)] if last and event.kind in ("begin", "leave") else []


def decide(config: Config, event: Event, seen: Seen) -> Decision:
    """What an event does. Pure."""
    match event.kind:
        case "begin":
            return _begin(config, event, seen)
        case "help":
            return _help(config, event, seen)
        case "leave":
            return _leave(event, seen)
        case "close":
            return _close(event, seen)
    raise AssertionError(event.kind)


def view(config: Config, moment: Moment, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member's own row says, and what the campaign asks."""
    bargain = config.style.kind == "bargain"
    return {
        "assist": record.get("assist", ""),
        "begun": record.get("begun", 0),
        "most": config.starts_each,
        "needed": config.helpers,
        "hours": config.hours,
        "price": config.style.price if config.style.kind == "bargain" else 0,
        "floor": config.style.floor if config.style.kind == "bargain" else 0,
        "bargain": bargain,
        "newcomers_only": config.newcomers_only,
        "mine": None,
        "asked": None,
    }


def watches(config: Config, campaign: str, record: Mapping[str, Any], asked: str) -> Sequence[Key]:
    """The member's own assist and the one that a link named."""
    names = [name for name in dict.fromkeys((record.get("assist", ""), asked)) if is_id("ast", name)]
    return [key_of(campaign, name) for name in names]


def lists(config: Config) -> bool:
    """Nobody's assist is shown to who was not asked."""
    return False


def shared(
    config: Config, campaign: str, at: datetime, rows: Mapping[Key, Row | None], member: str, asked: str
) -> dict[str, Any]:
    """Both assists as the member sees them."""
    seen = {
        key.parts[2]: _shown(Drive.of(key.parts[2], row["record"]), member, int(at.timestamp()))
        for key, row in rows.items()
        if row
    }
    friend = seen.get(asked)
    helps = friend and friend["open"] and not friend["leads"]
    return {
        "mine": next((one for one in seen.values() if one["leads"]), None),
        "asked": friend,
        "first": "assist.helped" if helps else "",
    }


def sample(
    config: Config, campaign: str, member: str, at: datetime, done: bool
) -> tuple[dict[str, Any], dict[Key, Row]]:
    """A made-up member with made-up helpers, for the composer's preview: one on the way, or all."""
    until = int((at + timedelta(hours=config.hours)).timestamp())
    drive = Drive.begun("ast_" + "0" * 26, config, member, until)
    for number in range(config.helpers if done else min(1, config.helpers - 1)):
        drive = drive.helped(f"mem_friend{number}")
    return {"assist": drive.name, "begun": 1}, {key_of(campaign, drive.name): {"record": drive.record()}}


def most(config: Config) -> dict[str, int]:
    """How many a fact of this can concern."""
    return {"group": config.helpers, "leader": 1}


def outlasts(config: Config) -> tuple[dict[str, int], timedelta]:
    """How many an assist of these terms concerns in one write whatever rules come later, and how long one may last."""
    return most(config), timedelta(hours=config.hours)


def _begin(config: Config, event: Event, seen: Seen) -> Decision:
    last, begun = seen.record.get("assist", ""), seen.record.get("begun", 0)
    row = seen.rows[key_of(event.campaign, last)] if last else None
    if row is not None and Drive.of(last, row["record"]).state == "open":
        return refuse("already_begun")
    if begun >= config.starts_each:
        return refuse("starts_used_up", most=config.starts_each)
    now, ends = int(event.at.timestamp()), seen.moment.at + timedelta(hours=config.hours)
    ends = min(ends, seen.moment.closes_at or ends)
    if ends - seen.moment.at < SHORTEST:
        return refuse("too_late_to_begin")
    until = int(ends.timestamp())
    drive = Drive.begun(name_of(event.campaign, event.member, event.id), config, event.member, until, now)
    if drive.begun_before in seen.refused:
        return refuse("assist_over")
    home = {**seen.record, "assist": drive.name, "begun": begun + 1}
    due = Change(keys.due(event.campaign, until, UNIT, drive.name), put={"until": until})
    decision = accept("assist_begun", home, Fact("assist.begun", drive.name, {"needed": drive.needed}))
    return replace(decision, changes=(drive.written(event.campaign, None), due))


def _help(config: Config, event: Event, seen: Seen) -> Decision:
    row = seen.rows[key_of(event.campaign, event.data.assist)]
    if row is None:
        return refuse("unknown_assist")
    drive, helped = Drive.of(event.data.assist, row["record"]), seen.record.get("helped", 0)
    closed = _why_not(config, event, drive, helped)
    if closed:
        return refuse(closed, most=config.helps_each)
    after = drive.helped(event.member)
    people, cut = len(after.helpers), drive.cut_of(len(drive.helpers))
    others = {"leader": (drive.leader,), "group": after.helpers}
    facts = [Fact("assist.helped", drive.name, {"helpers": people, "cut": cut}, {"leader": (drive.leader,)})]
    if after.missing and people in config.steps:  # a later version may have a step where this one ends
        facts.append(Fact("assist.step", f"{drive.name}.{people}", {"helpers": people}, others))
    if not after.missing:
        took = drive.minutes(int(event.at.timestamp()))
        facts.append(Fact("assist.completed", drive.name, {"helpers": people, "minutes": took}, others))
    word = ("cut" if drive.cuts else "helped") + ("" if after.missing else "_last")
    home = {**seen.record, "helped": helped + 1}
    decision = accept(word, home, *facts, missing=after.missing, cut=cut)
    return replace(decision, changes=(after.written(event.campaign, row),))


def _why_not(config: Config, event: Event, drive: Drive, helped: int) -> str:
    """Why the member cannot help this one now."""
    if event.member == drive.leader:
        return "own_assist"
    if event.member in drive.helpers:
        return "already_helped"
    if drive.state == "completed":
        return "assist_full"
    if drive.state != "open" or int(event.at.timestamp()) >= drive.until:
        return "assist_over"
    if helped >= config.helps_each:
        return "helps_used_up"
    return "newcomers_only" if config.newcomers_only and not event.newcomer else ""


def _leave(event: Event, seen: Seen) -> Decision:
    """Who began it leaves: nobody can help any more, for nobody would have anything of it."""
    last = seen.record.get("assist", "")
    row = seen.rows[key_of(event.campaign, last)] if last else None
    if row is None:
        return refuse("unknown_assist")
    drive = Drive.of(last, row["record"])
    if drive.state != "open" or int(event.at.timestamp()) >= drive.until:
        return refuse("assist_over")
    decision = accept("assist_left", seen.record)
    return replace(decision, changes=(replace(drive, state="expired").written(event.campaign, row),))


def _close(event: Event, seen: Seen) -> Decision:
    """Time is over: an assist that is still open has expired."""
    if not seen.record:
        return refuse("unknown_assist")
    assert event.unit is not None
    drive = Drive.of(event.unit.parts[2], seen.record)
    if drive.state != "open":
        return refuse("assist_over")
    if int(event.at.timestamp()) < drive.until:
        return refuse("not_due")
    others = {"leader": (drive.leader,), "group": drive.helpers}
    fact = Fact("assist.expired", drive.name, {"helpers": len(drive.helpers)}, others)
    return accept("assist_expired", replace(drive, state="expired").record(), fact)


def _shown(drive: Drive, member: str, now: int) -> dict[str, Any]:
    over = now >= drive.until
    return {
        "name": drive.name,
        "state": drive.state,
        "until": datetime.fromtimestamp(drive.until, UTC).isoformat(),
        "helpers": [one[-4:] for one in drive.helpers],
        "me": member[-4:] if member in drive.helpers else "",
        "missing": drive.missing,
        "leads": bool(member) and drive.leader == member,
        "helped": member in drive.helpers,
        "over": over or drive.state == "expired",
        "open": drive.state == "open" and not over,
        "now_at": drive.now_at,
        "cuts": list(drive.cuts[: len(drive.helpers)]),
        "due": 0,  # nothing is paid here
        "held_until": "",
    }

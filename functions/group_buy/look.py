"""What a member sees of groups: their own, the one they were invited to, those that may be joined. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from functions.core.ids import derived_id, is_id
from functions.core.keys import Key, Row
from functions.group_buy.config import Config
from functions.group_buy.group import Group, key_of

SHOWN_MAX = 5
HOUR = 3600
LOST = ("expired", "dissolved")  # how a group ends whose money goes back, all of it
NAME_CHARACTERS = 4  # of a member's id: enough to tell friends apart, too few to know anybody by


def own(config: Config, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member's own row says, and what the campaign offers."""
    steps = [[config.size, config.price], *([step.people, step.price] for step in config.ladder)]
    return {
        "group": record.get("group", ""),
        "formed": record.get("formed", 0),
        "size": config.size,
        "hours": config.hours,
        "price": config.price,
        "steps": steps,
        "leader_pays": max(0, config.price - config.leader_discount),
        "newcomers_only": config.newcomers_only,
        "on_refund": config.on_refund,
        "most": config.groups_each,
        "mine": None,
        "asked": None,
        "open": [],
    }


def sample(
    config: Config, campaign: str, member: str, at: datetime, done: bool
) -> tuple[dict[str, Any], dict[Key, Row]]:
    """A made-up member in a group with made-up friends: one on the way, as many as it takes when it is done."""
    now = int(at.timestamp())
    group = Group.opened("grp_" + "0" * 26, config, now + config.hours * HOUR)
    for number in range(config.size if done else min(2, config.size - 1)):
        group = group.seated(derived_id("mem", str(number)) if number else member, 0, now)
    group = group.ended("completed") if done else group
    return {"group": group.name, "formed": 0}, {key_of(campaign, group.name): {"record": group.record()}}


def watched(campaign: str, record: Mapping[str, Any], asked: str) -> list[Key]:
    """The member's own group, and the one that a link named."""
    names = [name for name in dict.fromkeys((record.get("group", ""), asked)) if is_id("grp", name)]
    return [key_of(campaign, name) for name in names]


def shared(campaign: str, at: datetime, rows: Mapping[Key, Row | None], member: str, asked: str) -> dict[str, Any]:
    """The member's own group, the one they were invited to, and those that still have room."""
    now = int(at.timestamp())
    groups = {key.parts[2]: Group.of(key.parts[2], row["record"]) for key, row in rows.items() if row}
    seen = {name: shown(campaign, group, member, now) for name, group in groups.items()}
    mine = [one for one in seen.values() if one["mine"]]
    free = [
        one for one in seen.values() if one["state"] == "open" and one["free"] and one["people"] and not one["over"]
    ]
    return {
        "mine": mine[-1] if mine else None,
        "asked": seen.get(asked),
        "open": sorted(free, key=lambda one: (one["missing"], one["until"]))[:SHOWN_MAX],
    }


def shown(campaign: str, group: Group, member: str, now: int) -> dict[str, Any]:
    """One group, as `member` sees it."""
    seat = group.seat_of(member) if member else None
    people = len(group.confirmed)
    following = next(((needed, price) for needed, price in group.steps if needed > people), None)
    return {
        "name": group.name,
        "state": group.state,
        "until": datetime.fromtimestamp(group.until, UTC).isoformat(),
        "joinable": group.takes and now < group.until and group.free(now) > 0,
        "over": now >= group.until or not group.takes,
        "size": group.size,
        "people": people,
        "missing": max(0, group.size - people),
        "free": group.free(now),
        "seats": [one.member[-NAME_CHARACTERS:] for one in group.confirmed],
        "me": member[-NAME_CHARACTERS:] if seat else "",
        "next_step": list(following) if following and people >= group.size else [],
        "paid": group.paid,
        "mine": bool(seat and seat.live(now)),
        "sure": bool(seat and seat.confirmed),
        "leads": bool(member) and group.leader == member,
        "due": group.due(seat) if seat and not seat.confirmed else 0,
        "payment": group.payment(campaign, seat) if seat else "",
        "comes_back": group.due(seat) if seat and group.state in LOST else 0,
        "returns": "coming",  # how far it is, who holds the payment knows (pages/campaigns.py)
        "held_until": datetime.fromtimestamp(seat.until, UTC).isoformat() if seat and seat.until > now else "",
    }

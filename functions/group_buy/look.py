"""What a member sees of groups: their own, the one they were invited to, those that may be joined. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from functions.core.keys import Key, Row
from functions.group_buy.config import Config
from functions.group_buy.group import Group

NAME_CHARACTERS = 4  # of a member's id: enough to tell friends apart, too few to know anybody by


def own(config: Config, record: Mapping[str, Any]) -> dict[str, Any]:
    """What the member's own row says, and what the campaign offers."""
    steps = [[step.people, step.price] for step in config.ladder]
    return {
        "group": record.get("group", ""),
        "formed": record.get("formed", 0),
        "size": config.size,
        "hours": config.hours,
        "price": config.price,
        "steps": steps,
        "leader_pays": max(0, config.price - config.leader_discount),
        "newcomers_only": config.newcomers_only,
    }


def shown(group: Group, member: str, now: int) -> dict[str, Any]:
    """One group, as `member` sees it."""
    seat = group.seat_of(member) if member else None
    people = len(group.confirmed)
    following = next(((needed, price) for needed, price in group.steps if needed > people), None)
    return {
        "name": group.name,
        "state": group.state,
        "until": datetime.fromtimestamp(group.until, UTC).isoformat(),
        "over": now >= group.until,
        "size": group.size,
        "people": people,
        "missing": max(0, group.size - people),
        "free": group.free(now),
        "seats": [one.member[-NAME_CHARACTERS:] for one in group.confirmed],
        "next_step": list(following) if following and people >= group.size else [],
        "paid": group.paid,
        "mine": bool(seat and seat.live(now)),
        "sure": bool(seat and seat.confirmed),
        "leads": bool(member) and group.leader == member,
        "held_until": datetime.fromtimestamp(seat.until, UTC).isoformat() if seat and seat.until > now else "",
    }


def group_in(rows: Mapping[Key, Row | None], key: Key) -> Group | None:
    """The group in a row that was read."""
    row = rows.get(key)
    return Group.of(key.parts[2], row["record"]) if row else None

"""Opening a group, joining one, leaving it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.mechanic import Decision, Fact, Room, Seen, accept, refuse
from functions.group_buy import ending
from functions.group_buy.config import Config
from functions.group_buy.group import UNIT, Group, key_of, name_of
from functions.group_buy.seats import Seat


def open_group(config: Config, event: Event, seen: Seen) -> Decision:
    """A new group, led by who opens it."""
    record, why_not = _free_again(config, event, seen)
    if why_not:
        return refuse(why_not, most=config.groups_each)
    until = _deadline(config, seen)
    if until - _now(event) < config.hold_minutes * 60:
        return refuse("too_late_to_open")
    group = Group.opened(name_of(event.campaign, event.member, event.id), config, until, _now(event))
    if group.opened_before in seen.refused:
        return refuse("group_over")
    decision = _seated(config, event, record, group, seen.room)
    due = Change(keys.due(event.campaign, until, UNIT, group.name), put={"until": until})
    return replace(decision, changes=(*decision.changes, due))


def join(config: Config, event: Event, seen: Seen) -> Decision:
    """One more in a group that has room."""
    row = seen.rows[key_of(event.campaign, event.data.group)]
    if row is None:
        return refuse("unknown_group")
    group, now = Group.of(event.data.group, row["record"]), _now(event)
    seat = group.seat_of(event.member)
    if seat is not None and seat.live(now):
        return refuse("already_joined")
    record, why_not = _free_again(config, event, seen, joins=event.data.group)
    if why_not:
        return refuse(why_not, most=config.groups_each)
    if config.newcomers_only and not event.newcomer:
        return refuse("newcomers_only")
    if not group.takes or now >= group.until:
        return refuse("group_over")
    if not group.free(now):
        return refuse("group_full")
    return _seated(config, event, record, group, seen.room, row)


def leave(event: Event, seen: Seen) -> Decision:
    """Out of a group that is not formed: the seat is free again, and what was paid goes back."""
    name = seen.record.get("group", "")
    row = seen.rows[key_of(event.campaign, name)] if name else None
    group = Group.of(name, row["record"]) if row else None
    seat = group.seat_of(event.member) if group else None
    if row is None or group is None or seat is None:
        return refuse("not_in_group")
    if group.state != "open":
        return refuse("cannot_leave" if group.state == "completed" else "group_over")
    after = group.without(event.member)
    back = ending.refunds(event, group, [seat], "left") if seat.confirmed else ()
    home = {name: value for name, value in seen.record.items() if name == "formed"}
    decision = accept("left_group", home)
    return replace(decision, changes=(after.written(event.campaign, row), *back))


def _free_again(config: Config, event: Event, seen: Seen, joins: str = "") -> tuple[dict[str, Any], str]:
    """The member's record without the group they were in, when that is over; else why they cannot be in another."""
    last, formed = seen.record.get("group", ""), seen.record.get("formed", 0)
    row = seen.rows[key_of(event.campaign, last)] if last else None
    if row is not None:
        group = Group.of(last, row["record"])
        seat = group.seat_of(event.member)
        if group.state == "open" and seat is not None and seat.live(_now(event)) and last != joins:
            return {}, "already_in_group"
        formed += group.state == "completed" and seat is not None and seat.confirmed
    if formed >= config.groups_each:
        return {}, "groups_used_up"
    return {"formed": formed}, ""


def _seated(
    config: Config,
    event: Event,
    record: Mapping[str, Any],
    group: Group,
    room: Callable[[], Room],
    row: Mapping[str, Any] | None = None,
) -> Decision:
    """The member on a seat: held until it is paid, or theirs at once where nothing is to pay."""
    now = _now(event)
    due = group.due(Seat(event.member, group.next))
    until = min(now + config.hold_minutes * 60, group.until) if due else 0
    after = group.seated(event.member, until, now)
    home = {**record, "group": group.name, "seat": group.next, "until": until}
    if not due:
        return confirmed(event, home, after, room, row)
    minutes = max(1, (until - now) // 60)
    decision = accept("seat_held", home, minutes=minutes, amount=due)
    return replace(decision, changes=(after.written(event.campaign, row),))


def confirmed(
    event: Event,
    home: Mapping[str, Any],
    group: Group,
    room: Callable[[], Room],
    row: Mapping[str, Any] | None,
    closed: str = "",
) -> Decision:
    """The member's seat in `group` is sure; the last one completes it, at once where there is `room`."""
    people = len(group.confirmed)
    leads = group.leader == event.member and people == 1
    facts = (
        Fact("group.opened", group.name, {"size": group.size})
        if leads
        else Fact("group.joined", group.name, {"people": people}, {"leader": (group.leader,)}),
    )
    if group.state == "completed":
        return ending.replaced(event, home, group, row, facts)
    if people == group.most and not closed:
        return ending.completed(event, home, group, row, facts, room)
    decision = accept(_word(event, group), home, *facts, missing=max(0, group.size - people))
    return replace(decision, changes=(group.written(event.campaign, row),))


def _word(event: Event, group: Group) -> str:
    people = len(group.confirmed)
    if people >= group.size:
        return "enough"
    return "paid" if event.kind == "paid" else "group_opened" if people == 1 else "group_joined"


def _deadline(config: Config, seen: Seen) -> int:
    """When a group opened now is over: never after the campaign."""
    ends = seen.moment.at + timedelta(hours=config.hours)
    return int(min(ends, seen.moment.closes_at or ends).timestamp())


def _now(event: Event) -> int:
    return int(event.at.timestamp())

"""A group of more than one write can settle, after it ended: a step at a time, each a write of its own (docs). Pure.

How far it is stands in a row of its own, the home of each step; that the group ended, and how, is settled already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from functions.core.change import Change
from functions.core.event import Event
from functions.core.mechanic import Decision, Fact, Seen, accept, refuse
from functions.group_buy import ending
from functions.group_buy import group as groups
from functions.group_buy.ending import COMPLETED, EXPIRED
from functions.group_buy.group import Group, key_of
from functions.group_buy.seats import Seat


def settle(event: Event, seen: Seen) -> Decision:
    """The next of a group that ended: they have what the rules give, or their money back."""
    assert event.unit is not None
    name = event.unit.parts[2]
    row = seen.rows[key_of(event.campaign, name)]
    if row is None or not seen.record:
        return refuse("unknown_group")
    group, done = Group.of(name, row["record"]), seen.record["done"]
    left = [seat for seat in group.seats if seat.number > done]
    if not left:
        return refuse("group_over")
    step = left[: groups.step_of(seen.room())]
    word = "group_settling" if left[len(step) :] else "group_formed" if group.state == "completed" else "group_expired"
    decision = accept(word, {"done": step[-1].number}, _fact(group, step, first=not done))
    back = tuple(change for change in _back(event, group, step) if change.refusal not in seen.refused)
    return replace(decision, changes=back, promised=True)


def _back(event: Event, group: Group, step: Sequence[Seat]) -> tuple[Change, ...]:
    """What goes back to those of this step; by a refund of the shop's own hand it may have gone already."""
    if group.state == "completed":
        return ending.differences(event, group, replace(group, seats=tuple(step)))
    return ending.refunds(event, group, step, "expired")


def _fact(group: Group, step: Sequence[Seat], *, first: bool) -> Fact:
    """The fact once more, for those of this step; the leader is told of it in the first."""
    formed = group.state == "completed"
    fields: Mapping[str, int] = (
        {"people": group.room, "minutes": group.took} if formed else {"people": len(group.seats)}
    )
    others = {"group": tuple(seat.member for seat in step), "leader": (group.leader,) if first else ()}
    return Fact(COMPLETED if formed else EXPIRED, group.name, fields, others, again=True)

"""How a group ends: completed, expired, or dissolved after a refund; and what goes back to whom. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from functions.core import intent, keys
from functions.core.change import Change
from functions.core.event import Event
from functions.core.mechanic import Decision, Fact, Room, Seen, accept, refuse
from functions.group_buy.group import Group, step_of
from functions.group_buy.seats import Seat

Row = Mapping[str, Any]
COMPLETED, EXPIRED = "group.completed", "group.expired"
STEPS = "S"  # the kind of row under which a large group is settled
MINUTE = 60


def completed(
    event: Event, home: Row, group: Group, row: Row | None, facts: Iterable[Fact], room: Callable[[], Room]
) -> Decision:
    """The last seat was taken: the group is complete, at the price of its size."""
    after, fact, changes = _complete(event, group, room)
    decision = accept("group_formed", home, *facts, fact)
    return replace(decision, changes=(after.written(event.campaign, row), *changes))


def replaced(event: Event, home: Row, group: Group, row: Row | None, facts: Iterable[Fact]) -> Decision:
    """A seat that a refund made free in a formed group is taken: it is complete for the new member alone."""
    own = replace(_formed(event, group), others={"group": (event.member,)})
    decision = accept("group_formed", home, *facts, own)
    return replace(decision, changes=(group.written(event.campaign, row),))


def close(event: Event, seen: Seen) -> Decision:
    """The group's time is over: it is complete if enough are in, else everyone gets their money back."""
    if not seen.record:
        return refuse("unknown_group")
    assert event.unit is not None
    group = Group.of(event.unit.parts[2], seen.record)
    if group.state != "open":
        return refuse("group_over")
    if int(event.at.timestamp()) < group.until:
        return refuse("not_due")
    enough = len(group.confirmed) >= group.size
    if enough and seen.closed == "paused":
        return refuse("group_waits")
    if enough and not seen.closed:
        after, fact, changes = _complete(event, group, seen.room)
        return replace(accept("group_formed", after.record(), fact), changes=changes)
    after = group.ended("expired")
    fact = _fact(EXPIRED, after)
    in_steps = len(after.seats) > step_of(seen.room())
    facts = (replace(fact, others={}) if in_steps else fact,) if after.seats else ()
    back = steps(event, after) if in_steps else refunds(event, group, group.confirmed, "expired")
    return replace(accept("group_expired", after.record(), *facts), changes=back)


def _complete(event: Event, group: Group, room: Callable[[], Room]) -> tuple[Group, Fact, tuple[Change, ...]]:
    """The group as it is when formed, the fact that it is, and what goes back: at once, or in steps.

    What ends in steps stays as it is after a refund. Where its terms say otherwise it has room: no version is published
    that leaves it none (storage/campaigns/promises.py), but for a group that is opened in that very moment.
    """
    after, now = group.ended("completed"), int(event.at.timestamp())
    if group.fits(room()):
        return after, _formed(event, after), differences(event, group, after)
    after = replace(after, took=after.minutes(now), on_refund="keep")
    return after, replace(_formed(event, after), others={}), steps(event, after)


def steps(event: Event, group: Group) -> tuple[Change, ...]:
    """The row that says how far a large group is settled, and that it waits for it since a while.

    The group's own version guards both: it ends once.
    """
    key, since = keys.unit(event.campaign, STEPS, group.name), int(event.at.timestamp()) - MINUTE
    due = Change(keys.due(event.campaign, since, STEPS, group.name), put={"until": since})
    return Change(key, put={"version": 1, "record": {"done": 0}, "events": [], "facts": []}), due


def dissolved(event: Event, home: Row, group: Group, row: Row, own: tuple[Change, ...]) -> Decision:
    """Somebody was refunded out of a formed group that does not go on without them: all it gave is taken back."""
    after = replace(group.without(event.member), state="dissolved")
    decision = accept("group_dissolved", home, _fact("group.dissolved", after))
    changes = (after.written(event.campaign, row), *own, *refunds(event, group, after.seats, "dissolved"))
    return replace(decision, changes=changes, undone=((COMPLETED, group.name, group.name),))


def refunds(event: Event, group: Group, seats: Iterable[Seat], why: str, state: str = "wanted") -> tuple[Change, ...]:
    """All that is left of what these seats paid goes back."""
    campaign = event.campaign
    return tuple(
        intent.refund(campaign, seat.member, group.payment(campaign, seat), group.due(seat), why, event.at, state)
        for seat in seats
        if seat.confirmed and group.due(seat)
    )


def differences(event: Event, group: Group, after: Group) -> tuple[Change, ...]:
    """What each paid above the price that the group came to."""
    back = group.price - after.paid
    return tuple(
        intent.refund(event.campaign, seat.member, group.payment(event.campaign, seat), back, intent.PART, event.at)
        for seat in after.seats
        if back
    )


def _formed(event: Event, group: Group) -> Fact:
    """That it is complete, and how long it took; what may be dissolved is given so that it can be taken back."""
    fact = _fact(COMPLETED, group)
    fields = {**fact.fields, "minutes": group.minutes(int(event.at.timestamp()))}
    goes_back = group.on_refund == "dissolve"
    return replace(fact, fields=fields, reversible=goes_back, of=group.name if goes_back else "")


def _fact(kind: str, group: Group) -> Fact:
    others = {"group": group.members, "leader": (group.leader,)} if group.seats else {}
    return Fact(kind, group.name, {"people": len(group.seats)}, others)

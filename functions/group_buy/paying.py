"""What is said of the payment for a seat: it came, it was refused, it went back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from functions.core import intent
from functions.core.event import Event
from functions.core.mechanic import Decision, Seen, accept, refuse
from functions.group_buy import ending, seating
from functions.group_buy.group import Group, key_of
from functions.group_buy.seats import Seat

Row = Mapping[str, Any]


def paid(event: Event, seen: Seen) -> Decision:
    """The payment came: the seat is sure. A seat that is gone, or a member, sends the money back."""
    row, group, seat = _seat(event, seen)
    if group is None:
        return refuse("unknown_group")
    if seat is not None and seat.confirmed:
        return refuse("already_paid")
    if seat is None or not group.takes or seen.closed == "left" or (seen.closed and group.state == "completed"):
        return _sent_back(event, seen)
    if event.data.amount != group.due(seat):
        return refuse("amount_differs")
    home = {**seen.record, "until": 0} if seen.record.get("group") == group.name else seen.record
    return seating.confirmed(event, home, group.sure(event.member), seen.room, row, seen.closed)


def payment_refused(event: Event, seen: Seen) -> Decision:
    """The payment did not come: the seat is free again."""
    row, group, seat = _seat(event, seen)
    if row is None or group is None or seat is None or seat.confirmed:
        return refuse("nothing_held")
    decision = accept("hold_released", _out(seen, group))
    change = group.without(event.member).written(event.campaign, row)
    return replace(decision, changes=(change,))


def refunded(event: Event, seen: Seen) -> Decision:
    """The money of a seat went back by the shop's own hand; what becomes of a formed group, its terms say."""
    row, group, seat = _seat(event, seen)
    if row is None or group is None:
        return refuse("unknown_group")
    if seat is None or not seat.confirmed:
        return refuse("already_refunded")
    if group.state not in ("open", "completed"):
        return refuse("group_over")
    own = ending.refunds(event, group, [seat], "by_hand", "done")
    if any(change.refusal in seen.refused for change in own):
        return refuse("already_refunded")
    if group.state == "completed" and group.on_refund == "dissolve":
        return ending.dissolved(event, _out(seen, group), group, row, own)
    if group.state == "completed":  # what their step would have given back, if it did not yet
        part = ending.differences(event, group, replace(group, seats=(seat,)))
        own += tuple(change for change in part if change.refusal not in seen.refused)
    word = "refund_noted" if group.on_refund == "keep" else "seat_vacated"
    decision = accept("left_group" if group.state == "open" else word, _out(seen, group))
    change = group.without(event.member).written(event.campaign, row)
    return replace(decision, changes=(change, *own))


def _seat(event: Event, seen: Seen) -> tuple[Row | None, Group | None, Seat | None]:
    """The group and the seat that a payment is for."""
    row = seen.rows[key_of(event.campaign, event.data.group)]
    if row is None:
        return None, None, None
    group = Group.of(event.data.group, row["record"])
    seat = group.seat_of(event.member)
    known = seat is not None and group.payment(event.campaign, seat) == event.data.payment
    return row, group, seat if known else None


def _sent_back(event: Event, seen: Seen) -> Decision:
    """Money for a seat that is not there any more; once for each payment."""
    amount, payment = event.data.amount, event.data.payment
    if not amount:
        return refuse("nothing_held")
    change = intent.refund(event.campaign, event.member, payment, amount, "seat_gone", event.at)
    if change.refusal in seen.refused:
        return refuse("already_refunded")
    return replace(accept("seat_gone", seen.record), changes=(change,))


def _out(seen: Seen, group: Group) -> dict[str, Any]:
    """The member's record without this group."""
    gone = ("group", "seat", "until") if seen.record.get("group") == group.name else ()
    return {name: value for name, value in seen.record.items() if name not in gone}

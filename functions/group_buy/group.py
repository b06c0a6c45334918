"""A group as its row holds it: who sits where, until when, and what was agreed when it was opened. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from functions.core import keys
from functions.core.change import Change, share
from functions.core.ids import derived_id
from functions.core.intent import payment_name
from functions.core.keys import Key
from functions.core.mechanic import Room
from functions.group_buy.config import GROUP_SIZE_MAX, LARGE_MAX, Config
from functions.group_buy.seats import Seat, pack, unpack

UNIT = "G"
PLAIN: dict[str, Any] = {"state": "open", "discount": 0, "on_refund": "keep", "next": 1, "room": 0, "paid": 0}
PLAIN |= {"began": 0, "took": 0}
AT_ONCE = GROUP_SIZE_MAX  # members that one step settles
WHOLE_MAX = LARGE_MAX  # members that the write which completes a group settles, where the rules leave it so much room


@dataclass(frozen=True)
class Group:
    """A group: `state` is open, completed, expired or dissolved; `until` its deadline.

    `paid` is what each came to pay, `room` how many formed it, `began` when it was opened (epoch seconds); `took` says
    how many minutes later it was formed, where that is asked for again (settling.py).

    `steps` are (people, price), the first is what it takes to form; the terms stay as they were when it was opened.
    Seats stand in the order of joining: the first confirmed is the leader's.
    """

    name: str
    until: int
    steps: tuple[tuple[int, int], ...]
    discount: int = 0
    on_refund: str = "keep"
    state: str = "open"
    seats: tuple[Seat, ...] = ()
    next: int = 1
    room: int = 0
    paid: int = 0
    began: int = 0
    took: int = 0

    @classmethod
    def opened(cls, name: str, config: Config, until: int, now: int = 0) -> Group:
        """An empty group under the terms of `now`."""
        steps = ((config.size, config.price), *((step.people, step.price) for step in config.ladder))
        return cls(name, until, steps, config.leader_discount, config.on_refund, began=now)

    @classmethod
    def of(cls, name: str, record: Mapping[str, Any]) -> Group:
        """The group that a row's record says."""
        seats = unpack(record["seats"], record["until"])
        steps = tuple((people, price) for people, price in record["steps"])
        plain = {name: record[name] for name in PLAIN if name in record}
        return cls(name=name, until=record["until"], steps=steps, seats=seats, **plain)

    def record(self) -> dict[str, Any]:
        """What the row holds: what is as it was at first is left out."""
        plain = {name: value for name, first in PLAIN.items() if (value := getattr(self, name)) != first}
        steps = [list(step) for step in self.steps]
        return plain | {"until": self.until, "steps": steps, "seats": pack(self.seats, self.until)}

    @property
    def opened_before(self) -> str:
        """The refusal when it is there already: an `open` told again after its member's row forgot it."""
        return f"opened:{self.name}"

    def written(self, campaign: str, row: Mapping[str, Any] | None) -> Change:
        """Its row as it shall be, in the place of `row`, which was seen."""
        seen = None if row is None else dict(row)
        return share(key_of(campaign, self.name), seen, self.record(), self.opened_before)

    @property
    def size(self) -> int:
        """How many it takes to form."""
        return self.steps[0][0]

    @property
    def most(self) -> int:
        """How many it can have."""
        return self.steps[-1][0]

    @property
    def price(self) -> int:
        """What a member pays at first, minor units."""
        return self.steps[0][1]

    @property
    def confirmed(self) -> tuple[Seat, ...]:
        """The seats that are sure."""
        return tuple(seat for seat in self.seats if seat.confirmed)

    @property
    def members(self) -> tuple[str, ...]:
        """Who sits on them."""
        return tuple(seat.member for seat in self.confirmed)

    @property
    def leader(self) -> str:
        """Who leads: the first of those who joined and stayed."""
        return next(iter(self.members), "")

    @property
    def in_steps(self) -> bool:
        """Whether more are in than one step settles."""
        return len(self.confirmed) > AT_ONCE

    def fits(self, room: Room) -> bool:
        """Whether the write that completes it has room for what everyone in it gets, and for what goes back."""
        people = len(self.confirmed)
        falls = self.price_for(people) < self.price
        return people <= min(WHOLE_MAX, room.people(more=falls))

    @property
    def takes(self) -> bool:
        """Whether seats may be taken: while it is open, and where a refund made room in a formed one."""
        return self.state == "open" or (self.state == "completed" and self.on_refund == "replace")

    def seat_of(self, member: str) -> Seat | None:
        """The member's seat."""
        return next((seat for seat in self.seats if seat.member == member), None)

    def free(self, now: int) -> int:
        """How many seats nobody has now."""
        most = self.most if self.state == "open" else self.room
        return max(0, most - sum(seat.live(now) for seat in self.seats)) if self.takes else 0

    def price_for(self, people: int) -> int:
        """What each pays when so many are in."""
        return min(price for needed, price in self.steps if people >= needed)

    def due(self, seat: Seat) -> int:
        """What a seat costs: the price at first, then what it came to; who opened the group pays less."""
        price = self.paid if self.state == "completed" else self.price
        return price - (self.discount if seat.number == 1 else 0)

    def payment(self, campaign: str, seat: Seat) -> str:
        """The name of the payment for a seat."""
        return payment_name(campaign, self.name, seat.member, seat.number)

    def keeps(self, campaign: str, payment: str) -> int:
        """What of a payment stays with the house: what its seat costs, nothing where that is gone."""
        sure = {self.payment(campaign, seat): seat for seat in self.confirmed}
        return self.due(sure[payment]) if payment in sure and self.state in ("open", "completed") else 0

    def seated(self, member: str, until: int, now: int) -> Group:
        """With one more seat. Holds that are over go, if there is no room beside them; so does the member's own."""
        seats = tuple(seat for seat in self.seats if seat.member != member)
        if len(seats) >= (self.most if self.state == "open" else self.room):
            seats = tuple(seat for seat in seats if seat.live(now))
        return replace(self, seats=(*seats, Seat(member, self.next, until)), next=self.next + 1)

    def without(self, member: str) -> Group:
        """With the member's seat free again; a group that nobody is left in is over."""
        seats = tuple(seat for seat in self.seats if seat.member != member)
        return replace(self, seats=seats, state=self.state if seats or self.state != "open" else "expired")

    def sure(self, member: str) -> Group:
        """With the member's seat confirmed."""
        seats = tuple(replace(seat, until=0) if seat.member == member else seat for seat in self.seats)
        return replace(self, seats=seats)

    def minutes(self, now: int) -> int:
        """How long it has been open."""
        return max(0, now - self.began) // 60

    def ended(self, state: str) -> Group:
        """Over: only those who are sure stay; a completed one has its price."""
        people = len(self.confirmed)
        done = state == "completed"
        return replace(
            self, state=state, seats=self.confirmed, room=people * done, paid=self.price_for(people) if done else 0
        )


def step_of(room: Room) -> int:
    """How many one step settles: fewer where rules that were published since the group was opened give more."""
    return max(1, min(AT_ONCE, room.people(more=1)))


def key_of(campaign: str, name: str) -> Key:
    """Where a group's row lies."""
    return keys.unit(campaign, UNIT, name)


def name_of(campaign: str, member: str, event: str) -> str:
    """The name of the group that an event opens."""
    return derived_id("grp", campaign, member, event)

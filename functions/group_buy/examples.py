"""What happens in a group-buy, by example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from functions.core import keys
from functions.core.change import Change
from functions.core.example import CAMPAIGN, MEMBER, MORNING, Example
from functions.core.intent import payment_name, refund
from functions.core.keys import Key, Row
from functions.core.mechanic import Fact, Room
from functions.group_buy.config import Config
from functions.group_buy.ending import STEPS
from functions.group_buy.group import UNIT, Group, key_of, name_of

ANN, BO, CY = (f"mem_0000000000000000000000000{n}" for n in "abc")
NOW = int(MORNING.timestamp())
DAY = timedelta(days=1)
NAME = "grp_0000000000000000000000000a"
MINE = name_of(CAMPAIGN, MEMBER, "event_0001")
PAID = {"price": 900}
LADDER = {"size": 2, "price": 900, "ladder": [{"people": 3, "price": 700}], "leader_discount": 100}


def group(*seats: tuple[str, int], name: str = NAME, **config: Any) -> Group:
    """An open group of two with these (member, hold until) on its seats, numbered as they came."""
    made = Group.opened(name, Config.model_validate({"size": 2, **config}), NOW + 24 * 3600, NOW)
    for member, until in seats:
        made = made.seated(member, until, NOW)
    return made


def row(made: Group) -> Row:
    """Its row."""
    return {"version": 1, "record": made.record(), "events": [], "facts": []}


def rows(made: Group) -> dict[Key, Row | None]:
    """What is read of it."""
    return {key_of(CAMPAIGN, made.name): row(made)}


def wrote(before: Group | None, after: Group) -> Any:
    """How its row changes."""
    return after.written(CAMPAIGN, row(before) if before else None)


def back(member: str, number: int, amount: int, why: str, at: datetime = MORNING, state: str = "wanted") -> Any:
    """The refund of a payment for the seat of that number in the group."""
    return refund(CAMPAIGN, member, payment_name(CAMPAIGN, NAME, member, number), amount, why, at, state)


def pays(member: str, number: int, amount: int) -> dict[str, Any]:
    """What is said of the payment for a seat."""
    name = payment_name(CAMPAIGN, NAME, member, number)
    return {"member": member, "group": NAME, "payment": name, "amount": amount}


def sits(seat: int, until: int = 0, **more: Any) -> dict[str, Any]:
    """The member's own record."""
    return {"formed": 0, "group": NAME, "seat": seat, "until": until, **more}


def joined(people: int, leader: str = ANN) -> Fact:
    return Fact("group.joined", NAME, {"people": people}, {"leader": (leader,)})


def ended(kind: str, *members: str, **took: int) -> Fact:
    others = {"group": members, "leader": members[:1]} if members else {}
    return Fact(f"group.{kind}", NAME, {"people": len(members), **took}, others)


def due(name: str, until: int) -> Any:
    return Change(keys.due(CAMPAIGN, until, UNIT, name), put={"until": until})


ALONE = group((ANN, 0))
FULL = group((ANN, 0), (MEMBER, 0))
DONE = FULL.ended("completed")
HOLD = NOW + 15 * 60
OPEN_PAID = group((ANN, 0), **PAID)
HELD = OPEN_PAID.seated(MEMBER, HOLD, NOW)
SURE = HELD.sure(MEMBER)
TRIO = group((ANN, 0), (BO, 0), (CY, 0), **LADDER)
PAIR = group((ANN, 0), (BO, 0), **LADDER)
NOBODY_YET = Group.opened(MINE, Config(size=2), NOW + 24 * 3600, NOW)
LATE = MORNING + DAY
UNIT_KEY = key_of(CAMPAIGN, NAME)
DISSOLVED = group((ANN, 0), (MEMBER, 0), on_refund="dissolve", **PAID).ended("completed")
REPLACED = group((ANN, 0), (MEMBER, 0), on_refund="replace", **PAID).ended("completed")
KEPT = group((ANN, 0), (MEMBER, 0), **PAID).ended("completed")
BY_HAND = back(MEMBER, 2, 900, "by_hand", state="done")
VACANT = group((ANN, 0), (BO, 0), on_refund="replace").ended("completed").without(BO)
CROWD = [f"mem_{n:026d}" for n in range(22)]
LARGE = group(*((one, 0) for one in CROWD), size=22)
ALL_IN = replace(LARGE.ended("completed"), took=9)
SETTLES = keys.unit(CAMPAIGN, STEPS, NAME)


def settled(of: Sequence[str], leader: tuple[str, ...] = ()) -> Fact:
    others = {"group": tuple(of), "leader": leader}
    return Fact("group.completed", NAME, {"people": 22, "minutes": 9}, others, again=True)


EXAMPLES = [
    # opening
    Example(
        "a member opens a free group", "open", "group_opened", {"size": 2},
        after={"formed": 0, "group": MINE, "seat": 1, "until": 0},
        facts=(Fact("group.opened", MINE, {"size": 2}),),
        changes=(wrote(None, NOBODY_YET.seated(MEMBER, 0, NOW)), due(MINE, NOW + 24 * 3600)),
    ),
    Example(
        "and one that is paid for: the seat is held", "open", "seat_held", {"size": 2, "price": 900},
        after={"formed": 0, "group": MINE, "seat": 1, "until": HOLD},
        changes=(
            wrote(None, Group.opened(MINE, Config(size=2, price=900), NOW + 24 * 3600, NOW).seated(MEMBER, HOLD, NOW)),
            due(MINE, NOW + 24 * 3600),
        ),
    ),
    Example(
        "while in another", "open", "already_in_group", {"size": 2}, record=sits(2),
        rows=rows(group((ANN, 0), (MEMBER, 0), size=3)),
    ),
    Example("after as many as one may", "open", "groups_used_up", {"size": 2}, record={"formed": 1}),
    Example("the last one counts", "open", "groups_used_up", {"size": 2}, record=sits(2), rows=rows(DONE)),
    Example(
        "when a hold ran out", "open", "group_opened", {"size": 2}, record=sits(2, HOLD), rows=rows(HELD),
        at=MORNING + timedelta(hours=1),
        after={"formed": 0, "group": MINE, "seat": 1, "until": 0},
        facts=(Fact("group.opened", MINE, {"size": 2}),),
        changes=(
            wrote(None, Group.opened(MINE, Config(size=2), NOW + 25 * 3600, NOW + 3600).seated(MEMBER, 0, NOW)),
            due(MINE, NOW + 25 * 3600),
        ),
    ),
    Example(
        "told again long after", "open", "group_over", {"size": 2}, refused=frozenset({f"opened:{MINE}"}),
    ),
    Example(
        "minutes before the campaign ends", "open", "too_late_to_open", {"size": 2},
        closes_at=MORNING + timedelta(minutes=5),
    ),
    # joining
    Example(
        "one more, and more are needed", "join", "group_joined", data={"group": NAME},
        rows=rows(group((ANN, 0), size=3)), after=sits(2), facts=(joined(2),),
        changes=(wrote(group((ANN, 0), size=3), group((ANN, 0), (MEMBER, 0), size=3)),),
    ),
    Example(
        "the last one completes it", "join", "group_formed", data={"group": NAME}, rows=rows(ALONE),
        after=sits(2), facts=(joined(2), ended("completed", ANN, MEMBER, minutes=0)), changes=(wrote(ALONE, DONE),),
    ),
    Example(
        "a seat of a ladder is paid: enough are in", "paid", "enough", LADDER, pays(MEMBER, 2, 900), actor="shop",
        record=sits(2, HOLD), rows=rows(group((ANN, 0), (MEMBER, HOLD), **LADDER)),
        after=sits(2), facts=(joined(2),),
        changes=(wrote(group((ANN, 0), (MEMBER, HOLD), **LADDER), group((ANN, 0), (MEMBER, 0), **LADDER)),),
    ),
    Example(
        "the seat is held until it is paid", "join", "seat_held", PAID, {"group": NAME}, rows=rows(OPEN_PAID),
        after=sits(2, HOLD), changes=(wrote(OPEN_PAID, HELD),),
    ),
    Example(
        "somebody else's hold ran out", "join", "seat_held", PAID, {"group": NAME},
        rows=rows(group((ANN, 0), (BO, NOW), **PAID)),
        after=sits(3, HOLD),
        changes=(
            wrote(group((ANN, 0), (BO, NOW), **PAID), group((ANN, 0), (BO, NOW), **PAID).seated(MEMBER, HOLD, NOW)),
        ),
    ),
    Example("twice", "join", "already_joined", data={"group": NAME}, record=sits(2), rows=rows(FULL)),
    Example("a full one", "join", "group_full", data={"group": NAME}, rows=rows(group((ANN, 0), (BO, HOLD), **PAID))),
    Example("one that is over", "join", "group_over", data={"group": NAME}, rows=rows(DONE.without(MEMBER))),
    Example("one that never was", "join", "unknown_group", data={"group": NAME}, rows={UNIT_KEY: None}),
    Example(
        "one for newcomers, by somebody who is not", "join", "newcomers_only", {"newcomers_only": True},
        {"group": NAME}, rows=rows(ALONE), newcomer=False,
    ),
    Example(
        "a seat that a refund made free", "join", "group_formed", data={"group": NAME}, rows=rows(VACANT),
        after=sits(3),
        facts=(joined(2), Fact("group.completed", NAME, {"people": 2, "minutes": 0}, {"group": (MEMBER,)})),
        changes=(wrote(VACANT, VACANT.seated(MEMBER, 0, NOW)),),
    ),
    # leaving
    Example(
        "a member leaves, and is paid back", "leave", "left_group", record=sits(2), rows=rows(SURE),
        after={"formed": 0}, changes=(wrote(SURE, SURE.without(MEMBER)), back(MEMBER, 2, 900, "left")),
    ),
    Example("nobody's member leaves", "leave", "not_in_group"),
    Example("after it is formed", "leave", "cannot_leave", record=sits(2), rows=rows(DONE)),
    # paying
    Example(
        "the payment comes, and the group is complete", "paid", "group_formed", PAID, pays(MEMBER, 2, 900),
        actor="shop", record=sits(2, HOLD), rows=rows(HELD), after=sits(2),
        facts=(joined(2), ended("completed", ANN, MEMBER, minutes=0)), changes=(wrote(HELD, SURE.ended("completed")),),
    ),
    Example(
        "the payment comes while the campaign is paused: it is complete later", "paid", "enough", PAID,
        pays(MEMBER, 2, 900), actor="shop", closed="paused", record=sits(2, HOLD), rows=rows(HELD), after=sits(2),
        facts=(joined(2),), changes=(wrote(HELD, SURE),),
    ),
    Example(
        "the payment comes, and more are needed", "paid", "paid", {**PAID, "size": 3}, pays(MEMBER, 2, 900),
        actor="shop", record=sits(2, HOLD), rows=rows(group((ANN, 0), (MEMBER, HOLD), size=3, **PAID)), after=sits(2),
        facts=(joined(2),),
        changes=(
            wrote(
                group((ANN, 0), (MEMBER, HOLD), size=3, **PAID), group((ANN, 0), (MEMBER, 0), size=3, **PAID)
            ),
        ),
    ),
    Example(
        "the same notice again", "paid", "already_paid", PAID, pays(MEMBER, 2, 900), actor="shop", record=sits(2),
        rows=rows(SURE),
    ),
    Example(
        "another amount", "paid", "amount_differs", PAID, pays(MEMBER, 2, 1), actor="shop", record=sits(2, HOLD),
        rows=rows(HELD),
    ),
    Example(
        "too late, the seat is gone", "paid", "seat_gone", PAID, pays(MEMBER, 2, 900), actor="shop",
        record=sits(2, HOLD), rows=rows(OPEN_PAID), after=sits(2, HOLD), changes=(back(MEMBER, 2, 900, "seat_gone"),),
    ),
    Example(
        "too late, told twice", "paid", "already_refunded", PAID, pays(MEMBER, 2, 900), actor="shop",
        record=sits(2, HOLD), rows=rows(OPEN_PAID),
        refused=frozenset({back(MEMBER, 2, 900, "seat_gone").refusal}),
    ),
    Example(
        "the payment does not come", "payment_refused", "hold_released", PAID, pays(MEMBER, 2, 0), actor="shop",
        record=sits(2, HOLD), rows=rows(HELD), after={"formed": 0}, changes=(wrote(HELD, HELD.without(MEMBER)),),
    ),
    Example(
        "nor was there anything held", "payment_refused", "nothing_held", PAID, pays(MEMBER, 2, 0), actor="shop",
        rows=rows(OPEN_PAID),
    ),
    # a refund by the shop's own hand
    Example(
        "the group stays", "refunded", "refund_noted", PAID, pays(MEMBER, 2, 900), actor="shop", record=sits(2),
        rows=rows(KEPT), after={"formed": 0}, changes=(wrote(KEPT, KEPT.without(MEMBER)), BY_HAND),
    ),
    Example(
        "the seat can be taken again", "refunded", "seat_vacated", PAID, pays(MEMBER, 2, 900), actor="shop",
        record=sits(2), rows=rows(REPLACED), after={"formed": 0},
        changes=(wrote(REPLACED, REPLACED.without(MEMBER)), BY_HAND),
    ),
    Example(
        "the group is dissolved", "refunded", "group_dissolved", PAID, pays(MEMBER, 2, 900), actor="shop",
        record=sits(2), rows=rows(DISSOLVED), after={"formed": 0}, facts=(ended("dissolved", ANN),),
        changes=(
            wrote(DISSOLVED, Group.of(NAME, DISSOLVED.without(MEMBER).record() | {"state": "dissolved"})),
            BY_HAND,
            back(ANN, 1, 900, "dissolved"),
        ),
        undone=(("group.completed", NAME, NAME),),
    ),
    # time is over
    Example(
        "it did not fill", "close", "group_expired", PAID, actor="system", unit=UNIT_KEY, at=LATE,
        record=OPEN_PAID.record(), after=OPEN_PAID.ended("expired").record(), facts=(ended("expired", ANN),),
        changes=(back(ANN, 1, 900, "expired", LATE),),
    ),
    Example(
        "enough are in: what was paid above the price of so many goes back", "close", "group_formed", LADDER,
        actor="system", unit=UNIT_KEY, at=LATE, record=TRIO.record(), after=TRIO.ended("completed").record(),
        facts=(ended("completed", ANN, BO, CY, minutes=24 * 60),),
        changes=tuple(back(member, n, 200, "ladder", LATE) for n, member in enumerate((ANN, BO, CY), 1)),
    ),
    Example(
        "enough are in, and the campaign is paused", "close", "group_waits", LADDER, actor="system", unit=UNIT_KEY,
        at=LATE, record=PAIR.record(), closed="paused",
    ),
    Example(
        "enough are in, but the campaign was ended", "close", "group_expired", LADDER, actor="system", unit=UNIT_KEY,
        at=LATE, record=PAIR.record(), closed="ended", after=PAIR.ended("expired").record(),
        facts=(ended("expired", ANN, BO),),
        changes=(back(ANN, 1, 800, "expired", LATE), back(BO, 2, 900, "expired", LATE)),
    ),
    Example("before its time", "close", "not_due", actor="system", unit=UNIT_KEY, record=ALONE.record()),
    # more than one write settles
    Example(
        "a large group is complete: it is settled in steps", "close", "group_formed", {"size": 22}, actor="system",
        unit=UNIT_KEY, at=LATE, record=LARGE.record(), room=lambda: Room(95, each=5),
        after=replace(LARGE.ended("completed"), took=24 * 60).record(),
        facts=(Fact("group.completed", NAME, {"people": 22, "minutes": 24 * 60}),),
        changes=(
            Change(SETTLES, put={"version": 1, "record": {"done": 0}, "events": [], "facts": []}),
            Change(keys.due(CAMPAIGN, NOW + 24 * 3600 - 60, STEPS, NAME), put={"until": NOW + 24 * 3600 - 60}),
        ),
    ),
    Example(
        "a large group is complete, and one write holds it all", "close", "group_formed", {"size": 22}, actor="system",
        unit=UNIT_KEY, at=LATE, record=LARGE.record(), after=LARGE.ended("completed").record(),
        facts=(ended("completed", *CROWD, minutes=24 * 60),),
    ),
    Example(
        "the first step", "settle", "group_settling", {"size": 22}, actor="system", unit=SETTLES,
        record={"done": 0}, rows=rows(ALL_IN), after={"done": 20}, facts=(settled(CROWD[:20], (CROWD[0],)),),
    ),
    Example(
        "the last step", "settle", "group_formed", {"size": 22}, actor="system", unit=SETTLES,
        record={"done": 20}, rows=rows(ALL_IN), after={"done": 22}, facts=(settled(CROWD[20:]),),
    ),
    Example(
        "when all are", "settle", "group_over", {"size": 22}, actor="system", unit=SETTLES,
        record={"done": 22}, rows=rows(ALL_IN),
    ),
]  # fmt: skip

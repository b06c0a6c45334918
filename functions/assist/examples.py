"""What happens in an assist, by example."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.assist.config import Config
from functions.assist.drive import UNIT, Drive, key_of, name_of
from functions.core import keys
from functions.core.change import Change
from functions.core.example import CAMPAIGN, MEMBER, MORNING, Example
from functions.core.keys import Key, Row
from functions.core.mechanic import Fact

ANN, BO = (f"mem_0000000000000000000000000{n}" for n in "ab")
NOW = int(MORNING.timestamp())
UNTIL = NOW + 24 * 3600
NAME = "ast_0000000000000000000000000a"
MINE = name_of(CAMPAIGN, MEMBER, "event_0001")
KEY = key_of(CAMPAIGN, NAME)
TWO = {"helpers": 2}
BARGAIN = {"helpers": 2, "style": {"kind": "bargain", "price": 1000, "floor": 100}}


def drive(*helpers: str, name: str = NAME, leader: str = ANN, **config: Any) -> Drive:
    """An assist with these helpers."""
    made = Drive.begun(name, Config.model_validate({**TWO, **config}), leader, UNTIL, NOW)
    for helper in helpers:
        made = made.helped(helper)
    return made


def row(made: Drive) -> Row:
    """Its row."""
    return {"version": 1, "record": made.record(), "events": [], "facts": []}


def rows(made: Drive) -> dict[Key, Row | None]:
    """What is read of it."""
    return {key_of(CAMPAIGN, made.name): row(made)}


def wrote(before: Drive | None, after: Drive) -> Any:
    """How its row changes."""
    return after.written(CAMPAIGN, row(before) if before else None)


def helped(people: int, cut: int = 0) -> Fact:
    return Fact("assist.helped", NAME, {"helpers": people, "cut": cut}, {"leader": (ANN,)})


def reached(kind: str, occurrence: str, *helpers: str, **took: int) -> Fact:
    return Fact(f"assist.{kind}", occurrence, {"helpers": len(helpers), **took}, {"leader": (ANN,), "group": helpers})


NONE, ONE, BOTH = drive(), drive(BO), drive(BO, MEMBER)
B_NONE, B_ONE = drive(**BARGAIN), drive(BO, **BARGAIN)
NEW = drive(name=MINE, leader=MEMBER)
DUE = Change(keys.due(CAMPAIGN, UNTIL, UNIT, MINE), put={"until": UNTIL})
EXPIRED = Drive.of(NAME, ONE.record() | {"state": "expired"})
MINE_ONE = drive(BO, leader=MEMBER)
LEFT = Drive.of(NAME, MINE_ONE.record() | {"state": "expired"})
LATE = MORNING + timedelta(days=1)
TO_NAME = {"assist": NAME}

EXAMPLES = [
    Example(
        "a member begins", "begin", "assist_begun", TWO, after={"assist": MINE, "begun": 1},
        facts=(Fact("assist.begun", MINE, {"needed": 2}),), changes=(wrote(None, NEW), DUE),
    ),
    Example(
        "again while the first is open", "begin", "already_begun", {**TWO, "starts_each": 2},
        record={"assist": NAME, "begun": 1}, rows=rows(drive(leader=MEMBER)),
    ),
    Example("as often as one may", "begin", "starts_used_up", TWO, record={"begun": 1}),
    Example("told again long after", "begin", "assist_over", TWO, refused=frozenset({f"begun:{MINE}"})),
    Example(
        "minutes before the end", "begin", "too_late_to_begin", TWO, closes_at=MORNING + timedelta(minutes=5),
    ),
    Example(
        "a friend helps, on the way to a step", "help", "helped", {**TWO, "steps": [1]}, TO_NAME,
        rows=rows(NONE), after={"helped": 1},
        facts=(helped(1), reached("step", f"{NAME}.1", MEMBER)), changes=(wrote(NONE, drive(MEMBER)),),
    ),
    Example(
        "the last one", "help", "helped_last", TWO, TO_NAME, rows=rows(ONE), after={"helped": 1},
        facts=(helped(2), reached("completed", NAME, BO, MEMBER, minutes=0)), changes=(wrote(ONE, BOTH),),
    ),
    Example(
        "the last one, where a later version has a step", "help", "helped_last", {"helpers": 3, "steps": [2]}, TO_NAME,
        rows=rows(ONE), after={"helped": 1}, changes=(wrote(ONE, BOTH),),
        facts=(helped(2), reached("completed", NAME, BO, MEMBER, minutes=0)),
    ),
    Example(
        "a cut", "help", "cut", BARGAIN, TO_NAME, rows=rows(B_NONE), after={"helped": 1},
        facts=(helped(1, B_NONE.cuts[0]),), changes=(wrote(B_NONE, drive(MEMBER, **BARGAIN)),),
    ),
    Example(
        "the last cut", "help", "cut_last", BARGAIN, TO_NAME, rows=rows(B_ONE), after={"helped": 1},
        facts=(helped(2, B_ONE.cuts[1]), reached("completed", NAME, BO, MEMBER, minutes=0)),
        changes=(wrote(B_ONE, drive(BO, MEMBER, **BARGAIN)),),
    ),
    Example("oneself", "help", "own_assist", TWO, TO_NAME, rows=rows(drive(leader=MEMBER))),
    Example("twice", "help", "already_helped", TWO, TO_NAME, rows=rows(drive(MEMBER)), record={"helped": 1}),
    Example("a second friend", "help", "helps_used_up", TWO, TO_NAME, rows=rows(NONE), record={"helped": 1}),
    Example("when enough have helped", "help", "assist_full", TWO, TO_NAME, rows=rows(drive(ANN, BO))),
    Example("when time is over", "help", "assist_over", TWO, TO_NAME, rows=rows(NONE), at=LATE),
    Example("what never was", "help", "unknown_assist", TWO, TO_NAME, rows={KEY: None}),
    Example(
        "not for the first time here", "help", "newcomers_only", {**TWO, "newcomers_only": True}, TO_NAME,
        rows=rows(NONE), newcomer=False,
    ),
    Example(
        "a member leaves while friends help", "leave", "assist_left", actor="system",
        record={"assist": NAME, "begun": 1}, rows=rows(MINE_ONE), after={"assist": NAME, "begun": 1},
        changes=(wrote(MINE_ONE, LEFT),),
    ),
    Example("nobody's helper leaves", "leave", "unknown_assist", actor="system", record={"helped": 1}),
    Example(
        "when enough have helped, its member leaves", "leave", "assist_over", actor="system", record={"assist": NAME},
        rows=rows(drive(ANN, BO, leader=MEMBER)),
    ),
    Example(
        "when time is over, its member leaves", "leave", "assist_over", actor="system", record={"assist": NAME},
        rows=rows(MINE_ONE), at=LATE,
    ),
    Example(
        "time is over", "close", "assist_expired", actor="system", unit=KEY, at=LATE, record=ONE.record(),
        after=EXPIRED.record(), facts=(reached("expired", NAME, BO),),
    ),
    Example("before its time", "close", "not_due", actor="system", unit=KEY, record=ONE.record()),
]  # fmt: skip

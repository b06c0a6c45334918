"""Two at once end as one after the other; and forgetting any one condition, somewhere they do not.

A scenario is two requests. Whatever comes between the reads and the write of the first, the rows must end as if one
had followed the other. Each condition in the functions is forgotten in turn: some scenario must then end otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import pytest
from aws_lambda_powertools.event_handler.api_gateway import BaseRouter

from functions.edge.limits import Buckets
from functions.storage import engine
from functions.storage.memory import MemoryStore, plain_copy
from tests.edge.world import APPS, Answer, World
from tests.faults.conditions import ForgetfulStore, Unit, places, signed
from tests.faults.pairs import PAIRS

Rows = dict[tuple[str, str], Any]
End = tuple[Rows, dict[int, Any]]  # and what each sender was told, unless of a conflict
A, B = 0, 1


class Scene:
    """A world with two requests to come, which can be set back."""

    def __init__(self, name: str) -> None:
        self.store = ForgetfulStore(disk=MemoryStore())
        self.world = World(store=self.store)
        self.acts = PAIRS[name](self.world)
        self.rows = plain_copy(self.store.disk.rows)

    def after(self, *order: int, ambush: tuple[int, bool] | None = None) -> End:
        """How it ends when the requests came in this order, or the second in the midst of the first."""
        self.refused: set[int] = set()
        self.answers: dict[int, Any] = {}
        self.store.disk.rows.clear()
        self.store.disk.rows.update(plain_copy(self.rows))
        self.world.service.__post_init__()
        self.world.service.buckets = Buckets()
        self.store.calls, self.store.ambush = 0, None
        if ambush is not None:
            self.store.ambush = (*ambush, lambda: self._elsewhere(order[1]))
        for number in order[:1] if ambush else order:
            self._act(number)
        if self.store.ambush is not None:
            raise LookupError("nobody came")
        rows = {place: _told(row) for place, row in plain_copy(self.store.disk.rows).items()}
        return rows, {number: said for number, said in self.answers.items() if number not in self.refused}

    def _act(self, number: int) -> None:
        """One request, with chance of its own; a refusal is an answer too."""
        was = self.world.service.entropy
        self.world.service.entropy = lambda length: bytes([number + 1]) * length
        try:
            self.answers[number] = _said(self.acts[number]())
        except Exception as error:  # noqa: BLE001 - a conflict that somebody is told of
            self.answers[number] = str(error)
            self.refused.add(number)
        self.world.service.entropy = was

    def _elsewhere(self, number: int) -> None:
        """The request in another copy of the function: this one's router is as it was afterwards."""
        kept = [(module.app, dict(module.app.context)) for module in APPS.values()]
        event, context = (getattr(BaseRouter, name, None) for name in ("current_event", "lambda_context"))
        self._act(number)
        BaseRouter.current_event, BaseRouter.lambda_context = event, context
        for app, was in kept:
            app.context.update(was)

    def interleaved(self) -> Iterator[tuple[End, set[int]]]:
        """Every end there is when one request comes in the midst of the other, and who was told of a conflict."""
        for order in ((A, B), (B, A)):
            for backwards in (False, True):
                call = 1
                with suppress(LookupError):
                    while True:
                        yield self.after(*order, ambush=(call, backwards)), self.refused
                        call += 1


def _said(answer: Any) -> Any:
    """What the sender of a request makes of the answer."""
    if isinstance(answer, engine.Answer):
        return answer.outcome, [line["outcome"] for line in answer.grants]
    if not isinstance(answer, Answer):
        return "done"
    grants = answer.body.get("grants", []) if isinstance(answer.body, dict) else []
    return answer.status, answer.code, [line["outcome"] for line in grants]


def _told(row: Any) -> Any:
    """Without the version that was live a moment ago: a function may serve it for five seconds more."""
    return {name: value for name, value in row.items() if name not in ("definition", "granted_under")} | (
        {"version": 0} if "purpose" in row or "digest" in row else {}
    )


@cache
def scene(name: str) -> Scene:
    return Scene(name)


@cache
def ends(name: str, refused: frozenset[int]) -> tuple[End, ...]:
    """How both end, in either order; or one alone, when the other was told that it was not done."""
    here = scene(name)
    alone = [here.after(other) for one, other in ((A, B), (B, A)) if one in refused]
    return here.after(A, B), here.after(B, A), *alone


def is_missed(unit: Unit, name: str) -> bool:
    """Whether the scenario ends otherwise without this condition."""
    serial = ends(name, frozenset())
    with forgetting(unit, name) as here:
        if (here.after(A, B), here.after(B, A)) != serial:
            return True
        found = list(here.interleaved())
    return any(end not in ends(name, frozenset(refused)) for end, refused in found)


@contextmanager
def forgetting(unit: Unit, name: str) -> Iterator[Scene]:
    here = scene(name)
    here.store.forgets = unit
    try:
        yield here
    finally:
        here.store.forgets = None


@pytest.fixture(autouse=True)
def _conditions_know_their_makers() -> Iterator[None]:
    with signed():
        yield


@pytest.mark.parametrize("name", PAIRS)
def test_two_at_once_end_as_one_after_the_other(name: str) -> None:
    for end, refused in list(scene(name).interleaved()):
        expected = ends(name, frozenset(refused))
        assert end in expected, differences(end, expected)


def test_forgetting_any_one_condition_is_noticed() -> None:
    units: dict[Unit, list[str]] = {}
    for name in PAIRS:
        scene(name).store.seen.clear()
        list(scene(name).interleaved())
        for unit in scene(name).store.seen:
            units.setdefault(unit, []).append(name)

    never_made = places() - {unit.site for unit in units}
    missed_by_nobody = [unit for unit, names in units.items() if not any(is_missed(unit, name) for name in names)]

    assert never_made == set(), "no scenario of tests/faults/pairs.py writes under these conditions: add one"
    assert missed_by_nobody == [], (
        "every scenario ends well without these conditions: remove them, or add one that fails"
    )


def differences(end: End, expected: tuple[End, ...]) -> list[Any]:
    """The rows and answers by which it ended otherwise than the expected end that is nearest."""

    def apart(other: End) -> list[Any]:
        rows = [(place, end[0].get(place), other[0].get(place)) for place in sorted({*end[0], *other[0]})]
        return [row for row in rows if row[1] != row[2]] + ([end[1], other[1]] if end[1] != other[1] else [])

    return min((apart(other) for other in expected), key=len)

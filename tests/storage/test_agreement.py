"""The two stores, side by side: whatever is written, read and listed, they agree at every step."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from functions.core import keys
from functions.core.change import Absent, AtLeast, Below, Change, Is
from functions.core.keys import Key
from functions.storage.memory import MemoryStore
from tests.storage.serving import Server

PLACES: list[Key] = [
    *(keys.points(f"mem_{n}") for n in range(2)),
    *(keys.review("camp_a", f"{n}") for n in range(5)),
    *(keys.proof("camp_a", "mem_0", f"2026-01-0{n}") for n in range(1, 3)),
    keys.state("camp_a", "mem_0"),
]
PARTITIONS = [("reviews", "camp_a"), ("member", "mem_0"), ("participation", "camp_a", "mem_0"), ("campaigns",)]

places = some.sampled_from(PLACES)
numbers = some.integers(-3, 9)
words = some.sampled_from(["", "a", "池", "#"])
values = some.recursive(
    some.none() | some.booleans() | numbers | words | some.binary(max_size=3),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=2),
    max_leaves=5,
)
fields = some.sampled_from(["n", "count", "size"])  # two of them are words that DynamoDB reserves
rows = some.fixed_dictionaries(
    {}, optional={"n": numbers, "count": numbers, "text": words, "list": some.lists(values, max_size=2), "any": values}
)
conditions = some.one_of(
    some.just(Absent()),
    some.builds(Is, fields | some.just("text"), numbers | words | some.booleans()),
    some.builds(AtLeast, fields, numbers),
    some.builds(Below, fields | some.just("text"), numbers),
)
held = some.lists(conditions, max_size=2).map(tuple)
alterations = some.fixed_dictionaries(
    {},
    optional={
        "set": some.dictionaries(some.sampled_from(["text", "any"]), values, max_size=2),
        "add": some.dictionaries(fields, numbers, max_size=2),
        "append": some.fixed_dictionaries({}, optional={"list": some.lists(values, max_size=2)}),
    },
).filter(lambda parts: any(parts.values()))
changes = some.one_of(
    some.builds(lambda key, held, row: Change(key, held, put=row), places, held, rows),
    some.builds(lambda key, held, parts: Change(key, held, **parts), places, held, alterations),
    some.builds(lambda key, held: Change(key, held, delete=True), places, held),
)
checks = some.builds(lambda key, condition: Change(key, (condition,)), places, conditions)


def apart(wanted: list[Change]) -> list[Change]:
    """At most one change for each row, as a write asks for."""
    return list({change.key: change for change in wanted}.values())


class SideBySide(RuleBasedStateMachine):
    """The same calls to both stores."""

    server: Server

    def __init__(self) -> None:
        super().__init__()
        self.memory, self.table = MemoryStore(), self.server.store()

    @rule(first=changes, others=some.lists(changes | checks, max_size=3))
    def write(self, first: Change, others: list[Change]) -> None:
        """One change or several, each with or without conditions; then every row it touched."""
        wanted = apart([*others, first])
        assert self.memory.write(wanted) == self.table.write(wanted)
        touched = [change.key for change in wanted]
        assert self.memory.read(touched) == self.table.read(touched)

    @rule(wanted=some.lists(places, min_size=1, unique=True))
    def read(self, wanted: list[Key]) -> None:
        """One row or several."""
        assert self.memory.read(wanted) == self.table.read(wanted)

    @rule(
        partition=some.sampled_from(PARTITIONS),
        after=some.sampled_from(["", "0", "2", "25", "PROOF#2026-01-01", "POINTS"]),
        limit=some.integers(1, 4),
        newest_first=some.booleans(),
    )
    def query(self, partition: tuple[str, ...], **asked: Any) -> None:
        """A page of a partition, from either end."""
        assert self.memory.query(*partition, **asked) == self.table.query(*partition, **asked)

    def teardown(self) -> None:
        """Nothing differs at the end, anywhere."""
        assert self.memory.read(PLACES) == self.table.read(PLACES)


@pytest.mark.parametrize("part", range(4))
def test_both_stores_agree_step_by_step_on_any_history(server: Server, part: int) -> None:
    SideBySide.server = server
    patience = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        SideBySide,
        settings=settings(max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=patience),
    )

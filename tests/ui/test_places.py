"""A fault finds its field, whatever pydantic calls the place."""

from __future__ import annotations

import pytest

from functions.core.discovery import discover
from functions.core.faults import Fault
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.core.text import Text
from tests.ui.conftest import NOW
from ui.components.composer.places import place, placed, step_of
from ui.components.forms.values import put
from ui.templates import templates

CONTENT = {
    "config": {"proof": {"kind": "text", "min_length": 0}, "text": {"text": 1}},
    "rules": [{"if": [{"op": "="}]}],
}


@pytest.mark.parametrize(
    ("dotted", "path"),
    [
        ("config.proof.text.min_length", ("config", "proof", "min_length")),
        ("config.proof.text", ("config", "proof")),
        ("config.text.text", ("config", "text", "text")),
        ("rules.0.if.0.value", ("rules", 0, "if", 0, "value")),
        ("rules.7.when", ("rules", 7, "when")),
        ("", ()),
    ],
)
def test_the_name_of_a_union_member_is_no_part_of_the_way(dotted: str, path: tuple[str | int, ...]) -> None:
    assert place(CONTENT, dotted) == path


def test_a_real_fault_in_a_union_is_placed_on_its_field() -> None:
    content = starting(templates()["reading-21-days"], NOW)
    content = put(content, ("config", "proof", "min_length"), "many")

    _definition, faults = parse(content, discover())

    assert list(placed(content, faults)) == [("config", "proof", "min_length")]


def test_every_part_of_a_definition_belongs_to_a_step() -> None:
    assert [step_of(path) for path in ("name", "config.days", "rules.0", "rewards.1.stock", "budget.total")] == [
        "basics", "basics", "rules", "rewards", "rewards",
    ]  # fmt: skip
    assert [step_of(path) for path in ("page.body.zh", "privacy", "schedule.ends_at", "audience", "")] == [
        "page", "page", "audience", "audience", "check",
    ]  # fmt: skip


def test_faults_of_one_place_stay_together() -> None:
    faults = [Fault("name", "a", Text()), Fault("name", "b", Text())]

    assert placed({}, faults) == {("name",): faults}

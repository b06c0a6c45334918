"""The change list: nothing for equals, every changed field in a sentence, in both languages."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.lint.reading import leaves
from functions.core.parsing import parse
from functions.core.templates import starting
from functions.core.text import LANGUAGES
from tests.ui.conftest import NOW
from ui.components.publishing.differences import Difference, differences
from ui.templates import templates

CATALOGUE = discover()


def whole(name: str) -> dict[str, Any]:
    definition, faults = parse(starting(templates()[name], NOW), CATALOGUE)
    assert isinstance(definition, Definition), faults
    return definition.model_dump(mode="json", by_alias=True)


DEFINITIONS = {name: whole(name) for name in templates()}
MORNINGS = DEFINITIONS["seven-mornings"]
TOOK_PART = {"kind": "took_part"}


def put(content: Any, path: list[str], value: Any) -> Any:
    changed = copy.deepcopy(content)
    holder = changed
    for step in path[:-1]:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    holder[int(path[-1]) if isinstance(holder, list) else path[-1]] = value
    return changed


def told(after: dict[str, Any], before: dict[str, Any] = MORNINGS, tongue: Any = "zh") -> list[Difference]:
    return differences(before, after, CATALOGUE, tongue)


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("name", DEFINITIONS)
def test_equal_definitions_differ_in_nothing(name: str, tongue: Any) -> None:
    assert told(copy.deepcopy(DEFINITIONS[name]), DEFINITIONS[name], tongue) == []


@given(
    name=some.sampled_from(sorted(DEFINITIONS)),
    pick=some.integers(0, 10_000),
    value=some.none()
    | some.booleans()
    | some.integers(-5, 10**9)
    | some.text(max_size=90)
    | some.just([])
    | some.just({}),
    tongue=some.sampled_from(LANGUAGES),
)
@settings(max_examples=80, deadline=None)
def test_every_changed_field_is_in_a_sentence(name: str, pick: int, value: Any, tongue: Any) -> None:
    before = DEFINITIONS[name]
    places = [path.removeprefix(".") for path, _ in leaves(before, "")]
    path = places[pick % len(places)]
    after = put(before, path.split("."), value)

    found = told(after, before, tongue)

    if after == before:
        assert found == []
        return
    assert found
    assert all(line.sentence.strip() for line in found)
    assert any(path.startswith(line.path) or line.path.startswith(path) for line in found)
    assert len(set(found)) == len(found)


@given(one=some.sampled_from(sorted(DEFINITIONS)), other=some.sampled_from(sorted(DEFINITIONS)))
@settings(max_examples=20, deadline=None)
def test_any_two_campaigns_can_be_told_apart_there_and_back(one: str, other: str) -> None:
    there, back = (told(DEFINITIONS[a], DEFINITIONS[b]) for a, b in ((one, other), (other, one)))

    assert bool(there) == bool(back) == (DEFINITIONS[one] != DEFINITIONS[other])


@pytest.mark.parametrize(
    ("path", "value", "zh", "en"),
    [
        ("budget.total", 500_000, "预算：¥1,000.00 → ¥5,000.00", "Budget: ¥1,000.00 → ¥5,000.00"),
        ("config.days", 5, "完成天数：7 天 → 5 天", "Days to complete: 7 days → 5 days"),
        (
            "page.contact",
            "0571",
            "页面 · 联系方式：“hello@example.com” → “0571”",
            "Page · Contact: “hello@example.com” → “0571”",
        ),
        ("channel", "wechat", "主要在哪里传播：门店或包裹 → 微信", "Where people find it: Shop or parcel → WeChat"),
    ],
)
def test_a_change_reads_as_people_say_it(path: str, value: Any, zh: str, en: str) -> None:
    after = put(MORNINGS, path.split("."), value)

    assert ([line.sentence for line in told(after)], [line.sentence for line in told(after, tongue="en")]) == (
        [zh],
        [en],
    )


def test_campaigns_that_an_audience_asks_for_go_by_their_names() -> None:
    mornings, evenings = f"camp_{1:026d}", f"camp_{2:026d}"
    old, new = (put(MORNINGS, ["audience", "needs"], [TOOK_PART | {"campaign": one}]) for one in (mornings, evenings))
    called = {mornings: "早安", evenings: "晚安"}

    found = [
        line.sentence
        for before, tongue in ((MORNINGS, "zh"), (old, "en"))
        for line in differences(before, new, CATALOGUE, tongue, called)  # type: ignore[arg-type]
    ]

    assert found == [
        "谁能参加：所有人 → 参加过“晚安”的会员",
        "Who may take part: those who took part in “早安” → those who took part in “晚安”",
    ]
    assert evenings in told(new)[0].sentence  # while nobody can say what it is called


def test_campaigns_of_one_name_are_told_apart_by_their_ids() -> None:
    ids = [f"camp_{number:026d}" for number in (1, 2)]
    old, new = (put(MORNINGS, ["audience", "needs"], [TOOK_PART | {"campaign": one}]) for one in ids)

    (line,) = differences(old, new, CATALOGUE, "zh", dict.fromkeys(ids, "早安"))

    assert all(one in line.sentence for one in ids)


def test_rules_and_rewards_come_and_go_as_wholes() -> None:
    after = copy.deepcopy(MORNINGS)
    gone = after["rules"].pop(0)
    after["rules"].append({**gone, "id": "another", "then": [{"reward": "points", "amount": 5, "to": "member"}]})
    dropped = after["rewards"].pop()

    found = told(after)

    assert [(line.kind, line.path.split(".")[0]) for line in found if line.path.startswith("rules")][-2:] == [
        ("added", "rules"),
        ("removed", "rules"),
    ]
    assert [line.sentence for line in found if line.kind == "removed" and line.path == "rewards"] == [
        line.sentence for line in found if dropped["name"]["zh"] in line.sentence and line.path == "rewards"
    ]


def test_of_a_long_text_the_part_that_differs_is_shown() -> None:
    long = "每天早上九点前来打一次卡。" * 20
    before = put(MORNINGS, ["page", "body", "zh"], long)
    after = put(MORNINGS, ["page", "body", "zh"], long.replace("九点", "八点", 1))

    (line,) = told(after, before)

    assert "九点" in line.sentence
    assert "八点" in line.sentence
    assert len(line.sentence) < 100


def test_a_default_says_the_same_written_out_or_not() -> None:
    sparse = {**MORNINGS, "config": starting(templates()["seven-mornings"], NOW)["config"]}

    assert told(whole_form(sparse), sparse) == []


def whole_form(content: dict[str, Any]) -> dict[str, Any]:
    from ui.components.forms.filling import whole as written_out

    return written_out(content, CATALOGUE)

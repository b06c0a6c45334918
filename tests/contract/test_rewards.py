"""What every reward promises, asked of each one that discovery finds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from functions.core.change import Change
from functions.core.example import CALENDAR, CAMPAIGN, MEMBER, RewardExample
from functions.core.keys import Row
from functions.core.reward import Grant, counted
from functions.core.text import LANGUAGES

ROWS_PER_GRANT = 5  # of 100 in a write: a rule gives 3 rewards, and one event may set off several rules
KILOBYTE = 1024


def grant_of(example: RewardExample, **more: Any) -> Grant:
    """The example's grant, as the engine would make it."""
    said = {"amount": example.amount, "name": example.title, "calendar": CALENDAR, **more}
    return Grant("grant_1", CAMPAIGN, 1, "rule", "present", "", MEMBER, example.at, **said)


def changes_of(reward: Any, example: RewardExample) -> Sequence[Change]:
    """What granting writes in an example."""
    changes: Sequence[Change] = reward.rows(reward.Config.model_validate(example.config), grant_of(example))
    return changes


def became(change: Change) -> Row:
    """The row that a change makes of nothing."""
    return {**(change.put or {}), **change.set, **change.add, **change.append}


def test_example_holds(reward: Any, example: RewardExample) -> None:
    changes = changes_of(reward, example)

    assert {change.key: became(change) for change in changes} == {example.key: example.row}


def test_several_are_told_with_their_number_and_their_name(reward: Any) -> None:
    for language in LANGUAGES:
        told = counted(reward, 3, "Stars", language)

        assert (told[0], told[-5:]) == ("3", "Stars")
        assert counted(reward, 1, "Stars", language).endswith("Stars")


def test_wallet_shows_what_the_example_says(reward: Any, example: RewardExample) -> None:
    shown = reward.view(example.row, example.later)

    assert {name: shown[name] for name in example.shows} == dict(example.shows)
    assert {"kind", "id", "name", "value", "status"} <= set(shown)
    assert shown["kind"] == reward.KIND
    assert shown["status"] in {"available", "used", "expired", "void", "not_yet"}
    assert {"zh", "en"} == set(shown["name"]) == set(shown["value"])
    assert json.loads(json.dumps(shown)) == shown


def test_worst_cost_is_what_the_example_says(reward: Any, example: RewardExample) -> None:
    assert reward.worst_cost(reward.Config.model_validate(example.config)) == example.worst_cost


def test_config_survives_json(reward: Any, example: RewardExample) -> None:
    config = reward.Config.model_validate(example.config)

    assert reward.Config.model_validate_json(config.model_dump_json()) == config


def test_same_grant_writes_the_same(reward: Any, example: RewardExample) -> None:
    assert changes_of(reward, example) == changes_of(reward, example)


def test_two_grants_never_write_over_each_other(reward: Any, example: RewardExample) -> None:
    config = reward.Config.model_validate(example.config)
    first, second = (reward.rows(config, grant_of(example)), reward.rows(config, grant_of(example)))

    for change in (*first, *second):
        assert not change.delete
        if change.put is not None:
            assert change.conditions, "a new row must not replace another"
            assert change.refusal.startswith("granted:"), "the engine tells a repeat by this name"


def test_rows_of_a_grant_are_few_and_small(reward: Any, example: RewardExample) -> None:
    changes = changes_of(reward, example)

    assert 0 < len(changes) <= ROWS_PER_GRANT
    for change in changes:
        assert len(json.dumps(became(change), ensure_ascii=False).encode()) < KILOBYTE


def test_what_can_be_spent_names_its_refusal(reward: Any) -> None:
    if hasattr(reward, "charge"):
        assert f"{reward.KIND}_insufficient" in reward.OUTCOMES

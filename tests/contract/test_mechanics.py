"""What every mechanic promises, asked of each one that discovery finds."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

from functions.core.discovery import discover
from functions.core.event import Event
from functions.core.example import CAMPAIGN, MEMBER, Example
from functions.core.mechanic import Decision, Seen
from functions.storage.dynamodb import plain, wire

ROWS_MAX = 100  # DynamoDB: actions in one TransactWriteItems
REWARDS_PER_RULE = 3  # core/rules.py: a rule's `then`


def event_of(mechanic: Any, example: Example) -> Event:
    """The example's event, as the edge would make it."""
    data = mechanic.ACCEPTS[example.event].data.model_validate(example.data)
    day = example.calendar.day_of(example.at)
    member = "" if example.unit else MEMBER
    said = Event("event_0001", example.event, example.at, CAMPAIGN, member, data, example.actor, example.by, day)
    return replace(said, unit=example.unit, newcomer=example.newcomer, brought=example.brought, item=example.item)


def seen_of(example: Example) -> Seen:
    """What the example's decision rests on."""
    record, rows = copy.deepcopy((dict(example.record), dict(example.rows)))
    return Seen(example.moment, record, rows, example.refused, example.closed, example.room)


def play(mechanic: Any, example: Example) -> Decision:
    """What the mechanic decides in an example."""
    config = mechanic.Config.model_validate(example.config)
    decision: Decision = mechanic.decide(config, event_of(mechanic, example), seen_of(example))
    return decision


def test_example_holds(mechanic: Any, example: Example) -> None:
    decision = play(mechanic, example)

    assert decision.outcome == example.outcome
    assert decision.record == example.after
    assert decision.facts == example.facts
    assert decision.charges == example.charges
    assert decision.changes == example.changes
    assert (dict(decision.records), decision.undone) == (dict(example.records), example.undone)


def test_same_input_gives_the_same_decision(mechanic: Any, example: Example) -> None:
    assert play(mechanic, example) == play(mechanic, example)


def test_decide_leaves_what_it_was_given_as_it_was(mechanic: Any, example: Example) -> None:
    config, seen = mechanic.Config.model_validate(example.config), seen_of(example)
    event = event_of(mechanic, example)
    before = copy.deepcopy((config, event, seen))

    mechanic.decide(config, event, seen)

    assert (config, event, seen) == before


def test_config_survives_json(mechanic: Any, example: Example) -> None:
    config = mechanic.Config.model_validate(example.config)

    assert mechanic.Config.model_validate(json.loads(config.model_dump_json())) == config
    assert mechanic.Config.model_validate_json(config.model_dump_json()) == config


def test_outcome_is_declared_and_its_sentence_is_filled_by_the_decision(mechanic: Any, example: Example) -> None:
    decision = play(mechanic, example)

    for language in ("zh", "en"):
        sentence = mechanic.OUTCOMES[decision.outcome].fill(language, decision.values)
        assert "{" not in sentence, sentence


def test_facts_are_declared_with_exactly_their_fields_and_types(mechanic: Any, example: Example) -> None:
    for fact in play(mechanic, example).facts:
        declared = mechanic.FACTS[fact.kind].fields
        assert {name: type(value) for name, value in fact.fields.items()} == dict(declared)


def test_a_fact_says_to_each_whom_it_concerns_what_a_reward_is_for(mechanic: Any) -> None:
    for kind, fact in mechanic.FACTS.items():
        assert set(fact.earned) == set(fact.concerns), kind
        assert all(words.complete for words in fact.earned.values()), kind
        assert not any(words.en.endswith(".") or words.zh.endswith("时") for words in fact.earned.values()), kind


def test_a_decision_that_writes_nothing_states_nothing(mechanic: Any, example: Example) -> None:
    decision = play(mechanic, example)

    if decision.record is None:
        assert (decision.facts, decision.changes, decision.charges) == ((), (), ())


def test_record_and_values_are_what_a_row_can_hold(mechanic: Any, example: Example) -> None:
    decision = play(mechanic, example)

    assert json.loads(json.dumps(dict(decision.values))) == dict(decision.values)
    for content in (decision.record, [change.put for change in decision.changes]):
        assert plain(wire(content)) == content


def test_rows_of_one_event_stay_within_one_transaction(mechanic: Any, example: Example) -> None:
    decision, config = play(mechanic, example), mechanic.Config.model_validate(example.config)

    door = 2  # consent and entitlement at a member's first event
    own = 1 + door + len(decision.changes) + len(decision.charges)
    rewards = len(decision.facts) * REWARDS_PER_RULE * 2  # each a row and a pool shard
    most = {"leader": 1, "group": 0, **(mechanic.most(config) if hasattr(mechanic, "most") else {})}
    others = max([most[to] * (1 + REWARDS_PER_RULE) for fact in decision.facts for to in fact.others], default=0)
    assert own + rewards + others <= ROWS_MAX
    assert len({change.key for change in decision.changes}) == len(decision.changes)


def test_decision_looks_at_no_row_but_those_it_reads(mechanic: Any, example: Example) -> None:
    config = mechanic.Config.model_validate(example.config)

    event = event_of(mechanic, example)
    further = mechanic.follows(config, event, example.record) if hasattr(mechanic, "follows") else []

    assert set(example.rows) <= {*mechanic.reads(config, event), *further}


def test_example_is_sent_by_who_may(mechanic: Any, example: Example) -> None:
    assert example.actor in mechanic.ACCEPTS[example.event].actors


def test_view_before_and_after_is_plain_data(mechanic: Any, example: Example) -> None:
    config = mechanic.Config.model_validate(example.config)

    for record in ({}, example.record, play(mechanic, example).record or {}):
        shown = mechanic.view(config, example.moment, record)
        assert json.loads(json.dumps(shown)) == shown


def test_kind_is_the_name_of_the_folder(mechanic: Any) -> None:
    assert mechanic.__name__ == f"functions.{mechanic.KIND}.mechanic"
    assert discover().mechanics[mechanic.KIND] == mechanic.__name__


def test_every_outcome_and_fact_is_shown_by_an_example(mechanic: Any) -> None:
    examples = __import__(f"functions.{mechanic.KIND}.examples", fromlist=["EXAMPLES"]).EXAMPLES

    assert {example.outcome for example in examples} == set(mechanic.OUTCOMES)
    assert {fact.kind for example in examples for fact in example.facts} == set(mechanic.FACTS)
    assert {example.event for example in examples} == set(mechanic.ACCEPTS)


def test_words_are_there_in_both_languages(mechanic: Any) -> None:
    for accepts in mechanic.ACCEPTS.values():
        assert accepts.title.complete
        assert accepts.data.model_config.get("extra") == "forbid"
    for fact in mechanic.FACTS.values():
        assert fact.title.complete
        assert set(fact.fields) == set(fact.labels)
        assert all(label.complete for label in fact.labels.values())
        assert set(fact.fields.values()) <= {str, int, bool}

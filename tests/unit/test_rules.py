"""Rules: when a fact, if conditions on its fields, then rewards."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.core.mechanic import Fact
from functions.core.rules import Condition, Rule, Then, applies, due, holds

FACT = Fact("checkin.recorded", "2026-12-07", {"streak": 7, "made_up": False, "day": "2026-12-07", "tags": ["a", "b"]})

TODAY = date(2026, 12, 7)


def rule(*conditions: Condition, **said: Any) -> Rule:
    """A rule that pays ten points for a check-in."""
    then = said.pop("then", [Then(reward="points", amount=10)])
    return Rule(**{"id": "pays", "when": "checkin.recorded", "if": list(conditions), "then": then, **said})


@pytest.mark.parametrize(
    ("field", "op", "value", "verdict"),
    [
        ("streak", "=", 7, True),
        ("streak", "=", 8, False),
        ("streak", "!=", 8, True),
        ("streak", "!=", 7, False),
        ("streak", ">", 6, True),
        ("streak", ">", 7, False),
        ("streak", ">=", 7, True),
        ("streak", ">=", 8, False),
        ("streak", "<", 8, True),
        ("streak", "<", 7, False),
        ("streak", "<=", 7, True),
        ("streak", "<=", 6, False),
        ("streak", "between", [7, 9], True),
        ("streak", "between", [1, 7], True),
        ("streak", "between", [8, 9], False),
        ("streak", "in", [1, 7], True),
        ("streak", "in", [1, 2], False),
        ("streak", "not_in", [1, 2], True),
        ("streak", "not_in", [7], False),
        ("streak", "every", 7, True),
        ("streak", "every", 1, True),
        ("streak", "every", 2, False),
        ("made_up", "=", False, True),
        ("made_up", "=", True, False),
        ("day", ">", "2026-12-06", True),
        ("day", "=", "2026-12-06", False),
        ("tags", "in", ["b", "c"], True),
        ("tags", "in", ["c"], False),
        ("tags", "not_in", ["c"], True),
        ("tags", "not_in", ["a"], False),
        ("unknown", "=", 7, False),
        ("unknown", "!=", 7, False),
        ("unknown", "not_in", [7], False),
    ],
)
def test_a_condition_holds(field: str, op: Any, value: Any, verdict: bool) -> None:
    assert holds(Condition(field=field, op=op, value=value), FACT, paid=0) is verdict


@given(st.integers(-1000, 1000), st.integers(1, 50))
def test_every_holds_at_each_multiple_above_zero(number: int, step: int) -> None:
    fact = Fact("x", "1", {"n": number})

    assert holds(Condition(field="n", op="every", value=step), fact, 0) is (number in range(step, 1001, step))


def test_first_holds_until_the_rule_has_paid() -> None:
    assert holds(Condition(op="first"), FACT, paid=0)
    assert not holds(Condition(op="first"), FACT, paid=1)


@pytest.mark.parametrize(
    ("match", "seven", "made_up", "verdict"),
    [
        ("all", True, True, True),
        ("all", True, False, False),
        ("any", True, False, True),
        ("any", False, False, False),
    ],
)
def test_conditions_are_joined_by_all_or_any(match: Any, seven: bool, made_up: bool, verdict: bool) -> None:
    conditions = Condition(field="streak", value=7 if seven else 6), Condition(field="made_up", value=not made_up)

    assert applies(rule(*conditions, match=match), FACT, 0) is verdict


@pytest.mark.parametrize("match", ["all", "any"])
def test_a_rule_without_conditions_always_applies_to_its_fact(match: Any) -> None:
    assert applies(rule(match=match), FACT, 0)


def test_a_rule_is_for_its_own_fact_only() -> None:
    assert not applies(rule(when="checkin.completed"), FACT, 0)


def test_a_rule_that_is_switched_off_pays_nothing() -> None:
    assert due([rule(enabled=False)], [FACT], {}) == []


def test_a_limit_is_how_often_a_rule_pays_one_member() -> None:
    assert applies(rule(limit=2), FACT, paid=1)
    assert not applies(rule(limit=2), FACT, paid=2)


def test_a_limit_counts_facts_of_one_event_too() -> None:
    facts = [Fact("checkin.recorded", str(n), {}) for n in range(3)]

    assert len(due([rule(limit=2)], facts, {})) == 2
    assert len(due([rule(limit=2)], facts, {"pays": 1})) == 1
    assert len(due([rule(Condition(op="first"))], facts, {})) == 1


@pytest.mark.parametrize(("cooldown", "days_since", "pays"), [(1, 0, 0), (1, 1, 1), (7, 6, 0), (7, 7, 1), (7, 40, 1)])
def test_a_rule_with_a_cooldown_pays_again_only_after_that_many_days(cooldown: int, days_since: int, pays: int) -> None:
    before = (TODAY - timedelta(days=days_since)).toordinal()

    assert len(due([rule(cooldown=cooldown)], [FACT], {"pays": 1}, TODAY, {"pays": before})) == pays


def test_a_rule_with_a_cooldown_pays_one_of_two_facts_of_one_day_and_one_without_pays_both() -> None:
    facts = [FACT, Fact("checkin.recorded", "2026-12-06", FACT.fields)]

    assert len(due([rule(cooldown=1)], facts, {}, TODAY)) == 1
    assert len(due([rule()], facts, {}, TODAY)) == 2


def test_what_is_due_names_its_rule_reward_amount_and_recipient() -> None:
    then = [Then(reward="points", amount=10), Then(reward="coupon", to="referrer")]

    owed = due([rule(then=then)], [replace(FACT, others={"referrer": ("mem_friend",)})], {})

    assert [(one.rule, one.reward, one.amount, one.to) for one in owed] == [
        ("pays", "points", 10, "member"),
        ("pays", "coupon", 1, "referrer"),
    ]


def test_every_reward_of_every_fact_has_a_name_of_its_own_and_the_same_facts_give_the_same() -> None:
    then = [Then(reward="points"), Then(reward="points")]
    facts = [FACT, Fact("checkin.recorded", "2026-12-08", FACT.fields)]

    owed = due([rule(then=then)], facts, {})

    assert len({(one.rule, one.firing, one.place) for one in owed}) == 4
    assert owed == due([rule(then=then)], facts, {})


def test_rules_pay_in_the_order_they_are_written() -> None:
    rules = [rule(id="b"), rule(id="a"), rule(id="c", when="other")]

    assert [one.rule for one in due(rules, [FACT], {})] == ["b", "a"]


def test_counts_that_were_handed_in_are_left_alone() -> None:
    paid = {"pays": 1}

    due([rule()], [FACT], paid)

    assert paid == {"pays": 1}


@pytest.mark.parametrize(
    "said",
    [
        {"op": "="},
        {"field": "n", "op": "in", "value": []},
        {"field": "n", "op": "not_in", "value": 3},
        {"field": "n", "op": "between", "value": [1]},
        {"field": "n", "op": "every", "value": 0},
        {"field": "n", "op": "every", "value": True},
        {"field": "n", "op": "every", "value": 1.5},
        {"field": "n", "op": "like", "value": 1},
        {"field": "n", "unknown": 1},
    ],
)
def test_a_condition_that_makes_no_sense_cannot_be_written(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(said)


def test_a_rule_round_trips_through_its_stored_form() -> None:
    told = rule(Condition(field="streak", op="every", value=7), limit=3)

    assert Rule.model_validate_json(told.model_dump_json(by_alias=True)) == told

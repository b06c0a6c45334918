"""Rules: when a fact, if conditions on its fields, then rewards. Composed by marketers, evaluated here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.core.form import unfit
from functions.core.ids import SLUG
from functions.core.mechanic import OWN, Fact
from functions.core.text import Text

Operator = Literal["=", "!=", ">", ">=", "<", "<=", "between", "in", "not_in", "every", "first"]
Recipient = Literal["member", "referrer", "leader", "group"]
RECIPIENTS: Mapping[str, Text] = {
    "member": Text(zh="会员本人", en="the member"),
    "group": Text(zh="团里每个人", en="everyone in the group"),
    "leader": Text(zh="团长或发起人", en="the leader"),
    "referrer": Text(zh="推荐人", en="the referrer"),
}
AMOUNT_MAX = 1_000_000
NEVER: Mapping[str, int] = {}
NOBODY: Mapping[str, Past] = {}


class Condition(BaseModel):
    """One line of a rule: a field of the fact, an operator, a value.

    `every` holds at each multiple of value; `first` (no field) the first time this rule pays for the member.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    field: str = ""
    op: Operator = "="
    value: Any = None

    @model_validator(mode="after")
    def _fits_operator(self) -> Condition:
        if self.op == "first":
            return self
        if not self.field:
            raise unfit("condition_without_field", "条件要写明看哪一项", "A condition names a field", at="field")
        if self.op in ("in", "not_in") and not (isinstance(self.value, list) and self.value):
            raise unfit("list_expected", "至少要有一个值", "Needs at least one value", at="value")
        if self.op == "between" and not (isinstance(self.value, list) and len(self.value) == 2):
            raise unfit("two_values_expected", "要填两个值：从和到", "Needs two values, from and to", at="value")
        if self.op == "every" and not (type(self.value) is int and self.value > 0):
            raise unfit("every_expects_number", "要填大于零的整数", "Must be a whole number above zero", at="value")
        return self


class Then(BaseModel):
    """What a rule gives: a reward of the definition, how many of it, and to whom."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    reward: str = Field(pattern=SLUG)
    amount: int = Field(default=1, ge=1, le=AMOUNT_MAX)
    to: Recipient = "member"


class Rule(BaseModel):
    """When – if – then. `limit` is how often the rule pays one member, `cooldown` how many days apart at least."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    id: str = Field(pattern=SLUG)
    when: str
    match: Literal["all", "any"] = "all"
    conditions: list[Condition] = Field([], alias="if", max_length=6)
    then: list[Then] = Field(min_length=1, max_length=3)
    limit: int | None = Field(default=None, ge=1)
    cooldown: int | None = Field(default=None, ge=1, le=366)  # of the campaign's days: 1 is once a day, 7 once a week
    enabled: bool = True


class Past(NamedTuple):
    """How often each rule paid a member, and the day (its ordinal) on which each last did."""

    paid: dict[str, int]
    paid_on: dict[str, int]


@dataclass(frozen=True)
class Due:
    """A reward that a rule owes for a fact. `firing` names the fact, `place` the line of the rule's `then`.

    `member` is whom it is owed to: `OWN`, the member whose fact it is, or another's id.
    """

    rule: str
    reward: str
    amount: int
    to: str
    firing: str
    place: int
    member: str = OWN


def due(
    rules: Sequence[Rule],
    facts: Sequence[Fact],
    paid: Mapping[str, int],
    today: date = date.min,
    paid_on: Mapping[str, int] = NEVER,
    others: Mapping[str, Past] = NOBODY,
) -> list[Due]:
    """Every reward owed for `facts`, in the order of rules.

    `paid` counts what each rule paid this member, `paid_on` is the day (its ordinal) on which each last did; `others`
    says the same of the other members whom the facts concern. A rule is judged for each whom it would pay by itself:
    how often, the first time and the days between are that person's.
    """
    owed: list[Due] = []
    pasts = {name: Past(dict(past.paid), dict(past.paid_on)) for name, past in others.items()}
    pasts[OWN] = Past(dict(paid), dict(paid_on))
    for rule in rules:
        for fact in facts:
            for name in payees(rule, fact):
                past = pasts.setdefault(name, Past({}, {}))
                if applies(rule, fact, past.paid.get(rule.id, 0)) and rested(rule, today, past.paid_on.get(rule.id)):
                    past.paid[rule.id] = past.paid.get(rule.id, 0) + 1
                    past.paid_on[rule.id] = today.toordinal()
                    owed += _lines(rule, fact, name)
    return owed


def _lines(rule: Rule, fact: Fact, name: str) -> list[Due]:
    """What the rule gives one of those it pays."""
    return [
        Due(rule.id, then.reward, then.amount, then.to, f"{fact.kind}:{fact.occurrence}", place, name)
        for place, then in enumerate(rule.then)
        if name in recipients(fact, then.to)
    ]


def recipients(fact: Fact, to: str) -> tuple[str, ...]:
    """The members that a rule's line means by `to`; nobody where the fact concerns no such."""
    return (OWN,) if to == "member" else tuple(fact.others.get(to, ()))


def payees(rule: Rule, fact: Fact) -> list[str]:
    """Everyone whom a rule would pay for a fact of its kind, each once."""
    if not rule.enabled or rule.when != fact.kind:
        return []
    return list(dict.fromkeys(name for then in rule.then for name in recipients(fact, then.to)))


def rested(rule: Rule, today: date, paid_on: int | None) -> bool:
    """Whether the rule's cooldown is over for a member whom it last paid on the day `paid_on` (an ordinal)."""
    return rule.cooldown is None or paid_on is None or today.toordinal() - paid_on >= rule.cooldown


def applies(rule: Rule, fact: Fact, paid: int) -> bool:
    """Whether `rule` pays for `fact` when it has paid this member `paid` times before."""
    if not rule.enabled or rule.when != fact.kind or (rule.limit is not None and paid >= rule.limit):
        return False
    verdicts = [holds(condition, fact, paid) for condition in rule.conditions]
    return any(verdicts) if rule.match == "any" and verdicts else all(verdicts)


def holds(condition: Condition, fact: Fact, paid: int) -> bool:
    """Whether one condition holds; a field the fact does not have never does."""
    if condition.op == "first":
        return paid == 0
    if condition.field not in fact.fields:
        return False
    return _compare(condition.op, fact.fields[condition.field], condition.value)


def _compare(op: Operator, left: Any, right: Any) -> bool:
    match op:
        case "=":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case "between":
            return bool(right[0] <= left <= right[1])
        case "in":
            return _has_any(left, right)
        case "not_in":
            return not _has_any(left, right)
        case "every":
            return bool(left > 0 and left % right == 0)
    raise AssertionError(op)


def _has_any(left: Any, right: Sequence[Any]) -> bool:
    values = left if isinstance(left, (list, tuple, frozenset)) else [left]
    return any(value in right for value in values)

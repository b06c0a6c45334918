"""What a campaign gives and what for, as people read it; from its rules. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from functions.core.campaign import Definition
from functions.core.keys import Row
from functions.core.mechanic import FactType
from functions.core.rules import Condition, Rule
from functions.core.text import Language, Text

EACH = {
    "=": Text(zh="{label} {value}", en="{label}: {value}"),
    ">=": Text(zh="{label}至少 {value}", en="{label}: at least {value}"),
    ">": Text(zh="{label}超过 {value}", en="{label}: more than {value}"),
    "<=": Text(zh="{label}最多 {value}", en="{label}: at most {value}"),
    "<": Text(zh="{label}少于 {value}", en="{label}: fewer than {value}"),
    "every": Text(zh="{label}每满 {value}", en="{label}: every {value}"),
    "between": Text(zh="{label} {value}", en="{label}: {value}"),
    "in": Text(zh="{label} {value}", en="{label}: {value}"),
    "first": Text(zh="第一次", en="the first time"),
}

EVERY_TIME = Text(zh="每次{what}", en="Each time {what}")
WHEN = Text(zh="{what}时", en="When {what}")
AT_MOST = Text(zh="，最多 {n} 次", en=", up to {n} times")


@dataclass(frozen=True)
class Earning:
    """One line of "what you get": the reward, how it is earned, how many the member has.

    `missing` is how many steps it still takes, 0 where that is not known; `gone` says that nothing is left of it.
    """

    kind: str
    name: Text
    amount: int
    how: str
    got: int
    missing: int = 0
    gone: bool = False


def earnings(
    definition: Definition,
    facts: Mapping[str, FactType],
    row: Row,
    language: Language,
    ahead: Sequence[Mapping[str, Any]] = (),
    gone: Collection[str] = (),
    first: str = "",
) -> list[Earning]:
    """What the rules give the member, in their order; `row` is the member's own, empty for a stranger.

    `ahead` is what the mechanic says is still to come: `{"fact", "field", "value", "missing"}`. What the fact `first`
    earns stands before the rest.
    """
    items = {item.id: item for item in definition.rewards}
    return [
        Earning(
            items[then.reward].kind,
            items[then.reward].name,
            then.amount,
            _how(rule, facts.get(rule.when, FactType(Text())), then.to, language),
            # A rule that pays twice may have found one reward gone; a reward may come from two rules.
            min(row.get("got", {}).get(then.reward, 0), row.get("paid", {}).get(rule.id, 0) * then.amount),
            _missing(rule, ahead),
            then.reward in gone,
        )
        for rule in sorted(definition.rules, key=lambda rule: rule.when != first)
        if rule.enabled
        for then in rule.then
        if then.reward in items and _is_theirs(then.to, facts.get(rule.when))
    ]


def _is_theirs(to: str, fact: FactType | None) -> bool:
    """Whether a line is for those who read it; for who brings friends only where the fact knows of them."""
    return to in ("member", "group", "leader") or (fact is not None and to in fact.concerns)


def _missing(rule: Rule, ahead: Sequence[Mapping[str, Any]]) -> int:
    """How many steps this rule still takes, where the mechanic knows: a fact that comes once, or at one number."""
    asked = {condition.field: condition.value for condition in rule.conditions if condition.op in ("=", ">=")}
    fits = [
        step["missing"]
        for step in ahead
        if step["fact"] == rule.when and (not rule.conditions or asked.get(step["field"]) == step["value"])
    ]
    return min(fits, default=0)


def _how(rule: Rule, fact: FactType, to: str, language: Language) -> str:
    """What the reward is for, as a condition said to those who get it."""
    if to in fact.earned and (exactly := _reached(rule, fact, language)):
        said = WHEN.fill(language, {"what": exactly})
        return said if rule.limit in (None, 1) else said + AT_MOST.fill(language, {"n": rule.limit})
    parts = [_condition(condition, fact, language) for condition in rule.conditions]
    joint = {"all": Text(zh="，", en=", "), "any": Text(zh="，或 ", en=", or ")}[rule.match].in_(language)
    what = joint.join(part for part in parts if part)
    said = _when(rule, fact, to, language)
    if what:
        said += f"（{what}）" if language == "zh" else f" ({what})"
    return said if rule.limit in (None, 1) else said + AT_MOST.fill(language, {"n": rule.limit})


def _reached(rule: Rule, fact: FactType, language: Language) -> str:
    """The fact at the one value that a rule asks for, where there are words for that: six days in a row."""
    asked = _asked(rule)
    if len(asked) != 1 or asked[0].op != "=" or asked[0].field not in fact.reached:
        return ""
    return fact.reached[asked[0].field].fill(language, {"value": asked[0].value})


def _asked(rule: Rule) -> list[Condition]:
    """What it asks for besides; a make-up is not called a check-in anyway."""
    return [one for one in rule.conditions if one.value is not False]


def _when(rule: Rule, fact: FactType, to: str, language: Language) -> str:
    """ "Each time" only where nothing else is asked and nothing but a limit ends it."""
    if to not in fact.earned:
        return fact.title.in_(language)
    often = not (fact.once or _asked(rule) or rule.cooldown or rule.limit == 1)
    return (EVERY_TIME if often else WHEN).fill(language, {"what": fact.earned[to].in_(language)})


def _condition(condition: Condition, fact: FactType, language: Language) -> str:
    """One condition in words; what no plain sentence says well (not, not in, yes or no) is left to the rules' text."""
    if condition.op not in EACH or isinstance(condition.value, bool):
        return ""
    values = condition.value if isinstance(condition.value, list) else [condition.value]
    joint = "–" if condition.op == "between" else " / "
    label = fact.labels.get(condition.field, Text()).in_(language)
    if language == "en":
        label = label[:1].lower() + label[1:]
    return EACH[condition.op].fill(language, {"label": label, "value": joint.join(map(str, values))})

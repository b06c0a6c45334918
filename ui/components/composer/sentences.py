"""A rule as a sentence people read. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from functions.core.mechanic import FactType
from functions.core.rules import RECIPIENTS
from functions.core.text import Language
from ui.components.composer.gifts import Gift
from ui.i18n import said

BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff，：、]) (?=[\u3400-\u9fff])")
OPERATORS: Mapping[type, tuple[str, ...]] = {
    int: ("=", "!=", ">=", ">", "<=", "<", "between", "every"),
    float: ("=", "!=", ">=", ">", "<=", "<", "between"),
    bool: ("=",),
    str: ("=", "!=", "in", "not_in"),
    list: ("in", "not_in"),
}
OPERATOR_WORDS = {
    "=": "is",
    "!=": "is not",
    ">": "is above",
    ">=": "is at least",
    "<": "is below",
    "<=": "is at most",
    "between": "is between",
    "in": "is one of",
    "not_in": "is none of",
    "every": "every",
    "first": "the first time",
}


def sentence(
    rule: Mapping[str, Any], facts: Mapping[str, FactType], rewards: Mapping[str, Gift], tongue: Language
) -> str:
    """When – if – then, in one sentence; what is not known (yet) is named as written."""
    fact = facts.get(str(rule.get("when")))
    when = _when(fact, tongue) if fact else str(rule.get("when", "…"))
    lines = [condition(line, fact, tongue) for line in rule.get("if") or []]
    junction = said(" and ", tongue) if rule.get("match", "all") == "all" else said(" or ", tongue)
    to = said("{gift} to {whom}", tongue)
    gifts = [gift_words(line, rewards, tongue, to) for line in rule.get("then") or []]
    both = {"zh": " 和 ", "en": " and "}[tongue]  # things are joined by another word than conditions
    words = said("When {when}, give {gifts}", tongue)
    if lines:
        words = said("When {when}, if {conditions}, give {gifts}", tongue)
    told = words.format(when=when, conditions=junction.join(lines), gifts=both.join(gifts) or "…")
    told = closed_up(told + how_often(rule, tongue))
    return told if rule.get("enabled", True) else told + said(" (off)", tongue)


def _when(fact: FactType, tongue: Language) -> str:
    return (fact.happens.zh if tongue == "zh" else fact.happens.en) or inside(fact.title.in_(tongue), tongue)


def how_often(rule: Mapping[str, Any], tongue: Language) -> str:
    """The end of a sentence that says how often a rule pays one person; nothing where that is not limited."""
    told = ""
    if isinstance(limit := rule.get("limit"), int):
        once = said(", at most once for each person", tongue)
        told += once if limit == 1 else said(", at most {n} times for each person", tongue).format(n=limit)
    if isinstance(days := rule.get("cooldown"), int):
        once = said(", at most once a day for each person", tongue)
        told += once if days == 1 else said(", at most once in {n} days for each person", tongue).format(n=days)
    return told


def condition(line: Mapping[str, Any], fact: FactType | None, tongue: Language) -> str:
    """One condition in words."""
    operator = str(line.get("op", "="))
    if operator == "first":
        return said(OPERATOR_WORDS[operator], tongue)
    name = str(line.get("field", ""))
    label = fact.labels[name].in_(tongue) if fact and name in fact.labels else name or "…"
    value = _value(line.get("value"), operator, tongue)
    if isinstance(line.get("value"), bool):
        return _flag(label, line["value"], tongue)
    label = inside(label, tongue)
    if operator == "every":
        return said("{field} is a multiple of {value}", tongue).format(field=label, value=value)
    return said("{field} {operator} {value}", tongue).format(
        field=label, operator=said(OPERATOR_WORDS.get(operator, operator), tongue), value=value
    )


def _flag(label: str, holds: bool, tongue: Language) -> str:
    """A yes or no in words: `Is a make-up` becomes "it is a make-up" or "it is not a make-up"."""
    opening = said("Is ", tongue)
    if not label.startswith(opening):
        return said("{field}: {value}", tongue).format(field=label, value=_value(holds, "=", tongue))
    words = said("it is {what}", tongue) if holds else said("it is not {what}", tongue)
    return words.format(what=label.removeprefix(opening))


def inside(words: str, tongue: Language) -> str:
    """A title inside a sentence: English begins it small."""
    word = words.split(" ")[0]
    return words[:1].lower() + words[1:] if tongue == "en" and (word == "A" or word[1:2].islower()) else words


def closed_up(words: str) -> str:
    """No space between two Chinese characters: it stands only beside digits and letters."""
    return BETWEEN_HAN.sub("", words)


def _value(value: Any, operator: str, tongue: Language) -> str:
    if value is None or value in ("", []):
        return "…"
    if isinstance(value, bool):
        return said("yes", tongue) if value else said("no", tongue)
    if isinstance(value, list):
        joint = said("{first} and {second}", tongue) if operator == "between" and len(value) == 2 else ""
        return joint.format(first=value[0], second=value[1]) if joint else ", ".join(map(str, value))
    return str(value)


def gift_words(line: Mapping[str, Any], rewards: Mapping[str, Gift], tongue: Language, words: str) -> str:
    """How many of which reward a rule's line gives; `words` join it with whom it is for, if that is somebody else."""
    gift = rewards.get(str(line.get("reward")), Gift(str(line.get("reward") or "…")))
    given, to = gift.counted(line.get("amount", 1), tongue), str(line.get("to") or "member")
    if to == "member" or to not in RECIPIENTS:
        return given
    return words.format(gift=given, whom=RECIPIENTS[to].in_(tongue))

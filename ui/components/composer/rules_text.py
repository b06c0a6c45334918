"""The rules as members read them, written from the definition: a beginning that the marketer may add to. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from functions.core.mechanic import FactType
from functions.core.text import LANGUAGES, Language, Text
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.publishing.value_words import name_of
from ui.i18n import said
from ui.words import round_money


def written(content: Mapping[str, Any], facts: Mapping[str, FactType], first: Sequence[Text] = ()) -> dict[str, str]:
    """A numbered line for each rule that is on, and one for each reward that can run out; in both languages.

    What the mechanic has to say comes `first`, such as the terms of a deposit.
    """
    return {tongue: _in(content, facts, first, tongue) for tongue in LANGUAGES}


def first_of(mechanic: Any, content: Mapping[str, Any]) -> list[Text]:
    """What a mechanic has to say of a definition's config; nothing of one that is not right yet."""
    if not hasattr(mechanic, "told"):
        return []
    try:
        config = mechanic.Config.model_validate(content.get("config") or {})
    except ValidationError:
        return []
    currency = (content.get("budget") or {}).get("currency") or "CNY"
    told: list[Text] = mechanic.told(config, lambda minor: round_money(minor, currency))
    return told


def _in(content: Mapping[str, Any], facts: Mapping[str, FactType], first: Sequence[Text], tongue: Language) -> str:
    rewards = [item for item in content.get("rewards") or [] if isinstance(item, Mapping)]
    rules = [rule for rule in content.get("rules") or [] if isinstance(rule, Mapping) and rule.get("enabled", True)]
    lines = [one.in_(tongue) for one in first]
    lines += [sentence(rule, facts, gifts_of(rewards, tongue), tongue) for rule in rules]
    lines += [
        said("{name}: {n} in all, while they last", tongue).format(name=name_of(item, tongue), n=f"{item['stock']:,}")
        for item in rewards
        if isinstance(item.get("stock"), int)
    ]
    stop = {"zh": "。", "en": "."}[tongue]
    return "\n".join(f"{place}. {line}{stop}" for place, line in enumerate(lines, 1))

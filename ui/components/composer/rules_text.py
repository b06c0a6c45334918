"""The rules as members read them, written from the definition: a beginning that the marketer may add to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from functions.core.mechanic import FactType
from functions.core.text import LANGUAGES, Language
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.publishing.value_words import name_of
from ui.i18n import said


def written(content: Mapping[str, Any], facts: Mapping[str, FactType]) -> dict[str, str]:
    """A numbered line for each rule that is on, and one for each reward that can run out; in both languages."""
    return {tongue: _in(content, facts, tongue) for tongue in LANGUAGES}


def _in(content: Mapping[str, Any], facts: Mapping[str, FactType], tongue: Language) -> str:
    rewards = [item for item in content.get("rewards") or [] if isinstance(item, Mapping)]
    rules = [rule for rule in content.get("rules") or [] if isinstance(rule, Mapping) and rule.get("enabled", True)]
    lines = [sentence(rule, facts, gifts_of(rewards, tongue), tongue) for rule in rules]
    lines += [
        said("{name}: {n} in all, while they last", tongue).format(name=name_of(item, tongue), n=f"{item['stock']:,}")
        for item in rewards
        if isinstance(item.get("stock"), int)
    ]
    stop = {"zh": "。", "en": "."}[tongue]
    return "\n".join(f"{place}. {line}{stop}" for place, line in enumerate(lines, 1))

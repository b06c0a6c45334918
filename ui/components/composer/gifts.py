"""Rewards as sentences speak of them: by their name, and how many of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from functions.core.discovery import discover
from functions.core.reward import counted
from functions.core.text import Language
from ui.components.publishing.value_words import name_of


class Gift(NamedTuple):
    """A reward of a definition or a draft: what it is called, and its kind, be it one that nobody knows."""

    name: str
    kind: str = ""

    def counted(self, amount: Any, tongue: Language) -> str:
        """So many of it: 10 points, 2 张满 30 减 10 元券; whatever a draft has for a number."""
        rewards = discover()
        if type(amount) is not int:
            return f"{'…' if amount is None else amount} × {self.name}"
        known = self.kind in rewards.rewards
        return counted(rewards.reward(self.kind) if known else None, amount, self.name, tongue)


def gifts_of(rewards: Iterable[Any], tongue: Language) -> dict[str, Gift]:
    """The rewards of a definition or a draft, by id."""
    known = [item for item in rewards if isinstance(item, Mapping)]
    return {str(item.get("id")): Gift(name_of(item, tongue), str(item.get("kind"))) for item in known}

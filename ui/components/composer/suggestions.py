"""Rules to begin with, from what a mechanic says of itself: its facts, and how often its examples show each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from functions.core.discovery import Catalogue
from functions.core.mechanic import FactType
from functions.core.text import Text

DONE = ".completed"  # the fact of having done it all
SOME = 3  # a number that most campaigns reach


def suggested(
    catalogue: Catalogue, kind: str, silent: Mapping[str, Text], rewards: Sequence[str]
) -> list[dict[str, Any]]:
    """Rules without an id. The dearest reward comes last in `rewards`, and goes to whoever comes farthest."""
    facts = {name: fact for name, fact in catalogue.mechanic(kind).FACTS.items() if name not in silent}
    if not facts or not rewards:
        return []
    shown = _shown(catalogue.mechanics[kind].removesuffix(".mechanic") + ".examples")
    usual = max(facts, key=lambda name: shown[name])
    rules = [_rule(usual, facts[usual], [], rewards[0])]
    if (count := _count(facts[usual])) is not None:
        rules.append(_rule(usual, facts[usual], [{"field": count, "op": "every", "value": SOME}], rewards[0]))
    last = next((name for name in facts if name.endswith(DONE)), list(facts)[-1])
    first = [{"field": "", "op": "first", "value": None}]
    rules.append(_rule(last, facts[last], [] if last != usual else first, rewards[-1], limit=1))
    return rules


def free_reward(catalogue: Catalogue) -> str | None:
    """A kind of reward that works as it is, costs nothing and may be given often, for a campaign that has none yet."""
    for kind in catalogue.rewards:
        module = catalogue.reward(kind)
        if hasattr(module, "PER_MEMBER"):
            continue
        try:
            if module.worst_cost(module.Config.model_validate({})) == 0:
                return kind
        except ValidationError:
            continue  # it has a field that only a marketer can fill in
    return None


def _rule(
    when: str, fact: FactType, conditions: list[dict[str, Any]], reward: str, limit: int | None = None
) -> dict[str, Any]:
    then = [{"reward": reward, "amount": 1, "to": fact.concerns[0]}]
    return {"when": when, "match": "all", "if": conditions, "then": then, "limit": limit, "enabled": True}


def _count(fact: FactType) -> str | None:
    """The first number of a fact that counts up."""
    return next((name for name, kind in fact.fields.items() if kind is int), None)


@cache
def _shown(module: str) -> Counter[str]:
    """How often each fact comes in the mechanic's examples: the usual one most."""
    return Counter(fact.kind for example in import_module(module).EXAMPLES for fact in example.facts)

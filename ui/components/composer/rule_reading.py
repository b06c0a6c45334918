"""What is odd about a list of rules before anybody meets it: twins, and conditions that can never hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from functions.core.text import Text
from ui.i18n import both

INF = float("inf")


def oddities(rules: Sequence[Mapping[str, Any]], silent: Mapping[str, Text]) -> dict[int, list[Text]]:
    """For the place of each rule that is on, why it may not do what its author thinks. `silent`: facts that the

    mechanic's settings keep from ever becoming true, with the reason.
    """
    found: dict[int, list[Text]] = {}
    seen: dict[str, int] = {}
    for place, rule in enumerate(rules):
        if not rule.get("enabled", True):
            continue
        said = []
        if (why := silent.get(str(rule.get("when")))) is not None:
            said.append(why)
        if rule.get("match", "all") == "all" and never(rule.get("if") or []):
            said.append(both("These conditions can never hold together."))
        if (twin := seen.setdefault(_likeness(rule), place)) != place:
            said.append(_twin(twin + 1))
        if said:
            found[place] = said
    return found


def never(conditions: Sequence[Any]) -> bool:
    """Whether conditions that must all hold contradict each other on one of their fields."""
    lines = [line for line in conditions if isinstance(line, Mapping) and line.get("field")]
    by_field: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        by_field.setdefault(str(line["field"]), []).append(line)
    return any(_empty(of_one) for of_one in by_field.values())


def _empty(lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nothing is left between the bounds, or of the values, that one field is held to."""
    low: float = -INF
    high: float = INF
    over: float = -INF
    under: float = INF
    values: set[Any] | None = None
    for line in lines:
        op, value = line.get("op", "="), line.get("value")
        match op:
            case "=" if isinstance(value, (int, float, str)):
                values = {value} if values is None else values & {value}
            case "in" if isinstance(value, list):
                values = set(map(_plain, value)) if values is None else values & set(map(_plain, value))
            case "between" if _numbers(value):
                low, high = max(low, value[0]), min(high, value[1])
            case ">=" if _number(value):
                low = max(low, value)
            case "<=" if _number(value):
                high = min(high, value)
            case ">" if _number(value):
                over = max(over, value)
            case "<" if _number(value):
                under = min(under, value)
    if values is not None:
        numbers = [one for one in values if _number(one)]
        words = [one for one in values if not _number(one)]
        return not words and not any(low <= one <= high and over < one < under for one in numbers)
    return low > high or max(low, over) > min(high, under) or (over >= under) or low >= under or over >= high


def _number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _numbers(value: Any) -> TypeGuard[list[float]]:
    return isinstance(value, list) and len(value) == 2 and all(map(_number, value))


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float)) else str(value)


def _likeness(rule: Mapping[str, Any]) -> str:
    """All that a rule says but its id and limit: two alike pay twice for one thing."""
    lines = sorted(str(sorted(line.items(), key=str)) for line in rule.get("if") or [] if isinstance(line, Mapping))
    gifts = [str(line.get("reward")) for line in rule.get("then") or [] if isinstance(line, Mapping)]
    return f"{rule.get('when')}|{rule.get('match', 'all') if len(lines) > 1 else ''}|{lines}|{sorted(gifts)}"


def _twin(number: int) -> Text:
    words = both("The same as rule {n}: both pay for one thing.")
    return Text(zh=words.fill("zh", {"n": number}), en=words.fill("en", {"n": number}))

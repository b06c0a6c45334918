"""A definition's values and fields in words, as its form would show them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from functions.core.text import LANGUAGES, Language
from ui.components.forms.labels import UNITS, readable
from ui.components.forms.schema import Spec
from ui.i18n import said
from ui.words import money, when

NOTHING = object()  # where one side has no such field at all


def value_words(spec: Spec | None, value: Any, where: Mapping[str, Any], tongue: Language) -> str:
    """A value as its form shows it; `where` is the definition it stands in, for its currency and zone."""
    kind = spec.kind if spec else ""
    if value is None or value is NOTHING or value == "":
        return said("nothing", tongue)
    if isinstance(value, bool):
        return said("yes", tongue) if value else said("no", tongue)
    if spec is not None and _hashable(value) and value in spec.choices:
        return spec.choices[value].in_(tongue)
    if kind == "money" and isinstance(value, int) and value >= 0:
        return money(value, currency_of(where))
    if kind == "instant" and isinstance(value, str):
        return _instant(value, where, tongue)
    if kind == "time":
        return str(value)[:5]
    if isinstance(value, (int, float)):
        unit = said(UNITS.get(spec.unit, spec.unit), tongue) if spec and spec.unit else ""
        return f"{value:,} {unit}".strip()
    if isinstance(value, list):
        inner = spec.item if spec and spec.item else spec
        return ", ".join(value_words(inner, one, where, tongue) for one in value) or said("nothing", tongue)
    if isinstance(value, Mapping) and spec is not None and spec.fields.keys() >= value.keys():
        return " ".join(value_words(spec.fields[name], one, where, tongue) for name, one in value.items())
    return f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def label_words(spec: Spec | None, name: str, tongue: Language) -> str:
    """What the form calls a field."""
    if name in LANGUAGES:
        return said("Chinese", tongue) if name == "zh" else said("English", tongue)
    return (spec.label.in_(tongue) if spec else "") or readable(str(name))


def name_of(item: Mapping[str, Any], tongue: Language) -> str:
    """What a reward is called, in this language or another; its id where it has no name."""
    name = item.get("name")
    said_so = [str(name.get(one) or "") for one in (tongue, *LANGUAGES)] if isinstance(name, Mapping) else []
    return next(filter(None, said_so), str(item.get("id")))


def currency_of(where: Mapping[str, Any]) -> str:
    """The currency of a definition, or the usual one where it names none."""
    budget = where.get("budget")
    found = budget.get("currency") if isinstance(budget, Mapping) else None
    return found if isinstance(found, str) and found else "CNY"


def _hashable(value: Any) -> bool:
    return isinstance(value, (str, int, float, bool))


def _instant(value: str, where: Mapping[str, Any], tongue: Language) -> str:
    schedule = where.get("schedule")
    zone = schedule.get("zone") if isinstance(schedule, Mapping) else None
    try:
        return when(datetime.fromisoformat(value), str(zone or "UTC"), tongue)
    except (ValueError, KeyError):  # a draft may hold anything: an unknown zone, a date that is none
        return value

"""A definition from plain data, held against the mechanics and rewards there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue
from functions.core.faults import OF_TYPE, Fault, faults_of
from functions.core.mechanic import FactType
from functions.core.room import SHARED_ROWS_MAX, rows_at_once, units_of
from functions.core.rules import RECIPIENTS, Condition, Rule
from functions.core.text import Text

ROWS_AT_ONCE_MAX = 60  # of the 100 that one write holds: the rest is for the mechanic and for milestones in one leap


def parse(content: Mapping[str, Any], catalogue: Catalogue) -> tuple[Definition | None, list[Fault]]:
    """A definition from plain data, and everything that is wrong with it; never raises on bad content."""
    try:
        definition = Definition.model_validate(content)
    except ValidationError as error:
        return None, faults_of(error, content=content)
    return definition, faults(definition, catalogue)


def faults(definition: Definition, catalogue: Catalogue) -> list[Fault]:
    """What a well-formed definition says that no mechanic, reward or rule can do."""
    found = _name_faults(definition)
    if definition.mechanic not in catalogue.mechanics:
        return [*found, Fault("mechanic", "unknown_mechanic", Text(zh="没有这种玩法", en="There is no such mechanic"))]
    mechanic = catalogue.mechanic(definition.mechanic)
    found += _config_faults(mechanic.Config, definition.config, "config") or _misfits(mechanic, definition)
    for place, item in enumerate(definition.rewards):
        path = f"rewards.{place}"
        if item.kind not in catalogue.rewards:
            found.append(Fault(f"{path}.kind", "unknown_reward", Text(zh="没有这种奖励", en="There is no such reward")))
        else:
            found += _config_faults(catalogue.reward(item.kind).Config, item.config, f"{path}.config")
    units = units_of(definition, catalogue)
    for place, rule in enumerate(definition.rules):
        found += _rule_faults(rule, f"rules.{place}", mechanic.FACTS, units)
    config_is_good = not any(fault.path.startswith("config") for fault in found)
    return found + size_faults(definition, units, _most(mechanic, definition) if config_is_good else {})


def _name_faults(definition: Definition) -> list[Fault]:
    """A name in one language at least: it also stands for a page's missing title."""
    if definition.name.zh.strip() or definition.name.en.strip():
        return []
    words = Text(zh="请给活动起个名字，至少一种语言", en="Give the campaign a name, in one language at least")
    return [Fault("name", "name_missing", words)]


def _misfits(mechanic: Any, definition: Definition) -> list[Fault]:
    """What a good config cannot do under this schedule; only some mechanics look."""
    if not hasattr(mechanic, "misfits"):
        return []
    moment = definition.schedule.moment(definition.schedule.starts_at)
    found = mechanic.misfits(mechanic.Config.model_validate(definition.config), moment)
    return [Fault(f"config.{field}", code, words) for field, code, words in found]


def _config_faults(model: type[BaseModel], config: Mapping[str, Any], path: str) -> list[Fault]:
    try:
        model.model_validate(config)
    except ValidationError as error:
        return faults_of(error, path, config)
    return []


def _most(mechanic: Any, definition: Definition) -> dict[str, int]:
    """How many members a fact can concern, of each recipient; only mechanics with shared facts say."""
    if not hasattr(mechanic, "most"):
        return {}
    return dict(mechanic.most(mechanic.Config.model_validate(definition.config)))


def size_faults(definition: Definition, units: Mapping[str, int], most: Mapping[str, int]) -> list[Fault]:
    """Whether all rules firing at once stay well inside one write of 100 rows, whatever the mechanic adds."""
    rows_max = SHARED_ROWS_MAX - max(most.values()) if most else ROWS_AT_ONCE_MAX
    if rows_at_once(definition, units, most) <= rows_max:
        return []
    words = Text(
        zh="这些规则同时发的奖励太多，一次写不下，请减少份数或规则",
        en="These rules could give more at once than one write holds. Give fewer, or use fewer rules",
    )
    return [Fault("rules", "too_much_at_once", words)]


def _rule_faults(rule: Rule, path: str, facts: Mapping[str, FactType], units: Mapping[str, int]) -> list[Fault]:
    fact = facts.get(rule.when)
    if fact is None:
        words = Text(zh=f"这种玩法没有“{rule.when}”", en=f"This mechanic has no fact '{rule.when}'")
        return [Fault(f"{path}.when", "unknown_fact", words)]
    found = [
        Fault(f"{path}.if.{n}.{at}", code, words)
        for n, condition in enumerate(rule.conditions)
        for at, code, words in _condition_faults(condition, fact.fields)
    ]
    for n, then in enumerate(rule.then):
        if then.to not in (*fact.concerns, "referrer"):  # whoever it was may have one
            whom = RECIPIENTS[then.to]
            words = Text(zh=f"这件事和“{whom.zh}”无关", en=f"This does not concern {whom.en}")
            found.append(Fault(f"{path}.then.{n}.to", "recipient_unfit", words))
        if then.reward not in units:
            words = Text(zh=f"没有奖励“{then.reward}”", en=f"There is no reward '{then.reward}'")
            found.append(Fault(f"{path}.then.{n}.reward", "unknown_reward", words))
        elif then.amount > units[then.reward]:
            most = units[then.reward]
            words = Text(zh=f"一次最多发 {most:,} 份", en=f"At most {most:,} at once")
            found.append(Fault(f"{path}.then.{n}.amount", "amount_above_units", words))
    return found


def _condition_faults(condition: Condition, fields: Mapping[str, type]) -> list[tuple[str, str, Text]]:
    if condition.op == "first":
        return []
    wanted = fields.get(condition.field)
    if wanted is None:
        words = Text(zh=f"没有“{condition.field}”这一项", en=f"There is no field '{condition.field}'")
        return [("field", "unknown_field", words)]
    values = condition.value if isinstance(condition.value, list) else [condition.value]
    if condition.op in (">", ">=", "<", "<=", "between", "every") and wanted is bool:
        return [("op", "operator_unfit", Text(zh="是否题不能比大小", en="Yes or no cannot be compared by size"))]
    if any(type(value) is not wanted for value in values):
        return [("value", "value_unfit", OF_TYPE[wanted])]
    return []

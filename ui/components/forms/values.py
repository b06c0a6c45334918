"""Between what a definition stores (plain JSON) and what a widget holds. Pure; one function each way.

`shown` never fails: what doesn't fit its widget is shown as text, so nothing typed or imported is lost.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from functions.core.money import DECIMALS
from ui.components.forms.schema import Spec

Path = tuple[str | int, ...]
WHOLE_MAX = 2**53 - 1  # what a browser can count exactly


class Misfit(Exception):
    """A stored value that its widget cannot hold, such as words where a number belongs."""


@dataclass(frozen=True)
class Terms:
    """In which zone instants are told, and in which currency money is counted."""

    zone: str = "UTC"
    currency: str = "CNY"

    @property
    def decimals(self) -> int:
        """Digits after the point of an amount."""
        return DECIMALS.get(self.currency, 2)


def shown(spec: Spec, plain: Any, terms: Terms = Terms()) -> Any:
    """What the widget of `spec` holds for a stored value. Raises Misfit."""
    try:
        return _shown(spec, plain, terms)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise Misfit from error


def _shown(spec: Spec, plain: Any, terms: Terms) -> Any:
    if spec.kind == "variant":
        return _known(spec, plain.get(spec.tag) if plain else None)
    if spec.kind == "choices":
        return [_known(spec, value) for value in _of(plain or [], list)]
    if spec.kind == "choice":
        return _known(spec, plain)
    if spec.kind in ("yes_no", "colour"):
        return READ[spec.kind](plain, terms)
    if plain is None:
        return "" if spec.kind in ("line", "long", "zone", "raw") else None
    return READ[spec.kind](plain, terms)


def stored(spec: Spec, value: Any, terms: Terms = Terms()) -> Any:
    """What a definition stores for what a widget holds; an emptied optional field is None."""
    if value is None or (spec.optional and value in ("", [])):
        return None
    match spec.kind:
        case "money":
            exact = Decimal(str(value)) * 10**terms.decimals
            return int(exact.to_integral_value(ROUND_HALF_UP))
        case "date":
            return value.isoformat()
        case "time":
            return value.isoformat()
        case "instant":
            return value.replace(tzinfo=ZoneInfo(terms.zone)).isoformat()
        case "raw":
            return typed(value)
    return value


def typed(words: str) -> Any:
    """Words as JSON where they are JSON, else the words themselves; nothing for no words."""
    if not words.strip():
        return None
    try:
        return json.loads(words)
    except ValueError:
        return words


def as_words(plain: Any) -> str:
    """Any stored value as words that `typed` reads back."""
    return plain if isinstance(plain, str) and typed(plain) == plain else json.dumps(plain, ensure_ascii=False)


def get(content: Any, path: Path, default: Any = None) -> Any:
    """What stands at `path` of plain data, else `default`."""
    for step in path:
        if not _has(content, step):
            return default
        content = content[step]
    return content


def rezoned(schedule: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """A schedule in another zone that begins and ends at the same wall times: 00:00 stays 00:00."""
    before = Terms(str(schedule.get("zone")))
    moved = {}
    for name in ("starts_at", "ends_at"):
        try:
            moved[name] = stored(INSTANT, shown(INSTANT, schedule.get(name), before), Terms(zone))
        except (Misfit, KeyError):  # KeyError: no such zone (ZoneInfoNotFoundError)
            moved[name] = schedule.get(name)
    return {**schedule, **moved, "zone": zone}


def _has(content: Any, step: str | int) -> bool:
    if isinstance(content, list):
        return isinstance(step, int) and 0 <= step < len(content)
    return isinstance(content, Mapping) and step in content


def put(content: Any, path: Path, value: Any) -> Any:
    """A copy of plain data with `value` at `path`; objects on the way are made, lists grow by one at most."""
    if not path:
        return copy.deepcopy(value)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(content) if isinstance(content, Sequence) and not isinstance(content, str) else []
        before = items[step] if step < len(items) else None
        items[step : step + 1] = [put(before, rest, value)]
        return items
    fields = dict(content) if isinstance(content, Mapping) else {}
    fields[step] = put(fields.get(step), rest, value)
    return fields


def _of(plain: Any, wanted: Any) -> Any:
    if not isinstance(plain, wanted) or (isinstance(plain, bool) and wanted is not bool):
        raise ValueError(f"not a {wanted}")
    return plain


def _whole(plain: Any) -> int:
    if abs(_of(plain, int)) > WHOLE_MAX:
        raise ValueError("more than a browser can count")
    return int(plain)


def _colour(plain: Any) -> str:
    digits = _of(plain, str).removeprefix("#")
    if len(digits) != 6:
        raise ValueError("not a colour")
    int(digits, 16)
    return str(plain)


def _known(spec: Spec, value: Any) -> Any:
    if value is None and (spec.optional or spec.kind == "variant"):
        return None
    if value not in spec.choices:
        raise ValueError("not one of the choices")
    return value


def _local(plain: str, terms: Terms) -> datetime:
    at = datetime.fromisoformat(plain)
    return (at if at.tzinfo is None else at.astimezone(ZoneInfo(terms.zone))).replace(tzinfo=None)


INSTANT = Spec("instant")
READ: Mapping[str, Callable[[Any, Terms], Any]] = {
    "yes_no": lambda plain, _terms: _of(plain, bool),
    "whole": lambda plain, _terms: _whole(plain),
    "number": lambda plain, _terms: float(_of(plain, (int, float))),
    "money": lambda plain, terms: _whole(plain) / 10**terms.decimals,
    "line": lambda plain, _terms: _of(plain, str),
    "long": lambda plain, _terms: _of(plain, str),
    "zone": lambda plain, _terms: _of(plain, str),
    "date": lambda plain, _terms: date.fromisoformat(plain),
    "time": lambda plain, _terms: time.fromisoformat(plain).replace(tzinfo=None),
    "instant": _local,
    "colour": lambda plain, _terms: _colour(plain),
    "picture": lambda plain, _terms: _of(plain, str),
    "raw": lambda plain, _terms: json.dumps(plain, ensure_ascii=False),
}

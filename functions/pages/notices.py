"""What came of the last tap, told on the page that the answer leads to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from functions.core.campaign import Definition
from functions.core.discovery import discover
from functions.core.keys import Row
from functions.core.money import readable
from functions.core.text import Language, Text
from functions.pages import formats
from functions.storage.engine import remembered

Tone = Literal["good", "warn", "bad", ""]


@dataclass(frozen=True)
class Notice:
    """A sentence at the head of a page, and what was earned."""

    tone: Tone
    sentence: str
    lines: tuple[str, ...] = ()


def of_outcome(
    outcome: str,
    row: Row | None,
    outcomes: Mapping[str, Text],
    view: Mapping[str, Any],
    definition: Definition,
    language: Language,
) -> Notice | None:
    """What an address says came of an event, checked against the member's row: only what happened reads as success.

    The row remembers its newest events with what their sentences name; a refusal wrote nothing, and is filled from
    the member's state. None when the outcome is not one of ours or its sentence cannot be filled.
    """
    if outcome not in outcomes:
        return None
    events = remembered(row or {})
    newest = events[-1] if events else None
    if newest is None or newest.outcome != outcome:
        sentence = outcomes[outcome].fill(
            language, _readable(readable(plain(view), definition.budget.currency), language)
        )
        return None if "{" in sentence else Notice("warn", sentence)
    values = _readable(readable(newest.values, definition.budget.currency), language)
    sentence = outcomes[outcome].fill(language, values)
    lines = tuple(_grant(line, definition, outcomes, language) for line in newest.grants)
    return None if "{" in sentence else Notice("good", sentence, lines)


def plain(view: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of a member's state by their names, those of its parts included."""
    found: dict[str, Any] = {}
    for name, value in view.items():
        if isinstance(value, Mapping):
            found |= plain(value)
        elif isinstance(value, int | str):
            found[name] = value
    renamed = {"minimum": found.get("min_length"), "maximum": found.get("max_length")}
    return found | {name: value for name, value in renamed.items() if value is not None}


def _readable(values: Mapping[str, Any], language: Language) -> dict[str, Any]:
    if "day" not in values:
        return dict(values)
    return {**values, "day": formats.day(language, str(values["day"]))}


def counted(language: Language, kind: str, amount: int, name: str) -> str:
    """So many of a reward, as its kind says it: 10 points."""
    from functions.core import reward  # where something was granted, its kind is loaded as well

    return reward.counted(discover().reward(kind) if kind else None, amount, name, language)


def _grant(line: Mapping[str, Any], definition: Definition, outcomes: Mapping[str, Text], language: Language) -> str:
    item = next((item for item in definition.rewards if item.id == line["reward"]), None)
    name = item.name.in_(language) if item else line["reward"]
    if line["outcome"] == "granted":
        return f"+ {counted(language, item.kind if item else '', line['amount'], name)}"
    return (
        f"{name}: {outcomes[line['outcome']].in_(language)}"
        if language == "en"
        else f"{name}：{outcomes[line['outcome']].in_(language)}"
    )

"""Where findings belong: from a fault's path to the field that shows it and the step it is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from functions.core.faults import Fault
from functions.core.lint import Finding
from ui.components.forms.values import Path
from ui.i18n import _

STEPS = ("basics", "rules", "rewards", "page", "audience", "check")
STEP_OF = {
    "": "check", "mechanic": "basics", "name": "basics", "channel": "basics", "config": "basics", "rules": "rules",
    "rewards": "rewards", "budget": "rewards", "page": "page", "poster": "page", "privacy": "page",
    "audience": "audience", "schedule": "audience",
}  # fmt: skip


def titles() -> dict[str, str]:
    """What the steps are called."""
    return {
        "basics": _("Basics"),
        "rules": _("Rules"),
        "rewards": _("Rewards & budget"),
        "page": _("Page & poster"),
        "audience": _("Audience & time"),
        "check": _("Check & publish"),
    }


def place(content: Any, dotted: str) -> Path:
    """The path in the content of a fault's dotted path; the names of union members on the way are left out.

    pydantic says `config.proof.text.min_length` for what the content has at `config.proof.min_length`.
    """
    steps: list[str | int] = []
    for word in dotted.split(".") if dotted else []:
        step: str | int = int(word) if word.isdigit() and isinstance(content, list) else word
        if isinstance(content, Mapping) and step not in content and step in _tags(content):
            continue
        steps.append(step)
        content = _inside(content, step)
    return tuple(steps)


def placed(content: Any, faults: Sequence[Fault]) -> dict[Path, list[Fault]]:
    """Faults by the path of the content they are about."""
    found: dict[Path, list[Fault]] = {}
    for fault in faults:
        found.setdefault(place(content, fault.path), []).append(fault)
    return found


def wrong(faults: Sequence[Fault], findings: Sequence[Finding]) -> list[Fault]:
    """All that is to be corrected: what makes the draft unusable, and what may not be published as it stands."""
    return [*faults, *(Fault(one.path, one.rule, one.message) for one in findings if one.severity == "block")]


def troubled(faults: Sequence[Fault]) -> frozenset[str]:
    """The steps that hold something to correct."""
    return frozenset(step_of(fault.path) for fault in faults)


def step_of(dotted: str) -> str:
    """The composer's step on which the field at this path is."""
    return STEP_OF.get(dotted.split(".")[0], "check")


def _tags(content: Mapping[str, Any]) -> list[Any]:
    return [value for value in content.values() if isinstance(value, str)]


def _inside(content: Any, step: str | int) -> Any:
    if isinstance(content, Mapping):
        return content.get(step)
    if isinstance(content, list) and isinstance(step, int) and step < len(content):
        return content[step]
    return None

"""Fields of the draft that are not shown, since they count only with another choice. What they hold is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.components.composer.places import place, placed
from ui.components.forms.applying import idle
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path, get
from ui.desk import Desk


def hidden(desk: Desk) -> frozenset[Path]:
    """Those of which the check says nothing: what is wrong, or forbids, is shown wherever it lies."""
    _definition, faults, findings = desk.checked()
    wrong = list(placed(desk.content, faults))
    said = [*wrong, *(place(desk.content, finding.path) for finding in findings)]
    return frozenset(path for path in _idle(desk) if not (_inside(path, said) or _around(path, wrong)))


def _idle(desk: Desk) -> Iterator[Path]:
    """By the models of the mechanic and of the rewards."""
    content, catalogue = desk.content, desk.catalogue
    kind = str(content.get("mechanic"))
    if kind in catalogue.mechanics:
        yield from idle(spec_of(catalogue.mechanic(kind).Config), content.get("config"), ("config",))
    items: Any = content.get("rewards")
    for number, item in enumerate(items if isinstance(items, list) else []):
        kind = str(get(item, ("kind",)))
        if kind in catalogue.rewards:
            path = ("rewards", number, "config")
            yield from idle(spec_of(catalogue.reward(kind).Config), get(content, path), path)


def _inside(path: Path, said: list[Path]) -> bool:
    return any(one[: len(path)] == path for one in said)


def _around(path: Path, wrong: list[Path]) -> bool:
    """Something is wrong between several fields, of which it may be one."""
    return any(path[: len(one)] == one for one in wrong)

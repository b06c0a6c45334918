"""Definitions for tests of the lint: the seven mornings, which are clean, with something changed."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue, discover
from functions.core.lint import Finding, lint
from infra.definition_files import read

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEAN = read(EXAMPLES / "seven-mornings.yaml")


def content(**changes: Any) -> dict[str, Any]:
    """The seven mornings; `page__title={...}` changes what lies at page.title, numbers count list places."""
    changed = copy.deepcopy(CLEAN)
    for place, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in place.split("__")]
        inside: Any = changed
        for part in way:
            inside = inside[part]
        inside[last] = value
    return changed


def definition(**changes: Any) -> Definition:
    """`content` as a definition."""
    return Definition.model_validate(content(**changes))


def found(catalogue: Catalogue | None = None, **changes: Any) -> list[tuple[str, str, str]]:
    """(rule, severity, path) of what the lint says about the changed seven mornings."""
    return [(line.rule, line.severity, line.path) for line in findings(catalogue, **changes)]


def findings(catalogue: Catalogue | None = None, **changes: Any) -> list[Finding]:
    """What the lint says about the changed seven mornings."""
    return lint(definition(**changes), catalogue or discover())

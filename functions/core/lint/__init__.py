"""The lint: what law and platform say about a campaign, told before it is published. Advice, not legal advice.

A rule is a file in `rules/`, found by being there: it names its `ID` and has `check(reading)`, which yields findings.
The only exception is C20, which is about the step of publishing itself: `release.py`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache

from functions.core.campaign import Definition, SignOff
from functions.core.discovery import Catalogue
from functions.core.lint.finding import Finding, Severity, blocks
from functions.core.lint.reading import Reading
from functions.core.lint.release import obstacles, publishable

__all__ = ["Finding", "Severity", "blocks", "checks", "lint", "obstacles", "publishable"]

Check = Callable[[Reading], Iterator[Finding]]


def lint(
    definition: Definition, catalogue: Catalogue, sign_offs: Sequence[SignOff] = (), at: datetime | None = None
) -> list[Finding]:
    """Everything the rules find, what stops publishing first; warnings carry the sign-off given for this content.

    `at` is when it would go live; without it a definition is judged whenever it may be, as one kept in a file is.
    """
    reading = Reading(definition, catalogue, at)
    found = [finding for check in checks().values() for finding in check(reading)]
    given = _given(sign_offs, definition.content_hash) if sign_offs else {}
    answered = [finding.model_copy(update={"signed": _answer(finding, given)}) for finding in found]
    return sorted(answered, key=lambda finding: finding.severity)


@cache
def checks() -> dict[str, Check]:
    """The rules there are, by id, in the order of their numbers."""
    package = importlib.import_module("functions.core.lint.rules")
    modules = [
        importlib.import_module(f"{package.__name__}.{file.name}") for file in pkgutil.iter_modules(package.__path__)
    ]
    return {module.ID: module.check for module in sorted(modules, key=lambda module: int(module.ID[1:]))}


def _given(sign_offs: Iterable[SignOff], content_hash: str) -> dict[tuple[str, str], SignOff]:
    """The answers that were given for exactly this content: an edit voids them."""
    return {(given.rule, given.path): given for given in sign_offs if given.content_hash == content_hash}


def _answer(finding: Finding, given: dict[tuple[str, str], SignOff]) -> SignOff | None:
    return given.get((finding.rule, finding.path)) if finding.severity == "warn" else None

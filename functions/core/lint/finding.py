"""What the lint says: one finding names its rule, its place, why, how to fix it, and the law it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

from functions.core.campaign import SignOff
from functions.core.text import Text

Severity = Literal["block", "warn"]


class Finding(BaseModel):
    """One thing that stops publishing (`block`) or needs a named person's answer first (`warn`).

    `path` is the place in the definition (`page.body.zh`, `rules.0.then.0`), `quote` the words found there.
    `instead` is what may stand there in place of the quote, where that can be said; nobody's text is rewritten unasked.
    Advice to a marketer, not legal advice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    severity: Severity
    path: str
    message: Text
    fix: Text
    basis: Text
    quote: str = ""
    instead: str = ""
    signed: SignOff | None = None

    @property
    def stops(self) -> bool:
        """Whether this alone keeps the definition from being published: a block cannot be signed away."""
        return self.severity == "block" or self.signed is None


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether anything here keeps the definition from being published."""
    return any(finding.stops for finding in findings)

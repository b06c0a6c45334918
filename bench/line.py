"""One measured number beside its budget, and where it is a ratio, beside its reference in the same run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Line:
    """`at_least`: the budget is a floor, not a ceiling. `reference` is what a ratio was measured against."""

    name: str
    value: float
    unit: str
    budget: float
    reference: float | None = None
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """Whether the budget holds."""
        return self.value >= self.budget if self.at_least else self.value <= self.budget

    def __str__(self) -> str:
        said = {name: value for name, value in asdict(self).items() if name != "at_least"}
        rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in said.items()}
        return json.dumps(rounded | {"ok": self.ok})

"""Finds mechanics and rewards by their folders."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from functions.core.mechanic import Mechanic
    from functions.core.reward import RewardKind


@dataclass(frozen=True)
class Catalogue:
    """The mechanics and rewards there are, by KIND; modules are imported when first asked for."""

    mechanics: Mapping[str, str]
    rewards: Mapping[str, str]
    loaded: dict[str, Any] = field(default_factory=dict, compare=False)

    def mechanic(self, kind: str) -> Mechanic:
        """The module of a mechanic."""
        return cast("Mechanic", self._load(self.mechanics[kind]))

    def reward(self, kind: str) -> RewardKind:
        """The module of a reward."""
        return cast("RewardKind", self._load(self.rewards[kind]))

    def _load(self, module: str) -> Any:
        if module not in self.loaded:
            self.loaded[module] = importlib.import_module(module)
        return self.loaded[module]


@cache
def discover() -> Catalogue:
    """Every folder of `functions` that holds a mechanic.py or a reward.py. A folder's name is its KIND,

    save for rewards in the plural (`coupons/` holds `coupon`): there the module's KIND counts.
    """
    mechanics: dict[str, str] = {}
    rewards: dict[str, str] = {}
    package = importlib.import_module("functions")
    for found in pkgutil.iter_modules(package.__path__):
        if not found.ispkg or found.name == "core":
            continue
        spec = find_spec(f"functions.{found.name}")
        folder = Path(next(iter(spec.submodule_search_locations or [""]))) if spec else Path()
        if (folder / "mechanic.py").exists():
            mechanics[found.name] = f"functions.{found.name}.mechanic"
        if (folder / "reward.py").exists():
            rewards[_kind(folder / "reward.py")] = f"functions.{found.name}.reward"
    return Catalogue(mechanics, rewards)


def _kind(module: Path) -> str:
    """KIND as written in a reward's source: read, not imported, to keep start-up short."""
    line = next(line for line in module.read_text(encoding="utf-8").splitlines() if line.startswith("KIND"))
    return line.split('"')[1]

"""How many rows the rules of a definition write at most at once, and what that leaves of one write. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue
from functions.core.mechanic import Room
from functions.core.rules import AMOUNT_MAX

SHARED_ROWS_MAX = 95  # where members share something, the mechanic adds a row for each (a refund), and five of its own


def room(definition: Definition, catalogue: Catalogue) -> Room:
    """What is left for the members of a group."""
    units = units_of(definition, catalogue)
    one, two = (rows_at_once(definition, units, {"group": people, "leader": 1}) for people in (1, 2))
    each = two - one
    return Room(SHARED_ROWS_MAX - (one - each), each)


def units_of(definition: Definition, catalogue: Catalogue) -> dict[str, int]:
    """How many units of each reward one rule may give at once; AMOUNT_MAX where they are one row together."""
    return {item.id: _units_max(item.kind, catalogue) for item in definition.rewards}


def rows_at_once(definition: Definition, units: Mapping[str, int], most: Mapping[str, int]) -> int:
    """The rows written when all rules fire at once, for so many members of each recipient."""
    then = [one for rule in definition.rules if rule.enabled for one in rule.then if one.reward in units]
    own_rows = sum(one.amount * most.get(one.to, 1) for one in then if units[one.reward] < AMOUNT_MAX)
    shared = {(one.reward, one.to) for one in then if units[one.reward] == AMOUNT_MAX}
    shared_rows = sum(most.get(to, 1) for _, to in shared)
    others = max((most.get(one.to, 1) for one in then if one.to != "member"), default=0)
    pools = sum(item.stock is not None for item in definition.rewards)
    return own_rows + shared_rows + others + pools


def _units_max(kind: str, catalogue: Catalogue) -> int:
    most = getattr(catalogue.reward(kind), "UNITS_MAX", AMOUNT_MAX) if kind in catalogue.rewards else AMOUNT_MAX
    return int(most)

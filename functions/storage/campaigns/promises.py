"""What a campaign's next version has to keep: its mechanic, and room for what was begun under earlier versions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from functions.core import keys
from functions.core.campaign import Definition, Version
from functions.core.discovery import Catalogue
from functions.core.parsing import size_faults
from functions.core.room import units_of
from functions.storage.campaigns.frozen import versions
from functions.storage.refusals import MECHANIC_CHANGED, OPEN_NEED_ROOM, Refused
from functions.storage.store import Store

SLACK = timedelta(minutes=1)  # for functions that still serve the version before
LOOKED_AT = 1000  # rows of what runs out; members' own, such as held rewards, stand among them


def kept(store: Store, before: Version | None, definition: Definition, catalogue: Catalogue, at: datetime) -> None:
    """Raises Refused `mechanic_changed`, `open_need_room`."""
    if before is None:
        return
    if definition.mechanic != before.definition.mechanic:
        raise Refused("mechanic_changed", MECHANIC_CHANGED)
    mechanic: Any = catalogue.mechanic(definition.mechanic)
    if not hasattr(mechanic, "outlasts"):
        return
    units = units_of(definition, catalogue)
    small = all(not size_faults(definition, units, most) for most in _at_once(store, mechanic, before, at))
    if not small and _something_is_open(store, before.campaign):
        raise Refused("open_need_room", OPEN_NEED_ROOM)


def _at_once(store: Store, mechanic: Any, before: Version, at: datetime) -> list[dict[str, int]]:
    """How many whatever may still be open, by version, concerns in one write."""
    found, replaced = [], at
    for version in versions(store, before.campaign):
        most, lasts = mechanic.outlasts(mechanic.Config.model_validate(version.definition.config))
        if most and replaced + lasts + SLACK >= at:
            found.append(most)
        replaced = version.published_at
    return found


def _something_is_open(store: Store, campaign: str) -> bool:
    kinds = (where.split("#")[1] for where, _ in store.query("due", campaign, limit=LOOKED_AT))
    return any(kind != keys.MEMBER for kind in kinds)

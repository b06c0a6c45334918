"""A member looked up, exported, erased, given a right: by the API, which writes it down; no row of theirs is here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from functions.core.text import Text
from functions.edge import desk
from ui.components.clerk import no_secret
from ui.shop import Shop, clock_now

Person = Mapping[str, Any]  # PersonOut of functions/members/models.py


def look(shop: Shop, by: str, text: str) -> dict[str, Any]:
    """The `person` found, or `people` to choose from, or neither; and the `message` that says so (LookOut).

    Raises NotDone, Refused `not_allowed`.
    """
    return shop.api.desk(_token(shop, "look", ""), "look", {"by": by, "text": text})


def export(shop: Shop, member: str) -> dict[str, Any]:
    """All that is stored about the member, as their own export gives it. Raises NotDone, Refused."""
    return shop.api.desk(_token(shop, "export", member), "export", {"member": member})


def erase(shop: Shop, member: str, reason: str) -> dict[str, Any]:
    """Erase the member; doing it twice changes nothing. Raises NotDone, Refused."""
    body = {"member": member, "reason": reason, "confirm": True}
    return shop.api.desk(_token(shop, "erase", member), "erase", body)


def give(shop: Shop, member: str, right: str, name: Text, until: datetime | None, reason: str) -> dict[str, Any]:
    """Give the member a right, for good without `until`; what came of it, and what they have now. Raises as `erase`."""
    body = {"member": member, "right": right, "name": name.model_dump(), "reason": reason}
    return shop.api.desk(_token(shop, "give", member), "give", body | {"until": until.isoformat() if until else None})


def take(shop: Shop, member: str, right: str, reason: str) -> dict[str, Any]:
    """End a right of the member's; answers and raises as `give`."""
    return shop.api.desk(_token(shop, "take", member), "take", {"member": member, "right": right, "reason": reason})


def _token(shop: Shop, deed: desk.Deed, member: str) -> str:
    shop.require("members")
    ring = shop.ring()
    if ring is None:
        raise no_secret(shop)
    return desk.sealed(ring, shop.editor, deed, member, clock_now())  # the drawer may have stood open for an hour

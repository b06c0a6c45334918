"""Looking a member up, exporting, erasing: by the API, which writes it down; these screens hold no member's row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from functions.edge import desk
from ui.components.clerk import no_secret
from ui.shop import Shop

Person = Mapping[str, Any]  # PersonOut of functions/members/models.py


def look(shop: Shop, by: str, text: str) -> tuple[Person | None, str]:
    """The member found, or None; and the sentence that says so. Raises NotDone, Refused `not_allowed`."""
    told = shop.api.desk(_token(shop, "look", ""), "look", {"by": by, "text": text})
    return told.get("person"), str(told["message"])


def export(shop: Shop, member: str) -> dict[str, Any]:
    """All that is stored about the member, as their own export gives it. Raises NotDone, Refused."""
    return shop.api.desk(_token(shop, "export", member), "export", {"member": member})


def erase(shop: Shop, member: str, reason: str) -> dict[str, Any]:
    """Erase the member; doing it twice changes nothing. Raises NotDone, Refused."""
    body = {"member": member, "reason": reason, "confirm": True}
    return shop.api.desk(_token(shop, "erase", member), "erase", body)


def _token(shop: Shop, deed: desk.Deed, member: str) -> str:
    shop.require("members")
    ring = shop.ring()
    if ring is None:
        raise no_secret(shop)
    return desk.sealed(ring, shop.editor, deed, member, shop.now)

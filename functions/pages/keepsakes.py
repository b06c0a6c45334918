"""Badges and certificates of a member's wallet: newest first, badges in the colour of their campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from functions.core.colours import Palette
from functions.pages.ask import Ask
from functions.pages.render import POND_COLOUR

KINDS = ("badge", "certificate")
CAMPAIGNS_MAX = 12  # whose colour is looked up for one page; a member of more has the rest in Pond's
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Keepsakes:
    """What a member keeps for good: entries of the wallet, a badge's with its `brand` and the colour upon it, `on`."""

    badges: Sequence[Entry] = ()
    certificates: Sequence[Entry] = ()


def keepsakes(ask: Ask, entries: Sequence[Entry]) -> Keepsakes:
    """Those of the wallet's entries."""
    badges, certificates = (
        sorted((one for one in entries if one["kind"] == kind), key=lambda one: one["at"], reverse=True)
        for kind in KINDS
    )
    colours = _colours(ask, badges)
    return Keepsakes([{**one, **colours.get(one["campaign"], _colour(POND_COLOUR))} for one in badges], certificates)


def _colours(ask: Ask, badges: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """By campaign; heads and versions are remembered, so a page asks for each once."""
    campaigns = list(dict.fromkeys(one["campaign"] for one in badges))[:CAMPAIGNS_MAX]
    found = {campaign: ask.service.live.get(campaign, ask.at) for campaign in campaigns}
    return {
        campaign: _colour(live.version.definition.page.colour)
        for campaign, live in found.items()
        if live is not None and live.version is not None
    }


def _colour(brand: str) -> dict[str, str]:
    palette = Palette.of(brand)
    return {"brand": palette.brand, "on": palette.on}

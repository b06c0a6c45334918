"""The rights that running campaigns ask for, which are those worth giving to somebody by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from functions.core.campaign import Campaign, Definition
from functions.core.need import Holds
from functions.core.text import LANGUAGES, Text
from functions.storage import campaigns
from ui.components.composer import overlap
from ui.i18n import both
from ui.shop import Shop

NAME_MAX = 40


def asked(shop: Shop) -> dict[str, Text]:
    """Each right and what to call it. Reads every running campaign's version: for a step that somebody asked for."""
    running = [one for one in overlap.heads(shop) if runs(one, shop.now)]
    return named([version.definition for version in campaigns.live_versions(shop.store, running)])


def runs(head: Campaign, now: datetime) -> bool:
    """Whether the campaign goes on, or will begin."""
    return head.stands(now) == "published"


def named(definitions: Sequence[Definition]) -> dict[str, Text]:
    """The rights asked for, called as the reward that gives them, else by who asks. Pure."""
    given = {
        item.config.get("name"): item.name for one in definitions for item in one.rewards if item.kind == "entitlement"
    }
    wanted = {right: words for one in definitions for right, words in _wanted(one)}
    return {right: _short(given.get(right, words)) for right, words in sorted(wanted.items())}


def _wanted(definition: Definition) -> Iterator[tuple[str, Text]]:
    commission = definition.config.get("commission") or {}
    if right := commission.get("right"):
        yield right, both("Promoter")
    door = both("A place in {name}")
    for need in definition.audience.asked:
        if isinstance(need, Holds):
            words = {one: door.fill(one, {"name": definition.name.in_(one)}) for one in LANGUAGES}
            yield need.right, Text(**words)


def _short(name: Text) -> Text:
    """As long as a wallet keeps it, in both languages."""
    return Text(zh=name.in_("zh")[:NAME_MAX], en=name.in_("en")[:NAME_MAX])

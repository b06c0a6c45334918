"""What a new campaign takes from the workspace: zone, currency, colours, whom to ask, how long to keep. Pure."""

from __future__ import annotations

from typing import Any

from functions.core.workspace import Workspace
from ui.components.forms.values import rezoned

UNTOUCHED = Workspace()


def dressed(content: dict[str, Any], house: Workspace) -> dict[str, Any]:
    """A template's content in the house's style. What the house has not set stays the template's own."""
    schedule = dict(content.get("schedule", {}))
    if schedule and schedule.get("zone") != house.zone:
        schedule = rezoned(schedule, house.zone)  # 07:00 stays 07:00
    budget = {**content.get("budget", {}), "currency": house.currency}
    privacy = dict(content.get("privacy", {}))
    privacy |= {"retention_days": house.retention_days} if house.retention_days != UNTOUCHED.retention_days else {}
    privacy |= {"contact": house.contact} if house.contact else {}
    privacy |= {"purposes": _purposes(privacy["purposes"], house)} if privacy.get("purposes") else {}
    rewards = [_reward(item, house.currency) for item in content.get("rewards", [])]
    page = {**content.get("page", {}), **_page(house)}
    parts = {"schedule": schedule, "budget": budget, "privacy": privacy, "page": page, "rewards": rewards}
    return content | {name: part for name, part in parts.items() if part}


def _purposes(said: list[Any], house: Workspace) -> list[Any]:
    """What a campaign stores, in the house's words where it has some; nothing is stored because the house has words."""
    words = {one.field: one.purpose.model_dump() for one in house.purposes}
    return [{**one, "purpose": words.get(one.get("field"), one.get("purpose"))} for one in said]


def _page(house: Workspace) -> dict[str, Any]:
    brand = house.brand
    said = {
        "colour": brand.colour if brand.colour != UNTOUCHED.brand.colour else "",
        "logo": brand.logo,
        "organiser": brand.name.model_dump() if brand.name.zh or brand.name.en else None,
        "contact": house.contact,
    }
    return {name: value for name, value in said.items() if value}


def _reward(item: dict[str, Any], currency: str) -> dict[str, Any]:
    """A reward with money in it is worth it in the house's currency."""
    config = item.get("config", {})
    return {**item, "config": {**config, "currency": currency}} if "currency" in config else item

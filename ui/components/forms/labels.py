"""The words of a field: from the model itself, else from here for core's own models, else from its name.

Mechanics and rewards bring their words with them (`functions/core/form.py`), so none of them is named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from functions.core.text import Text
from ui.i18n import both


@dataclass(frozen=True)
class Words:
    """What a form says about one field."""

    label: Text
    help: Text = Text()
    unit: str = ""
    widget: str = ""


# core's own models: "Model.field" -> label, help, widget
CORE: Mapping[str, tuple[str, str, str]] = {
    "Definition.mechanic": ("Mechanic", "", ""),
    "Definition.name": ("Name", "Shown in your list and on the page when no title is set", ""),
    "Definition.channel": ("Where people find it", "Decides which platform rules apply", ""),
    "Schedule.zone": ("Time zone", "All times of this campaign are in this zone", ""),
    "Schedule.day_start": ("A day begins at", "With 04:00, 03:59 still belongs to yesterday", ""),
    "Schedule.starts_at": ("Starts", "", ""),
    "Schedule.ends_at": ("Ends", "A campaign needs an end to be published", ""),
    "RewardItem.id": ("Code", "", ""),
    "RewardItem.kind": ("Kind", "", ""),
    "RewardItem.name": ("Name of the reward", "", ""),
    "RewardItem.stock": ("Stock", "Empty: unlimited, only for rewards that cost nothing", ""),
    "RewardItem.per_member": ("Limit per person", "", ""),
    "RewardItem.unit_cost": ("Cost of one", "What one unit costs you at most", ""),
    "RewardItem.peak_per_second": ("Expected peak", "Rewards per second at the busiest moment", ""),
    "Page.title": ("Title", "Empty: the campaign's name", ""),
    "Page.subtitle": ("Subtitle", "", ""),
    "Page.body": ("Introduction", "", "long"),
    "Page.button": ("Button", "Empty: the usual words", ""),
    "Page.rules": ("Rules", "", "long"),
    "Page.organiser": ("Organiser", "", ""),
    "Page.contact": ("Contact", "Phone, mail or address for questions", "line"),
    "Page.colour": ("Brand colour", "", ""),
    "Page.hero": ("Picture", "Shown 3:2; the rest is cut off", "picture"),
    "Page.logo": ("Logo", "On the page and the poster", "picture"),
    "Page.sections": ("On the page", "Rules, state and privacy are always there", ""),
    "Poster.layout": ("Poster layout", "", ""),
    "Poster.picture": ("Show the picture on the poster", "", ""),
    "Poster.text": ("Line under the title", "On the poster only. Say what it is, not what one gets for it", ""),
    "Poster.call": ("Words beside the code", "Empty: the usual words", ""),
    "Poster.share_title": ("Title of the shared link", "Empty: the page's title", ""),
    "Poster.share_text": ("Text of the shared link", "Empty: the page's subtitle. No reward for sharing", ""),
    "Audience.entitlement": ("Needs an entitlement", "Its code, as another campaign grants it. Empty: everyone", ""),
    "Audience.needs": ("Only for", "People must meet all of these when they join. None: everyone", ""),
    "Segment.name": ("Name of the segment", "What your team calls these people", ""),
    "Segment.needs": ("Who they are", "People must meet all of these", ""),
    "Segments.segments": ("Segments", "", ""),
    "Budget.total": ("Budget", "A campaign whose worst case costs more cannot go live", ""),
    "Budget.per_day": ("Budget for each day", "Once spent, rewards go on the next day. Empty: no limit", ""),
    "Budget.per_member": ("Budget for each person", "What one person's rewards may cost. Empty: no limit", ""),
    "Budget.stop": ("When the money is gone", "Pausing takes seconds; what was earned stays", ""),
    "Budget.currency": ("Currency", "", ""),
    "Privacy.purposes": ("What is stored, and what for", "", ""),
    "Privacy.retention_days": ("Kept for", "At most 180 days after the end", ""),
    "Privacy.contact": ("Whom to ask about privacy", "", "line"),
    "Privacy.export_and_erase": ("Members can export and erase their data", "", ""),
    "Purpose.field": ("Code", "Members read what it is for; the code only where that is empty", ""),
    "Purpose.purpose": ("What for", "", ""),
    "Brand.name": ("Brand name", "Named as the organiser of new campaigns", ""),
    "Brand.colour": ("Brand colour", "Buttons and posters of new campaigns", ""),
    "Brand.logo": ("Logo", "On the page and the poster", "picture"),
    "Approval.needed": ("Somebody has to agree before a version goes live", "", ""),
    "Approval.own": ("People may approve their own requests", "", ""),
    "Approval.count": ("How many have to agree", "From 1 to 5", ""),
    "Approval.above": ("Only above this cost", "Of the worst case. Empty: every campaign", ""),
    "Workspace.zone": ("Time zone", "New campaigns run in it; each can have its own", ""),
    "Workspace.currency": ("Currency", "Of new campaigns' budgets and coupons", ""),
    "Workspace.language": (
        "Language",
        "Used for these screens when the browser is set to neither Chinese nor English",
        "",
    ),
    "Workspace.contact": ("Whom to ask about privacy", "Phone, mail or address; new campaigns name it", "line"),
    "Workspace.retention_days": ("Kept for", "Counted from a new campaign's end; no longer than it is needed", ""),
    "Workspace.purposes": ("What is stored, and what for", "", ""),
    "Workspace.typed_above": (
        "Confirm by name above this cost",
        "Above it, you type the campaign's name to publish. Empty: never",
        "",
    ),
}
CORE_UNITS = {
    "Privacy.retention_days": "days",
    "Workspace.retention_days": "days",
    "RewardItem.per_member": "times",
    "RewardItem.peak_per_second": "per second",
}
CHOICES = {
    "zh": "Chinese",
    "en": "English",
    "wechat": "WeChat",
    "web": "Website or own app",
    "offline": "Shop or parcel",
    "colour": "Colour",
    "picture": "Photo",
    "plain": "For print",
    "rewards": "Stop rewards",
    "campaign": "Pause the campaign",
    "countdown": "Countdown to the start",
    "earnings": "What you get",
    "steps": "How to take part",
    "introduction": "Introduction",
    "poster_link": "Link to the poster",
    "CNY": "CNY ¥",
}
UNITS = {
    "days": "days",
    "times": "times",
    "points": "points",
    "characters": "characters",
    "bytes": "bytes",
    "pixels": "pixels",
    "percent": "%",
    "hours": "hours",
    "minutes": "minutes",
    "per second": "per second",
    "codes": "codes",
    "items": "items",
    "people": "people",
    "mm": "mm",
    "CNY": "CNY",
    "day_number": "",
    "minor": "",
}


def field_words(owner: str, name: str, extra: Any, title: str = "", description: str = "") -> Words:
    """What to say about the field `name` of the model `owner`; about the model itself when `name` is empty."""
    extra = extra if isinstance(extra, Mapping) else {}
    place = f"{owner}.{name}"
    if extra.get("zh") or extra.get("en"):
        label = _pair(extra, "zh", "en")
        return Words(label, _pair(extra, "zh_help", "en_help"), str(extra.get("unit", "")))
    if place in CORE:
        words, helping, widget = CORE[place]
        return Words(both(words), both(helping) if helping else Text(), CORE_UNITS.get(place, ""), widget)
    fallback = title or readable(name)
    return Words(Text(zh=fallback, en=fallback), Text(zh=description, en=description), str(extra.get("unit", "")))


def choice_words(value: Any, extra: Mapping[str, Any]) -> Text:
    """What to call one value of a Literal."""
    pair = extra.get("choices", {}).get(str(value))
    if pair:
        return Text(zh=pair[0], en=pair[1])
    known = CHOICES.get(str(value))
    return both(known) if known else Text(zh=readable(str(value)), en=readable(str(value)))


def readable(name: str) -> str:
    """A field's name as words: `max_length` becomes `Max length`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _pair(extra: Mapping[str, Any], zh: str, en: str) -> Text:
    return Text(zh=str(extra.get(zh, "") or extra.get(en, "")), en=str(extra.get(en, "") or extra.get(zh, "")))

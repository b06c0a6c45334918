"""The campaigns as a table to read, and as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.text import Language
from ui.components.campaigns.finder import standing_words
from ui.components.campaigns.glance_cards import last_day
from ui.components.sheet import as_csv, csv_button
from ui.finding import standing
from ui.glance import Glance
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, named, until, when, zone_of

COUNTED_MAX = 100  # people and money are read for each campaign by itself


def draw(shop: Shop, found: Sequence[Campaign], seen: Mapping[str, Glance]) -> None:
    """All that were found, and their file."""
    rows = [_row(shop, one, seen.get(one.id), counted=bool(seen) or len(found) <= COUNTED_MAX) for one in found]
    zone = st.context.timezone or "Asia/Shanghai"
    shown = [_shown(row, one, zone) for row, one in zip(rows, found, strict=True)]
    words = _("Campaigns, as a table")
    st.dataframe(shown, hide_index=True, column_config=_columns(), placeholder="—", alt=words)
    with st.container(horizontal=True, vertical_alignment="center"):
        csv_button(_("Download CSV"), lambda: as_csv(rows), "campaigns.csv", key="btn_csv", icon=":material/download:")
        if len(found) > COUNTED_MAX:
            words = _("People and money are shown for up to {n} campaigns: narrow the list to see them.")
            st.caption(words.format(n=COUNTED_MAX))


def _columns() -> dict[str, Any]:
    """Days sort as days; heads stand at the left, and so do the numbers below them."""
    day = "YYYY-MM-DD" if language() == "zh" else "D MMM YYYY"
    days: dict[str, Any] = {name: st.column_config.DateColumn(format=day) for name in (_("Starts"), _("Ends"))}
    moment = f"{day} HH:mm" if language() == "zh" else f"{day}, HH:mm"
    return days | {
        _("People"): st.column_config.NumberColumn(alignment="left"),
        _("Changed at"): st.column_config.DatetimeColumn(format=moment),
    }


def _shown(row: Mapping[str, Any], campaign: Campaign, zone: str) -> dict[str, Any]:
    """A row on the screen: the campaign's days alone. Their times are in the file."""
    starts = campaign.starts_at and campaign.day_of(campaign.starts_at)
    changed = campaign.changed_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days = {_("Starts"): starts, _("Ends"): last_day(campaign), _("Changed at"): changed}
    return {name: None if value == "" else value for name, value in (dict(row) | days).items()}


def ends(campaign: Campaign, tongue: Language) -> str:
    """When it is over, as the file says it; empty where it has no end."""
    return until(campaign.over_at, zone_of(campaign), tongue) if campaign.over_at else ""


def _row(shop: Shop, campaign: Campaign, glance: Glance | None, *, counted: bool) -> dict[str, Any]:
    zone, tongue = st.context.timezone or "Asia/Shanghai", language()
    kind, starts = campaign.mechanic, campaign.starts_at
    if kind in shop.catalogue.mechanics:
        kind = shop.catalogue.mechanic(kind).TITLE.in_(tongue)
    row: dict[str, Any] = {
        _("Name"): named(campaign),
        _("State"): standing_words()[standing(campaign, shop.now)],
        _("Kind"): kind,
        _("Version"): f"v{campaign.live}" if campaign.live else "",
        _("Starts"): when(starts, zone_of(campaign), tongue) if starts else "",
        _("Ends"): ends(campaign, tongue),
    }
    if counted:
        currency = glance.definition.budget.currency if glance else "CNY"
        row[_("People")] = glance.people if glance else 0
        row[_("Spent")] = money(glance.spent, currency) if glance else ""
        row[_("Budget")] = money(glance.budget, currency) if glance else ""
    return row | {_("Changed by"): campaign.changed_by, _("Changed at"): when(campaign.changed_at, zone, tongue)}

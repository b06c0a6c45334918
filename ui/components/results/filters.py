"""The filters of the results page, all in its address: days, channel, version; and what was chosen, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ui.components.addressed import listed, segments
from ui.components.results import headline, one_channel, tables
from ui.components.results.results_view import View
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _
from ui.words import plain_words

CHANNEL = "channel"


def draw(view: View) -> View:
    """The same view as the filters say; channels and versions only where there is a choice."""
    ranges = {"all": _("All days"), "30": _("30 days"), "7": _("7 days"), "today": _("Today")}
    every = {"0": _("All versions")} | {str(one.number): f"v{one.number}" for one in view.versions}
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = segments("range", _("Range"), ranges)
        channel = _channel(view.doors)
        version = int(listed("v", _("Version"), every)) if len(view.versions) > 1 else 0
        again = replace(view, chosen_range=chosen, chosen_version=version, chosen_channel=channel)
        if not one_channel.is_unvisited(again):  # its code is what is asked for then
            _download(again)
    _caption(again)
    return again


def _channel(doors: Mapping[str, str]) -> str:
    """The code that was chosen; nothing for all. An address that names none of this campaign's loses it."""
    if st.query_params.get(CHANNEL, "") not in doors:
        st.query_params.pop(CHANNEL, None)
    return listed(CHANNEL, _("Channel"), {"": _("Every channel"), **doors}) if doors else ""


def _download(view: View) -> None:
    name = "-".join(part for part in (view.campaign.id, view.chosen_channel) if part)
    rows = one_channel.for_spreadsheet if view.chosen_channel else tables.for_spreadsheet
    csv_button(
        _("Download data"),
        lambda: as_csv(rows(view)),
        f"{name}-{view.span.first}-{view.span.last}.csv",
        key="btn_csv",
        icon=":material/download:",
        kind="primary",
    )


def _caption(view: View) -> None:
    """How fresh it is, and what the arrows compare with."""
    days = view.span.length
    before = _(" · arrows: against the day before") if days == 1 else _(" · arrows: against the {n} days before")
    compared = before.format(n=days) if view.earlier else ""
    st.caption(plain_words(headline.freshness(view) + compared))

"""A batch's scans: by day, by region, and one item looked up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import altair as alt
import streamlit as st

from functions.codes.batch import Batch
from functions.codes.elements import BadLink
from functions.codes.item import item_in
from functions.codes.serial import SERIAL_CHARACTERS, BadSerial, typed
from functions.core import keys
from functions.insights.scans import Scans
from ui.components import shown
from ui.components.charts import CORAL, INK, LINE_PIXELS, TEAL, Picture
from ui.components.codes import batch_ranges
from ui.components.codes.towns import near
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, when

REGIONS_SHOWN = 200


def draw(shop: Shop, batch: Batch, whole: Scans, days: Mapping[str, Scans]) -> None:
    """Where and when, then one item."""
    if not whole.total:
        st.info(_("Nobody has scanned an item of this batch yet."), icon=":material/qr_code_scanner:")
    else:
        shown.picture(_("Scans by day"), _by_day(days))
        if whole.regions:
            note = _("Only people who added their place are here, and only to the nearest degree, some 100 km.")
            shown.picture(_("Where"), _map(whole), note)
        else:
            st.caption(_("Nobody added a place so far, so there is no map."))
    _lookup(shop, batch)


def _by_day(days: Mapping[str, Scans]) -> Picture:
    names = (_("First scans"), _("Repeat scans"), _("Not good"))
    points = [
        {"day": day_words(date.fromisoformat(day), language()), "what": name, "n": number}
        for day, one in days.items()
        for name, number in zip(names, (one.first, one.again, sum(one.refused.values())), strict=True)
    ]
    chart = (
        alt.Chart(alt.Data(values=points))
        .mark_bar()
        .encode(
            x=alt.X("day:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("sum(n):Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=4)),
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=list(names), range=[TEAL, CORAL, "#6B7280"]),
                legend=alt.Legend(orient="top", title=None),
            ),
        )
    )
    total = sum(one.total for one in days.values())
    says = _("{n} scans on {days} days").format(n=total, days=len(days))
    rows = [
        {_("Day"): day, **dict(zip(names, (one.first, one.again, sum(one.refused.values())), strict=True))}
        for day, one in days.items()
    ]
    return Picture(alt.layer(chart).properties(height=LINE_PIXELS), says, rows)


def _map(whole: Scans) -> Picture:
    """Circles by latitude and longitude: no picture of the world, which would have to come from somewhere else."""
    most = sorted(whole.regions.items(), key=lambda one: -one[1])[:REGIONS_SHOWN]
    points = [
        {"lat": lat, "lon": lon, "n": number, "near": f"{near(lat, lon, language())} {number:,}"}
        for (lat, lon), number in most
    ]
    base = alt.Chart(alt.Data(values=points)).encode(
        x=alt.X(
            "lon:Q",
            title=_("Longitude"),
            scale=alt.Scale(zero=False, padding=40),
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        y=alt.Y(
            "lat:Q",
            title=_("Latitude"),
            scale=alt.Scale(zero=False, padding=40),
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
    )
    circles = base.mark_circle(color=TEAL, opacity=0.6).encode(
        size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[120, 1600]))
    )
    numbers = base.mark_text(color=INK, fontWeight="bold", dy=-24).encode(text="near:N")
    rows = [
        {_("Near"): near(lat, lon, language()), _("Latitude"): lat, _("Longitude"): lon, _("Scans"): number}
        for (lat, lon), number in most
    ]
    says = _("{n} regions").format(n=len(whole.regions))
    return Picture(alt.layer(circles, numbers).properties(height=320), says, rows)


def _lookup(shop: Shop, batch: Batch) -> None:
    st.subheader(_("Look up an item"))
    text = st.text_input(
        _("Its number, serial or link"), key=f"item_look_{language()}_{batch.id}", max_chars=600, placeholder="1"
    )
    if not text:
        return
    number = _number(shop, batch, text.strip())
    if number is None:
        st.error(_("That is no item of this batch."), icon=":material/error:")
        return
    row = shop.store.read([key := keys.item(batch.id, number)])[key] or {}
    words = {
        "good": _("Usable"),
        "blocked": _("Blocked"),
        "not_activated": _("Not activated"),
        "expired": _("Past its date"),
    }
    told = {_("Number"): f"{number + 1:,}", _("Standing"): words[batch.standing(number, batch.today(shop.now))]}
    told[_("Scans")] = f"{row.get('count', 0):,}"
    if "first" in row:
        told[_("First scanned")] = when(datetime.fromtimestamp(row["first"]["at"], UTC), batch.zone, language())
        told[_("Reward")] = _("Taken") if row.get("collected") else _("Not taken")
    alarms = {"far_apart": _("places far apart"), "repeats_10": "10+", "repeats_100": "100+", "repeats_1000": "1000+"}
    if row.get("alarms"):
        told[_("Alarms")] = ", ".join(alarms.get(one, one) for one in row["alarms"])
    st.table([{_("What"): name, _("Value"): value} for name, value in told.items()], hide_index=True, alt=text)


def _number(shop: Shop, batch: Batch, text: str) -> int | None:
    """The item that somebody means, counted from 0."""
    if text.isdecimal() and len(text) <= 9:
        return int(text) - 1 if 1 <= int(text) <= batch.size else None
    try:
        link = item_in(text) if "/" in text else None
    except BadLink:
        return None
    serial = link.serial if link else typed(text)
    try:
        return batch_ranges.number_of(shop.ring(), batch, serial) if len(serial) == SERIAL_CHARACTERS else None
    except BadSerial:
        return None

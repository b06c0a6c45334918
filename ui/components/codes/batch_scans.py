"""A batch's scans: what is suspicious, by day, by region, and one item looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, radians
from typing import Any

import altair as alt
import streamlit as st

from functions.codes.batch import Batch
from functions.codes.elements import BadLink
from functions.codes.item import item_in
from functions.codes.serial import SERIAL_CHARACTERS, BadSerial, typed
from functions.insights.scans import Scans
from ui.components import shown
from ui.components.charts import CORAL, INK, LINE_PIXELS, TEAL, Picture
from ui.components.codes import batch_item, batch_ranges, batch_suspects
from ui.components.codes.batch_counts import EVERY, Counts
from ui.components.codes.towns import landmarks, near
from ui.frame import pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words

REGIONS_SHOWN = 200
MAP_PIXELS, MAP_SHAPE = 420, 2.0  # how high, and how much wider on a desktop
MUTED = "#55615E"


def draw(shop: Shop, batch: Batch, counts: Counts) -> None:
    """What somebody should look at, where and when, then one item."""
    if counts.of("suspects")[0].total:
        batch_suspects.draw(shop, batch, counts.suspects)
    _charts(counts)
    _lookup(shop, batch)


@st.fragment(run_every=EVERY)
def _charts(counts: Counts) -> None:
    """Scans by day and place, which follow while one looks."""
    whole, days = counts.of("charts")
    if not whole.total:
        st.info(_("Nobody has scanned an item of this batch yet."), icon=":material/qr_code_scanner:")
    else:
        shown.picture(_("Scans by day"), _by_day(days))
        if whole.regions:
            note = _("Only scans sent with a location, to within about 100 km.")
            shown.picture(_("Where"), _map(whole), note)
        else:
            st.caption(_("Nobody added a place so far, so there is no map."))
    st.caption(":material/autorenew: " + _("Updates every ten seconds."))


def _by_day(days: Mapping[str, Scans]) -> Picture:
    names = (_("First scans"), _("Repeat scans"), _("Invalid scans"))
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
    """Circles where the scans were, among large towns as landmarks, north above and as wide as it is on the ground.

    No outline of a country: it would have to come from somewhere else, and a map of China needs an approved one.
    """
    most = sorted(whole.regions.items(), key=lambda one: -one[1])[:REGIONS_SHOWN]
    (south, west), (north, east) = _frame([place for place, _number in most])
    points: list[dict[str, Any]] = [
        {
            "lat": lat,
            "lon": lon,
            "n": number,
            "near": f"{near(lat, lon, language())} {number:,}",
            "under": _meets((lat, lon), [place for place, _n in most[:rank]], (north - south) / 8, (east - west) / 6),
        }
        for rank, ((lat, lon), number) in enumerate(most)
    ]
    bare = alt.Axis(labels=False, ticks=False, domain=False, grid=True, tickCount=6)
    eastward = alt.X("lon:Q", scale=alt.Scale(domain=[west, east], nice=False), axis=bare, title=None)
    northward = alt.Y("lat:Q", scale=alt.Scale(domain=[south, north], nice=False), axis=bare, title=None)
    frame = ((south, north), (west, east))
    taken = [(one["lat"] - one["under"] * shift, one["lon"]) for one in points for shift in (0, (north - south) / 12)]
    towns = [{"lat": lat, "lon": lon, "near": name} for name, lat, lon in _apart(frame, taken)]
    known = alt.Chart(alt.Data(values=towns)).encode(x=eastward, y=northward)
    base = alt.Chart(alt.Data(values=points)).encode(x=eastward, y=northward)
    layers = (
        known.mark_point(color=MUTED, size=14, filled=True, opacity=0.6),
        known.mark_text(color=MUTED, fontSize=11, dy=-9).encode(text="near:N"),
        base.mark_circle(color=TEAL, opacity=0.6).encode(
            size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[120, 1600]))
        ),
        # Beside a larger circle a name goes below its own, where that one's does not stand.
        *(
            base.transform_filter(alt.datum.under == under)
            .mark_text(color=INK, fontWeight="bold", dy=far)
            .encode(text="near:N")
            for under, far in ((False, -24), (True, 24))
        ),
    )
    rows = [
        {_("Near"): near(lat, lon, language()), _("Latitude"): lat, _("Longitude"): lon, _("Scans"): number}
        for (lat, lon), number in most
    ]
    says = _("{n} regions").format(n=len(whole.regions))
    return Picture(alt.layer(*layers).properties(height=MAP_PIXELS), says, rows)


def _meets(place: tuple[int, int], larger: Sequence[tuple[int, int]], high: float, wide: float) -> bool:
    """Whether a larger circle stands so near that both names would not be read."""
    return any(abs(place[0] - lat) < high and abs(place[1] - lon) < wide for lat, lon in larger)


def _apart(
    frame: tuple[tuple[float, float], tuple[float, float]], places: Sequence[tuple[float, float]]
) -> list[tuple[str, float, float]]:
    """Landmarks within the frame whose names meet neither a place's nor one another's, on a phone's width too."""
    (south, north), (west, east) = frame
    near_lat, near_lon = (north - south) / 14, (east - west) / 5
    kept: list[tuple[str, float, float]] = []
    for name, lat, lon in landmarks(language()):
        taken = [*places, *((y, x) for _name, y, x in kept)]
        is_free = all(abs(lat - y) > near_lat or abs(lon - x) > near_lon for y, x in taken)
        if is_free and south < lat < north and west < lon < east:
            kept.append((name, lat, lon))
    return kept


def _frame(places: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """South-west and north-east corners around all places, so wide that a degree east is as long as on the ground."""
    lats, lons = zip(*places, strict=True)
    middle, centre = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrunk = cos(radians(middle))
    high = max(max(lats) - min(lats) + 4, 8, (max(lons) - min(lons) + 4) * shrunk / MAP_SHAPE)
    wide = high * MAP_SHAPE / shrunk
    return (middle - high / 2, centre - wide / 2), (middle + high / 2, centre + wide / 2)


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
    row = batch_item.rows(shop, batch, [number])[number]
    told = {_("Number"): f"{number + 1:,}", **batch_item.facts(shop, batch, number, row)}
    rang = batch_item.alarms(row.get("alarms", []))
    pairs(told | ({_("Alarms"): " · ".join(rang)} if rang else {}), "pairs_item")


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

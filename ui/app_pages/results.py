"""Numbers: who took part, what was given out and redeemed; stock to the unit, the rest as the stream counts it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from functions.core.campaign import Campaign, Version
from functions.insights.numbers import Numbers, daily, totals
from functions.storage import campaigns as life
from ui.components import charts, qr
from ui.frame import chosen_campaign, heading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, plain_words


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    live = [campaign for campaign in life.campaigns(shop.store) if campaign.live]
    campaign = chosen_campaign(live, st.query_params.get("c", ""))
    if campaign is None:
        return
    heading(campaign)
    version = life.versions(shop.store, campaign.id)[0]
    days = daily(shop.store, campaign.id)
    together = totals(days)
    _first_row(version, together)
    _rewards(shop, version, together)
    if not days:
        st.info(_("Nobody has taken part yet. Hang up the QR code, or try it yourself."))
        qr.draw(shop, campaign)
        return
    _by_day(campaign, [_limited(version, day) for day in days])
    _facts(shop, campaign, together)


def _first_row(version: Version, together: Numbers) -> None:
    currency = version.definition.budget.currency
    figures = {
        _("Participants"): f"{together.participants:,}",
        _("Check-ins"): f"{together.checkins:,}",
        _("Limited rewards given"): f"{sum(_limited(version, together).granted.values()):,}",
        _("Redeemed"): f"{sum(together.redeemed.values()) - sum(together.reversed.values()):,}",
        _("Discount so far"): money(together.discount, currency),
    }
    for column, (name, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(name, value)
    st.caption(_("Counted as it happens, usually within seconds."))


def _limited(version: Version, counted: Numbers) -> Numbers:
    """Only rewards from a stock: points run into thousands and would hide the coupons."""
    return replace(counted, granted={name: n for name, n in counted.granted.items() if name in version.pools})


def _rewards(shop: Shop, version: Version, together: Numbers) -> None:
    """Each reward: of a limited one, how many are gone is read from the stock itself."""
    issued = life.issued(shop.store, version)
    lines = []
    for item in version.definition.rewards:
        gone, stock = issued.get(item.id, (together.granted.get(item.id, 0), 0))
        lines.append(
            {
                _("Reward"): item.name.in_(language()),
                _("Given"): f"{gone:,}",
                _("Of"): f"{stock:,}" if item.id in issued else _("not limited"),
                _("Redeemed"): f"{together.redeemed.get(item.id, 0) - together.reversed.get(item.id, 0):,}",
                _("Turned away"): f"{_turned_away(together, item.id):,}",
            }
        )
    if lines:
        st.subheader(_("Rewards"))
        st.dataframe(lines, hide_index=True)


def _turned_away(together: Numbers, reward: str) -> int:
    """How often this reward was owed and not given: all gone, or the member's limit."""
    return sum(number for name, number in together.refused.items() if name.partition(".")[2] == reward)


def _by_day(campaign: Campaign, days: list[Numbers]) -> None:
    words = {
        "day": _("Day"),
        "participants": _("New participants"),
        "checkins": _("Check-ins"),
        "granted": _("Limited rewards given"),
    }
    counted = charts.filled_days(days)
    st.subheader(_("Day by day"))
    for name in charts.COLOURS:
        st.caption(plain_words(words[name]))
        says = _("{count} of {name}, by day").format(count=words[name], name=campaign.name.in_(language()))
        st.altair_chart(charts.daily_line(counted, name, words), alt=says, width="stretch", key=f"chart_{name}")
    with st.expander(_("See the table")):
        st.dataframe(charts.rows(counted, words), hide_index=True)


def _facts(shop: Shop, campaign: Campaign, together: Numbers) -> None:
    """What became true, by the mechanic's own words."""
    known = shop.catalogue.mechanic(campaign.mechanic).FACTS if campaign.mechanic in shop.catalogue.mechanics else {}
    lines = [
        {_("What happened"): known[kind].title.in_(language()), _("How often"): f"{number:,}"}
        for kind, number in sorted(together.facts.items(), key=lambda line: -line[1])
        if kind in known
    ]
    if lines:
        st.subheader(_("What happened"))
        st.dataframe(lines, hide_index=True)
    if together.outcomes:
        said = ", ".join(f"{name} {number:,}" for name, number in sorted(together.outcomes.items()))
        with st.expander(_("Outcomes by code")):
            st.caption(plain_words(said))


main()

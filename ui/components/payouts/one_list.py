"""One list of commission to pay out, as whoever agrees or pays has to see it; under it what can be done with it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from functions.core import payout
from functions.core.campaign import Campaign
from functions.core.payout import Line, Payout
from functions.storage import payouts
from ui.components.payouts import list_steps, sheets
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, signed_money, when

PEOPLE_SHOWN = 20
STATES = {
    "waiting": ("Waiting for approval", "orange", "hourglass_top"),
    "agreed": ("Agreed: send the money", "blue", "verified"),
    "paid": ("Paid, still being booked", "orange", "sync"),
    "booked": ("Paid", "green", "task_alt"),
    "dropped": ("Dropped", "gray", "block"),
}


def draw(shop: Shop, campaign: Campaign, which: Payout, zone: str) -> None:
    """The list that is not over, with its lines, its answers and the next step."""
    lines = payouts.lines(shop.store, which)
    with st.container(border=True, key=f"payout_{which.number}"):
        _head(which, zone)
        _people(which, lines)
        _downloads(which, lines)
        moved = payouts.moved(shop.store, which, shop.now) if which.state in ("waiting", "agreed") else []
        if moved:
            told = ", ".join(line.told for line in moved[:5])
            st.warning(
                plain_words(
                    _("Orders have changed since: {orders}. Drop this list and make another.").format(orders=told)
                ),
                icon=":material/history:",
            )
        list_steps.draw(shop, campaign, which, bool(moved))


def _people(which: Payout, lines: Sequence[Line]) -> None:
    """Who is paid how much, a page of them; and what the list leaves to the next."""
    rows = sheets.people(which, lines)
    pages = -(-len(rows) // PEOPLE_SHOWN)
    place = st.container()
    at = st.pagination(pages, key=f"payout_people_{which.number}_{pages}") if pages > 1 else 1
    with place:
        shown = rows[(at - 1) * PEOPLE_SHOWN : at * PEOPLE_SHOWN]
        st.table(shown, border="horizontal", hide_index=True, alt=_("Who is paid how much"))
    if which.lines >= payout.LINES_MAX:
        words = _("A list holds {n} orders at most. What is left goes onto the next one, once this one is over.")
        st.info(words.format(n=f"{payout.LINES_MAX:,}"), icon=":material/format_list_numbered:")


def badge(which: Payout) -> None:
    """Where a list stands, in colour, icon and word."""
    words, colour, icon = STATES[which.state]
    st.badge(_(words), color=colour, icon=f":material/{icon}:")  # type: ignore[arg-type]


def told(which: Payout, zone: str) -> str:
    """Who made a list, who agreed, who paid it and under which reference."""
    tongue = language()
    said = [_("Made by {who} on {time}").format(who=which.by, time=when(which.at, zone, tongue))]
    for one in which.verdicts:
        words = _("Agreed: {who}, {time}") if one.what == "agree" else _("Declined: {who}, {time} – {note}")
        said.append(words.format(who=one.by, time=when(one.at, zone, tongue), note=one.note))
    if which.paid_at is not None:
        paid = _("Paid: {who}, {time}, reference {reference}")
        said.append(paid.format(who=which.paid_by, time=when(which.paid_at, zone, tongue), reference=which.reference))
    return plain_words(" · ".join(said))


def _head(which: Payout, zone: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        total = signed_money(which.total, which.currency)
        words = _("List {n}: {total} to {people} people")
        st.markdown(
            f"**{plain_words(words.format(n=which.number, total=total, people=which.people))}**", width="content"
        )
        badge(which)
    st.caption(told(which, zone))


def _downloads(which: Payout, lines: Sequence[Line]) -> None:
    st.caption(
        _(
            "The payments file names promoters by number and member ID. Pond keeps nobody's account: "
            "match them with the accounts that your promoters gave you."
        )
    )
    with st.container(horizontal=True):
        _download(which, "payments", _("Download the payments"), sheets.payments_sheet(which, lines))
        _download(which, "orders", _("Download all orders"), sheets.lines_sheet(which, lines))


def _download(which: Payout, name: str, words: str, rows: Sequence[Mapping[str, Any]]) -> None:
    csv_button(
        words,
        lambda: as_csv(rows),
        f"{which.campaign}-{which.number:06d}-{name}.csv",
        key=f"btn_csv_{name}",
        icon=":material/download:",
    )

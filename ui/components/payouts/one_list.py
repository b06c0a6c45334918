"""One list of commission to pay out, as whoever agrees or pays has to see it, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from functions.core import payout
from functions.core.campaign import Campaign
from functions.core.payout import Line, Payout
from functions.core.workspace import Action
from functions.storage import payouts, workspace
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.payouts import books, sheets
from ui.components.sheet import as_csv, csv_button
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words, signed_money, when

SAID = "st_payout_said"
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
        if which.state == "waiting":
            _answers(shop, campaign, which, bool(moved))
        elif which.state == "agreed":
            _paying(shop, campaign, which)
        elif which.state == "paid":
            st.caption(_("Something interrupted the booking. Nothing is paid twice: go on."))
            _button(_("Finish booking"), "finish", "approve", shop, which, lambda now: payouts.book(now.store, which))


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


def tried(act: Callable[[Shop], object], done: str) -> None:
    """A press on what was drawn, heard before anything is drawn anew; and what came of it, for that drawing."""
    books.forget()
    try:
        if (shop := open_shop()) is not None:  # else nobody sits here any more: the entrance says so
            act(shop)
            st.session_state[SAID] = ("good", done)
    except Refused as refused:
        st.session_state[SAID] = ("bad", f"{plain_words(refused.message.in_(language()))} [{refused.code}]")
    except (Unknown, Busy):
        st.session_state[SAID] = ("bad", _("No answer came. Press again: nothing is done twice."))


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


def _answers(shop: Shop, campaign: Campaign, which: Payout, moved: bool) -> None:
    settings, _revision = workspace.load(shop.store)
    wanted = payout.wanted(settings, which)
    own = which.mark == shop.who.mark and not payout.own_counts(settings, which)
    mine = any(one.mark == shop.who.mark for one in which.agreed)
    st.caption(_("{n} of {wanted} agreed").format(n=len(which.agreed), wanted=wanted))
    if own:
        st.info(_("You made this list: somebody else has to agree."), icon=":material/person:")
    elif mine:
        st.info(_("You have agreed already; somebody else has to, too."), icon=":material/verified:")
    note = f"payout_note_{which.number}"
    if may := shop.who.may("approve"):
        st.text_input(
            _("Why you decline"), key=note, max_chars=1000, placeholder=_("Only if you decline"), persist_state="page"
        )

    def answer(agree: bool, now: Shop) -> object:
        said = "" if agree else _typed(note)
        return payouts.answer(now.store, which, campaign.name, agree, now.who, now.now, said)

    with st.container(horizontal=True):
        if may:
            st.button(
                _("Agree"), type="primary", disabled=own or mine or moved, key=f"btn_payout_agree_{which.number}",
                on_click=tried, args=(partial(answer, True), _("You agreed.")),
            )  # fmt: skip
            st.button(
                _("Decline"), key=f"btn_payout_decline_{which.number}",
                on_click=tried, args=(partial(answer, False), _("Declined. Another list can be made.")),
            )  # fmt: skip
        _drop(shop, campaign, which)


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "")


def _paying(shop: Shop, campaign: Campaign, which: Payout) -> None:
    if not shop.who.may("approve"):
        st.info(_("Agreed. An approver sends the money and says so here."), icon=":material/payments:")
        _drop(shop, campaign, which)
        return
    st.caption(_("Send the money by the payments file, then write down under which reference it went."))
    key = f"payout_reference_{which.number}"
    reference = st.text_input(
        _("Reference of the payment"), key=key, max_chars=200, live="300ms",
        placeholder=_("Such as the bank's batch number"), persist_state="page",
    )  # fmt: skip

    def pay(now: Shop) -> object:
        return payouts.pay(now.store, which, campaign.name, _typed(key), now.who, now.now)

    done = _("Written down: {total} is paid.").format(total=signed_money(which.total, which.currency))
    with st.container(horizontal=True):
        st.button(
            _("The money was sent"), type="primary", disabled=not reference, key=f"btn_payout_pay_{which.number}",
            on_click=tried, args=(pay, done),
        )  # fmt: skip
        _drop(shop, campaign, which)


def _drop(shop: Shop, campaign: Campaign, which: Payout) -> None:
    _button(
        _("Discard this list"), "drop", "publish", shop, which,
        lambda now: payouts.drop(now.store, which, campaign.name, now.who, now.now),
    )  # fmt: skip


def _button(words: str, name: str, may: Action, shop: Shop, which: Payout, act: Callable[[Shop], object]) -> None:
    if shop.who.may(may):
        st.button(words, key=f"btn_payout_{name}_{which.number}", on_click=tried, args=(act, _("Done.")))

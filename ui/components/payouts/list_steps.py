"""What can be done with a list of commission now: agree, decline, pay, finish booking, discard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from functions.core import payout
from functions.core.campaign import Campaign
from functions.core.payout import Payout
from functions.core.workspace import Action
from functions.storage import payouts, workspace
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.payouts import books
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words, signed_money

SAID = "st_payout_said"


def draw(shop: Shop, campaign: Campaign, which: Payout, moved: bool) -> None:
    """The next step of a list; `moved` where orders have changed since it was made."""
    if which.state == "waiting":
        _answers(shop, campaign, which, moved)
    elif which.state == "agreed":
        _paying(shop, campaign, which)
    elif which.state == "paid":
        st.caption(_("Something interrupted the booking. Nothing is paid twice: go on."))
        _button(_("Finish booking"), "finish", "approve", shop, which, lambda now: payouts.book(now.store, which))


def tried(act: Callable[[Shop], object], done: str, field: str = "") -> None:
    """A press on what was drawn, heard before anything is drawn anew; and what came of it, for that drawing.

    `field` is the key of what was typed for it, and may go with the list that it was typed for.
    """
    books.forget()
    try:
        if (shop := open_shop()) is not None:  # else nobody sits here any more: the entrance says so
            act(shop)
            st.session_state[SAID] = ("good", done)
    except Refused as refused:
        said = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        if field and (typed := _typed(field)):
            said += "  \n" + _("Not sent: {typed}").format(typed=plain_words(typed))
        st.session_state[SAID] = ("bad", said)
    except (Unknown, Busy):
        st.session_state[SAID] = ("bad", _("No answer came. Press again: nothing is done twice."))


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
                on_click=tried, args=(partial(answer, False), _("Declined. Another list can be made."), note),
            )  # fmt: skip
        _drop(shop, campaign, which)


def _typed(key: str) -> str:
    return str(st.session_state.get(key) or "").strip()


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
            on_click=tried, args=(pay, done, key),
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

"""The invitations there are, by store, and withdrawing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

import streamlit as st

from functions.core.audit import Deed, Entry
from functions.core.text import Text
from functions.storage import invitations
from functions.storage.invitations import Invitation
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.authorised import REVIEW_DESK
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

WITHDRAWING, WRONG = "st_withdrawing", "st_withdrawing_wrong"


def entry(shop: Shop, what: Deed, name: str, store: str) -> Entry:
    """Its line in the audit list."""
    return Entry(what=what, by=shop.editor, at=shop.now, about=Text(zh=name, en=name), note=store)


def draw(shop: Shop, invitations: list[Invitation]) -> None:
    """The invitations of each store; those that reviewers make for themselves stand apart."""
    _stores(shop, invitations)
    _withdraw(shop)


def _stores(shop: Shop, invitations: list[Invitation]) -> None:
    st.subheader(_("Invitations"))
    stores = [one for one in invitations if one.shop != REVIEW_DESK]
    if not stores:
        st.caption(_("No one has been invited yet."))
    for store, group in groupby(sorted(stores, key=lambda one: one.shop), key=lambda one: one.shop):
        found = list(group)
        st.markdown(f"**{plain_words(store)}** · {_inside(found)}")
        for invitation in found:
            _card(shop, invitation)
    desks = [one for one in invitations if one.shop == REVIEW_DESK]
    if desks:
        with st.expander(_("Reviewers' own sessions ({n})").format(n=len(desks))):
            for invitation in desks:
                _card(shop, invitation)


def _inside(found: Sequence[Invitation]) -> str:
    """How many are signed in at a store; where nobody is, whether anybody was or could be."""
    if inside := sum(one.uses - one.uses_left for one in found if not one.revoked):
        return _("Signed in: {n}").format(n=inside)
    if all(one.revoked for one in found):
        return _("nobody can sign in now")
    came = any(one.uses > one.uses_left for one in found)
    return _("nobody is signed in now") if came else _("nobody has signed in yet")


def _card(shop: Shop, invitation: Invitation) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown(f"**{plain_words(invitation.name)}**", width="content")
                _standing(shop, invitation)
            for line in _lines(invitation):
                st.caption(plain_words(line))
        if not invitation.revoked:
            st.button(_("Withdraw"), key=f"btn_revoke_{invitation.id}", on_click=_ask, args=(invitation,))


def _standing(shop: Shop, invitation: Invitation) -> None:
    if invitation.revoked:
        st.badge(_("Withdrawn"), color="gray", icon=":material/block:")
    elif invitation.is_open(shop.now):
        st.badge(_("Valid"), color="green", icon=":material/check_circle:")
    else:
        st.badge(_("Used or over"), color="gray", icon=":material/flag:")


def _lines(invitation: Invitation) -> list[str]:
    """How far it is used and by whom it was made; until when it holds."""
    used = invitation.uses - invitation.uses_left
    made = _("{used} of {uses} used · by {who}").format(used=used, uses=invitation.uses, who=invitation.by)
    until = _("until {time}").format(time=time(datetime.fromtimestamp(invitation.valid_until, UTC)))
    if invitation.used_at:
        until += _(" · last used {time}").format(time=time(datetime.fromisoformat(invitation.used_at)))
    return [made, until]


def time(at: datetime) -> str:
    """As this browser tells it."""
    return when(at, st.context.timezone or "Asia/Shanghai", language())


def _ask(invitation: Invitation) -> None:
    st.session_state[WITHDRAWING] = invitation


def _withdraw(shop: Shop) -> None:
    """Says what ends before anything does."""
    invitation: Invitation | None = st.session_state.get(WITHDRAWING)
    if invitation is None:
        return

    @st.dialog(_("Withdraw this invitation?"), on_dismiss=_done, icon=":material/block:")
    def sure() -> None:
        if WITHDRAWING not in st.session_state:
            st.rerun()  # withdrawn: the page behind shows it
        st.markdown(f"**{plain_words(invitation.name)}** · {plain_words(invitation.shop)}")
        used = invitation.uses - invitation.uses_left
        st.markdown(
            _(
                "- Whoever signed in with it ({used}) is signed out at their next step\n"
                "- Nobody else can use the code\n- What they redeemed stays redeemed"
            ).format(used=used)
        )
        if wrong := st.session_state.get(WRONG):
            st.error(wrong, icon=":material/block:")
        with st.container(horizontal=True):
            st.button(_("Withdraw"), type="primary", key="btn_revoke_now", on_click=_revoke, args=(shop, invitation))
            if st.button(_("Keep it"), type="tertiary", key="btn_revoke_not"):
                _done()
                st.rerun()

    sure()


def _revoke(shop: Shop, invitation: Invitation) -> None:
    try:
        invitations.revoke(shop.store, invitation.id, entry(shop, "uninvite", invitation.name, invitation.shop))
    except Refused as refused:
        st.session_state[WRONG] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
    except (Unknown, Busy):
        st.session_state[WRONG] = _("No answer came. Press again: nothing is done twice.")
    else:
        _done()


def _done() -> None:
    st.session_state.pop(WITHDRAWING, None)
    st.session_state.pop(WRONG, None)

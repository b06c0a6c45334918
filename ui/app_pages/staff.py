"""Staff and stores: an invitation lets a clerk redeem coupons in one store, until it is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from functions.drawing import codes
from functions.storage import invitations
from functions.storage.invitations import USES_MAX
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.people import invitation_card, invitation_list
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import open_shop
from ui.words import plain_words

NAME_MAX = 40
DAYS_MAX = 90
MADE = "st_invitation"


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Staff & stores"))
    made = st.session_state.get(MADE)
    left, right = st.columns([3, 1], gap="large")
    with left:
        _new()
    if made:
        invitation_card.draw(shop, made)  # with the code of the clerks' page
    else:
        with right:
            st.caption(_("The clerks' page, for any phone"))
            st.image(codes.staff_svg(invitation_card.address(shop)), width=140, alt=_("The QR code of the link"))
            st.link_button(_("Open the page"), invitation_card.address(shop), icon=":material/open_in_new:")
    with reading():
        kept = invitations.invitations(shop.store)
    invitation_list.draw(shop, kept)


def _new() -> None:
    st.subheader(_("Invite a clerk"))
    left, right = st.columns(2)
    left.text_input(_("Store"), key="invite_shop", placeholder=_("Its code, as coupons name it"))
    right.text_input(_("Name of the clerk"), key="invite_name")
    left, right = st.columns(2)  # another row: on a phone store, name, people, days come in this order
    left.number_input(_("How many people may use it"), value=1, step=1, key="invite_uses")
    right.number_input(_("Valid for (days)"), value=7, step=1, key="invite_days")
    st.button(_("Make an invitation"), type="primary", icon=":material/key:", key="btn_invite", on_click=_invite)
    if wrong := st.session_state.pop("st_invite_wrong", None):
        st.error(wrong)


def _invite() -> None:
    shop = open_shop()  # with the clock of now
    assert shop is not None
    st.session_state.pop(MADE, None)
    typed = {name: st.session_state[f"invite_{name}"] for name in ("shop", "name", "uses", "days")}
    wrong = _wrong(typed)
    ring = None if wrong else shop.ring()
    if not wrong and ring is None:
        wrong = _("No secret is set, so no code can be made. Start with make run, or set POND_SECRET.")
    if wrong or ring is None:
        st.session_state["st_invite_wrong"] = wrong
        return
    store, name, lasts = typed["shop"].strip(), typed["name"].strip(), timedelta(typed["days"])
    noted = invitation_list.entry(shop, "invite", name, store)
    try:
        code = invitations.invite(
            shop.store, ring, store, name, shop.editor, shop.now, shop.entropy(), typed["uses"], lasts, noted
        )
    except Refused as refused:
        st.session_state["st_invite_wrong"] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        return
    except (Unknown, Busy):
        st.session_state["st_invite_wrong"] = _("No answer came. Look at the list first: it may have been made.")
        return
    st.session_state[MADE] = {
        "shop": store,
        "name": name,
        "code": code,
        "until": invitation_list.time(shop.now + lasts),
    }


def _wrong(typed: dict[str, object]) -> str:
    """What is wrong with what was typed, in words; empty when all is well."""
    names = [str(typed[name] or "").strip() for name in ("shop", "name")]
    if not all(names):
        return _("Store and name are both needed.")
    if max(map(len, names)) > NAME_MAX:
        return _("At most {n} characters each.").format(n=NAME_MAX)
    uses, days = typed["uses"], typed["days"]
    if not (isinstance(uses, int) and 1 <= uses <= USES_MAX):
        return _("From 1 to {n} people.").format(n=USES_MAX)
    if not (isinstance(days, int) and 1 <= days <= DAYS_MAX):
        return _("From 1 to {n} days.").format(n=DAYS_MAX)
    return ""


main()

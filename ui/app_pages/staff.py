"""Staff and stores: an invitation lets a clerk redeem coupons in one store, until it is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from functions.storage import staff
from functions.storage.staff import USES_MAX, Invitation
from ui.frame import shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

NAME_MAX = 40
DAYS_MAX = 90


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Staff & stores"))
    _new(shop)
    if code := st.session_state.get("st_code"):
        _code(shop, code)
    st.subheader(_("Invitations"))
    invitations = staff.invitations(shop.store)
    if not invitations:
        st.caption(_("No one has been invited yet."))
    for invitation in invitations:
        _card(shop, invitation)


def _new(shop: Shop) -> None:
    st.subheader(_("Invite a clerk"))
    left, right = st.columns(2)
    left.text_input(_("Store"), key="invite_shop", placeholder=_("Its code, as coupons name it"))
    right.text_input(_("Name of the clerk"), key="invite_name")
    left.number_input(_("How many people may use it"), value=1, step=1, key="invite_uses")
    right.number_input(_("Valid for (days)"), value=7, step=1, key="invite_days")
    st.button(
        _("Make an invitation"), type="primary", icon=":material/key:", key="btn_invite", on_click=_invite, args=(shop,)
    )
    if wrong := st.session_state.pop("st_invite_wrong", None):
        st.error(wrong)


def _invite(shop: Shop) -> None:
    st.session_state.pop("st_code", None)
    typed = {name: st.session_state[f"invite_{name}"] for name in ("shop", "name", "uses", "days")}
    wrong = _wrong(typed)
    ring = None if wrong else shop.ring()
    if not wrong and ring is None:
        wrong = _("No secret is set, so no code can be made. Start with make run, or set POND_SECRET.")
    if wrong or ring is None:
        st.session_state["st_invite_wrong"] = wrong
        return
    code = staff.invite(
        shop.store,
        ring,
        typed["shop"].strip(),
        typed["name"].strip(),
        shop.editor,
        shop.now,
        shop.entropy(),
        typed["uses"],
        timedelta(typed["days"]),
    )
    st.session_state["st_code"] = code


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


def _code(shop: Shop, code: str) -> None:
    """Shown once: only its keyed hash is kept."""
    with st.container(border=True):
        st.markdown("**" + _("Invitation code") + "**")
        st.code(code, language=None)
        st.caption(_("Shown only now. The clerk opens this page on a phone and types it:"))
        st.code(f"{shop.settings.base_url.rstrip('/')}/staff", language=None)


def _card(shop: Shop, invitation: Invitation) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain_words(invitation.name)}** · {plain_words(invitation.shop)}")
            st.caption(_line(invitation))
        if invitation.revoked:
            st.badge(_("Withdrawn"), color="gray", icon=":material/block:")
        elif invitation.is_open(shop.now):
            st.badge(_("In force"), color="green", icon=":material/check_circle:")
        else:
            st.badge(_("Used or over"), color="gray", icon=":material/flag:")
        if not invitation.revoked:
            st.button(
                _("Withdraw"),
                key=f"btn_revoke_{invitation.id}",
                on_click=staff.revoke,
                args=(shop.store, invitation.id),
            )


def _line(invitation: Invitation) -> str:
    zone = st.context.timezone or "Asia/Shanghai"
    until = when(datetime.fromtimestamp(invitation.valid_until, UTC), zone, language())
    words = _("{used} of {uses} used · until {time} · by {who}").format(
        used=invitation.uses - invitation.uses_left, uses=invitation.uses, time=until, who=invitation.by
    )
    return plain_words(words)


main()

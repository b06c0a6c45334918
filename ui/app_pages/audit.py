"""The audit list: every step that somebody may have to answer for, newest first."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from functions.core.audit import Deed
from functions.storage import audit
from ui.components import audit_list
from ui.frame import shop_or_stop
from ui.i18n import _, language

SHOWN = 200


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Audit list"))
    st.caption(_("Written down with the step itself, and never changed. The newest {n} are shown.").format(n=SHOWN))
    entries = audit.entries(shop.store, limit=SHOWN)
    people = sorted({entry.by for entry in entries})
    left, right = st.columns(2)
    who = left.multiselect(_("Who"), people, key=f"audit_who_{language()}", placeholder=_("Everybody"))
    names = kinds()
    what = right.multiselect(
        _("What"),
        [deed for deed in get_args(Deed) if any(entry.what == deed for entry in entries)],
        format_func=names.__getitem__,
        key=f"audit_what_{language()}",
        placeholder=_("Everything"),
    )
    shown = [one for one in entries if (not who or one.by in who) and (not what or one.what in what)]
    with st.container(border=True):
        audit_list.draw(shown, st.context.timezone or "Asia/Shanghai")


def kinds() -> dict[Deed, str]:
    """What the steps are called by themselves."""
    return {
        "publish": _("Publishing"), "pause": _("Pausing"), "resume": _("Going on"), "end": _("Ending"),
        "archive": _("Putting away"), "ask": _("Asking for approval"), "withdraw": _("Taking a request back"),
        "agree": _("Agreeing"), "return": _("Asking for changes"), "decline": _("Declining"),
        "sign_off": _("Answering for a warning"), "settings": _("Settings"), "role": _("Roles"),
        "invite": _("Invitations"), "uninvite": _("Withdrawn invitations"), "reveal": _("Members looked at"),
        "export": _("Exports"), "erase": _("Erasures"), "deploy": _("Deployments"), "live_code": _("Live codes"),
    }  # fmt: skip


main()

"""The audit list: every step that somebody may have to answer for, newest first."""

from __future__ import annotations

import streamlit as st

from functions.storage import audit
from ui.components.publishing import audit_list
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language

SHOWN = 200


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Audit log"))
    st.caption(
        _("Every step is recorded as it happens and cannot be changed afterwards. The latest {n} are shown.").format(
            n=SHOWN
        )
    )
    with reading():
        entries = audit.entries(shop.store, limit=SHOWN)
    people = sorted({entry.by for entry in entries})
    left, right = st.columns(2)
    who = left.multiselect(_("Who"), people, key=f"audit_who_{language()}", placeholder=_("Everybody"))
    names = audit_list.kinds()
    what = right.multiselect(
        _("What"),
        [deed for deed in names if any(entry.what == deed for entry in entries)],
        format_func=names.__getitem__,
        key=f"audit_what_{language()}",
        placeholder=_("Everything"),
    )
    shown = [one for one in entries if (not who or one.by in who) and (not what or one.what in what)]
    with st.container(border=True):
        audit_list.draw(shown, st.context.timezone or "Asia/Shanghai")


main()

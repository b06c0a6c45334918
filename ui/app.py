"""Pond's screens: navigation only. Run with `streamlit run ui/app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from functions.storage.store import Busy, Unknown
from ui.frame import LISTED, language_toggle, out_of_reach, spoken
from ui.i18n import _

st.set_page_config(page_title="Pond", page_icon=str(Path(__file__).with_name("pond.svg")), layout="wide")
language_toggle()  # before st.navigation: so ?lang= survives a change of page
spoken()

PAGES = "app_pages"
page = st.navigation(
    {
        _("Campaigns"): [
            st.Page(
                f"{PAGES}/campaigns.py",
                title=_("All campaigns"),
                icon=":material/campaign:",
                url_path="campaigns",
                default=True,
            ),
            st.Page(f"{PAGES}/compose.py", title=_("Composer"), url_path="compose", visibility="hidden"),
        ],
        _("Running"): [
            st.Page(f"{PAGES}/results.py", title=_("Numbers"), icon=":material/monitoring:", url_path="results"),
            st.Page(f"{PAGES}/reviews.py", title=_("Reviews"), icon=":material/rate_review:", url_path="reviews"),
        ],
        _("Manage"): [
            st.Page(f"{PAGES}/staff.py", title=_("Staff & stores"), icon=":material/storefront:", url_path="staff"),
            st.Page(f"{PAGES}/settings.py", title=_("Settings"), icon=":material/settings:", url_path="settings"),
        ],
    }
)
if page.url_path:  # every page but the list
    st.session_state.pop(LISTED, None)
try:
    page.run()
except (Unknown, Busy):
    out_of_reach()

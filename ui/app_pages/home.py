"""Home: what waits for someone, what runs, and the templates to begin from."""

from __future__ import annotations

import streamlit as st

from functions.storage import campaigns as life
from ui.components.new_campaign import look_inside, offer
from ui.frame import shop_or_stop
from ui.i18n import _


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Home"))
    if not life.campaigns(shop.store, limit=1):
        st.subheader(_("How to begin"))
        st.markdown(_("1. Take a template\n2. Change what you like\n3. Publish, and hang up the QR code"))
    offer(shop)
    look_inside(shop)


main()

"""Pond's screens: navigation and what is around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from functions.core.workspace import Editor
from functions.storage.store import Busy, Unknown
from ui.components import foot
from ui.frame import LISTED, language_toggle, not_allowed, out_of_reach, spoken
from ui.navigation import CAMPAIGNS, allowed, built, pages
from ui.shop import Shop, open_shop

UNKNOWN_EDITOR = Editor("—", "viewer")  # while the store that knows the people does not answer


def main() -> None:
    """Around every page: language, navigation, whose shop it is, and words where the page cannot be shown."""
    st.set_page_config(page_title="Pond", page_icon=str(Path(__file__).with_name("pond.svg")), layout="wide")
    language_toggle()  # before st.navigation: so ?lang= survives a change of page
    spoken()
    shop = open_shop()
    who = editor(shop)
    screens = built()
    page = st.navigation(pages(screens, who))
    screen = next((one for one in screens if one.name == page.url_path), screens[0])
    if screen.name != CAMPAIGNS:
        st.session_state.pop(LISTED, None)
    try:
        foot.draw(shop)
        if allowed(screen, who):
            page.run()
        else:
            not_allowed()
    except (Unknown, Busy):
        out_of_reach()


def editor(shop: Shop | None) -> Editor | None:
    """Who sits here; None where no shop is open yet."""
    try:
        return shop.who if shop else None
    except (Unknown, Busy):
        return UNKNOWN_EDITOR


main()

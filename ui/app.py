"""Pond's screens: navigation and what is around every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from functions.core.workspace import Editor
from functions.storage.store import Busy, Unknown
from ui.components import foot
from ui.entrance import arrive, closed, stranger
from ui.frame import LISTED, language_toggle, not_allowed, out_of_reach, spoken
from ui.navigation import CAMPAIGNS, SCREENS, allowed, pages
from ui.shop import Shop, ask_again, open_shop, told

UNKNOWN_EDITOR = Editor("—", "viewer")  # while the store that knows the people does not answer


def main() -> None:
    """Around every page: language, navigation, whose shop it is, and words where the page cannot be shown."""
    st.set_page_config(page_icon=str(Path(__file__).with_name("pond.svg")), layout="wide")
    st.logo(str(Path(__file__).with_name("pond-name.svg")), icon_image=str(Path(__file__).with_name("pond.svg")))
    language_toggle()  # before st.navigation: so ?lang= survives a change of page
    spoken()
    shop, who = seen()
    shut = closed()
    if not shut and who is None and told() is not None:  # a stranger sees no list of pages either
        stranger()
        shut = True
    page = st.navigation(pages(SCREENS, who), position="hidden" if shut else "sidebar")
    st.set_page_config(page_title=f"{page.title} · Pond")
    if shut:
        return
    arrive(page.url_path)
    screen = next((one for one in SCREENS if one.name == page.url_path), SCREENS[0])
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


def seen() -> tuple[Shop | None, Editor | None]:
    """The shop and who sits there; nobody where no shop is open yet."""
    try:
        shop = open_shop()
    except (Unknown, Busy):
        return None, UNKNOWN_EDITOR
    return shop, shop.who if shop else None


try:
    main()
finally:
    ask_again()

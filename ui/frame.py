"""What every page has around it: language, the shop, and plain words where something is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.text import LANGUAGES
from functions.storage import workspace
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui import navigation
from ui.components.composer import parts
from ui.components.forms.inputs import SWATCHES
from ui.entrance import stranger
from ui.i18n import HOUSE, _, asked_for, browser_language, language
from ui.shop import Shop, open_shop, told
from ui.words import named, plain_words, state_words

HOME, CAMPAIGNS = navigation.find(navigation.HOME).file, navigation.find(navigation.CAMPAIGNS).file
COMPOSE, RESULTS = navigation.find(navigation.COMPOSE).file, navigation.find(navigation.RESULTS).file
VERSIONS, QR = navigation.find(navigation.VERSIONS).file, navigation.find(navigation.QR).file
PAIR_PIXELS = 130  # a name beside its value, on a phone too
CHOICE_PIXELS = 360  # a list beside a title: as wide as a phone's page
SKELETON_PIXELS = 240
LISTED = "st_listed"  # the list page's own memory; any other page clears it
# A Chinese font's quotes are as wide as its characters; the config's first font exists on English pages only.
ENGLISH_QUOTES = (
    "<style>@font-face { font-family: 'Pond quotes'; unicode-range: U+2018-201D; "
    "src: local('Helvetica Neue'), local('Arial'), local('Roboto'), local('Liberation Sans'); }</style>"
)
SWATCHED = "".join(
    f"[class*=-swatch] button:nth-of-type({place}) p::before {{ background: {colour} }}"
    for place, colour in enumerate(SWATCHES, 1)
)
STYLE = f"<style>{Path(__file__).with_name('frame.css').read_text(encoding='utf-8')}{SWATCHED}</style>"


def language_toggle() -> None:
    """中文 or English, bound to `?lang=`; first the browser's, or else the workspace's."""
    _house_language()
    with st.sidebar:
        st.segmented_control(
            "语言 Language",
            LANGUAGES,
            default=browser_language(),
            required=True,
            key="lang",
            bind="query-params",
            on_change=parts.whole,
        )


def _house_language() -> None:
    """For a browser that asks for neither: the workspace's language, read once for each visit."""
    if asked_for() is None and HOUSE not in st.session_state:
        with suppress(Busy, Unknown):
            if shop := open_shop():
                st.session_state[HOUSE] = workspace.load(shop.store)[0].language


def spoken() -> None:
    """Tells the browser which language the page is in: Streamlit always says English."""
    tag, style = ("zh-CN", STYLE) if language() == "zh" else ("en", STYLE + ENGLISH_QUOTES)
    script = f"<script>document.documentElement.lang = '{tag}'</script>"
    st.html(style + script, unsafe_allow_javascript=True)


def shop_or_stop() -> Shop:
    """The shop; without one, a page that says what to do, and nothing more."""
    shop = open_shop()
    if shop is None and told() is not None:
        stranger()
        st.stop()
    if shop is None:
        st.title(_("The local cloud is not running"))
        st.write(_("These screens need to be told where the table is. Start everything with:"))
        st.code("make run", language="bash")
        st.caption(_("It starts the cloud and opens these screens again. On AWS, set POND_TABLE and POND_BASE_URL."))
        st.stop()
    return shop


def reading() -> AbstractContextManager[object]:
    """While a page reads what it is about to draw: its place is held, so that nothing jumps when the store is slow."""
    return st.skeleton(SKELETON_PIXELS)


def out_of_reach(key: str = "btn_again") -> None:
    """The database does not answer; where only a part of a page is missing, its button has a `key` of its own."""
    st.warning(
        _("The database cannot be reached right now. Nothing is lost; try again in a moment."),
        icon=":material/cloud_off:",
    )
    st.button(_("Try again"), key=key)


def not_allowed() -> None:
    """Someone opened the address of a page that their role does not cover."""
    st.title(_("This page is not open to you"))
    st.write(_("Your role does not cover it. Whoever runs this workspace can change that under Settings."))
    if st.button(_("Home"), type="primary", icon=":material/home:", key="btn_home"):
        st.switch_page(HOME, query_params={})


def not_there(refused: Refused) -> None:
    """The address names a campaign that is not here: deleted, mistyped, or another workspace's. All look alike."""
    st.title(plain_words(refused.message.in_(language())))
    st.write(_("The link may be mistyped, or it belongs to another workspace."))
    st.caption(_("Error code: {code}").format(code=refused.code))
    if st.button(_("All campaigns"), type="primary", icon=":material/campaign:", key="btn_back"):
        st.switch_page(CAMPAIGNS, query_params={})


def chosen_campaign(
    campaigns: list[Campaign], wanted: str, now: datetime, beside_title: bool = False
) -> Campaign | None:
    """The campaign that `?c=` names, or that is picked from the list; None when there is none."""
    if not campaigns:
        st.info(_("There are no campaigns yet."))
        if st.button(_("New campaign"), type="primary", key="btn_first"):
            st.switch_page(CAMPAIGNS, query_params={})
        return None
    ids = [campaign.id for campaign in campaigns]
    by_id = {campaign.id: campaign for campaign in campaigns}
    words = {one.id: f"{named(one)} · {state_words(one.stands(now))}" for one in campaigns}
    said = Counter(words.values())  # browsers send a choice back by its words: of two alike the first would come
    picked = st.selectbox(
        _("Campaign"),
        ids,
        index=ids.index(wanted) if wanted in by_id else 0,
        format_func=lambda one: words[one] if said[words[one]] == 1 else f"{words[one]} · {one[-6:]}",
        key=f"pick_{language()}_{wanted}",
        label_visibility="collapsed" if beside_title else "visible",
        width=CHOICE_PIXELS if beside_title else "stretch",
    )
    return by_id[picked]


def pairs(lines: Mapping[str, str], key: str | None = None) -> None:
    """Names and values below one another; with a `key` of `pairs_…` long values stay beside their names."""
    with st.container(gap="xsmall", key=key):
        for name, value in lines.items():
            with st.container(horizontal=True, gap="small", wrap=False):
                st.caption(plain_words(name), width=PAIR_PIXELS)
                st.markdown(plain_words(value or "—"))

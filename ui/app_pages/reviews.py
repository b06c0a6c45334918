"""Reviews: what members handed in and nobody has looked at yet, one at a time, oldest first."""

from __future__ import annotations

import streamlit as st

from functions.storage import campaigns as life
from ui.api import NotDone
from ui.components import queue
from ui.components.queue import Item
from ui.frame import chosen_campaign, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop, open_shop
from ui.words import plain_words, when

NEWEST_SHOWN = 100


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Reviews"))
    live = [campaign for campaign in life.campaigns(shop.store) if campaign.live]
    campaign = chosen_campaign(live, st.query_params.get("c", ""))
    if campaign is None:
        return
    if said := st.session_state.pop("st_reviewed", None):
        st.toast(said)
    if wrong := st.session_state.pop("st_not_reviewed", None):
        st.warning(wrong, icon=":material/cloud_off:")
    desk = queue.opened(shop, campaign)
    waiting = queue.waiting(shop, campaign.id, NEWEST_SHOWN)
    if desk is None or not waiting:
        st.success(_("Nothing waits for review."), icon=":material/check_circle:")
        return
    skipped: set[str] = st.session_state.setdefault("st_skipped", set())
    first = next((item for item in waiting if item.name not in skipped), None)
    if first is None:
        skipped.clear()
        first = waiting[0]
    some_more = "+" if len(waiting) == NEWEST_SHOWN else ""
    oldest = when(waiting[0].at, desk.zone, language())
    st.caption(_("{n} waiting, the oldest since {time}").format(n=f"{len(waiting)}{some_more}", time=oldest))
    _item(shop, desk, first)


def _item(shop: Shop, desk: queue.Desk, item: Item) -> None:
    left, right = st.columns([3, 2])
    with left, st.container(border=True):
        _proof(shop, desk, item)
    with right:
        attempt = _("attempt {n}").format(n=item.attempt)
        st.markdown(f"**{plain_words(item.day)}** · {plain_words(attempt)}")
        st.caption(
            plain_words(
                _("Member {id}, handed in {time}").format(
                    id=item.member[-6:], time=when(item.at, desk.zone, language())
                )
            )
        )
        st.button(
            _("Approve"),
            type="primary",
            icon=":material/check:",
            key=f"btn_ok_{item.name}",
            on_click=_decide,
            args=(desk, item, "approve", "", ""),
        )
        reasons = {code: plain_words(words.in_(language())) for code, words in desk.reasons.items()}
        reason = st.pills(
            _("Reason"),
            list(reasons),
            format_func=reasons.__getitem__,
            wrap=True,
            key=f"reason_{language()}_{item.name}",
        )
        note = st.text_input(_("Note to the member"), key=f"note_{item.name}", max_chars=200)
        with st.container(horizontal=True):
            st.button(
                _("Return"),
                icon=":material/undo:",
                key=f"btn_back_{item.name}",
                disabled=not reason,
                on_click=_decide,
                args=(desk, item, "return", reason or "", note or ""),
            )
            st.button(_("Skip"), type="tertiary", key=f"btn_skip_{item.name}", on_click=_skip, args=(item.name,))
        st.caption(_("To return it, choose a reason: the member reads it.") if not reason else "&nbsp;")


def _proof(shop: Shop, desk: queue.Desk, item: Item) -> None:
    text, picture = queue.proof(shop, desk.campaign.id, item)
    if picture:
        st.image(picture, width="stretch")
    elif text:
        st.text(text)
    else:
        st.info(_("The picture is not there any more."))


def _decide(desk: queue.Desk, item: Item, verdict: str, reason: str, note: str) -> None:
    shop = open_shop()  # not the one that drew the page: that one's clock stands since then
    assert shop is not None
    try:
        st.session_state["st_reviewed"] = plain_words(queue.decide(shop, desk, item, verdict, reason, note))
    except NotDone as why:
        st.session_state["st_not_reviewed"] = f"{plain_words(why.sentence)} [{why.code}]"


def _skip(name: str) -> None:
    st.session_state["st_skipped"].add(name)


main()

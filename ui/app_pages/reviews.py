"""Reviews: what members handed in and nobody has looked at yet, oldest first; one by one, several, or appeals."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import streamlit as st

from functions.core.campaign import Campaign
from functions.storage import campaigns as life
from ui.components.reviews import deciding, queue, review_many, review_one, review_slot
from ui.components.reviews.queue import Desk, Item
from ui.frame import chosen_campaign, reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import lasted

NEWEST_SHOWN = 100
SOON, LATE = timedelta(hours=12), timedelta(hours=24)
LOOKED_INTO = 12  # campaigns asked, at the first look, whether something waits in them


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    with reading():
        live = [one for one in life.campaigns(shop.store) if one.live and one.state != "archived"]
    with st.container(horizontal=bool(live), vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(_("Reviews"), width="content")
        wanted = st.query_params.get("c") or _first(shop, live)
        campaign = chosen_campaign(live, wanted, shop.now, beside_title=True)
    if campaign is None:
        return
    desk, outbox = queue.opened(shop, campaign), deciding.outbox(shop)
    deciding.refusal()
    claimed = outbox.claimed()
    with reading():
        waiting = [one for one in queue.waiting(shop, campaign.id, NEWEST_SHOWN) if one.name not in claimed]
    review_slot.draw(outbox, lambda: deciding.current(shop).now, bool(waiting))
    if desk is None or not waiting:
        st.success(_("Nothing to review."), icon=":material/check_circle:")
        return
    _count(shop, waiting)
    _not_running(desk, shop.now)
    _view(shop, desk, waiting)


def _view(shop: Shop, desk: Desk, waiting: list[Item]) -> None:
    views = {"one": _("One by one"), "many": _("Several"), "appeals": _("Appeals")}
    view = st.segmented_control(
        _("View"),
        list(views),
        default="one",
        required=True,
        format_func=views.__getitem__,
        key=f"review_view_{language()}",
        label_visibility="collapsed",
    )
    items = [one for one in waiting if bool(one.appeal) == (view == "appeals")]
    decide = partial(deciding.decide, desk)
    if not items:
        st.info(_("Nobody has appealed.") if view == "appeals" else _("Only appeals are left."))
    elif view == "many":
        review_many.draw(shop, desk, items, decide)
    else:
        skipped: list[str] = st.session_state.setdefault("st_skipped", [])
        order = sorted(items, key=lambda one: skipped.index(one.name) if one.name in skipped else -1)
        review_one.draw(shop, desk, order[0], decide, _skip)


def _count(shop: Shop, waiting: list[Item]) -> None:
    """How many wait, and for how long: in colour and in words."""
    oldest = shop.now - waiting[0].at
    appeals = sum(bool(one.appeal) for one in waiting)
    some_more = "+" if len(waiting) >= NEWEST_SHOWN else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        words = _("{n} waiting (appeals: {appeals}), the oldest for {span}")
        words = words if appeals else _("{n} waiting, the oldest for {span}")
        said = words.format(n=f"{len(waiting)}{some_more}", appeals=appeals, span=lasted(oldest))
        st.markdown(f"**{said}**", width="content")
        if oldest >= LATE:
            st.badge(_("Over 24 hours: please look today"), color="red", icon=":material/error:")
        elif oldest >= SOON:
            st.badge(_("Over 12 hours"), color="orange", icon=":material/schedule:")
        else:
            st.badge(_("Within 12 hours"), color="green", icon=":material/check_circle:")


def _not_running(desk: Desk, now: datetime) -> None:
    """What becomes of a verdict where the campaign does not run."""
    says = {
        "over": _(
            "The campaign was paused when its end came: no verdict is taken. Publish a later end and resume it; or end "
            "it: then what you approve counts, and earns nothing more."
        ),
        "paused": _("The campaign is paused. Verdicts are taken again once it is resumed."),
        "ended": _("The campaign was ended by hand. What you approve counts, and earns nothing more."),
    }
    state = desk.campaign.state
    if said := says.get("over" if state == "paused" and desk.campaign.stands(now) == "ended" else state):
        st.info(said, icon=":material/info:")


def _first(shop: Shop, live: list[Campaign]) -> str:
    """Where something waits, among the newest campaigns; asked once for each visit."""
    if "st_review_first" not in st.session_state:
        waits = (one.id for one in live[:LOOKED_INTO] if queue.waiting(shop, one.id, 1))
        st.session_state["st_review_first"] = next(waits, "")
    return str(st.session_state["st_review_first"])


def _skip(name: str) -> None:
    skipped: list[str] = st.session_state.setdefault("st_skipped", [])
    st.session_state["st_skipped"] = [*(one for one in skipped if one != name), name]


main()

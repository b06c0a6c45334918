"""One proof under review: what was handed in, large; what is known beside it; the keys below."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.components.reviews import queue
from ui.components.reviews.held import Choice
from ui.components.reviews.queue import Desk, Handed, Item
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import day_words, lasted, plain_words, when

REJECTING = "st_rejecting"  # the item whose reasons are shown
Decide = Callable[[tuple[Item, ...], Choice, str, str], None]
Skip = Callable[[str], None]


def draw(shop: Shop, desk: Desk, item: Item, decide: Decide, skip: Skip) -> None:
    """The proof, its facts and the verdict's buttons."""
    handed = queue.handed(shop, desk.campaign.id, item)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(border=True):
        proof(handed, item)
    with right:
        _facts(shop, desk, item, handed)
    with st.bottom:
        if st.session_state.get(REJECTING) == item.name:
            _reasons(desk, item, decide)
        else:
            _verdict(item, decide, skip)


def proof(handed: Handed, item: Item) -> None:
    """The picture or the words."""
    if handed.picture:
        alt = _("The picture of {day} by {who}").format(day=day_words(item.day, language()), who=item.member[-6:])
        st.image(handed.picture, width="stretch", alt=alt)
    elif handed.text:
        st.text(handed.text)
    else:
        st.info(_("The picture is not there any more."))


def hint(item: Item) -> str:
    """What is known of the same picture handed in before; empty when nothing is."""
    if item.twin is None:
        return ""
    day = day_words(item.twin.day, language())
    if item.twin.own:
        return _("The same picture was handed in for {day} by the same member").format(day=day)
    return _("The same picture was handed in for {day} by another member").format(day=day)


def _facts(shop: Shop, desk: Desk, item: Item, handed: Handed) -> None:
    st.subheader(_("{day} · attempt {n}").format(day=day_words(item.day, language()), n=item.attempt))
    waited = lasted(shop.now - item.at)
    at = when(item.at, desk.zone, language())
    st.markdown(plain_words(_("Member ending in {who}").format(who=item.member[-6:])))
    st.caption(plain_words(_("Handed in {time}, waiting for {span}").format(time=at, span=waited)))
    if item.made_up:
        st.badge(_("Make-up"), color="blue", icon=":material/event_repeat:")
    if said := hint(item):
        st.warning(plain_words(said), icon=":material/content_copy:")
    if item.appeal:
        _appeal(desk, item, handed)
    _history(shop, desk, item)
    if prompt := desk.prompt(language()):
        with st.container(gap=None):
            st.caption(_("What was asked"))
            st.text(prompt)


def _appeal(desk: Desk, item: Item, handed: Handed) -> None:
    with st.container(border=True):
        st.badge(_("Appeal"), color="orange", icon=":material/gavel:")
        st.text(item.appeal)
        known = desk.reasons.get(handed.reason)
        reason = known.in_(language()) if known else handed.reason
        before = _("Rejected before: {reason}").format(reason=reason)
        parts = [before, handed.note, _("by {who}").format(who=handed.by) if handed.by else ""]
        st.caption(plain_words(" · ".join(part for part in parts if part)))


def _history(shop: Shop, desk: Desk, item: Item) -> None:
    """How the member has done so far, where the mechanic counts days."""
    view = queue.standing(shop, desk, item.member)
    if "total" not in view:
        return
    returned = len(view.get("returned", ()))
    said = _("So far: {total} days in all, {streak} in a row").format(total=view["total"], streak=view["streak"])
    more = _("{n} sent back just now").format(n=returned) if returned else ""
    st.markdown(" · ".join(part for part in (said, more) if part))


def _verdict(item: Item, decide: Decide, skip: Skip) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Approve"),
            type="primary",
            icon=":material/check:",
            shortcut="a",
            key=f"btn_ok_{item.name}",
            on_click=decide,
            args=((item,), "approve", "", ""),
        )
        st.button(
            _("Reject"),
            icon=":material/close:",
            shortcut="x",
            key=f"btn_no_{item.name}",
            on_click=_ask,
            args=(item.name,),
        )
        st.button(
            _("Skip"), type="tertiary", shortcut="s", key=f"btn_skip_{item.name}", on_click=skip, args=(item.name,)
        )


def _reasons(desk: Desk, item: Item, decide: Decide) -> None:
    """One button for each reason: pressing it is the verdict. The member reads reason and note."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(_("Why? The member reads the reason and your note."), width="content")
        st.button(_("Cancel"), type="tertiary", icon=":material/arrow_back:", key="btn_no_reason", on_click=_ask)
    note = st.text_input(
        _("Note to the member"),
        key=f"note_{item.name}",
        max_chars=200,
        placeholder=_("Note to the member (optional)"),
        label_visibility="collapsed",
    )
    with st.container(horizontal=True):
        for place, (code, words) in enumerate(desk.reasons.items(), 1):
            st.button(
                plain_words(words.in_(language())),
                shortcut=str(place) if place <= 9 else None,
                key=f"btn_reason_{code}_{item.name}",
                on_click=decide,
                args=((item,), "return", code, note or ""),
            )


def _ask(name: str = "") -> None:
    st.session_state[REJECTING] = name

"""The team's segments on the members' page: pills to open them again, whom one names, change, remove."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from functions.core.need import TookPart
from functions.core.segment import SEGMENTS_MAX, Segment
from functions.insights.numbers import people
from functions.storage import segments
from functions.storage.refusals import Refused
from functions.storage.store import Busy, Unknown
from ui.components.forms.begun import begun
from ui.components.people import asked_of, segment_desk, segment_edit, segment_words
from ui.components.people.people_desk import Person
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

CHOSEN = segment_edit.CHOSEN


def draw(shop: Shop) -> None:
    """All of them, and the one that is open."""
    known, _revision = segments.load(shop.store)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(_("Segments"), width="content")
        if shop.who.may("compose") and len(known.segments) < SEGMENTS_MAX:
            st.button(_("New segment"), icon=":material/group_add:", key="btn_segment_new", on_click=segment_edit.begin)
    st.caption(
        _("Named groups of people for the whole team: the composer offers them where it asks who may take part.")
    )
    if known.segments:
        chosen = known.segment(_pills([one.name for one in known.segments]))
        if chosen is not None:
            _card(shop, chosen)
    segment_edit.dialog(shop)


def names_of(shop: Shop, person: Person) -> list[str]:
    """The segments that somebody looked up belongs to."""
    known, _revision = segments.load(shop.store)
    return [one.name for one in known.segments if segment_words.belongs(one, person)]


def _pills(names: Sequence[str]) -> str:
    key = f"segment_{language()}_{len(names)}_{st.session_state.get(CHOSEN, '')}"

    def chosen() -> None:
        st.session_state[CHOSEN] = st.session_state[key] or ""

    wanted = st.session_state.get(CHOSEN)
    st.pills(
        _("Segments"),
        names,
        default=begun(key, wanted if wanted in names else None),
        format_func=plain_words,
        key=key,
        on_change=chosen,
        label_visibility="collapsed",
        wrap=True,
    )
    return str(st.session_state.get(CHOSEN, ""))


def _card(shop: Shop, segment: Segment) -> None:
    names = asked_of.names(shop, segment.needs)
    with st.container(border=True):
        st.markdown(f"**{plain_words(segment.name)}** · {plain_words(segment_words.told(segment.needs, names))}")
        if (most := _most(shop, segment)) is not None:
            st.caption(_("1 person at most") if most == 1 else _("{n} people at most").format(n=f"{most:,}"))
        if shop.who.may("compose"):
            with st.container(horizontal=True):
                change, remove = _("Edit"), _("Remove")
                st.button(
                    change, icon=":material/edit:", key="btn_segment", on_click=segment_edit.begin, args=(segment,)
                )
                st.button(
                    remove,
                    icon=":material/delete:",
                    type="tertiary",
                    key="btn_drop",
                    on_click=_drop,
                    args=(shop, segment),
                )
            st.caption(_("Campaigns that took their audience from it keep it as it was."))


def _most(shop: Shop, segment: Segment) -> int | None:
    """How many they can be: whoever took part in the smallest of the campaigns asked for; None where none is."""
    asked = [need.campaign for need in segment.needs if isinstance(need, TookPart)]
    return min((one.participants for one in people(shop.store, asked).values()), default=None) if asked else None


def _drop(shop: Shop, segment: Segment) -> None:
    try:
        segment_desk.drop(shop, segment)
        st.session_state.pop(CHOSEN, None)
    except Refused as refused:
        st.toast(plain_words(refused.message.in_(language())), icon=":material/block:")
    except (Unknown, Busy):
        st.toast(_("No answer came. Press again: nothing is done twice."), icon=":material/cloud_off:")

"""Members: find one person, see what is stored, export or erase it; and segments, by what people are.

There is no list: nobody leafs through people.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from functions.storage.refusals import Refused
from ui.api import NotDone
from ui.components.people import leaving, named_list, people_desk, person, segment_edit, segment_list
from ui.frame import reading, shop_or_stop
from ui.i18n import _, language
from ui.shop import open_shop
from ui.words import plain_words

PLACEHOLDERS = {"phone": "138 0013 8000", "member": "mem_…", "coupon": "ABCD-EFGH-JKMN-PQRS"}


def main() -> None:
    """The page."""
    shop = shop_or_stop()
    st.title(_("Members"))
    if erased := st.session_state.pop(leaving.ERASED, None):
        st.success(plain_words(erased), icon=":material/check_circle:")
    _search()
    leaving.wrong()
    if nobody := st.session_state.get("st_nobody"):
        st.info(plain_words(nobody), icon=":material/person_off:")
    named_list.draw(_open)
    found = st.session_state.get(leaving.SHOWN)
    if found is not None:
        person.open_drawer(shop, found)
    segment_list.draw(shop)


def _search() -> None:
    ways = leaving.ways()
    with st.container(border=True):
        way = st.segmented_control(
            _("Find by"),
            list(ways),
            default="phone",
            required=True,
            format_func=ways.__getitem__,
            key=f"find_by_{language()}",
        )
        with st.form("find", border=False):
            such_as = PLACEHOLDERS.get(way) or _("Anna")
            text = st.text_input(
                ways[way],
                key=f"find_{way}",
                placeholder=such_as,
                max_chars=60,
                autocomplete="off",
                label_visibility="collapsed",
            )
            st.caption(_help(way))
            if st.form_submit_button(_("Find"), type="primary", icon=":material/search:"):
                _find(way, (text or "").strip())


def _help(way: str) -> str:
    helps = {
        "phone": _("The whole number they signed in with. Only a scrambled form is stored, so a part finds nobody."),
        "member": _("Begins with mem_, as in an export."),
        "coupon": _("The 16 characters on a printed coupon; dashes and case do not matter."),
        "nickname": _("The first few characters are enough. Members choose their own nickname, and many have none."),
    }
    return helps[way]


def _find(way: str, text: str) -> None:
    st.session_state.pop(named_list.NAMED, None)
    with reading():
        told = _look(way, text)
    if told.get("people"):
        st.session_state[named_list.NAMED] = told
    elif told and not told.get("person"):
        st.session_state["st_nobody"] = told["message"]


def _open(member: str) -> None:
    """One of several that were found."""
    _look("member", member)


def _look(way: str, text: str) -> dict[str, Any]:
    """What was found; a person is shown. Empty where nothing was asked, or nothing could be."""
    leaving.close()
    segment_edit.close()  # one dialog at a time
    st.session_state.pop("st_nobody", None)
    shop = open_shop()  # with the clock of now: the token it seals lasts two minutes
    if not text or shop is None:
        return {}
    try:
        told = people_desk.look(shop, way, text)
    except (NotDone, Refused) as why:
        leaving.note(why)
        return {}
    if person := told.get("person"):
        st.session_state[leaving.SHOWN] = person
    return told


main()

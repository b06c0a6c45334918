"""A right of a member, given or ended by hand in the drawer; by the API, which writes it down with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from functions.core.text import Text
from functions.storage import workspace
from functions.storage.refusals import Refused
from ui.api import NotDone
from ui.components.people import asked_rights, leaving, people_desk
from ui.components.people.people_desk import Person
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

GIVE = "give"
USUAL, REASON_MAX = timedelta(days=90), 200


def begin() -> None:
    """The first step of giving."""
    st.button(_("Give a right"), icon=":material/badge:", key="btn_give", on_click=_step, args=(GIVE,))


def taking(entry: Mapping[str, Any]) -> None:
    """The first step of taking back, below the right itself."""
    st.button(
        _("Take back"), type="tertiary", key=f"btn_take_{entry['id']}", on_click=_step, args=(f"take:{entry['id']}",)
    )


def came() -> None:
    """What came of it."""
    if said := st.session_state.pop(leaving.RIGHT_SAID, None):
        st.success(plain_words(said), icon=":material/check_circle:")


def draw(shop: Shop, person: Person, step: str) -> None:
    """The second step: which right, until when, why."""
    leaving.wrong()
    if step == GIVE:
        _give(shop, person)
    else:
        _take(shop, person, step.removeprefix("take:"))


def _give(shop: Shop, person: Person) -> None:
    st.subheader(_("Give a right"))
    names = asked_rights.asked(shop)
    if not names:
        st.info(_("No running campaign asks for a right, so there is none to give."), icon=":material/badge:")
        st.button(_("Cancel"), key="btn_right_not", on_click=_step, args=("",))
        return
    words = {right: f"{name.in_(language())} · {right}" for right, name in names.items()}  # an option is no Markdown
    right = st.selectbox(_("Which right"), list(words), format_func=words.__getitem__, key=f"right_{language()}")
    for_good = st.toggle(_("For good"), key=f"right_for_good_{language()}")
    zone = workspace.load(shop.store)[0].zone
    today = shop.now.astimezone(ZoneInfo(zone)).date()
    day = st.date_input(
        _("Last day"), today + USUAL, today, format="YYYY-MM-DD", disabled=for_good, key=f"right_day_{language()}"
    )
    until = None if for_good else datetime.combine(day, time.max, ZoneInfo(zone)).replace(microsecond=0).astimezone(UTC)
    reason = _reason()
    _buttons(_("Give"), bool(reason), _give_now, (shop, person, right, names[right], until, reason))


def _take(shop: Shop, person: Person, right: str) -> None:
    name = next((entry["name"] for entry in person["wallet"] if entry["id"] == right), right)
    st.subheader(_("Take “{name}” back?").format(name=plain_words(name)))
    st.markdown(
        _("- it ends now, however it was earned\n- what was earned with it stays\n- it can be earned, or given, again")
    )
    reason = _reason()
    _buttons(_("Take back"), bool(reason), _take_now, (shop, person, right, reason))


def _reason() -> str:
    typed = st.text_input(
        _("Why"),
        key=f"right_why_{language()}",
        max_chars=REASON_MAX,
        live="300ms",
        help=_("Kept in the audit log for good, even after the member is erased: no names, no numbers."),
    )
    return (typed or "").strip()


def _buttons(label: str, ready: bool, act: Callable[..., None], args: tuple[Any, ...]) -> None:
    with st.container(horizontal=True):
        st.button(label, type="primary", key="btn_right_now", disabled=not ready, on_click=act, args=args)
        st.button(_("Cancel"), type="tertiary", key="btn_right_not", on_click=_step, args=("",))


def _give_now(shop: Shop, person: Person, right: str, name: Text, until: datetime | None, reason: str) -> None:
    _done(person, lambda: people_desk.give(shop, person["member"], right, name, until, reason))


def _take_now(shop: Shop, person: Person, right: str, reason: str) -> None:
    _done(person, lambda: people_desk.take(shop, person["member"], right, reason))


def _done(person: Person, act: Callable[[], dict[str, Any]]) -> None:
    """Back to the member as they are now; where it was not done, the step stays with what was typed."""
    try:
        told = act()
    except (NotDone, Refused) as why:
        leaving.note(why)
        return
    st.session_state[leaving.SHOWN] = {**person, "wallet": told["wallet"]}
    st.session_state[leaving.RIGHT_SAID] = str(told["message"])
    _step("")


def _step(step: str) -> None:
    st.session_state[leaving.RIGHT] = step

"""A member's export, and their erasing in two steps; both by the API, which writes them down."""

from __future__ import annotations

import json

import streamlit as st

from functions.storage.refusals import Refused
from ui.api import NotDone
from ui.components.people import people_desk
from ui.components.people.people_desk import Person
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

SHOWN, ERASING, ERASED, EXPORTED, WRONG = "st_member", "st_erasing", "st_erased", "st_exported", "st_member_wrong"
RIGHT, RIGHT_SAID = "st_right", "st_right_said"  # the step of giving or ending a right, and what came of it


def tail(person: Person) -> str:
    """The end of the member's id, by which people tell members apart."""
    return str(person["member"])[-6:]


def close() -> None:
    """Nobody is looked at any more."""
    for name in (SHOWN, ERASING, EXPORTED, WRONG, RIGHT, RIGHT_SAID):
        st.session_state.pop(name, None)


def actions(shop: Shop, person: Person) -> None:
    """The first step of both."""
    st.divider()
    with st.container(horizontal=True):
        exported = st.session_state.get(EXPORTED)
        if exported is None:
            st.button(_("Export"), icon=":material/download:", key="btn_export", on_click=_export, args=(shop, person))
        else:
            st.download_button(
                _("Save the file"),
                exported,
                file_name=f"{person['member']}.json",
                mime="application/json",
                type="primary",
                icon=":material/download:",
                key="btn_export_save",
                on_click="ignore",
            )
        st.button(_("Erase"), icon=":material/delete_forever:", key="btn_erase", on_click=_step, args=(True,))
    st.caption(_("Looking up, exporting, erasing and changing rights are recorded in the audit log under your name."))


def _export(shop: Shop, person: Person) -> None:
    try:
        told = people_desk.export(shop, person["member"])
    except (NotDone, Refused) as why:
        note(why)
        return
    st.session_state[EXPORTED] = json.dumps(told, ensure_ascii=False, indent=2)


def erase(shop: Shop, person: Person) -> None:
    """The second step: what goes, why, and the end of the id typed."""
    wrong()
    st.warning(_("This cannot be undone."), icon=":material/warning:")
    usable = sum(
        entry["kind"] == "coupon" and entry["status"] in ("available", "not_yet") for entry in person["wallet"]
    )
    st.markdown(
        _(
            "- Points and their history are deleted (balance: {points})\n- Unused coupons become void ({coupons})\n"
            "- Everything handed in is deleted, pictures included (campaigns: {campaigns})\n"
            "- Campaign totals stay: they identify nobody"
        ).format(points=person["points"], coupons=usable, campaigns=len(person["campaigns"]))
    )
    why = reasons()
    reason = st.pills(_("Why"), list(why), format_func=why.__getitem__, key=f"erase_why_{language()}", wrap=True)
    typed = st.text_input(_("Type {who} to confirm").format(who=tail(person)), key="erase_typed", live="300ms")
    sure = bool(reason) and (typed or "").strip().lower() == tail(person)
    with st.container(horizontal=True):
        st.button(
            _("Erase for good"),
            type="primary",
            icon=":material/delete_forever:",
            key="btn_erase_now",
            disabled=not sure,
            on_click=_erase_now,
            args=(shop, person, reason or ""),
        )
        st.button(_("Keep"), type="tertiary", key="btn_erase_not", on_click=_step, args=(False,))


def reasons() -> dict[str, str]:
    """Chosen, not typed: a reason that is kept must not hold what was erased."""
    return {
        "asked": _("The member asked for it"),
        "test": _("Test data"),
        "law": _("The law asks for it"),
        "other": _("Another reason"),
    }


def ways() -> dict[str, str]:
    """By what a member is found."""
    return {
        "phone": _("Phone"),
        "member": _("ID"),
        "nickname": _("Nickname"),
        "coupon": _("Coupon"),
    }


def _erase_now(shop: Shop, person: Person, reason: str) -> None:
    try:
        told = people_desk.erase(shop, person["member"], reason)
    except (NotDone, Refused) as why:
        note(why)
        return
    close()
    st.session_state[ERASED] = str(told["message"])


def _step(erasing: bool) -> None:
    st.session_state[ERASING] = erasing


def note(why: NotDone | Refused) -> None:
    """Said at the next drawing."""
    sentence = why.sentence if isinstance(why, NotDone) else why.message.in_(language())
    st.session_state[WRONG] = f"{plain_words(sentence)} [{why.code}]"


def wrong() -> None:
    """What did not work."""
    if said := st.session_state.pop(WRONG, None):
        st.warning(said, icon=":material/cloud_off:")

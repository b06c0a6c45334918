"""Who may sign in, and as what. The last admin stays."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from functions.core.text import Text
from functions.core.workspace import ROLES, Role
from ui.components.workspace.settings_desk import SettingsDesk
from ui.entrance import role_words
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
WRONG = "st_person_refused"


def roles() -> dict[Role, str]:
    """What the roles are called."""
    return {role: role_words(role) for role in ROLES}


def explained() -> dict[Role, str]:
    """What each may do."""
    return {
        "viewer": _("sees campaigns and numbers"),
        "editor": _("composes, publishes and reviews"),
        "approver": _("an editor who also agrees to others' campaigns and looks members up"),
        "admin": _("everything, these settings and deployments too"),
    }


def draw(shop: Shop, desk: SettingsDesk) -> None:
    """The list, and a line to add somebody."""
    words = explained()
    lines = [_("**{role}**: {what}").format(role=name, what=words[role]) for role, name in roles().items()]
    st.markdown("\n".join(f"- {line}" for line in lines))
    people = desk.content["people"]
    if not people:
        st.info(_nobody(shop), icon=":material/person_add:")
    for place, person in enumerate(people):
        _row(shop, desk, place, person)
    _add(desk)
    if wrong := st.session_state.pop(WRONG, None):
        st.error(wrong, icon=":material/error:")


def _nobody(shop: Shop) -> str:
    if shop.dev_mode:
        return _("Nobody is listed. On this machine nobody needs to sign in; on AWS, list who may.")
    return _("Nobody is listed: only who the sign-in's own roles let in, and the first admin of POND_ADMIN.")


def _row(shop: Shop, desk: SettingsDesk, place: int, person: dict[str, Any]) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        with st.container(gap=None):
            own = _(" (you)") if person["email"].lower() == shop.who.email.lower() else ""
            st.markdown(f"**{plain_words(person['name'] or person['email'])}**{own}")
            st.caption(plain_words(person["email"]))
        _role(desk, place, person)
        st.button(
            _("Remove"),
            icon=":material/person_remove:",
            type="tertiary",
            key=f"btn_drop_{desk.epoch}_{person['email']}",
            on_click=_remove,
            args=(desk, place),
        )


def _role(desk: SettingsDesk, place: int, person: dict[str, Any]) -> None:
    names = roles()
    key = f"role_{language()}_{desk.epoch}_{person['email']}"
    st.selectbox(
        _("Role"),
        ROLES,
        index=ROLES.index(person["role"]),
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        width=160,
        on_change=_change,
        args=(desk, place, key),
    )


def _add(desk: SettingsDesk) -> None:
    names = roles()
    with st.form("add_person", clear_on_submit=False, border=True):
        left, middle, right = st.columns([3, 2, 2])
        email = left.text_input(_("E-mail address"), key=f"person_email_{desk.epoch}", max_chars=254)
        name = middle.text_input(_("Their name"), key=f"person_name_{desk.epoch}", max_chars=80)
        role = right.selectbox(
            _("Role"), ROLES, index=1, format_func=names.__getitem__, key=f"person_role_{language()}_{desk.epoch}"
        )
        st.caption(_("The e-mail address confirmed at sign-in."))
        if st.form_submit_button(_("Add"), icon=":material/person_add:", type="primary"):
            _added(desk, (email or "").strip().lower(), (name or "").strip(), role)
            st.rerun()


def _added(desk: SettingsDesk, email: str, name: str, role: Role) -> None:
    people = desk.content["people"]
    if not EMAIL.fullmatch(email):
        st.session_state[WRONG] = _("That is not an e-mail address.")
    elif any(person["email"].lower() == email for person in people):
        st.session_state[WRONG] = _("This address is on the list already.")
    else:
        _keep(desk, [*people, {"email": email, "name": name, "role": role}], email, role)
        desk.epoch += 1


def _change(desk: SettingsDesk, place: int, key: str) -> None:
    people = desk.content["people"]
    role = st.session_state[key]
    changed = [*people[:place], {**people[place], "role": role}, *people[place + 1 :]]
    _keep(desk, changed, people[place]["email"], role)


def _remove(desk: SettingsDesk, place: int) -> None:
    people = desk.content["people"]
    _keep(desk, [*people[:place], *people[place + 1 :]], people[place]["email"], "—")


def _keep(desk: SettingsDesk, people: list[dict[str, Any]], email: str, role: str) -> None:
    desk.write(("people",), people, "role", Text(zh=email, en=email), role)

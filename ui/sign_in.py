"""Who sits at the screens: whom the issuer vouches for, or on a developer's machine whoever one chooses to be."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from functions.core.workspace import ROLES, Editor, Role, Workspace, admitted
from functions.storage import workspace
from functions.storage.store import Busy, Store, Unknown
from ui.settings import Settings

SESSION = timedelta(hours=12)  # Streamlit's cookie would last for thirty days
FRESH_FOR = timedelta(seconds=5)  # how long somebody who was taken off the list may still get in
PEOPLE = "st_people"
CHOSEN = "st_person"


def who(store: Store, settings: Settings, now: datetime) -> Editor | None:
    """Who is let in; None when somebody has to sign in first, or may not come in at all. Raises Unknown, Busy."""
    if settings.is_open:
        return chosen(settings)
    if settings.is_shut or not signed_in(now):
        return None
    return admitted(_settings(store, now), dict(st.user), settings.admin, settings.role_claim)


def signed_in(now: datetime) -> bool:
    """Whether the issuer vouched for somebody, not longer ago than a working day."""
    return bool(st.user.get("is_logged_in")) and not expired(now)


def expired(now: datetime) -> bool:
    """Whether a sign-in is there, and is over."""
    issued = st.user.get("iat")
    return bool(st.user.get("is_logged_in")) and not (
        isinstance(issued, (int, float)) and now.timestamp() < issued + SESSION.total_seconds()
    )


def stand_ins(settings: Settings) -> dict[Role, Editor]:
    """Whom one may be where nobody signs in: one person of each role. The admin is the editor that was named."""
    named = st.session_state.get("st_editor") or settings.editor or "Lin"
    names: dict[Role, str] = {"viewer": "Vera", "editor": "Ming", "approver": "Ada", "admin": str(named)}
    return {role: Editor(names[role], role) for role in ROLES}


def chosen(settings: Settings) -> Editor:
    """The stand-in that this session chose; the admin at first."""
    people = stand_ins(settings)
    role: Role = st.session_state.get(CHOSEN, "admin")
    return people.get(role, people["admin"])


def _settings(store: Store, now: datetime) -> Workspace:
    """The list of people, read again after a moment; the one read last while the store is away."""
    known: tuple[datetime, Workspace] | None = st.session_state.get(PEOPLE)
    if known is not None and timedelta(0) <= now - known[0] < FRESH_FOR:
        return known[1]
    try:
        settings, _revision = workspace.load(store)
    except (Unknown, Busy):
        if known is None:
            raise
        return known[1]
    st.session_state[PEOPLE] = (now, settings)
    return settings

"""The last step: what stands in the way, and publishing; the same findings as a drawer beside any other step."""

from __future__ import annotations

import streamlit as st

from functions.core.lint import blocks
from ui.components.codes import qr
from ui.components.composer import definition_text
from ui.components.composer.findings import DRAWER, Rows
from ui.components.forms.form import Form
from ui.components.publishing import publish
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop


def draw(shop: Shop, desk: Desk, form: Form, *, fresh: bool) -> None:
    """The step; `fresh` where what came of publishing stands above it, code and all."""
    definition, faults, findings = desk.checked()
    st.session_state.pop(DRAWER, None)  # all of it is on the page already
    Rows(shop, desk, form).draw()
    publish.draw(shop, desk, definition, open_to=not (faults or blocks(findings)))
    if desk.campaign.live and not fresh:
        qr.draw(shop, desk.campaign)
    definition_text.draw(shop, desk)


def ask() -> None:
    """Somebody wants to see the findings beside the step."""
    st.session_state[DRAWER] = True


def drawer(shop: Shop, desk: Desk, form: Form) -> None:
    """The findings at the right-hand side, while they are asked for. The composer calls it at the end of every run."""
    if not st.session_state.get(DRAWER):
        return

    @st.dialog(_("What the check says"), position="right", on_dismiss=_dismissed)
    def beside() -> None:
        Rows(shop, desk, form, "drawer_").draw()

    beside()


def _dismissed() -> None:
    st.session_state.pop(DRAWER, None)

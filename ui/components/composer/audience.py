"""Who may take part: everyone, a segment that the team saved, or people by what they are and did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from functions.core.campaign import Audience
from functions.core.segment import NAME_MAX
from functions.storage import segments
from functions.storage.refusals import BATCH_UNFIT, Refused
from functions.storage.store import Busy, Unknown
from ui.components.forms.begun import begun
from ui.components.forms.fields import draw
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.forms.values import get
from ui.components.people import asked_of, segment_desk, segment_words
from ui.desk import Desk
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words

PATH = ("audience", "needs")
NEWCOMERS = [{"kind": "newcomer"}]
SAID = "st_segment_said"


def draw_audience(shop: Shop, desk: Desk, form: Form) -> None:
    """The choice, and what it consists of. A segment is copied: changing it later changes no campaign."""
    offered = _offered(shop)
    needs = get(desk.content, PATH)
    _pills(form, offered, needs)
    known = asked_of.offered(shop, but=desk.campaign.id)
    draw(form, segment_words.form_of(known), PATH)
    if any(one.get("kind") == "collected" and one.get("batch") not in known.batches for one in needs or []):
        st.warning(BATCH_UNFIT.in_(language()), icon=":material/qr_code_2:")
    if needs and needs not in offered.values() and shop.who.may("compose"):
        _save(shop, form, needs)
    if get(desk.content, ("audience", "entitlement")):
        draw(form, spec_of(Audience).fields["entitlement"], ("audience", "entitlement"))


def _offered(shop: Shop) -> dict[str, list[dict[str, Any]]]:
    """What there is to choose from, by its words."""
    try:
        known = segments.load(shop.store)[0].segments
    except (Unknown, Busy):  # the rest of the step works without
        known = []
    always: dict[str, list[dict[str, Any]]] = {_("Everyone"): [], _("Newcomers"): NEWCOMERS}
    saved = {one.name: [need.model_dump(mode="json") for need in one.needs] for one in known}
    return always | {name: needs for name, needs in saved.items() if name not in always}


def _pills(form: Form, offered: Mapping[str, list[dict[str, Any]]], needs: Any) -> None:
    """The one that fits is on; none is where people are asked for otherwise."""
    fits = next((name for name, one in offered.items() if one == needs), None)
    key = form.key(PATH, f"~{len(offered)}{fits or ''}")

    def chosen() -> None:
        form.replace(PATH, offered.get(st.session_state[key], []))

    st.pills(
        _("Who may take part"),
        list(offered),
        default=begun(key, fits),
        format_func=plain_words,
        key=key,
        on_change=chosen,
        wrap=True,
    )


def _save(shop: Shop, form: Form, needs: Any) -> None:
    with st.popover(_("Save as a segment"), icon=":material/group_add:", key=f"pop_segment_{form.epoch}"):
        key = f"segment_name_{form.epoch}"
        st.text_input(_("Name of the segment"), key=key, max_chars=NAME_MAX, live="300ms")
        if said := st.session_state.pop(SAID, ""):
            st.caption(f":red[:material/error: {plain_words(said)}]")
        st.button(_("Save"), type="primary", key="btn_segment_save", on_click=_keep, args=(shop, key, needs))


def _keep(shop: Shop, key: str, needs: Any) -> None:
    try:
        wrong = segment_desk.keep(shop, {"name": st.session_state.get(key), "needs": needs})
        st.session_state[SAID] = wrong[0].message.in_(language()) if wrong else ""
    except Refused as refused:
        st.session_state[SAID] = refused.message.in_(language())
    except (Unknown, Busy):
        st.session_state[SAID] = _("The database cannot be reached right now. Nothing is lost; try again in a moment.")

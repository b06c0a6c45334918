"""One version on its card: who let it go live, what the check said, and a new draft from it."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from functions.core.campaign import Version
from functions.core.lint import Finding
from functions.storage import campaigns
from functions.storage.campaigns import Draft, Refused
from ui.components.publishing import changes
from ui.frame import COMPOSE
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import plain_words, when

TAKEN = "st_version_taken"
SHORT = 10  # characters of a fingerprint
NAMED_PIXELS = 480  # wider than a card on a phone, so that the button stands below in each


def draw(shop: Shop, draft: Draft, version: Version) -> None:
    """The card; the dialog too, while its version is taken."""
    zone, tongue = version.definition.schedule.zone, language()
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width=NAMED_PIXELS):
                st.markdown(f"**v{version.number}**", width="content")
                if version.number == draft.campaign.live:
                    st.badge(_("Live version"), color="green", icon=":material/play_circle:")
                st.markdown(plain_words(version.definition.name.in_(tongue)), width="content")
            if shop.who.may("compose") and draft.campaign.state not in ("ended", "archived"):
                take = st.button(
                    _("New draft from here"), key=f"btn_take_{version.number}", icon=":material/edit_note:"
                )
                if take:
                    st.session_state[TAKEN] = version.number
        words = _("Published by {who} on {time}").format(
            who=version.published_by, time=when(version.published_at, zone, tongue)
        )
        parts = [plain_words(words)]
        if version.approved_by:
            parts.append(plain_words(_("approved by {who}").format(who=", ".join(version.approved_by))))
        parts.append(f"`{version.content_hash[:SHORT]}`")
        with st.container(gap="xxsmall"):
            st.caption("\N{NO-BREAK SPACE}· ".join(parts))  # a dot ends its line, and begins none
            _checked(version)
        with st.expander("JSON"):
            st.code(version.definition.model_dump_json(by_alias=True, exclude_defaults=True, indent=2), language="json")
    if st.session_state.get(TAKEN) == version.number:
        _take(shop, draft, version)


def _checked(version: Version) -> None:
    """What the check said when it went live, all of it, and who answered for what."""
    found = [Finding.model_validate(one) for one in version.findings]
    if not found:
        st.caption(":green[:material/check_circle:] " + _("Checked: nothing stood in the way."))
        return
    with st.expander(_("The check found {n} to answer for").format(n=len(found)), icon=":material/fact_check:"):
        for one in found:
            _finding(one)


def _finding(one: Finding) -> None:
    tongue = language()
    quote = f"  \n> {plain_words(one.quote)}" if one.quote else ""
    st.markdown(f":orange[:material/warning:] {one.rule} · {plain_words(one.message.in_(tongue))}{quote}")
    if one.signed is not None:
        words = _("Confirmed by {who}: {reason}").format(who=one.signed.by, reason=one.signed.reason)
        st.caption(":orange[:material/signature:] " + plain_words(words))
    st.caption(plain_words(one.basis.in_(tongue)))


def _take(shop: Shop, draft: Draft, version: Version) -> None:
    """The version's content becomes the draft; what is in the draft now is told first."""
    content = version.definition.model_dump(mode="json", by_alias=True)

    @st.dialog(_("New draft from v{n}").format(n=version.number), on_dismiss=_dismissed)
    def ask() -> None:
        lines = changes.between(shop, changes.plain(draft.content, shop.catalogue), content)
        if lines:
            st.write(_("The draft changes like this. What is live stays live until you publish."))
            changes.draw(lines)
        else:
            st.write(_("The draft says the same already."))
        if st.button(_("Make it the draft"), type="primary", key="btn_take_now"):
            _made(shop, draft, content)

    ask()


def _made(shop: Shop, draft: Draft, content: dict[str, Any]) -> None:
    try:
        campaigns.save(shop.store, draft, json.loads(json.dumps(content)), shop.editor, shop.now, [])
    except Refused as refused:
        st.error(f"{plain_words(refused.message.in_(language()))} [{refused.code}]")
        return
    _dismissed()
    st.session_state.pop("st_desk", None)
    st.switch_page(COMPOSE, query_params={"c": draft.campaign.id})


def _dismissed() -> None:
    st.session_state.pop(TAKEN, None)

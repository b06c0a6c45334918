"""Before it goes live: who, how much at most, what changes, from when to when; or asking those who have to agree."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from functions.core.approval import Request, suffices, wanted
from functions.core.campaign import Definition, Version
from functions.core.workspace import Workspace
from functions.storage import approvals, campaigns, workspace
from functions.storage.campaigns import Refused
from functions.storage.store import Busy, Unknown
from ui.components.campaigns.new_campaign import copy
from ui.components.publishing import beginning, changes
from ui.components.publishing.release import RELEASED, release
from ui.components.publishing.summary import opens_to, summary
from ui.desk import Desk
from ui.frame import LISTED, out_of_reach, pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import money, plain_words, when

DIALOG = "st_dialog"
REFUSED = "st_refused"


@dataclass(frozen=True)
class Terms:
    """Under what terms a definition may go live now."""

    settings: Workspace
    request: Request | None
    wanted: int
    agreed: bool

    @property
    def asks(self) -> bool:
        """Whether somebody has to agree first."""
        return not self.agreed


def draw(shop: Shop, desk: Desk, definition: Definition | None, *, open_to: bool) -> None:
    """The summary and the one button; the dialog while it is open."""
    if definition is not None:
        pairs(summary(shop, definition, is_live=bool(desk.campaign.live)))
    if desk.campaign.state in ("ended", "archived"):
        over = _("This campaign has ended. Copy it to run it again.")
        st.info(over if desk.campaign.live else _("This draft is archived. Copy it to go on with it."))
        if shop.who.may("compose") and st.button(_("Copy"), icon=":material/content_copy:", key="btn_copy"):
            copy(shop, desk.campaign)
        return
    if definition is not None and changes.is_live(shop, desk.campaign, definition):
        st.caption(":green[:material/check_circle:] " + _("This is what is live: nothing has changed since."))
        return
    terms = _terms(shop, desk, definition) if definition is not None and not desk.out_of_reach else None
    if definition is not None and terms is None and not desk.out_of_reach:
        out_of_reach("btn_publish_again")  # nothing is wrong with the definition: no word of what stands in the way
        return
    safe = open_to and terms is not None and desk.theirs is None and shop.who.may("publish")
    if terms is not None and terms.asks and desk.campaign.waiting:
        _waiting(shop, desk, terms)
    else:
        if terms is not None and terms.asks:
            _sent_back(shop, desk)
        _button(desk, terms, safe)
    if refused := st.session_state.get(REFUSED):
        st.error(refused, icon=":material/block:")
    if safe and definition is not None and terms is not None and st.session_state.get(DIALOG) == "publish":
        _confirm(shop, desk, definition, terms)


def _terms(shop: Shop, desk: Desk, definition: Definition) -> Terms | None:
    """None while the store is away: then nothing can be published anyhow."""
    try:
        settings, _revision = workspace.load(shop.store)
        request = approvals.read(shop.store, desk.campaign.id, desk.campaign.request)
    except (Unknown, Busy):
        return None
    return Terms(settings, request, wanted(settings, definition), suffices(settings, definition, request))


def _button(desk: Desk, terms: Terms | None, safe: bool) -> None:
    asks = terms is not None and terms.asks
    label = _("Publish changes") if desk.campaign.live else _("Publish")
    if asks:
        label = _("Ask for approval")
    elif terms is not None and terms.wanted and terms.request is not None:
        names = _(", ").join(one.by for one in terms.request.agreed)
        st.success(plain_words(_("{who} agreed to exactly this.").format(who=names)), icon=":material/verified:")
    icon = ":material/approval_delegation:" if asks else ":material/rocket_launch:"
    st.button(label, type="primary", icon=icon, disabled=not safe, key="btn_publish", on_click=_ask)
    if not safe:
        once = _("You can ask once nothing above stands in the way.")
        st.caption(once if asks else _("Publishing opens when nothing above stands in the way."))


def _sent_back(shop: Shop, desk: Desk) -> None:
    """What the last approver wanted changed."""
    last = next(iter(approvals.requests(shop.store, desk.campaign.id, limit=1)), None)
    if last is None or last.standing not in ("returned", "declined"):
        return
    verdict = last.verdicts[-1]
    words = _("{who} asks for changes: {note}") if last.standing == "returned" else _("{who} declined: {note}")
    st.warning(plain_words(words.format(who=verdict.by, note=verdict.note)), icon=":material/undo:")


def _waiting(shop: Shop, desk: Desk, terms: Terms) -> None:
    """The request that stands, and how far it is."""
    request = terms.request
    assert request is not None
    words = _("{who} asked for approval on {time}. {n} of {wanted} agreed. Any edit takes the request back.")
    at = when(request.at, st.context.timezone or "Asia/Shanghai", language())
    said = words.format(who=request.by, time=at, n=len(request.agreed), wanted=terms.wanted)
    st.info(plain_words(said), icon=":material/hourglass_top:")
    if st.button(_("Take the request back"), key="btn_withdraw"):
        try:
            desk.turned(approvals.withdraw(shop.store, desk.campaign, shop.who, shop.now))
        except Refused as refused:
            desk.meet()
            st.session_state[REFUSED] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
        st.session_state.pop(LISTED, None)
        st.rerun()


def _ask() -> None:
    st.session_state[DIALOG] = "publish"
    st.session_state.pop(REFUSED, None)
    st.session_state.pop(RELEASED, None)


def _dismissed() -> None:
    st.session_state.pop(DIALOG, None)


def _confirm(shop: Shop, desk: Desk, definition: Definition, terms: Terms) -> None:
    title, seen = _("Ask for approval") if terms.asks else _("Before it goes live"), desk.content

    @st.dialog(title, width="medium", on_dismiss=_dismissed)
    def ask() -> None:
        if desk.content is not seen:  # the start was moved: all of it is looked at, checked and drawn anew
            st.rerun()
        live = campaigns.live_version(shop.store, desk.campaign)
        st.markdown(opens_to(shop, definition, desk.campaign))
        changes.against(shop, live, definition)
        signed = {one.rule: one.by for one in desk.draft.sign_offs if one.content_hash == definition.content_hash}
        told = ", ".join(f"{rule} ({by})" for rule, by in sorted(signed.items()))
        said = summary(shop, definition, is_live=live is not None) | {_("Warnings signed"): told or _("None")}
        if live is None:
            beginning.draw(shop, desk, definition, bound=bool(signed) or bool(terms.request and terms.agreed))
            said.pop(_("Starts"))
        pairs(said)
        if terms.asks:
            _request(shop, desk, terms)
        else:
            _go_live(shop, desk, definition, terms, live)

    ask()


def _request(shop: Shop, desk: Desk, terms: Terms) -> None:
    st.caption(
        _("Approvals needed for this exact content: {n}. The campaign shows what they decide.").format(n=terms.wanted)
    )
    note = st.text_area(_("Note to the approvers (optional)"), key="ask_note", max_chars=1000, height=80)
    if not st.button(_("Ask for approval"), type="primary", key="btn_ask_now"):
        return
    try:
        desk.turned(approvals.ask(shop.store, desk.draft, shop.catalogue, shop.who, shop.now, note or ""))
    except Refused as refused:
        if refused.code == "conflict":
            desk.meet()
        st.session_state[REFUSED] = f"{plain_words(refused.message.in_(language()))} [{refused.code}]"
    except (Unknown, Busy):
        st.warning(_("No answer came. Press again: nothing is done twice."))
        return
    _dismissed()
    st.session_state.pop(LISTED, None)
    st.rerun()


def _go_live(shop: Shop, desk: Desk, definition: Definition, terms: Terms, live: Version | None) -> None:
    sure = st.checkbox(_("I have looked at the page and the rules"), key=beginning.anew("publish_sure"))
    if why := typed_because(definition, terms.settings, live):
        name = definition.name.in_(language()).strip()
        st.warning(why, icon=":material/priority_high:")
        said = st.text_input(
            _("Type the campaign's name to go on: {name}").format(name=plain_words(name)),
            key=beginning.anew("publish_typed"),
            live="300ms",
        )
        sure = sure and (said or "").strip() == name
    if st.button(_("Confirm and publish"), type="primary", disabled=not sure, key="btn_publish_now"):
        wrong = release(shop, desk)
        if wrong:
            st.session_state[REFUSED] = wrong
        _dismissed()
        st.rerun()


def typed_because(definition: Definition, settings: Workspace, live: Version | None) -> str:
    """Why the name has to be typed; empty where a tick is enough."""
    limit = settings.typed_above
    spends = max(definition.worst_cost, definition.budget.total)
    if limit is not None and (definition.budget.currency != settings.currency or spends > limit):
        return _("This may cost more than {limit}, the limit of this workspace.").format(
            limit=money(limit, settings.currency)
        )
    if changes.takes_away(live, definition):
        return _("A reward that people see now will be gone. What they earned of it stays.")
    return ""

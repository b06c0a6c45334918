"""One live code: its picture for print, whose it is, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.live_code import SOON, LiveCode, runs_dry
from functions.drawing import codes
from functions.drawing.sheets import Named
from functions.storage import workspace
from ui.components.codes import live_ways, print_codes
from ui.components.composer.places import placed
from ui.components.forms.fields import draw as draw_field
from ui.components.forms.form import Form
from ui.components.forms.schema import Spec, spec_of
from ui.components.forms.values import Terms
from ui.i18n import _, language
from ui.live_desk import LiveDesk
from ui.shop import Shop
from ui.words import plain_words, when

DESK = "st_live_desk"


def draw(shop: Shop, code: str, campaigns: Sequence[Campaign]) -> None:
    """The page of one code."""
    st.button(_("All live codes"), icon=":material/arrow_back:", type="tertiary", key="btn_live_back", on_click=_back)
    desk = _desk(shop, code)
    if desk is None:
        st.title(_("There is no such live code"))
        st.write(_("The link may be mistyped, or it belongs to another workspace."))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(plain_words(desk.live.name), width="content")
        standing(shop, desk.live)
    _state(desk)
    left, right = st.columns([1, 2], gap="large")
    with left:
        _printed(shop, desk.live)
    with right:
        _fields(shop, desk, campaigns)


def standing(shop: Shop, live: LiveCode) -> None:
    """Whether it leads somewhere, and for how long."""
    dry = runs_dry(live, shop.now)
    if dry is None:
        st.badge(_("Working"), color="green", icon=":material/check:")
    elif dry <= shop.now:
        st.badge(_("Leads nowhere now"), color="red", icon=":material/link_off:")
    else:
        soon, until = dry <= shop.now + SOON, when(dry, zone(), language())
        words = _("Leads nowhere from {time}") if soon else _("Until {time}")
        st.badge(
            words.format(time=until),
            color="orange" if soon else "blue",
            icon=":material/hourglass_top:" if soon else ":material/schedule:",
        )


def zone() -> str:
    """The reader's own zone."""
    return st.context.timezone or "Asia/Shanghai"


def _back() -> None:
    st.query_params.pop("code", None)
    st.session_state.pop(DESK, None)


def _desk(shop: Shop, code: str) -> LiveDesk | None:
    """This session's desk; opened anew where nothing waits on it, so that others' changes are seen."""
    desk: LiveDesk | None = st.session_state.get(DESK)
    if desk is None or desk.live.code != code or not (desk.faults or desk.out_of_reach or desk.refused):
        fresh = LiveDesk.opened(shop.store, shop.editor, shop.now, code)
        if desk is None or fresh is None or desk.live.code != code or fresh.revision != desk.revision:
            desk = st.session_state[DESK] = fresh
    if desk is not None:
        desk.store, desk.editor, desk.now = shop.store, shop.editor, shop.now
    return desk


def _state(desk: LiveDesk) -> None:
    """Saved; or why not."""
    if desk.refused:
        st.warning(plain_words(desk.refused.in_(language())), icon=":material/group:")
    if desk.out_of_reach:
        st.warning(
            _("The database cannot be reached right now. Everything you typed is still on this page."),
            icon=":material/cloud_off:",
        )
        st.button(_("Try again"), key="btn_live_retry", on_click=desk.keep)
    elif desk.faults:
        st.caption(":orange[:material/edit: " + _("Not saved yet: something below is missing or does not fit.") + "]")
    else:
        st.caption(_("Every change is saved at once and applies from the next scan."))


def _printed(shop: Shop, live: LiveCode) -> None:
    url = shop.settings.live_url(live.code)
    st.image(codes.campaign_svg(url), width=200, alt=_("QR code of the live code"))
    st.code(url, language=None, wrap_lines=True)
    millimetres = print_codes.size()
    with st.container(horizontal=True):
        print_codes.downloads(Named(url, live.name), millimetres, live.code, "tertiary")
        st.link_button(_("Try it"), url, icon=":material/open_in_new:", type="tertiary")


def _fields(shop: Shop, desk: LiveDesk, campaigns: Sequence[Campaign]) -> None:
    if not shop.who.may("compose"):
        for way in desk.live.ways:
            st.markdown(live_ways.summary(way, campaigns, shop.now))
        return
    form = Form(
        content=desk.content,
        faults=placed(desk.content, desk.faults),
        language=language(),
        terms=Terms(zone(), workspace.load(shop.store)[0].currency),
        epoch=desk.epoch,
        write=desk.write,
        replace=desk.replace,
    )
    parts = spec_of(LiveCode).fields
    draw_field(form, parts["name"], ("name",))
    draw_field(form, parts["guide"], ("guide",))
    draw_field(form, _partner(parts["partner"], desk), ("partner",))
    live_ways.editor(shop, form, campaigns)
    if len(desk.content["ways"]) > 1:
        draw_field(form, parts["pick"], ("pick",))
    with st.expander(_("Tags and cost"), expanded=bool(desk.content["tags"] or desk.content["cost"])):
        for name in ("tags", "cost"):
            draw_field(form, parts[name], (name,))
    _away(desk)


def _partner(spec: Spec, desk: LiveDesk) -> Spec:
    """What the partner tells is asked where ours go to them."""
    partner = desk.content["partner"] or {}
    told = {"name", "direction"} | ({"stayed", "bought"} if partner.get("direction") == "out" else set())
    return replace(spec, fields={name: one for name, one in spec.fields.items() if name in told})


def _away(desk: LiveDesk) -> None:
    st.divider()
    if desk.live.archived:
        st.caption(_("Archived: it is not on the list. Printed codes keep working."))
        st.button(_("Back to the list"), icon=":material/unarchive:", key="btn_live_away", on_click=_put, args=(desk,))
    else:
        st.caption(_("Archiving takes it off the list. Printed codes keep working."))
        st.button(_("Archive"), icon=":material/inventory_2:", key="btn_live_away", on_click=_put, args=(desk,))


def _put(desk: LiveDesk) -> None:
    """Off the list, or back onto it; then to the list, which shows it."""
    wanted = not desk.live.archived
    desk.write(("archived",), wanted)
    if desk.live.archived == wanted:
        _back()

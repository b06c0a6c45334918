"""Begin a campaign: from a template, or empty from any mechanic there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import streamlit as st

from functions.core.campaign import Campaign, content_hash
from functions.core.templates import starting
from functions.core.text import Text
from functions.storage import campaigns, workspace
from ui.components.campaigns.gallery import CHOOSING, INSIDE, cards, guess_note, inside
from ui.components.campaigns.house_style import dressed
from ui.components.forms.filling import whole
from ui.frame import COMPOSE
from ui.i18n import _, language
from ui.shop import Shop
from ui.templates import Template, empty, gallery, varied
from ui.words import plain_words

FEW = 9  # where nothing else is shown
ALL = "st_all_templates"  # the few of a page have become all
JUST_BEGUN, DOUBLE_PRESS = "st_just_begun", timedelta(seconds=2)


def open_new(shop: Shop) -> None:
    """The templates in a dialog."""

    @st.dialog(_("New campaign"), width="large", on_dismiss=_dismissed)
    def choose() -> None:
        offer(shop)

    choose()


def offer(shop: Shop, most: int | None = None) -> None:
    """A card for each template, or for `most` of different kinds; then the mechanics to begin from nothing."""
    offered = list(gallery().values())
    if most is not None and most < len(offered) and not st.session_state.get(ALL):
        _few(shop, offered, most)
        return
    kinds = [kind for kind in shop.catalogue.mechanics if any(one.mechanic == kind for one in offered)]
    if len(kinds) > 1:
        wanted = _kinds(shop, kinds)
        offered = [one for one in offered if not wanted or one.mechanic in wanted]
    cards(shop, offered, partial(_take, shop))
    guess_note()
    st.caption(_("Or begin with an empty campaign:"))
    with st.container(horizontal=True):
        for kind in shop.catalogue.mechanics:
            title = plain_words(shop.catalogue.mechanic(kind).TITLE.in_(language()))
            if st.button(title, key=f"btn_empty_{kind}"):
                _begin(shop, empty(kind, shop.now, st.context.timezone or "Asia/Shanghai"))


def _few(shop: Shop, offered: Sequence[Template], most: int) -> None:
    """The first few of every kind, and the way to the others."""
    cards(shop, varied(offered)[:most], partial(_take, shop))
    guess_note()
    words = _("All {n} templates").format(n=len(offered))
    st.button(words, icon=":material/grid_view:", key="btn_all_templates", on_click=_show_all)


def look_inside(shop: Shop) -> None:
    """The dialog of the template that was asked about, while it is open."""
    if template := gallery().get(st.session_state.get(INSIDE, "")):
        inside(shop, template, partial(_take, shop))


def _kinds(shop: Shop, kinds: list[str]) -> list[str]:
    names = {kind: shop.catalogue.mechanic(kind).TITLE.in_(language()) for kind in kinds}
    return st.pills(
        _("Kind"),
        kinds,
        selection_mode="multi",
        format_func=names.__getitem__,
        key=f"gallery_{language()}",
        label_visibility="collapsed",
    )


def _take(shop: Shop, template: Template, name: str) -> None:
    """Begin from a template. Under its own name it gets a number when there is such a campaign already."""
    content = starting(template.content, shop.now)
    names = Text.model_validate(content["name"])
    given = {language(): name} if name and name != names.in_(language()) else _numbered(shop, names)
    _begin(shop, {**content, "name": names.model_dump() | given})


def _numbered(shop: Shop, names: Text) -> dict[str, str]:
    """The names with the first number that is free; empty where they are free themselves."""
    taken = {name for one in campaigns.campaigns(shop.store) for name in (one.name.zh, one.name.en)}
    given = {tongue: name for tongue, name in names.model_dump().items() if name}
    if taken.isdisjoint(given.values()):
        return {}
    number = next(n for n in count(2) if taken.isdisjoint(f"{name} {n}" for name in given.values()))
    return {tongue: f"{name} {number}" for tongue, name in given.items()}


def _begin(shop: Shop, content: dict[str, Any]) -> None:
    _dismissed()
    house, revision = workspace.load(shop.store)
    content = whole(content, shop.catalogue)
    start(shop, dressed(content, house) if revision else content)  # a house that never set anything has no style


def copy(shop: Shop, campaign: Campaign) -> None:
    """A new draft of what the campaign's draft holds, with a number after its name."""
    content = campaigns.load(shop.store, campaign.id).content
    start(shop, {**content, "name": campaign.name.model_dump() | _numbered(shop, campaign.name)})


def start(shop: Shop, content: dict[str, Any]) -> None:
    """A new campaign with this content, opened in the composer. The second press of a double one opens the same."""
    last: dict[str, Any] = st.session_state.setdefault(JUST_BEGUN, {})
    like = content_hash({part: value for part, value in content.items() if part not in ("name", "schedule")})
    if last.get("like") != like or not timedelta(0) <= shop.now - last["at"] < DOUBLE_PRESS:  # a clock may be set back
        clean = campaigns.clean(campaigns.judged(content, [], shop.catalogue, shop.now))
        begun = campaigns.begin(shop.store, shop.fresh_id("camp"), content, shop.editor, shop.now, clean)
        # Into what the session holds already: a second press may end this run at the next touch of the session.
        last.update(like=like, at=shop.now, id=begun.id)
    st.switch_page(COMPOSE, query_params={"c": last["id"]})


def _show_all() -> None:
    st.session_state[ALL] = True


def _dismissed() -> None:
    st.session_state.pop(CHOOSING, None)

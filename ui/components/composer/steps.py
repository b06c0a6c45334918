"""The composer's steps, each a few parts of the definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from functions.core.campaign import Definition, Page, Privacy, Schedule
from functions.core.poster import Poster
from ui.components.composer import audience, check, flow, overlap, reward_cards, rule_cards, rules_text, undo
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.forms.fields import draw, fields
from ui.components.forms.form import Form
from ui.components.forms.inputs import zones
from ui.components.forms.schema import spec_of
from ui.components.forms.values import Path, get
from ui.components.publishing import release
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words

# parts of the definition whose fields do not show what is wrong with the part as a whole
WHOLE = {
    "basics": ("config",), "rules": ("rules",), "rewards": ("rewards", "budget"), "page": ("page", "poster", "privacy"),
    "audience": ("audience", "schedule"),
}  # fmt: skip


def draw_step(step: str, shop: Shop, desk: Desk, form: Form) -> None:
    """One step."""
    drawing: dict[str, Callable[[Shop, Desk, Form], None]] = {
        "basics": _basics,
        "rules": rule_cards.draw_rules,
        "rewards": reward_cards.draw,
        "page": _page,
        "audience": _audience,
        "check": _check,
    }
    drawing[step](shop, desk, form)
    for part in WHOLE.get(step, ()):
        _whole_fault(form, (part,))


def told_nowhere_else(path: Path) -> bool:
    """Whether no other line of its step speaks of the field: cards, sums and warnings are drawn from several."""
    return path[0] in ("channel", "config", "page", "poster", "privacy") and path != ("page", "rules")


def known_zone(zone: Any) -> bool:
    """Whether it is one of the zones to choose from."""
    return isinstance(zone, str) and zone in zones()


def _basics(shop: Shop, desk: Desk, form: Form) -> None:
    definition = spec_of(Definition)
    draw(form, definition.fields["name"], ("name",))
    draw(form, definition.fields["channel"], ("channel",))
    kind = str(desk.content.get("mechanic"))
    if kind not in shop.catalogue.mechanics:
        st.error(_("There is no such mechanic: {kind}").format(kind=plain_words(kind)))
        return
    mechanic = shop.catalogue.mechanic(kind)
    st.subheader(plain_words(mechanic.TITLE.in_(form.language)))
    config = spec_of(mechanic.Config)
    if not config.fields:
        st.caption(_("There is nothing to set here."))
    fields(form, config.fields, ("config",))


def _page(shop: Shop, desk: Desk, form: Form) -> None:
    page = spec_of(Page).fields
    names = list(page)
    after = names.index("rules") + 1
    fields(form, {name: page[name] for name in names[:after]}, ("page",))
    _write_rules(shop, desk)
    fields(form, {name: page[name] for name in names[after:]}, ("page",))
    st.subheader(_("Poster and shared link"))
    fields(form, spec_of(Poster).fields, ("poster",))
    st.subheader(_("Privacy"))
    fields(form, spec_of(Privacy).fields, ("privacy",))


def _write_rules(shop: Shop, desk: Desk) -> None:
    """The rules' text can be written from the rules; what stood there comes back on a press."""
    kind = str(desk.content.get("mechanic"))
    if kind not in shop.catalogue.mechanics:
        return
    path = ("page", "rules")
    mechanic = shop.catalogue.mechanic(kind)
    text = rules_text.written(desk.content, mechanic.FACTS, rules_text.first_of(mechanic, desk.content))
    if text != get(desk.content, path):
        words = _("Write it from the rules and rewards")
        st.button(
            words, icon=":material/auto_fix_high:", key="btn_write_rules", on_click=undo.keep, args=(desk, path, text)
        )
    undo.offer(desk, path)


def _audience(shop: Shop, desk: Desk, form: Form) -> None:
    audience.draw_audience(shop, desk, form)
    st.subheader(_("Time"))
    fields(form, spec_of(Schedule).fields, ("schedule",))
    overlap.draw(shop, desk)


def _check(shop: Shop, desk: Desk, form: Form) -> None:
    fresh = release.panel(shop, desk)
    _flow(shop, desk, form)
    check.draw(shop, desk, form, fresh=fresh)


def _flow(shop: Shop, desk: Desk, form: Form) -> None:
    """The campaign as a picture, and in words for those who cannot see it."""
    kind = str(desk.content.get("mechanic"))
    if kind not in shop.catalogue.mechanics:
        return
    mechanic = shop.catalogue.mechanic(kind)
    gifts = gifts_of(reward_cards.items(desk), form.language)
    rules = [rule for rule in desk.content.get("rules") or [] if isinstance(rule, dict)]
    told = [sentence(rule, mechanic.FACTS, gifts, form.language) for rule in rules]
    with st.container(border=True):
        st.markdown("**" + _("How it works") + "**")
        st.html(flow.picture(flow.tree(desk.content, mechanic, gifts, form.language), told, form.language))
        if spare := flow.left_over(desk.content, gifts):
            names = _(", ").join(plain_words(name) for name in spare)
            st.caption(_("Given by no rule: {names}").format(names=names))


def _whole_fault(form: Form, path: tuple[str, ...]) -> None:
    """What is wrong with several fields together."""
    for fault in form.wrong(path, inside=False):
        st.error(plain_words(fault.message.in_(form.language)), icon=":material/error:")

"""The parts of the settings page, but for people: brand, new campaigns, approval, privacy, this deployment."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import streamlit as st

from functions.core.colours import READABLE, contrast
from functions.core.discovery import discover
from functions.core.workspace import Approval, Brand, Workspace
from ui.components.forms.fields import draw, fields
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.components.workspace.settings_desk import SettingsDesk
from ui.frame import pairs
from ui.i18n import _, language
from ui.shop import Shop
from ui.templates import gallery

PROJECT = Path(__file__).parents[3] / "pyproject.toml"
SAMPLE = (
    '<span style="display:inline-block;padding:10px 28px;border-radius:24px;background:{colour};color:{on};'
    'font-weight:600">{words}</span>'
)


def brand(form: Form, desk: SettingsDesk) -> None:
    """Name, colour with its contrast, logo; and the language to begin with."""
    parts = spec_of(Brand).fields
    draw(form, parts["name"], ("brand", "name"))
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        draw(form, parts["colour"], ("brand", "colour"))
    with right:
        _contrast(desk.settings.brand.colour)
    draw(form, parts["logo"], ("brand", "logo"))
    draw(form, spec_of(Workspace).fields["language"], ("language",))


def _contrast(colour: str) -> None:
    """Whether words can be read in this colour, and upon it; and how a button looks."""
    ratio = contrast(colour, "#FFFFFF")
    said = _("Contrast with white {ratio}").format(ratio=f"{ratio:.1f}")
    if ratio >= READABLE:
        st.badge(_("{said}: easy to read").format(said=said), color="green", icon=":material/check_circle:")
    else:
        st.badge(_("{said}: below 4.5").format(said=said), color="orange", icon=":material/warning:")
        st.caption(_("Words on the page stay dark, and those on a button turn black where that reads better."))
    on = "#FFFFFF" if ratio >= contrast(colour, "#000000") else "#000000"
    st.html(SAMPLE.format(colour=colour, on=on, words=_("Check in today")))


def beginnings(form: Form, _desk: SettingsDesk) -> None:
    """What new campaigns begin with."""
    parts = spec_of(Workspace).fields
    fields(form, {name: parts[name] for name in ("zone", "currency", "typed_above")}, ())
    st.subheader(_("Templates"))
    _templates()
    st.caption(_("These come with Pond. Your engineers can add more."))


def _templates() -> None:
    """What there is to begin from, by mechanic."""
    named: dict[str, list[str]] = {}
    for template in gallery().values():
        named.setdefault(template.mechanic, []).append(_named(template.content))
    titles = {kind: discover().mechanic(kind).TITLE.in_(language()) for kind in named}
    pairs({titles[kind]: " · ".join(names) for kind, names in named.items()}, "pairs_templates")


def _named(content: dict[str, object]) -> str:
    name = content.get("name")
    return str(name.get(language(), "")) if isinstance(name, dict) else ""


def approval(form: Form, desk: SettingsDesk) -> None:
    """Who has to agree before something goes live."""
    parts = spec_of(Approval).fields
    draw(form, parts["needed"], ("approval", "needed"))
    if desk.settings.approval.needed:
        fields(form, {name: parts[name] for name in ("count", "above", "own")}, ("approval",))
    else:
        st.caption(_("Whoever may publish does so alone. The change list and the worst case are shown either way."))


def privacy(form: Form, _desk: SettingsDesk) -> None:
    """Whom to ask, and for how long things are kept."""
    parts = spec_of(Workspace).fields
    draw(form, parts["contact"], ("contact",))
    draw(form, parts["retention_days"], ("retention_days",))
    st.subheader(_("Standard wording"))
    st.caption(_("Campaigns differ in what they store. A new one that stores any of these says so in these words."))
    draw(form, parts["purposes"], ("purposes",))
    st.caption(_("What templates store, and what they say of it:"))
    names = _names()
    words = _("{said} ({code})")
    told = {names.get(code, code): words.format(said=said, code=code) for code, said in _stored().items()}
    pairs(told, "pairs_stored")


def _stored() -> dict[str, str]:
    """What the templates' campaigns store about people, and the first words for it."""
    found: dict[str, str] = {}
    for template in gallery().values():
        for one in template.content["privacy"]["purposes"]:
            found.setdefault(one["field"], one["purpose"][language()])
    return found


def _names() -> dict[str, str]:
    """What the codes of the templates' purposes are called."""
    return {
        "checkin_days": _("Check-in days"),
        "payment": _("Deposit payments"),
        "pictures": _("Photos"),
        "answers": _("Quiz answers"),
        "notes": _("Notes"),
        "assist": _("Friends' help"),
        "nickname": _("Nickname"),
        "claims": _("Rewards claimed"),
        "group": _("Group orders"),
        "items": _("Items scanned"),
        "referral": _("Referrals"),
    }


def about(shop: Shop) -> None:
    """What this deployment is."""
    told = shop.settings
    pairs(
        {
            _("Version"): version(),
            _("Stage"): told.stage,
            _("Region"): told.region,
            _("Workspace"): told.tenant,
            _("Table"): told.table,
            _("Page address"): told.base_url,
        },
        "pairs_about",
    )


@cache
def version() -> str:
    """Pond's own."""
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"]) if PROJECT.exists() else ""

"""The ways of a live code: where each leads, when, for whom and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st

from functions.core.campaign import Campaign
from functions.core.live_code import WAYS_MAX, ToPage, ToPicture, Way
from functions.core.text import Text
from functions.storage import channels
from ui.components.forms.begun import begun
from ui.components.forms.fields import draw, fields
from ui.components.forms.form import Form
from ui.components.forms.schema import spec_of
from ui.i18n import _, language
from ui.shop import Shop
from ui.words import named, plain_words

NEW: dict[str, dict[str, Any]] = {
    "campaign": {"kind": "campaign", "campaign": "", "channel": ""},
    "picture": {"kind": "picture", "picture": "", "words": {"zh": "", "en": ""}},
    "page": {"kind": "page", "url": ""},
}
ICONS = {"campaign": "campaign", "picture": "qr_code_2", "page": "language"}


def kinds() -> dict[str, str]:
    """What a way may lead to."""
    return {"campaign": _("A campaign"), "picture": _("A QR code picture"), "page": _("A web page")}


def editor(shop: Shop, form: Form, campaigns: Sequence[Campaign]) -> None:
    """All ways, each in a box, and the buttons for another."""
    ways = form.content["ways"]
    st.subheader(_("Where it leads"))
    if not ways:
        st.info(_("Nowhere yet. Add the first place below."), icon=":material/alt_route:")
    for place, way in enumerate(ways):
        with st.container(border=True):
            _way(shop, form, campaigns, place, way)
    if len(ways) < WAYS_MAX:
        _another(form, campaigns)


def _another(form: Form, campaigns: Sequence[Campaign]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("Add"), width="content")
        for kind, words in kinds().items():
            st.button(
                words,
                icon=f":material/{ICONS[kind]}:",
                key=f"btn_way_{kind}",
                disabled=kind == "campaign" and not campaigns,
                on_click=_added,
                args=(form, kind, campaigns),
            )


def _added(form: Form, kind: str, campaigns: Sequence[Campaign]) -> None:
    target = dict(NEW[kind])
    if kind == "campaign":
        target["campaign"] = campaigns[0].id
    form.replace(("ways",), [*form.content["ways"], {"target": target, "weight": 1, "regions": []}])


def _way(shop: Shop, form: Form, campaigns: Sequence[Campaign], place: int, way: dict[str, Any]) -> None:
    kind, path = way["target"]["kind"], ("ways", place)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":material/{ICONS[kind]}: **{kinds()[kind]}**")
        _moves(form, place)
    if kind == "campaign":
        _campaign(shop, form, campaigns, (*path, "target"), way["target"])
    elif kind == "picture":
        fields(form, {name: spec_of(ToPicture).fields[name] for name in ("picture", "words")}, (*path, "target"))
    else:
        draw(form, spec_of(ToPage).fields["url"], (*path, "target", "url"))
    parts = spec_of(Way).fields
    weighed = len(form.content["ways"]) > 1 and form.content["pick"] == "weight"
    if kind != "picture":  # a group's code is a picture; a page or a campaign does not end by itself
        parts = {**parts, "ends": replace(parts["ends"], help=Text())}
    fields(form, {name: parts[name] for name in ("begins", "ends", *(["weight"] if weighed else []))}, path)
    with st.expander(_("Only in some regions"), expanded=bool(way.get("regions"))):
        draw(form, parts["regions"], (*path, "regions"))


def _moves(form: Form, place: int) -> None:
    ways = form.content["ways"]
    earlier = [*ways[: place - 1], ways[place], ways[place - 1], *ways[place + 1 :]] if place else ways
    with st.container(horizontal=True, width="content"):
        for icon, words, after, off in (
            ("arrow_upward", _("Earlier"), earlier, place == 0),
            ("delete", _("Remove"), [*ways[:place], *ways[place + 1 :]], False),
        ):
            st.button(
                "",
                icon=f":material/{icon}:",
                help=words,
                type="tertiary",
                key=f"btn_way_{icon}_{form.epoch}_{place}",
                disabled=off,
                on_click=form.replace,
                args=(("ways",), after),
            )


def _campaign(
    shop: Shop, form: Form, campaigns: Sequence[Campaign], path: tuple[str | int, ...], target: dict[str, Any]
) -> None:
    """The campaign by its name, and the channel its people are counted under."""
    known = {one.id: named(one) for one in campaigns} | {"": _("Choose one")}
    options = [one.id for one in campaigns]
    if target["campaign"] not in known:
        options, known = [target["campaign"], *options], known | {target["campaign"]: _("A campaign that is gone")}
    doors = {one.code: one.name for one in channels.channels(shop.store, target["campaign"])}
    left, right = st.columns(2)
    with left:
        _pick(form, (*path, "campaign"), _("Campaign"), options, known)
    with right:
        _pick(form, (*path, "channel"), _("Count people under"), ["", *doors], {"": _("No channel"), **doors})


def _pick(form: Form, path: tuple[str | int, ...], label: str, options: list[str], words: dict[str, str]) -> None:
    key, value = form.key(path), form.content["ways"][path[1]]["target"][path[-1]]
    if value not in options:
        options, words = [value, *options], {value: value, **words}
    st.selectbox(
        label,
        options,
        options.index(begun(key, value)) if begun(key, value) in options else 0,
        key=key,
        format_func=lambda option: words.get(option, option),
        on_change=lambda: form.replace(path, st.session_state[key]),
    )


def summary(way: Way, campaigns: Sequence[Campaign], now: datetime) -> str:
    """One way in a few words."""
    target = way.target
    if target.kind == "campaign":
        found = next((named(one) for one in campaigns if one.id == target.campaign), _("A campaign that is gone"))
    else:
        found = target.url if target.kind == "page" else target.words.in_(language()) or kinds()["picture"]
    return f":material/{ICONS[target.kind]}: {plain_words(found)}" + (
        "" if way.is_open(now) else f" :gray[{_('(closed now)')}]"
    )

"""What a badge or a certificate looks like, beside its fields: drawn as members will have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.core.campaign import INSTANT, Definition
from functions.core.colours import Palette
from functions.core.keys import Row
from functions.core.reward import Grant
from functions.core.text import Language, Text
from functions.drawing.certificates import Certificate, jpeg
from functions.pages.certificates import said_on, sheet
from functions.pages.render import environment
from ui.desk import Desk
from ui.i18n import _, both
from ui.sample_member import CAMPAIGN, MEMBER
from ui.shop import Shop
from ui.words import plain_words

SHEET_PIXELS, SIGN_PIXELS = 300, 72


def draw(shop: Shop, desk: Desk, item: Mapping[str, Any], tongue: Language) -> None:
    """Nothing for other rewards, nor while the draft does not hold together: its fields say why."""
    kind = str(item.get("kind"))
    definition = desk.checked()[0] if kind in LOOKS else None
    if definition is None:
        return
    module = shop.catalogue.reward(kind)
    try:
        config = module.Config.model_validate(item.get("config", {}))
    except ValidationError:
        return
    row = module.rows(config, _grant(definition, item))[0].put
    LOOKS[kind](shop, definition, config, row or {}, tongue)


def _grant(definition: Definition, item: Mapping[str, Any]) -> Grant:
    """To a made-up member, on the campaign's last day."""
    schedule = definition.schedule
    at = schedule.ends_at - INSTANT if schedule.ends_at else schedule.starts_at
    name = Text.model_validate(item.get("name", {}))
    kept = {"campaign": CAMPAIGN, "version": 1, "rule": "", "reward": str(item.get("id")), "kind": str(item["kind"])}
    return Grant("grant", member=MEMBER, at=at, name=name, calendar=schedule.calendar, **kept)  # type: ignore[arg-type]


def _certificate(shop: Shop, definition: Definition, config: Any, row: Row, tongue: Language) -> None:
    said = said_on(tongue, definition, config, row, MEMBER, both("A nickname").in_(tongue))
    st.caption(_("As members will have it, with their own nickname"))
    drawn = _sheet(sheet(tongue, said, f"{shop.settings.base_url.rstrip('/')}/v/cert"))
    st.image(drawn, width=SHEET_PIXELS, alt=plain_words(said.title))


@st.cache_data(show_spinner=False, max_entries=16)
def _sheet(certificate: Certificate) -> bytes:
    return jpeg(certificate)


def _badge(_shop: Shop, definition: Definition, config: Any, row: Row, tongue: Language) -> None:
    palette = Palette.of(definition.page.colour)
    signs: Any = environment().get_template("badges/signs.html").module
    svg = str(signs.sign(config.sign, palette.brand, palette.on)).replace("<svg", SVG, 1)
    name = Text.model_validate(row["name"]).in_(tongue)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.image(svg, width=SIGN_PIXELS, alt=plain_words(name))
        st.caption(_("In the colour of the campaign's page"), width="content")


SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
LOOKS: Mapping[str, Callable[[Shop, Definition, Any, Row, Language], None]] = {
    "certificate": _certificate,
    "badge": _badge,
}

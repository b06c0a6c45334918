"""The rules' empty state: three to begin with, and what they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from functions.core.mechanic import FactType
from functions.core.text import Text
from ui.components.composer import suggestions
from ui.components.composer.gifts import Gift
from ui.components.composer.reward_cards import fresh_name, items, new_reward
from ui.components.composer.sentences import sentence
from ui.components.forms.form import Form
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words

OPEN = "st_open_rule"


def draw(
    shop: Shop, desk: Desk, form: Form, facts: dict[str, FactType], silent: Mapping[str, Text], gifts: dict[str, Gift]
) -> None:
    """Rules to begin with; where there is no reward yet, one that costs nothing comes along."""
    kind = str(desk.content.get("mechanic"))
    free = None if gifts else suggestions.free_reward(shop.catalogue)
    rewards, called = list(gifts), dict(gifts)
    if free is not None:
        rewards, called = [free], {free: Gift(shop.catalogue.reward(free).TITLE.in_(form.language), free)}
    if kind not in shop.catalogue.mechanics:
        return
    for place, rule in enumerate(suggestions.suggested(shop.catalogue, kind, silent, rewards)):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain_words(sentence(rule, facts, called, form.language)))
            st.button(
                _("Add"),
                icon=":material/add:",
                key=f"btn_suggest_{place}",
                on_click=_take,
                args=(shop, desk, rule, free),
            )


def _take(shop: Shop, desk: Desk, rule: dict[str, Any], free: str | None) -> None:
    """A suggestion becomes a rule, and what it needs a reward."""
    if free is not None and not items(desk):
        desk.write(("rewards",), [new_reward(shop, free, free)])
    rules = list(desk.content.get("rules") or [])
    name = fresh_name("rule", {str(one.get("id")) for one in rules})
    desk.replace(("rules",), [*rules, {"id": name, **rule}])
    st.session_state[OPEN] = name

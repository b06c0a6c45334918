"""The rules: sentences, of which one is open for editing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import streamlit as st
from pydantic import ValidationError

from functions.core.mechanic import FactType
from functions.core.text import Text
from functions.insights.latest import Happened, latest
from functions.storage.store import Busy, Unknown
from ui.components.composer import rule_editor, rule_ideas, rule_trial, undo
from ui.components.composer.gifts import Gift, gifts_of
from ui.components.composer.reward_cards import fresh_name, items
from ui.components.composer.rule_ideas import OPEN
from ui.components.composer.rule_reading import oddities
from ui.components.composer.sentences import sentence
from ui.components.composer.subjects import told
from ui.components.forms.form import Form, complain
from ui.components.forms.values import Path
from ui.desk import Desk
from ui.i18n import _
from ui.shop import Shop
from ui.words import plain_words

LATELY = "st_lately"
FRESH_FOR = timedelta(seconds=20)


def draw_rules(shop: Shop, desk: Desk, form: Form) -> None:
    """The step."""
    facts, silent = _facts(shop, desk), _silent(shop, desk)
    rules = [rule for rule in desk.content.get("rules") or [] if isinstance(rule, dict)]
    gifts = gifts_of(items(desk), form.language)
    if not rules:
        st.info(_("There are no rules yet: participants would get nothing."))
        rule_ideas.draw(shop, desk, form, facts, silent, gifts)
    odd = oddities(rules, silent)
    for place, rule in enumerate(rules):
        _card(desk, form, facts, gifts, rules, place, rule, [one.in_(form.language) for one in odd.get(place, [])])
    undo.offer(desk, ("rules",))
    if not gifts:
        st.caption(_("Add a reward first: a rule needs something to give."))
    first = next((kind for kind in facts if kind not in silent), "")
    st.button(
        _("Add rule"),
        icon=":material/add:",
        key="btn_rule_add",
        disabled=not (facts and gifts),
        on_click=_add,
        args=(desk, first, next(iter(gifts), ""), facts[first].concerns[0] if first in facts else "member"),
    )
    if rules and facts:
        rule_trial.draw(form, facts, gifts, rules, st.session_state.get(OPEN), _lately(shop, desk))


def _lately(shop: Shop, desk: Desk) -> list[Happened]:
    """What really happened in a campaign that runs; looked up at most once in twenty seconds."""
    known: tuple[str, datetime, list[Happened]] | None = st.session_state.get(LATELY)
    if not desk.campaign.live or desk.out_of_reach:
        return []
    if known is not None and known[0] == desk.campaign.id and timedelta(0) <= shop.now - known[1] < FRESH_FOR:
        return known[2]
    try:
        found = latest(shop.store, desk.campaign.id)
    except (Unknown, Busy):  # somebody made up will do until the table answers
        return []
    st.session_state[LATELY] = (desk.campaign.id, shop.now, found)
    return found


def _silent(shop: Shop, desk: Desk) -> Mapping[str, Text]:
    """Facts that the mechanic's options keep from happening; none while the options are not right."""
    kind = str(desk.content.get("mechanic"))
    mechanic: Any = shop.catalogue.mechanic(kind) if kind in shop.catalogue.mechanics else None
    if not hasattr(mechanic, "silent"):
        return {}
    try:
        return dict(mechanic.silent(mechanic.Config.model_validate(desk.content.get("config") or {})))
    except ValidationError:
        return {}


def _facts(shop: Shop, desk: Desk) -> dict[str, FactType]:
    kind = str(desk.content.get("mechanic"))
    return dict(shop.catalogue.mechanic(kind).FACTS) if kind in shop.catalogue.mechanics else {}


def _card(
    desk: Desk,
    form: Form,
    facts: dict[str, FactType],
    gifts: dict[str, Gift],
    rules: list[Any],
    place: int,
    rule: Any,
    odd: list[str],
) -> None:
    opened = st.session_state.get(OPEN) == rule.get("id")
    path: Path = ("rules", place)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = plain_words(sentence(rule, facts, gifts, form.language))
            with st.container(gap=None):
                st.markdown(f"**{place + 1}** &nbsp; {words}")
            st.button(
                _("Close") if opened else _("Edit"),
                key=f"btn_rule_open_{rule.get('id')}",
                on_click=_toggle,
                args=(rule.get("id"), opened),
            )
            _more(desk, rules, place)
        if opened:
            rule_editor.draw_open(desk, form, facts, {one: gift.name for one, gift in gifts.items()}, path, rule)
            _between_fields(form, path)
        elif wrong := [*form.wrong(path)]:
            complain([told(desk.content, desk.catalogue, one, form.language, within=2) for one in wrong])
        for words in odd:
            st.caption(f":orange[:material/warning: {plain_words(words)}]")


def _between_fields(form: Form, path: Path) -> None:
    """What is wrong with an open rule, or a line of it, and with none of its fields."""
    for place, faults in form.faults.items():
        if place == path or (place[:2] == path and len(place) == 4 and isinstance(place[3], int)):
            complain([fault.message.in_(form.language) for fault in faults])


def _more(desk: Desk, rules: list[Any], place: int) -> None:
    rule = rules[place]
    words = {
        "copy": _("Copy"),
        "up": _("Move up"),
        "down": _("Move down"),
        "switch": _("Turn off") if rule.get("enabled", True) else _("Turn on"),
        "drop": _("Remove"),
    }
    key = f"btn_rule_more_{rule.get('id')}"

    def chosen() -> None:
        _rearrange(desk, rules, place, str(st.session_state[key]))

    st.menu_button(_("More"), list(words), format_func=words.__getitem__, key=key, on_click=chosen)


def _rearrange(desk: Desk, rules: list[Any], place: int, action: str) -> None:
    changed = list(rules)
    rule = changed.pop(place)
    if action == "copy":
        copied = {**rule, "id": fresh_name("rule", {str(one.get("id")) for one in rules})}
        changed[place:place] = [rule, copied]
    elif action == "switch":
        changed.insert(place, {**rule, "enabled": not rule.get("enabled", True)})
    elif action in ("up", "down"):
        changed.insert(max(0, place + (1 if action == "down" else -1)), rule)
    if action == "drop":
        undo.keep(desk, ("rules",), changed)
    else:
        desk.replace(("rules",), changed)


def _add(desk: Desk, fact: str, reward: str, to: str) -> None:
    rules = list(desk.content.get("rules") or [])
    name = fresh_name("rule", {str(rule.get("id")) for rule in rules})
    then = [{"reward": reward, "amount": 1, "to": to}]
    rule = {"id": name, "when": fact, "match": "all", "if": [], "then": then, "limit": None, "enabled": True}
    desk.write(("rules",), [*rules, rule])
    st.session_state[OPEN] = name


def _toggle(rule: str, opened: bool) -> None:
    st.session_state[OPEN] = None if opened else rule

"""The rules: sentences, of which one is open for editing at a time."""

from __future__ import annotations

from typing import Any

import streamlit as st

from functions.core.mechanic import FactType
from functions.core.text import Text
from ui.components import condition_rows
from ui.components.fields import draw
from ui.components.form import Form, slot
from ui.components.inputs import choose
from ui.components.reward_cards import fresh_name, items, reward_name
from ui.components.schema import Spec
from ui.components.sentences import sentence
from ui.components.values import Path
from ui.desk import Desk
from ui.i18n import _, both
from ui.shop import Shop
from ui.words import plain_words

OPEN = "st_open_rule"
GIFTS_MAX = 3


def draw_rules(shop: Shop, desk: Desk, form: Form) -> None:
    """The step."""
    facts = _facts(shop, desk)
    rules = [rule for rule in desk.content.get("rules") or [] if isinstance(rule, dict)]
    names = {str(item.get("id")): reward_name(item, form) for item in items(desk)}
    if not rules:
        st.info(_("There are no rules yet: participants would get nothing."))
    for place, rule in enumerate(rules):
        _card(desk, form, facts, names, rules, place, rule)
    if not names:
        st.caption(_("Add a reward first: a rule needs something to give."))
    st.button(
        _("Add rule"),
        icon=":material/add:",
        key="btn_rule_add",
        disabled=not (facts and names),
        on_click=_add,
        args=(desk, next(iter(facts), ""), next(iter(names), "")),
    )


def _facts(shop: Shop, desk: Desk) -> dict[str, FactType]:
    kind = str(desk.content.get("mechanic"))
    return dict(shop.catalogue.mechanic(kind).FACTS) if kind in shop.catalogue.mechanics else {}


def _card(
    desk: Desk, form: Form, facts: dict[str, FactType], names: dict[str, str], rules: list[Any], place: int, rule: Any
) -> None:
    opened = st.session_state.get(OPEN) == rule.get("id")
    path: Path = ("rules", place)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = plain_words(sentence(rule, facts, names, form.language))
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
            _open(desk, form, facts, names, path, rule)
        elif wrong := form.at(path):
            st.caption(f":red[:material/error: {plain_words(wrong)}]")


def _open(
    desk: Desk, form: Form, facts: dict[str, FactType], names: dict[str, str], path: Path, rule: dict[str, Any]
) -> None:
    when = Spec("choice", label=both("When"), choices={kind: fact.title for kind, fact in facts.items()})
    choose(
        form, when, (*path, "when"), _among(rule.get("when"), facts), lambda kind: _turn(desk, facts, path, rule, kind)
    )
    slot(form, when, (*path, "when"))
    condition_rows.draw_rows(form, facts.get(str(rule.get("when"))), path, rule)
    st.markdown("**" + _("Then give") + "**")
    gifts = rule.get("then") or []
    for place in range(len(gifts)):
        _gift(form, names, (*path, "then", place), gifts)
    start = {"reward": next(iter(names), ""), "amount": 1, "to": "member"}
    if len(gifts) < GIFTS_MAX:
        st.button(
            _("Add"),
            icon=":material/add:",
            key="btn_" + form.key((*path, "then"), "~add"),
            on_click=lambda: form.write((*path, "then"), [*gifts, start]),
        )
    slot(form, Spec("line"), (*path, "then"), inside=False)
    limit = Spec(
        "whole", optional=True, label=both("At most for each person"), unit="times", help=both("Empty: not limited")
    )
    draw(form, limit, (*path, "limit"))


def _gift(form: Form, names: dict[str, str], path: Path, gifts: list[Any]) -> None:
    left, middle, right = st.columns([6, 3, 1], vertical_alignment="center")
    place = int(path[-1])
    rewards = Spec(
        "choice", label=both("Reward"), choices={name: Text(zh=words, en=words) for name, words in names.items()}
    )
    with left:
        choose(
            form,
            rewards,
            (*path, "reward"),
            _among(gifts[place].get("reward"), names),
            lambda name: form.write((*path, "reward"), name),
        )
        slot(form, rewards, (*path, "reward"))
    with middle:
        draw(form, Spec("whole", label=both("How many")), (*path, "amount"))
    right.button(
        "",
        icon=":material/close:",
        help=_("Remove"),
        type="tertiary",
        key="btn_" + form.key(path, "~drop"),
        on_click=lambda: form.replace(path[:-1], [*gifts[:place], *gifts[place + 1 :]]),
    )


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
    desk.replace(("rules",), changed)


def _turn(desk: Desk, facts: dict[str, FactType], path: Path, rule: dict[str, Any], kind: str) -> None:
    """Another fact: conditions on fields it also has stay, the others are dropped, and said to be."""
    kept = [
        line for line in rule.get("if") or [] if line.get("op") == "first" or line.get("field") in facts[kind].fields
    ]
    dropped = len(rule.get("if") or []) - len(kept)
    desk.replace(path, {**rule, "when": kind, "if": kept})
    if dropped:
        st.toast(_("{n} conditions did not fit and were dropped.").format(n=dropped))


def _add(desk: Desk, fact: str, reward: str) -> None:
    rules = list(desk.content.get("rules") or [])
    name = fresh_name("rule", {str(rule.get("id")) for rule in rules})
    then = [{"reward": reward, "amount": 1, "to": "member"}]
    rule = {"id": name, "when": fact, "match": "all", "if": [], "then": then, "limit": None, "enabled": True}
    desk.write(("rules",), [*rules, rule])
    st.session_state[OPEN] = name


def _toggle(rule: str, opened: bool) -> None:
    st.session_state[OPEN] = None if opened else rule


def _among(value: Any, known: Any) -> Any:
    return value if value in known else None

"""The rule that is open: when, if, then, and how often for each person."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from functions.core.mechanic import FactType
from functions.core.rules import RECIPIENTS
from functions.core.text import Text
from ui.components.composer import condition_rows
from ui.components.composer.sentences import condition
from ui.components.forms.fields import draw, fields
from ui.components.forms.form import Form, slot
from ui.components.forms.inputs import choose
from ui.components.forms.listed import adder, dropper
from ui.components.forms.schema import Spec
from ui.components.forms.values import Path
from ui.desk import Desk
from ui.i18n import _, both, language
from ui.words import plain_words

GIFTS_MAX = 3


def draw_open(
    desk: Desk, form: Form, facts: dict[str, FactType], names: dict[str, str], path: Path, rule: dict[str, Any]
) -> None:
    """All of it."""
    when = Spec("choice", label=both("When"), choices={kind: fact.title for kind, fact in facts.items()})
    turn = partial(_turn, desk, facts, path, rule)
    with st.container(gap="xxsmall"):
        choose(form, when, (*path, "when"), _among(rule.get("when"), facts), turn)
        slot(form, when, (*path, "when"))
    condition_rows.draw_rows(form, facts.get(str(rule.get("when"))), path, rule)
    with st.container(gap="xsmall"):
        _gifts(form, names, (*path, "then"), rule.get("then") or [], _recipients(facts.get(str(rule.get("when")))))
    limit = Spec("whole", optional=True, label=both("Limit per person"), unit="times", help=both("Empty: no limit"))
    cooldown = Spec(
        "whole",
        optional=True,
        label=both("Days in between, at least"),
        unit="days",
        help=both("1: once a day, 7: once a week. Empty: no wait"),
    )
    fields(form, {"limit": limit, "cooldown": cooldown}, path)


def _gifts(form: Form, names: dict[str, str], path: Path, gifts: list[Any], recipients: dict[str, Text]) -> None:
    """What the rule gives, one row each; more can be added up to a few."""
    st.markdown("**" + _("Then give") + "**")
    for place in range(len(gifts)):
        _gift(form, names, (*path, place), gifts, recipients)
    start = {"reward": next(iter(names), ""), "amount": 1, "to": next(iter(recipients), "member")}
    adder(form, Spec("line"), path, gifts, start, GIFTS_MAX)


def _recipients(fact: FactType | None) -> dict[str, Text]:
    """Whom a fact can reward, in words; one alone needs no choice."""
    return {to: RECIPIENTS[to] for to in (fact.concerns if fact else ("member",))}


def _gift(form: Form, names: dict[str, str], path: Path, gifts: list[Any], recipients: dict[str, Text]) -> None:
    left, middle, right = st.columns([6, 3, 1])
    place = int(path[-1])
    rewards = Spec(
        "choice", label=both("Reward"), choices={name: Text(zh=words, en=words) for name, words in names.items()}
    )
    with left, st.container(gap="xxsmall"):
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
    with right:
        dropper(form, path, gifts)
    if list(recipients) != ["member"]:
        to = Spec("choice", label=both("To whom"), choices=recipients)
        known = _among(gifts[place].get("to", "member"), recipients)
        choose(form, to, (*path, "to"), known, lambda who: form.write((*path, "to"), who))
        slot(form, to, (*path, "to"))


def _given(gift: dict[str, Any], concerns: tuple[str, ...]) -> dict[str, Any]:
    """The same to whom the other fact concerns."""
    return gift if gift.get("to", "member") in concerns else {**gift, "to": concerns[0]}


def _turn(desk: Desk, facts: dict[str, FactType], path: Path, rule: dict[str, Any], kind: str) -> None:
    """Another fact: conditions on fields it also has stay, the others are dropped, and said to be."""
    kept = [
        line for line in rule.get("if") or [] if line.get("op") == "first" or line.get("field") in facts[kind].fields
    ]
    dropped = [line for line in rule.get("if") or [] if line not in kept]
    before = facts.get(str(rule.get("when")))
    gifts = [_given(gift, facts[kind].concerns) for gift in rule.get("then") or []]
    desk.replace(path, {**rule, "when": kind, "if": kept, "then": gifts})
    if dropped:
        said = "; ".join(condition(line, before, language()) for line in dropped)
        st.toast(plain_words(_("Dropped, since the new event has no such thing: {conditions}").format(conditions=said)))


def _among(value: Any, known: Any) -> Any:
    return value if value in known else None

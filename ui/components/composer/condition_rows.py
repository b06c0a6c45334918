"""The conditions of an open rule: attribute, operator by its type, value by its type."""

from __future__ import annotations

from typing import Any

import streamlit as st

from functions.core.mechanic import FactType
from functions.core.text import Text
from ui.components.composer.sentences import OPERATOR_WORDS, OPERATORS
from ui.components.forms.begun import begun
from ui.components.forms.fields import draw
from ui.components.forms.form import Form, slot
from ui.components.forms.inputs import TYPING
from ui.components.forms.listed import dropper
from ui.components.forms.schema import Spec
from ui.components.forms.values import Path
from ui.i18n import _, both, language
from ui.words import plain_words

CONDITIONS_MAX = 6
FIRST = "~first"  # stands for the condition without a field


def draw_rows(form: Form, fact: FactType | None, path: Path, rule: dict[str, Any]) -> None:
    """All conditions of the rule at `path`."""
    if fact is None:
        return
    with st.container(gap="xsmall"):
        _rows(form, fact, path, rule)


def _rows(form: Form, fact: FactType, path: Path, rule: dict[str, Any]) -> None:
    lines = rule.get("if") or []
    st.markdown("**" + _("If") + "**")
    if len(lines) > 1:
        both_ways = {"all": both("All of these hold"), "any": both("Any of these holds")}
        junction = Spec("choice", label=both("Together"), choices=both_ways)
        draw(form, junction, (*path, "match"))
    for place in range(len(lines)):
        _row(form, fact, (*path, "if", place), lines)
    if len(lines) < CONDITIONS_MAX:
        name = next(iter(fact.fields), "")
        start = fitted(fact, name) if name else {"field": "", "op": "first", "value": None}
        st.button(
            _("Add condition"),
            icon=":material/add:",
            key="btn_" + form.key((*path, "if"), "~add"),
            on_click=lambda: form.write((*path, "if"), [*lines, start]),
        )


def fitted(fact: FactType, name: str, operator: str = "") -> dict[str, Any]:
    """A condition on `name` with an operator and a value of its type."""
    if name == FIRST:
        return {"field": "", "op": "first", "value": None}
    kind = fact.fields[name]
    allowed = OPERATORS.get(kind, ("=",))
    chosen = operator if operator in allowed else allowed[0]
    return {"field": name, "op": chosen, "value": _start(kind, chosen)}


def _start(kind: type, operator: str) -> Any:
    if operator in ("in", "not_in"):
        return []
    if operator == "between":
        return [1, 7]
    return {int: 1, float: 1.0, bool: True}.get(kind, "")


def _row(form: Form, fact: FactType, path: Path, lines: list[Any]) -> None:
    line = lines[int(path[-1])]
    name = FIRST if line.get("op") == "first" else line.get("field")
    columns = st.columns([4, 3, 4, 1])
    attributes = {one: fact.labels.get(one, Text(zh=one, en=one)) for one in fact.fields}
    attributes[FIRST] = both("The first time this rule pays")
    with columns[0], st.container(gap="xxsmall"):
        field = Spec("choice", label=both("Attribute"), choices=attributes)
        chosen = name if name in attributes else None
        _choose(form, field, (*path, "field"), chosen, lambda one: form.replace(path, fitted(fact, one)))
        slot(form, field, (*path, "field"))
    if name in fact.fields:
        with columns[1], st.container(gap="xxsmall"):
            _operator(form, fact, path, line)
        with columns[2]:
            _value(form, fact.fields[str(name)], path, line)
    with columns[3]:
        dropper(form, path, lines)


def _operator(form: Form, fact: FactType, path: Path, line: dict[str, Any]) -> None:
    name = str(line.get("field"))
    words = {one: both(OPERATOR_WORDS[one]) for one in OPERATORS.get(fact.fields[name], ("=",))}
    spec = Spec("choice", label=both("Operator"), choices=words)
    now = line.get("op") if line.get("op") in words else None
    _choose(form, spec, (*path, "op"), now, lambda one: form.replace(path, _with_operator(fact, line, one)))
    slot(form, spec, (*path, "op"))


def _with_operator(fact: FactType, line: dict[str, Any], operator: str) -> dict[str, Any]:
    """The value stays when the new operator takes the same kind of value."""
    new = fitted(fact, str(line.get("field")), operator)
    same = isinstance(line.get("value"), type(new["value"])) and isinstance(new["value"], list) == isinstance(
        line.get("value"), list
    )
    if same and not (operator == "between" and len(line["value"]) != 2):
        return {**new, "value": line["value"]}
    return new


def _value(form: Form, kind: type, path: Path, line: dict[str, Any]) -> None:
    operator, label = line.get("op"), both("Value")
    if operator in ("in", "not_in"):
        _several(form, kind, (*path, "value"), line.get("value"))
    elif operator == "between":
        for column, place in zip(st.columns(2), (0, 1), strict=True):
            with column:
                draw(form, Spec("whole", label=both("From") if place == 0 else both("To")), (*path, "value", place))
        if form.at((*path, "value"), inside=False):
            slot(form, Spec("line"), (*path, "value"), inside=False)
    elif kind is bool:
        choices = {True: both("yes"), False: both("no")}
        draw(form, Spec("choice", label=label, choices=choices), (*path, "value"))
    else:
        draw(
            form, Spec("whole" if kind is int else "number" if kind is float else "line", label=label), (*path, "value")
        )


def _several(form: Form, kind: type, path: Path, value: Any) -> None:
    """Values with commas between them."""
    key = form.key(path)
    first = begun(key, ", ".join(map(str, value)) if isinstance(value, list) else "")

    def changed() -> None:
        words = [word.strip() for word in str(st.session_state[key]).replace("，", ",").split(",") if word.strip()]
        form.write(path, [int(word) if kind is int and word.lstrip("-").isdigit() else word for word in words])

    st.text_input(_("Values, with commas between"), first, key=key, live=TYPING, on_change=changed)
    slot(form, Spec("line"), path)


def _choose(form: Form, spec: Spec, path: Path, value: Any, keep: Any) -> None:
    """A list even for few choices: rows stay one line high."""
    key = form.key(path)
    first = begun(key, value)
    words = {one: plain_words(text.in_(language())) for one, text in spec.choices.items()}
    st.selectbox(
        plain_words(spec.label.in_(language())),
        list(words),
        index=list(words).index(first) if first in words else None,
        format_func=words.__getitem__,
        key=key,
        placeholder=_("Choose"),
        on_change=lambda: keep(st.session_state[key]),
    )

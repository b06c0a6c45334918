"""The generated form: a spec becomes widgets, each change is written at once (docs/ui.md).

Widgets are loose: they refuse nothing. pydantic judges, and its sentence stands under the field.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import groupby
from typing import Any

import streamlit as st

from ui.components.forms import inputs, listed, picture
from ui.components.forms.filling import filled, fresh, turned
from ui.components.forms.form import Form, slot, title
from ui.components.forms.schema import FRAMED, Spec
from ui.components.forms.values import Misfit, Path, get
from ui.i18n import _

Place = AbstractContextManager[Any]  # each container more is drawn anew by the browser with every edit
OPEN_FRAMES = "st_open_frames"  # of the campaign on the desk: what was open once does not fold under somebody's hands
NARROW = {"yes_no", "whole", "number", "money", "choice", "date", "time", "instant", "colour", "zone", "choices"}

# A widget that began with a value gives that value back when it is cleared.
EMPTIED_BY_BUTTON = {"whole", "number", "money", "date", "time", "instant"}


def draw(form: Form, spec: Spec, path: Path) -> None:
    """One field, whatever it is."""
    if spec.optional and spec.kind in ("group", "variant", "list"):
        _optional(form, spec, path)
    elif spec.kind == "group":
        _group(form, spec, path)
    elif spec.kind == "variant":
        _variant(form, spec, path)
    elif spec.kind == "list":
        listed.draw(form, spec, path, draw)
    elif spec.kind == "picture":
        picture.draw(form, spec, path)
    else:
        field(form, spec, path)


def fields(form: Form, specs: Mapping[str, Spec], path: Path) -> None:
    """Fields below one another; two narrow ones share a line where there is room."""
    there = [(name, spec) for name, spec in specs.items() if (*path, name) not in form.hidden]
    for framed, rows in groupby(_rows(there), key=lambda row: row[0][1].kind in FRAMED):
        near: Place = nullcontext() if framed else st.container(gap="xsmall")  # the line under each parts them already
        with near:
            for row in rows:
                columns: list[Place] = [*st.columns(2)] if len(row) == 2 else [nullcontext()]
                for column, (name, spec) in zip(columns, row, strict=True):
                    with column:
                        draw(form, spec, (*path, name))


def field(form: Form, spec: Spec, path: Path) -> None:
    """One input with its slot below: help, or what is wrong. The slot is always there, so nothing moves."""
    plain = get(form.content, path)
    emptied = spec.optional and spec.kind in EMPTIED_BY_BUTTON
    with st.container(gap="xxsmall"):
        # Also while it is empty: an input that got a container around it would lose the cursor of whoever fills it.
        beside: Place = st.container(horizontal=True, vertical_alignment="bottom") if emptied else nullcontext()
        with beside:
            try:
                inputs.draw(form, spec, path, plain)
            except Misfit:
                inputs.as_written(form, spec, path, plain)
            if emptied and plain is not None:
                st.button(
                    "",
                    icon=":material/backspace:",
                    help=_("Empty"),
                    type="tertiary",
                    key="btn_" + form.key(path, "~empty"),
                    on_click=lambda: form.replace(path, None),
                )
        slot(form, spec, path)


def _rows(waiting: Sequence[tuple[str, Spec]]) -> Iterator[Sequence[tuple[str, Spec]]]:
    while waiting:
        narrow = [spec.kind in NARROW for _name, spec in waiting[:2]]
        taken = 2 if narrow == [True, True] else 1
        row, waiting = waiting[:taken], waiting[taken:]
        yield row


def _heading(form: Form, spec: Spec) -> None:
    """What a frame is about."""
    if not spec.quiet and (label := title(form, spec)):
        st.markdown(f"**{label}**")


def _group(form: Form, spec: Spec, path: Path) -> None:
    if not spec.fields:
        return
    with _frame(form, spec, path):
        fields(form, spec.fields, path)
        if form.at(path, inside=False):
            slot(form, spec, path, inside=False)


def _frame(form: Form, spec: Spec, path: Path) -> Place:
    """A frame under its name. An option of the mechanic that stands as usual is folded, until it is set or is wrong."""
    if spec.quiet or len(path) != 2 or path[0] != "config":
        frame = st.container(border=True)
        with frame:
            _heading(form, spec)
        return frame
    open_ones: dict[Path, bool] = st.session_state.setdefault(OPEN_FRAMES, {})
    usual = filled(spec, copy.deepcopy(spec.default or {}))
    open_ones[path] = open_ones.get(path, False) or get(form.content, path) != usual or bool(form.at(path))
    return st.expander(f"**{title(form, spec)}**", expanded=open_ones[path], key=f"fold_{'.'.join(map(str, path))}")


def _variant(form: Form, spec: Spec, path: Path) -> None:
    with st.container(border=True):
        choice = replace(spec, kind="choice", optional=False)
        plain = get(form.content, path)
        tag = str(plain.get(spec.tag)) if isinstance(plain, Mapping) else ""
        known = tag if tag in spec.variants else None
        inputs.choose(form, choice, path, known, lambda chosen: form.replace(path, turned(spec, plain, chosen)))
        slot(form, spec, path, inside=False)
        if tag in spec.variants:
            fields(form, spec.variants[tag].fields, path)


def _optional(form: Form, spec: Spec, path: Path) -> None:
    there = get(form.content, path) is not None
    inner = replace(spec, optional=False)
    start = fresh(inner)
    st.toggle(
        title(form, spec),
        value=there,
        key=form.key(path, "~set"),
        on_change=lambda: form.replace(path, None if there else start),
    )
    if there:
        draw(form, replace(inner, quiet=True), path)
    else:
        slot(form, spec, path)

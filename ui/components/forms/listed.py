"""A list in a form: its items below one another, each with its ✕."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from functions.core.text import Text
from ui.components.forms import inputs
from ui.components.forms.filling import fresh
from ui.components.forms.form import Form, slot, title
from ui.components.forms.schema import FRAMED, Spec
from ui.components.forms.values import Path, get
from ui.i18n import _


def draw(form: Form, spec: Spec, path: Path, each: Callable[[Form, Spec, Path], None]) -> None:
    """All items, of which `each` draws one, and the button that adds one. A list is a field: its name is as theirs."""
    assert spec.item is not None
    items = get(form.content, path)
    if not isinstance(items, list):
        inputs.as_written(form, spec, path, items)
        slot(form, spec, path)
        return
    with st.container(gap="xsmall"):
        if not spec.quiet and (label := title(form, spec)):
            st.markdown(f":small[{label}]")
        for place in range(len(items)):
            _item(form, _called(spec, place), (*path, place), items, each)
        adder(form, spec, path, items, fresh(spec.item))


def adder(form: Form, spec: Spec, path: Path, items: Sequence[Any], start: Any, most: int | None = None) -> None:
    """The button that adds `start` to a list of `most` items, and the line about the list as a whole beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if most is None or len(items) < most:
            st.button(
                _("Add"),
                icon=":material/add:",
                key="btn_" + form.key(path, "~add"),
                on_click=lambda: form.write(path, [*items, start]),
            )
        with st.container(gap=None):
            slot(form, spec, path, inside=False)


def _called(spec: Spec, place: int) -> Spec:
    """A list's item; one that has a widget and no name is called by the list's name and its place."""
    assert spec.item is not None
    if spec.item.kind == "group" or spec.item.label.en:
        return spec.item
    label = Text(zh=f"{spec.label.zh} {place + 1}", en=f"{spec.label.en} {place + 1}")
    return replace(spec.item, label=label, unit=spec.unit, quiet=spec.item.kind not in ("variant", "words"))


def _item(form: Form, spec: Spec, path: Path, items: Sequence[Any], each: Callable[[Form, Spec, Path], None]) -> None:
    left, right = st.columns([12, 1])
    with left:
        each(form, spec, path)
    with right:
        beside = "~framed" if spec.kind in FRAMED else "~quiet" if spec.quiet else ""
        dropper(form, path, items, f"{beside}~drop")


def dropper(form: Form, path: Path, items: Sequence[Any], suffix: str = "~drop") -> None:
    """The ✕ of one item of a list: beside its widgets, as tall as their names above them (`frame.css`)."""
    place = path[-1]
    assert isinstance(place, int)
    st.button(
        "",
        icon=":material/close:",
        help=_("Remove"),
        type="tertiary",
        key="btn_" + form.key(path, suffix),
        on_click=lambda: form.replace(path[:-1], [*items[:place], *items[place + 1 :]]),
    )

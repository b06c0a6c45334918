"""One widget for each kind of field. Each takes its value from the draft and writes every change back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Literal
from zoneinfo import available_timezones

import streamlit as st

from functions.core.text import Language
from functions.pages.formats import ZONES, zone_name
from ui.components.forms.begun import begun
from ui.components.forms.form import Form, slot, title
from ui.components.forms.schema import Spec
from ui.components.forms.values import Misfit, Path, as_words, shown, stored, typed
from ui.i18n import _
from ui.words import plain_words

SEGMENTS_MAX, PILLS_MAX = 5, 7
TYPING = "300ms"  # a pause in typing after which what stands there is kept; an IME's composition waits for its end
AS_TYPED = "%g"  # a number that is kept while it is typed is not written anew under somebody's hands


def draw(form: Form, spec: Spec, path: Path, plain: Any) -> None:
    """The widget of one field. Raises Misfit when it cannot hold what is stored."""
    if spec.kind == "words":
        _words(form, spec, path, plain)
    elif spec.kind == "choice":
        choose(form, spec, path, shown(spec, plain, form.terms), lambda chosen: form.keep(path, chosen))
    else:
        _single(form, spec, path, shown(spec, plain, form.terms))


def as_written(form: Form, spec: Spec, path: Path, plain: Any) -> None:
    """A value that its own widget cannot hold, as text, until it fits."""
    key = form.key(path, "~raw")
    first = begun(key, "" if plain is None else as_words(plain))
    st.text_input(
        title(form, spec),
        first,
        key=key,
        on_change=lambda: form.replace(path, typed(st.session_state[key])),
        label_visibility=_visible(spec),
    )


def _visible(spec: Spec) -> Literal["visible", "collapsed"]:
    return "collapsed" if spec.quiet else "visible"


def choose(form: Form, spec: Spec, path: Path, value: Any, keep: Callable[[Any], None]) -> None:
    """One of a few: segments up to five, else a list; a `tall` one is always a list, for words may be long."""
    key = form.key(path)
    first = begun(key, value)
    words = {choice: plain_words(text.in_(form.language)) for choice, text in spec.choices.items()}

    def changed() -> None:
        keep(st.session_state[key])

    if len(words) <= SEGMENTS_MAX and not spec.tall:
        st.segmented_control(
            title(form, spec),
            list(words),
            default=first,
            format_func=words.__getitem__,
            key=key,
            required=not spec.optional and value is not None,
            wrap=True,
            on_change=changed,
            label_visibility=_visible(spec),
        )
    else:
        st.selectbox(
            title(form, spec),
            list(words),
            index=list(words).index(first) if first in words else None,
            format_func=words.__getitem__,
            key=key,
            placeholder=_("Choose"),
            on_change=changed,
            label_visibility=_visible(spec),
        )


def _words(form: Form, spec: Spec, path: Path, plain: Any) -> None:
    """A text in both languages, side by side."""
    plain = {} if plain is None else plain
    if not isinstance(plain, Mapping) or not all(isinstance(plain.get(tongue, ""), str) for tongue in ("zh", "en")):
        raise Misfit
    for column, tongue, name in zip(st.columns(2), ("zh", "en"), (_("Chinese"), _("English")), strict=True):
        key = form.key((*path, tongue))
        first = begun(key, plain.get(tongue, ""))
        label = f"{title(form, spec)} · {name}"
        with column:
            widget: Callable[..., Any] = LOOSE["long" if spec.tall else "line"]
            widget(label, value=first, key=key, on_change=_keep, args=(form, Spec("line"), (*path, tongue), key))
            if form.at((*path, tongue)):
                with st.container(key=f"wrong_{key}"):  # as near to its field as the line under any other
                    slot(form, Spec("line"), (*path, tongue))


def _single(form: Form, spec: Spec, path: Path, value: Any) -> None:
    key = form.key(path)
    first = begun(key, value)
    keep: dict[str, Any] = {"key": key, "on_change": _keep, "args": (form, spec, path, key)}
    keep["label_visibility"] = _visible(spec)
    label = title(form, spec)
    if spec.kind == "choices":
        _several(form, spec, label, first, keep)
    elif spec.kind == "zone":
        words = partial(_zone, form.language)
        st.selectbox(label, _zones(first), index=_zones(first).index(first), format_func=words, **keep)
    elif spec.kind == "colour":
        _colour(form, spec, path, first, keep)
    elif spec.kind == "money":
        st.number_input(label, value=first, step=1.0, format=AS_TYPED, placeholder="", **keep)
    else:
        LOOSE[spec.kind](label, value=first, **keep)


def _colour(form: Form, spec: Spec, path: Path, first: str, keep: dict[str, Any]) -> None:
    """Colours that white reads well on, by name, and beside them any other."""
    names = {value: _(name) for value, name in SWATCHES.items()}
    now = str(st.session_state.get(keep["key"], first))  # which may have been chosen by the picker beside
    named = now.upper() if now.upper() in names else None
    key = form.key(path, f"~swatch{named or ''}")  # marks another: other pills, a default stays
    with st.container(horizontal=True):
        st.pills(
            title(form, spec),
            list(names),
            default=begun(key, named),
            format_func=names.__getitem__,
            wrap=True,
            key=key,
            on_change=lambda: form.replace(path, st.session_state[key] or now),
        )
        st.color_picker(_("Another colour"), value=first, **keep)


SWATCHES = {
    "#0B6E5F": "Pond", "#0B5FA5": "Sea", "#3B5BA9": "Indigo", "#8A3FA0": "Violet",
    "#B3261E": "Red", "#C2410C": "Coral", "#6B4E16": "Bronze", "#1F2937": "Night",
}  # fmt: skip


EVER = {"min_value": date.min, "max_value": date.max}  # as a rule Streamlit takes ten years before and after
# No bounds, no `required`: a widget that refuses keeps the old value, and the next click saves that one. While one
# types, lines are kept by themselves, the others by `typing.js`.
LOOSE: Mapping[str, Callable[..., Any]] = {
    "yes_no": st.toggle,
    "whole": partial(st.number_input, step=1, placeholder=""),
    "number": partial(st.number_input, step=0.1, format=AS_TYPED, placeholder=""),
    "line": partial(st.text_input, live=TYPING),
    "long": st.text_area,
    "raw": st.text_area,
    "date": partial(st.date_input, format="YYYY-MM-DD", **EVER),
    "time": partial(st.time_input, step=60),
    "instant": partial(st.datetime_input, format="YYYY-MM-DD", step=60, **EVER),
}


def _several(form: Form, spec: Spec, label: str, first: Any, keep: dict[str, Any]) -> None:
    words = {choice: plain_words(text.in_(form.language)) for choice, text in spec.choices.items()}
    if len(words) <= PILLS_MAX:
        st.pills(
            label,
            list(words),
            default=first,
            selection_mode="multi",
            wrap=True,
            format_func=words.__getitem__,
            **keep,
        )
    else:
        st.multiselect(
            label, list(words), default=first, format_func=words.__getitem__, placeholder=_("Choose"), **keep
        )


def _keep(form: Form, spec: Spec, path: Path, key: str) -> None:
    write = form.write if spec.kind == "colour" else form.keep  # how well white reads on a colour is told beside it
    write(path, stored(spec, st.session_state[key], form.terms))


def _zones(value: str) -> list[str]:
    return zones() if value in zones() else [value, *zones()]


def _zone(language: Language, zone: str) -> str:
    """A time zone as people call it, with its place on the map."""
    return f"{zone_name(language, zone)} ({zone})" if zone in ZONES else zone


@cache
def zones() -> list[str]:
    """The time zones to choose from, by place."""
    return [*sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")), "UTC"]

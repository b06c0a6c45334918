"""A form while it is drawn: what stands in it, what is wrong where, and where each change is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from functions.core.colours import READABLE, contrast
from functions.core.faults import COLOUR, Fault
from functions.core.text import LANGUAGES, Language
from ui.components.forms.labels import UNITS
from ui.components.forms.schema import Spec
from ui.components.forms.values import Path, Terms, get
from ui.i18n import _
from ui.words import plain_words


@dataclass(frozen=True)
class Form:
    """What a form draws and where it writes.

    `write(path, value)` keeps one change; `edit`, where there is one, does so for what the field's own widget shows
    already; `replace` for what changes the form's own shape, after which every widget starts anew under the next
    `epoch`. `hidden` are fields that do not count with what is chosen now.
    """

    content: Mapping[str, Any]
    faults: Mapping[Path, list[Fault]]
    language: Language
    terms: Terms
    epoch: int
    write: Callable[[Path, Any], None]
    replace: Callable[[Path, Any], None]
    edit: Callable[[Path, Any], None] | None = None
    hidden: Collection[Path] = ()

    def key(self, path: Path, suffix: str = "") -> str:
        """The session key of the widget at `path`. In another language it is another widget: browsers send a

        choice back by its words, and those of the language before are no longer among them.
        """
        return f"cfg_{self.epoch}{self.language}_{'.'.join(map(str, path))}{suffix}"

    def keep(self, path: Path, value: Any) -> None:
        """One change that the field's own widget shows already."""
        (self.edit or self.write)(path, value)

    def at(self, path: Path, *, inside: bool = True) -> str:
        """The first sentence about `path`, or about anything inside it; empty when all is well."""
        for place, faults in self.faults.items():
            if place == path or (inside and place[: len(path)] == path):
                return faults[0].message.in_(self.language)
        return ""


def slot(form: Form, spec: Spec, path: Path, *, inside: bool = True) -> None:
    """One line under a field: what is wrong, else what to think of, else help. Never gone, so that nothing moves."""
    wrong = form.at(path, inside=inside)
    if wrong:
        st.caption(f":red[:material/error: {plain_words(wrong)}]")
    elif noted := note(spec, get(form.content, path)):
        st.caption(f":orange[:material/warning: {plain_words(noted)}]")
    else:
        st.caption(plain_words(spec.help.in_(form.language)) or "&nbsp;")


def note(spec: Spec, plain: Any) -> str:
    """What to think of though nothing is wrong: a language that is missing, a colour that is hard to read upon."""
    if spec.kind == "words" and isinstance(plain, Mapping):
        return _one_sided([tongue for tongue in LANGUAGES if str(plain.get(tongue) or "").strip()])
    if spec.kind != "colour" or not re.fullmatch(COLOUR, str(plain)):
        return ""
    ratio = contrast(str(plain), "#FFFFFF")
    words = _("White is hard to read on it ({ratio}, {least} is needed): texts on it turn black")
    return words.format(ratio=f"{ratio:.1f}", least=READABLE) if ratio < READABLE else ""


def _one_sided(there: list[Language]) -> str:
    if len(there) != 1:
        return ""
    if there == ["zh"]:
        return _("No English yet: English pages show the Chinese")
    return _("No Chinese yet: Chinese pages show the English")


def title(form: Form, spec: Spec) -> str:
    """A field's label with its unit, where it does not name that itself."""
    label = spec.label.in_(form.language)
    named = form.terms.currency if spec.kind == "money" else spec.unit
    unit = _(UNITS.get(named, named)) if named else ""
    both = f"{label}（{unit}）" if form.language == "zh" else f"{label} ({unit})"
    return plain_words(label if unit.casefold() in label.casefold() else both)

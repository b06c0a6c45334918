"""A form while it is drawn: what stands in it, what is wrong where, and where each change is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from functions.core.faults import Fault
from functions.core.text import Language
from ui.components.labels import UNITS
from ui.components.schema import Spec
from ui.components.values import Path, Terms
from ui.i18n import _
from ui.words import plain_words


@dataclass(frozen=True)
class Form:
    """What a form draws and where it writes.

    `write(path, value)` keeps one change; `replace` does the same for what changes the form's own shape, after
    which every widget starts anew under the next `epoch`.
    """

    content: Mapping[str, Any]
    faults: Mapping[Path, list[Fault]]
    language: Language
    terms: Terms
    epoch: int
    write: Callable[[Path, Any], None]
    replace: Callable[[Path, Any], None]

    def key(self, path: Path, suffix: str = "") -> str:
        """The session key of the widget at `path`. In another language it is another widget: browsers send a

        choice back by its words, and those of the language before are no longer among them.
        """
        return f"cfg_{self.epoch}{self.language}_{'.'.join(map(str, path))}{suffix}"

    def at(self, path: Path, *, inside: bool = True) -> str:
        """The first sentence about `path`, or about anything inside it; empty when all is well."""
        for place, faults in self.faults.items():
            if place == path or (inside and place[: len(path)] == path):
                return faults[0].message.in_(self.language)
        return ""


def slot(form: Form, spec: Spec, path: Path, *, inside: bool = True) -> None:
    """One line under a field."""
    wrong = form.at(path, inside=inside)
    if wrong:
        st.caption(f":red[:material/error: {plain_words(wrong)}]")
    else:
        st.caption(plain_words(spec.help.in_(form.language)) or "&nbsp;")


def title(form: Form, spec: Spec) -> str:
    """A field's label with its unit."""
    unit = UNITS.get(spec.unit, spec.unit)
    label = plain_words(spec.label.in_(form.language))
    if spec.kind == "money":
        return f"{label} ({form.terms.currency})"
    return f"{label} ({_(unit)})" if unit else label

"""A form while it is drawn: what stands in it, what is wrong where, and where each change is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from functions.core.colours import READABLE, contrast
from functions.core.faults import BOUNDS, COLOUR, SENTENCES, Fault
from functions.core.money import DECIMALS, sign
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
        return next((fault.message.in_(self.language) for fault in self.wrong(path, inside=inside)), "")

    def wrong(self, path: Path, *, inside: bool = True) -> Iterator[Fault]:
        """All that is wrong with what stands at `path`, or with anything inside it."""
        for place, faults in self.faults.items():
            if place == path or (inside and place[: len(path)] == path):
                yield from faults


def slot(form: Form, spec: Spec, path: Path, *, inside: bool = True) -> None:
    """One line under a field: what is wrong, else what to think of, else help. Never gone, so that nothing moves.

    What is wrong with one language of a text stands under that one (`forms/inputs.py`), in place of this line.
    """
    if spec.kind == "words" and any(form.at((*path, tongue)) for tongue in LANGUAGES):
        return
    wrong = [sentence_of(fault, spec, form.language, form.terms.currency) for fault in form.wrong(path, inside=inside)]
    if wrong:
        complain(wrong)
    elif noted := note(spec, get(form.content, path)):
        st.caption(f":orange[:material/warning: {plain_words(noted)}]")
    else:
        st.caption(plain_words(spec.help.in_(form.language)) or "&nbsp;")


def complain(wrong: Sequence[str]) -> None:
    """What is wrong, a line each, in red."""
    st.caption("  \n".join(f":red[:material/error: {plain_words(words)}]" for words in dict.fromkeys(wrong)))


def sentence_of(fault: Fault, spec: Spec | None, tongue: Language, currency: str) -> str:
    """What a fault says of a field: of an amount in the units that its form shows, not in those it is kept in."""
    known = SENTENCES.get(fault.code)
    if fault.bound is None or spec is None or spec.kind != "money" or known is None:
        return fault.message.in_(tongue)
    decimals = DECIMALS.get(currency, 2)
    bound = f"{sign(currency)}{fault.bound / 10**decimals:,.{decimals}f}"
    return known.fill(tongue, dict.fromkeys(BOUNDS, bound.removesuffix(".00")))


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

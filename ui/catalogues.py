"""Brings the catalogues up to date with the source: `python -m ui.catalogues`. Words that are there are kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from functions.core.text import LANGUAGES, Language
from ui.components import header
from ui.components.composer import sentences, subjects
from ui.components.forms import inputs, labels
from ui.components.payouts import one_list
from ui.i18n import LOCALE
from ui.navigation import SCREENS
from ui.words import BADGES, WAITING

KEYWORDS = {"_", "said", "both"}


def sources() -> set[str]:
    """Every source string: those in calls, and those in the tables of words."""
    found = {words for file in Path(__file__).parent.rglob("*.py") for words in called(file.read_text("utf-8"))}
    tables = [words for label, helping, _widget in labels.CORE.values() for words in (label, helping)]
    tables += [
        *labels.CHOICES.values(),
        *labels.UNITS.values(),
        *sentences.OPERATOR_WORDS.values(),
        *inputs.SWATCHES.values(),
    ]
    tables += [*subjects.RULE_WORDS.values(), *subjects.PART_WORDS.values()]
    tables += [words for words, _colour, _icon in (*BADGES.values(), WAITING)]
    tables += [words for words, _colour, _icon in one_list.STATES.values()]
    tables += [words for screen in SCREENS for words in (screen.title, screen.group)] + [*header.TABS.values()]
    return {source for source in (*found, *tables) if source}


def called(code: str) -> Iterator[str]:
    """The words of each `_("words")` in Python code; also of those within an f-string, which Babel's reader skips."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(words)), *_]) if name in KEYWORDS:
                yield words


def written(language: Language) -> dict[str, str]:
    """What a catalogue holds, source string -> words."""
    with path(language).open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def path(language: Language) -> Path:
    """Where a language's catalogue is kept."""
    return LOCALE / language / "LC_MESSAGES" / "pond.po"


def update(language: Language, known: dict[str, str]) -> None:
    """Write the catalogue: every source string, sorted; English says itself, others say what is `known`."""
    fixed = datetime(2026, 1, 1, tzinfo=UTC)  # so that a catalogue changes only when its words do
    catalogue = Catalog(locale=language, project="Pond", fuzzy=False, creation_date=fixed, revision_date=fixed)
    for source in sorted(sources()):
        catalogue.add(source, known.get(source) or (source if language == "en" else ""))
    with path(language).open("wb") as file:
        write_po(file, catalogue, omit_header=False, width=110)


if __name__ == "__main__":
    for tongue in LANGUAGES:
        update(tongue, written(tongue))

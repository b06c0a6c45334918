"""What a fault of a draft is about, in the words of its form: `Make-up · Price of each`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from functions.core.campaign import Definition, RewardItem
from functions.core.discovery import Catalogue
from functions.core.faults import Fault
from functions.core.text import LANGUAGES, Language
from ui.components.composer.places import place
from ui.components.forms.form import sentence_of
from ui.components.forms.labels import readable
from ui.components.forms.schema import Spec, spec_of
from ui.components.forms.values import Path, get
from ui.components.publishing.value_words import currency_of
from ui.i18n import said

RULE_WORDS = {
    "when": "When", "match": "Together", "if": "If", "then": "Then give", "field": "Attribute", "op": "Operator",
    "value": "Value", "reward": "Reward", "amount": "How many", "to": "To whom", "limit": "Limit per person",
    "cooldown": "Days in between, at least",
}  # fmt: skip
NAME_SHOWN = 24
PART_WORDS = {"rules": "Rules", "rewards": "Rewards", "page": "Page", "poster": "Poster", "schedule": "Time"}


def told(content: Mapping[str, Any], catalogue: Catalogue, fault: Fault, tongue: Language, within: int = 0) -> str:
    """One sentence that names its field, where there is one: `Title · English: at most 4,000 characters`.

    `within` is how many steps of the way are said already where the sentence stands, as on a card of one reward.
    """
    path = place(content, fault.path)
    about = subject(content, catalogue, path, tongue, within)
    words = sentence_of(fault, _spec(content, catalogue, path), tongue, currency_of(content))
    if not about:
        return words
    return said("{what}: {sentence}", tongue).format(what=about, sentence=_going_on(words))


def subject(content: Mapping[str, Any], catalogue: Catalogue, path: Path, tongue: Language, within: int = 0) -> str:
    """What the form calls the field at `path`, with what it lies in; empty for the definition as a whole."""
    return " · ".join(filter(None, [*_names(content, catalogue, path, tongue)][within:]))


def _going_on(words: str) -> str:
    """A sentence after its subject: small at its beginning, unless that is a name or an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def _names(content: Mapping[str, Any], catalogue: Catalogue, path: Path, tongue: Language) -> Iterator[str]:
    for depth, step in enumerate(path):
        here, number = path[: depth + 1], path[depth + 1 : depth + 2]
        if isinstance(step, int):
            yield _item(content, here, tongue) if depth == 1 else ""  # deeper ones stand after the name of their list
        elif step in LANGUAGES:
            yield said("Chinese" if step == "zh" else "English", tongue)
        elif depth == 0:
            yield _part(content, catalogue, step, tongue) if number in ((), ("zh",), ("en",)) else ""
        elif here[2:] != ("config",):  # of a reward, whose name stands before it
            yield " ".join(
                [_field(content, catalogue, here, tongue), *(str(n + 1) for n in number if isinstance(n, int))]
            )


def _field(content: Mapping[str, Any], catalogue: Catalogue, path: Path, tongue: Language) -> str:
    name, spec = str(path[-1]), _spec(content, catalogue, path)
    if path[0] == "rules" and name in RULE_WORDS:
        return said(RULE_WORDS[name], tongue)
    return (spec.label.in_(tongue) if spec is not None else "") or said(readable(name), tongue)


def _part(content: Mapping[str, Any], catalogue: Catalogue, name: str, tongue: Language) -> str:
    """A part of the definition as a whole: a field inside says by itself what it is."""
    kind = str(content.get("mechanic"))
    if name == "config" and kind in catalogue.mechanics:
        return catalogue.mechanic(kind).TITLE.in_(tongue)
    spec = spec_of(Definition).fields.get(name)
    label = said(PART_WORDS[name], tongue) if name in PART_WORDS else spec.label.in_(tongue) if spec else ""
    return label or readable(name)


def _item(content: Mapping[str, Any], path: Path, tongue: Language) -> str:
    """A rule by its number, a reward by its name."""
    number, item = int(path[-1]) + 1, get(content, path)
    if path[0] == "rules":
        return said("Rule {n}", tongue).format(n=number)
    names = [get(item, ("name", one)) for one in (tongue, *LANGUAGES)]
    name = next((one.strip() for one in names if isinstance(one, str) and one.strip()), "")
    if not name:
        return said("Reward {n}", tongue).format(n=number)
    return f"“{name[:NAME_SHOWN]}…”" if len(name) > NAME_SHOWN else f"“{name}”"


def _spec(content: Mapping[str, Any], catalogue: Catalogue, path: Path) -> Spec | None:
    """The field of the form at `path`; None where a card of its own stands for it, or nothing does."""
    if path[:1] == ("config",):
        kind = str(content.get("mechanic"))
        known = spec_of(catalogue.mechanic(kind).Config) if kind in catalogue.mechanics else None
        return _down(known, content, path, 1)
    if path[:1] == ("rewards",) and len(path) > 1:
        if path[2:3] == ("config",):
            kind = str(get(content, (*path[:2], "kind")))
            known = spec_of(catalogue.reward(kind).Config) if kind in catalogue.rewards else None
            return _down(known, content, path, 3)
        return _down(spec_of(RewardItem), content, path, 2)
    return None if path[:1] == ("rules",) else _down(spec_of(Definition), content, path, 0)


def _down(spec: Spec | None, content: Mapping[str, Any], path: Path, depth: int) -> Spec | None:
    """From the form at `path[:depth]` down to the one at `path`."""
    for at, step in enumerate(path[depth:], depth):
        if spec is None:
            return None
        if isinstance(step, int):
            spec = spec.item
        elif spec.variants:
            chosen = spec.variants.get(str(get(content, (*path[:at], spec.tag))))
            spec = spec if step == spec.tag else chosen.fields.get(step) if chosen else None
        elif spec.kind != "words":
            spec = spec.fields.get(step)
    return spec

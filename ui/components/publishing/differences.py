"""What changed between two definitions, as sentences. Pure: what is given is plain JSON, a definition or a draft.

Equal definitions differ in nothing; every field that differs is in some sentence (tests/ui/test_differences.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from pydantic import ValidationError

from functions.core.campaign import Audience, Definition, RewardItem
from functions.core.discovery import Catalogue
from functions.core.mechanic import FactType
from functions.core.rules import Rule
from functions.core.text import Language
from ui.components.composer.gifts import gifts_of
from ui.components.composer.sentences import sentence
from ui.components.forms.filling import whole
from ui.components.forms.schema import Spec, spec_of
from ui.components.people.segment_words import described
from ui.components.publishing.excerpts import LONG, excerpts
from ui.components.publishing.value_words import NOTHING, currency_of, label_words, name_of, value_words
from ui.i18n import said
from ui.words import money

Kind = Literal["added", "changed", "removed"]
ORDER = (
    "name", "mechanic", "channel", "config", "rules", "rewards", "budget", "page", "poster", "privacy", "audience",
    "schedule",
)  # fmt: skip
PLAIN = ("budget", "audience", "schedule")  # whose fields say by themselves what they are
BETWEEN = " · "


@dataclass(frozen=True)
class Difference:
    """One change: where in the definition, and what to say of it."""

    kind: Kind
    path: str
    sentence: str


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    catalogue: Catalogue,
    tongue: Language,
    called: Mapping[str, str] = MappingProxyType({}),
) -> list[Difference]:
    """Everything that `after` says otherwise than `before`, in the order of the composer's steps.

    `called` names campaigns by their id: an audience asks for them.
    """
    names = [*ORDER, *(name for name in (*before, *after) if name not in ORDER)]
    old, new = (whole(one, catalogue) for one in (before, after))  # a default says the same, written or not
    telling = _Telling(old, new, catalogue, tongue, called)
    return [line for name in dict.fromkeys(names) for line in telling.part(name)]


@dataclass(frozen=True)
class _Telling:
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    catalogue: Catalogue
    tongue: Language
    called: Mapping[str, str]

    def part(self, name: str) -> Iterator[Difference]:
        """One top-level part of the definition."""
        old, new = self.before.get(name, NOTHING), self.after.get(name, NOTHING)
        if old == new:
            return
        if name in ("rules", "rewards") and _identified(old) and _identified(new):
            yield from self._items(name, old, new)
        elif name == "audience" and (line := self._people(old, new)):
            yield line
        elif name == "config":
            yield from self._walk(self._config(self.after), old, new, name, "")
        else:
            spec = spec_of(Definition).fields.get(name)
            grouped = isinstance(old, Mapping) and isinstance(new, Mapping)
            title = self._sections().get(name) or label_words(spec, name, self.tongue)
            yield from self._walk(spec, old, new, name, "" if grouped and name in PLAIN else title)

    def _sections(self) -> dict[str, str]:
        tongue = self.tongue
        return {"page": said("Page", tongue), "poster": said("Poster", tongue), "privacy": said("Privacy", tongue)}

    def _items(self, name: str, old: list[Any], new: list[Any]) -> Iterator[Difference]:
        """Rules or rewards, told apart by their ids."""
        was, now = {one["id"]: one for one in old}, {one["id"]: one for one in new}
        for place, one in enumerate(new):
            if one["id"] not in was:
                yield Difference("added", f"{name}.{place}", self._whole(name, one, self.after))
            elif one != was[one["id"]]:
                yield from self._item(name, place, was[one["id"]], one)
        for one in old:
            if one["id"] not in now:
                yield Difference("removed", name, self._whole(name, one, self.before))
        if [key for key in was if key in now] != [key for key in now if key in was]:
            words = "The rules stand in another order" if name == "rules" else "The rewards stand in another order"
            yield Difference("changed", name, said(words, self.tongue))

    def _item(self, name: str, place: int, old: Any, new: Any) -> Iterator[Difference]:
        path = f"{name}.{place}"
        if name == "rewards":
            kinds = self.catalogue.rewards
            kind = str(new.get("kind"))
            spec = spec_of(RewardItem)
            inner = spec_of(self.catalogue.reward(kind).Config) if kind in kinds else None
            label = said("Reward", self.tongue) + f" {name_of(new, self.tongue)}"
            for field in dict.fromkeys((*spec.fields, *old, *new)):
                known = inner if field == "config" else spec.fields.get(field)
                title = label if field == "config" else label + BETWEEN + label_words(known, field, self.tongue)
                yield from self._walk(known, old.get(field, NOTHING), new.get(field, NOTHING), f"{path}.{field}", title)
            return
        was, now = self._sentence(old, self.before), self._sentence(new, self.after)
        if was != now:
            words = said("Rule: {before} → {after}", self.tongue)
            yield Difference("changed", path, words.format(before=was, after=now))
        else:
            label = said("Rule: {sentence}", self.tongue).format(sentence=now)
            yield from self._walk(spec_of(Rule), old, new, path, label)

    def _whole(self, name: str, one: Any, where: Mapping[str, Any]) -> str:
        if name == "rules":
            return said("Rule: {sentence}", self.tongue).format(sentence=self._sentence(one, where))
        stock, currency = one.get("stock"), currency_of(where)
        parts = [name_of(one, self.tongue)]
        if stock is not None:
            parts.append(said("{n} in stock", self.tongue).format(n=f"{stock:,}"))
        if one.get("per_member"):
            parts.append(said("{n} for each person", self.tongue).format(n=one["per_member"]))
        if one.get("unit_cost"):
            parts.append(said("{cost} each", self.tongue).format(cost=money(one["unit_cost"], currency)))
        return said("Reward", self.tongue) + " " + BETWEEN.join(parts)

    def _walk(self, spec: Spec | None, old: Any, new: Any, path: str, label: str) -> Iterator[Difference]:
        """Down to the values that differ, by the form that shows them."""
        if old == new:
            return
        if isinstance(old, Mapping) or isinstance(new, Mapping):
            yield from self._fields(spec, old, new, path, label)
        elif _is_table(old) and _is_table(new):
            yield self._leaf(spec, old, new, path, label)
        elif _lines(old) and _lines(new) and (_lines(old) == "models" or _lines(new) == "models"):
            for place in range(max(len(old), len(new))):
                one, other = (side[place] if place < len(side) else NOTHING for side in (old, new))
                yield from self._walk(
                    spec.item if spec else None, one, other, f"{path}.{place}", f"{label} {place + 1}"
                )
        else:
            yield self._leaf(spec, old, new, path, label)

    def _fields(self, spec: Spec | None, old: Any, new: Any, path: str, label: str) -> Iterator[Difference]:
        one, other = (side if isinstance(side, Mapping) else {} for side in (old, new))
        if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
            switched = said("on", self.tongue), said("off", self.tongue)
            was, now = switched if isinstance(old, Mapping) else switched[::-1]
            words = said("{label}: {before} → {after}", self.tongue)
            plain = old if isinstance(new, Mapping) else new  # a value that was no object says what it was
            if plain is not None and plain is not NOTHING:
                shown = value_words(None, plain, {}, self.tongue)
                was, now = (shown, now) if isinstance(new, Mapping) else (was, shown)
            yield Difference(_kind(old, new), path, words.format(label=label, before=was, after=now))
        known = _inner(spec, other if other else one)
        for name in dict.fromkeys((*known, *one, *other)):
            inner = known.get(name)
            title = BETWEEN.join(filter(None, (label, label_words(inner, name, self.tongue))))
            yield from self._walk(inner, one.get(name, NOTHING), other.get(name, NOTHING), f"{path}.{name}", title)

    def _leaf(self, spec: Spec | None, old: Any, new: Any, path: str, label: str) -> Difference:
        kind = _kind(old, new)
        if isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > LONG:
            was, now = excerpts(old, new)
        else:
            was, now = value_words(spec, old, self.before, self.tongue), value_words(spec, new, self.after, self.tongue)
        if kind == "added":
            return Difference(kind, path, said("{label}: {after}", self.tongue).format(label=label, after=now))
        if was == now:  # numbers and texts that read alike
            was, now = json.dumps(old, ensure_ascii=False), json.dumps(new, ensure_ascii=False)
        words = said("{label}: {before} → {after}", self.tongue)
        return Difference(kind, path, words.format(label=label, before=was, after=now))

    def _people(self, old: Any, new: Any) -> Difference | None:
        """Whom it opens to, as one phrase before and after; None where one of them is not right, or they read alike."""
        try:
            was, now = (described(Audience.model_validate(one).asked, self.called, self.tongue) for one in (old, new))
        except ValidationError:
            return None
        words, label = said("{label}: {before} → {after}", self.tongue), said("Who may take part", self.tongue)
        told = words.format(label=label, before=was, after=now)
        return None if was == now else Difference("changed", "audience", told)

    def _config(self, where: Mapping[str, Any]) -> Spec | None:
        kind = str(where.get("mechanic"))
        return spec_of(self.catalogue.mechanic(kind).Config) if kind in self.catalogue.mechanics else None

    def _sentence(self, rule: Mapping[str, Any], where: Mapping[str, Any]) -> str:
        kind = str(where.get("mechanic"))
        facts: dict[str, FactType] = (
            dict(self.catalogue.mechanic(kind).FACTS) if kind in self.catalogue.mechanics else {}
        )
        return sentence(rule, facts, gifts_of(where.get("rewards") or [], self.tongue), self.tongue)


def _identified(value: Any) -> bool:
    """Whether it is a list of things with ids of their own."""
    ids = [one.get("id") for one in value if isinstance(one, Mapping)] if isinstance(value, list) else [None]
    return all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids) == len(value)


def _lines(value: Any) -> str:
    """`models` for a list of objects, `plain` for any other list, empty for what is none."""
    if not isinstance(value, list):
        return ""
    return "models" if any(isinstance(one, Mapping) for one in value) else "plain"


def _is_table(value: Any) -> bool:
    """Whether it is a few rows of numbers, which read best as a whole."""
    rows = value if isinstance(value, list) else [None]
    return all(isinstance(row, Mapping) and all(type(cell) is int for cell in row.values()) for row in rows)


def _inner(spec: Spec | None, value: Mapping[str, Any]) -> dict[str, Spec]:
    """The fields inside a group, a variant or a text, by name."""
    if spec is None:
        return {}
    if spec.variants:
        chosen = spec.variants.get(str(value.get(spec.tag)))
        choice = Spec("choice", label=spec.label, choices=spec.choices)
        return {spec.tag: choice, **(dict(chosen.fields) if chosen else {})}
    return dict(spec.fields)


def _kind(old: Any, new: Any) -> Kind:
    empty: tuple[Any, ...] = (None, "", [], NOTHING)
    if any(old is one or old == one for one in empty):
        return "added"
    return "removed" if any(new is one or new == one for one in empty) else "changed"

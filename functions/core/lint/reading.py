"""What the rules of the lint look at: the definition's structure with its defaults, and all its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from functions.core.campaign import Definition, RewardItem
from functions.core.discovery import Catalogue
from functions.core.lint.words import normal, quoted


@dataclass(frozen=True)
class Wording:
    """One text of the definition: where it stands, as written and in the normal form."""

    path: str
    text: str
    form: str

    def quote(self, match: re.Match[str]) -> str:
        """The words as written that a pattern found in the normal form."""
        return quoted(self.text, self.form, *match.span())

    def breath(self, start: int, end: int) -> bool:
        """Whether a comma stands, as written, between the two places of the normal form."""
        return bool(re.search("[,，]", quoted(self.text, self.form, start, end)))


@dataclass(frozen=True)
class Reading:
    """A definition as the lint reads it, `at` the time it would go live. Configs that fail their model are read as
    they were written."""

    definition: Definition
    catalogue: Catalogue
    at: datetime | None = None

    @cached_property
    def config(self) -> Mapping[str, Any]:
        """The mechanic's config with its defaults."""
        kind = self.definition.mechanic
        if kind not in self.catalogue.mechanics:
            return self.definition.config
        return _with_defaults(self.catalogue.mechanic(kind).Config, self.definition.config)

    @cached_property
    def words(self) -> tuple[Wording, ...]:
        """Every text that people will read, without those that are empty."""
        definition = self.definition
        said = [
            *leaves(definition.name.model_dump(), "name"),
            *leaves(definition.page.model_dump(), "page"),
            *leaves(definition.poster.model_dump(), "poster"),
            *leaves(self.config, "config"),
            *leaves(
                [{"name": item.name.model_dump(), "config": item.config} for item in definition.rewards], "rewards"
            ),
            *leaves([purpose.model_dump() for purpose in definition.privacy.purposes], "privacy.purposes"),
        ]
        texts = [(path, leaf) for path, leaf in said if isinstance(leaf, str) and leaf]
        forms = {text: normal(text) for text in {text for _, text in texts}}
        return tuple(Wording(path, text, forms[text]) for path, text in texts)

    def unit_cost(self, item: RewardItem) -> int | None:
        """What one unit of a reward can cost at most by its kind, in minor units; None when that can't be told."""
        if item.kind not in self.catalogue.rewards:
            return None
        kind = self.catalogue.reward(item.kind)
        try:
            return kind.worst_cost(kind.Config.model_validate(item.config))
        except ValidationError:
            return None


def leaves(content: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything in plain data that is not a list or an object, with its place."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from leaves(value, f"{path}.{name}")
    elif isinstance(content, (list, tuple)):
        for place, value in enumerate(content):
            yield from leaves(value, f"{path}.{place}")
    else:
        yield path, content


def _with_defaults(model: type[BaseModel], config: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return model.model_validate(config).model_dump(mode="json", by_alias=True)
    except ValidationError:
        return config

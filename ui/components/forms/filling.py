"""Completes what a definition leaves out with the defaults of its models, so that a form edits whole values. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue
from ui.components.forms.schema import Spec, spec_of


def filled(spec: Spec, plain: Any) -> Any:
    """`plain` with every missing field set to its default, at any depth. What is there is kept, right or wrong."""
    if spec.kind == "group" and isinstance(plain, Mapping):
        return {**plain, **{name: _or_default(inner, name, plain) for name, inner in spec.fields.items()}}
    if spec.kind == "variant" and isinstance(plain, Mapping):
        chosen = spec.variants.get(str(plain.get(spec.tag)))
        return filled(chosen, plain) if chosen else plain
    if spec.kind == "list" and isinstance(plain, list) and spec.item is not None:
        return [filled(spec.item, item) for item in plain]
    return plain


def turned(spec: Spec, plain: Any, tag: str) -> dict[str, Any]:
    """A union's value as another of its members: fields that both have are kept."""
    chosen = spec.variants[tag]
    before = plain if isinstance(plain, Mapping) else {}
    kept = {name: before[name] for name in chosen.fields if name in before}
    return dict(filled(chosen, {spec.tag: tag, **kept}))


def fresh(spec: Spec) -> Any:
    """What a new item or a newly set field begins with."""
    if spec.kind == "group":
        return filled(spec, {})
    if spec.kind == "variant":
        return turned(spec, {}, next(iter(spec.variants)))
    if spec.kind == "list":
        return []
    return spec.default


def whole(content: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """A draft's content with every default written out: the definition's, its mechanic's, its rewards'."""
    definition = filled(spec_of(Definition), content)
    mechanic = str(definition.get("mechanic"))
    if mechanic in catalogue.mechanics:
        definition["config"] = filled(spec_of(catalogue.mechanic(mechanic).Config), definition["config"])
    if isinstance(definition.get("rewards"), list):
        definition["rewards"] = [_reward(item, catalogue) for item in definition["rewards"]]
    return dict(definition)


def _reward(item: Any, catalogue: Catalogue) -> Any:
    if not isinstance(item, dict) or str(item.get("kind")) not in catalogue.rewards:
        return item
    model = catalogue.reward(item["kind"]).Config
    return {**item, "config": filled(spec_of(model), item.get("config", {}))}


def _or_default(spec: Spec, name: str, plain: Mapping[str, Any]) -> Any:
    return filled(spec, plain[name]) if name in plain else filled(spec, copy.deepcopy(spec.default))

"""The JSON Schema of definition files, each mechanic's and reward's config included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from functions.core.campaign import Definition
from functions.core.discovery import Catalogue

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def definition_schema(catalogue: Catalogue) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of every definition that `catalogue` can run. Cross-references it cannot check."""
    for field in Definition.model_fields.values():
        if isinstance(field.default, BaseModel):
            type(field.default).model_rebuild()  # a default is written out by its own model's serializer
    schema = Definition.model_json_schema(by_alias=True)
    defs: dict[str, Any] = schema["$defs"]
    kinds = _cases("mechanic", catalogue.mechanics, lambda kind: catalogue.mechanic(kind).Config, defs)
    rewards = _cases("kind", catalogue.rewards, lambda kind: catalogue.reward(kind).Config, defs)
    schema["properties"]["mechanic"]["enum"] = sorted(catalogue.mechanics)
    defs["RewardItem"]["properties"]["kind"]["enum"] = sorted(catalogue.rewards)
    defs["RewardItem"]["allOf"] = rewards
    return {"$schema": DIALECT, **schema, "title": "Pond campaign definition", "allOf": kinds}


def _cases(
    tag: str, kinds: Mapping[str, str], model: Callable[[str], type[BaseModel]], defs: dict[str, Any]
) -> list[dict[str, Any]]:
    """`if` the tag names a kind, `then` config is what that kind's model says; the models go into `defs`."""
    cases = []
    for kind in sorted(kinds):
        place = f"{tag}.{kind}."
        config = model(kind).model_json_schema(by_alias=True, ref_template=f"#/$defs/{place}{{model}}")
        defs.update({place + name: part for name, part in config.pop("$defs", {}).items()})
        defs[place + "Config"] = config
        then: dict[str, Any] = {"properties": {"config": {"$ref": f"#/$defs/{place}Config"}}}
        if config.get("required"):
            then["required"] = ["config"]
        cases.append({"if": {"properties": {tag: {"const": kind}}, "required": [tag]}, "then": then})
    return cases

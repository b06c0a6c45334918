"""From a pydantic model to what a form needs to know. Pure: no widget, no session (docs/ui.md)."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from functions.core.text import Text
from ui.components.forms.labels import choice_words, field_words

Kind = Literal[
    "yes_no", "whole", "number", "money", "line", "long", "words", "date", "time", "instant",
    "colour", "picture", "zone", "choice", "choices", "group", "list", "variant", "raw",
]  # fmt: skip
FRAMED = {"group", "variant"}  # more than one widget, in a frame of their own
LONG_FROM = 120  # characters from which a text gets an area instead of a line
WIDGETS: Mapping[str, Kind] = {
    "money": "money", "colour": "colour", "picture": "picture", "zone": "zone", "long": "long", "line": "line",
}  # fmt: skip
PLAIN: Mapping[Any, Kind] = {
    bool: "yes_no", int: "whole", float: "number", str: "line", date: "date", time: "time", datetime: "instant",
    AwareDatetime: "instant",
}  # fmt: skip
EMPTY: Mapping[Kind, Any] = {"yes_no": False, "line": "", "long": "", "picture": "", "choices": [], "list": []}


@dataclass(frozen=True)
class Spec:
    """One field as a form sees it: its kind, words, plain default, and what is inside it.

    `fields` belong to a group, by the name they are stored under; `item` to a list; `variants` to a union of
    models told apart by their field `tag`. `choices` are the values of a Literal with their words. `tall` words
    get areas instead of lines, a `tall` choice a list instead of segments. `only_with` are the values of fields beside
    it with which it counts at all. A `quiet` one's label is only read out: what stands above it says it already.
    """

    kind: Kind
    label: Text = Text()
    help: Text = Text()
    unit: str = ""
    default: Any = None
    optional: bool = False
    choices: Mapping[Any, Text] = field(default_factory=dict)
    fields: Mapping[str, Spec] = field(default_factory=dict)
    item: Spec | None = None
    variants: Mapping[str, Spec] = field(default_factory=dict)
    tag: str = ""
    tall: bool = False
    only_with: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    quiet: bool = False


@cache
def spec_of(model: type[BaseModel]) -> Spec:
    """The form of a model: one field each, in the order they are written."""
    fields = {info.alias or name: _field(model, name, info) for name, info in model.model_fields.items()}
    words = field_words(_owner(model), "", model.model_config.get("json_schema_extra"))
    default = {name: inner.default for name, inner in fields.items()}
    return Spec("group", label=words.label, help=words.help, fields=fields, default=default)


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Spec:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    words = field_words(_owner(model), name, extra, info.title or "", info.description or "")
    spec = _typed(info.annotation, {**extra, "widget": words.widget or extra.get("widget", "")}, info.metadata)
    only_with: Any = extra.get("only_with", {})
    spec = replace(spec, label=words.label, help=words.help, unit=words.unit, only_with=only_with)
    if info.is_required():
        return spec
    default = info.get_default(call_default_factory=True)
    assert default is not PydanticUndefined
    if isinstance(default, BaseModel):  # which builds its serializer when first asked; pydantic_core does not
        return replace(spec, default=default.model_dump(mode="json", by_alias=True))
    return replace(spec, default=to_jsonable_python(default, by_alias=True))


def _owner(model: type[BaseModel]) -> str:
    """Core's own models have their words with the screens; everybody else brings them along."""
    return model.__name__ if model.__module__.startswith("functions.core.") else ""


def _typed(annotation: Any, extra: Mapping[str, Any], metadata: typing.Sequence[Any] = ()) -> Spec:
    """The spec of a type; its default is the emptiest value the type's widget can show."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _annotated(annotation, extra)
    if origin in (Union, types.UnionType):
        return _union(get_args(annotation), extra)
    if origin is Literal:
        return _choice(get_args(annotation), extra)
    if origin in (list, tuple, set, frozenset):
        return _list(get_args(annotation), extra)
    if annotation is Text:
        return Spec("words", default={"zh": "", "en": ""}, tall=extra.get("widget") == "long")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return spec_of(annotation)
    return _plain(annotation, extra, metadata)


def _plain(annotation: Any, extra: Mapping[str, Any], metadata: typing.Sequence[Any]) -> Spec:
    kind: Kind = PLAIN.get(annotation, "raw")
    wished = WIDGETS.get(str(extra.get("widget", "")))
    if kind == "line" and any(isinstance(rule, MaxLen) and rule.max_length >= LONG_FROM for rule in metadata):
        kind = "long"
    if wished and kind in ("line", "long", "whole"):
        kind = wished
    return Spec(kind, default=EMPTY.get(kind))


def _annotated(annotation: Any, extra: Mapping[str, Any]) -> Spec:
    inner, *metadata = get_args(annotation)
    said = [part for part in metadata if isinstance(part, FieldInfo)]
    rules = [rule for part in said for rule in part.metadata]
    for part in said:
        extra = {**(part.json_schema_extra if isinstance(part.json_schema_extra, dict) else {}), **_given(extra)}
    return _typed(inner, extra, [*rules, *metadata])


def _given(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extra.items() if value}


def _choice(values: tuple[Any, ...], extra: Mapping[str, Any]) -> Spec:
    choices = {value: choice_words(value, extra) for value in values}
    return Spec("choice", choices=choices, default=values[0])


def _list(arguments: tuple[Any, ...], extra: Mapping[str, Any]) -> Spec:
    item = _typed(arguments[0] if arguments else Any, {**extra, "widget": ""})
    if item.kind == "choice":
        return Spec("choices", choices=item.choices, default=[])
    return Spec("list", item=item, default=[])


def _union(members: tuple[Any, ...], extra: Mapping[str, Any]) -> Spec:
    others = [member for member in members if member is not type(None)]
    if len(others) == 1:
        return replace(_typed(others[0], extra), optional=True, default=None)
    spec = _variants(others)
    return replace(spec, optional=True, default=None) if len(others) < len(members) else spec


def _variants(members: list[Any]) -> Spec:
    """A union of models told apart by one Literal field; any other union is edited as written (JSON)."""
    models = [get_args(member)[0] if get_origin(member) is Annotated else member for member in members]
    if not all(isinstance(model, type) and issubclass(model, BaseModel) for model in models):
        return Spec("raw")
    tag = _tag(models)
    if not tag:
        return Spec("raw")
    variants = {str(_only(model, tag)): _without(spec_of(model), tag) for model in models}
    words = {name: spec.label if spec.label.complete else choice_words(name, {}) for name, spec in variants.items()}
    first = next(iter(variants))
    default = {tag: first, **variants[first].default}
    return Spec("variant", variants=variants, choices=words, tag=tag, default=default)


def _tag(models: list[type[BaseModel]]) -> str:
    """The field that holds one different literal in each model."""
    for name in models[0].model_fields:
        values = {_only(model, name) for model in models}
        if None not in values and len(values) == len(models):
            return name
    return ""


def _only(model: type[BaseModel], name: str) -> Any:
    info = model.model_fields.get(name)
    values = get_args(info.annotation) if info is not None and get_origin(info.annotation) is Literal else ()
    return values[0] if len(values) == 1 else None


def _without(spec: Spec, tag: str) -> Spec:
    fields = {name: inner for name, inner in spec.fields.items() if name != tag}
    return replace(spec, fields=fields, default={name: inner.default for name, inner in fields.items()})

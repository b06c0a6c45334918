"""What holds for every mechanic and every reward alike."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from functions.core.text import Text

ALLOWED = {"functions.core", "pydantic", "pydantic_core"}


def imports(path: Path) -> set[str]:
    """Every module that a source file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reached(package: str, module: str) -> set[str]:
    """The files of `package` that `module` imports, itself included."""
    folder = Path(sys.modules[package].__path__[0])
    waiting, found = {module}, set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        for one in imports(folder / f"{name}.py"):
            inside = one.removeprefix(f"{package}.").split(".")[0]
            if one.startswith(f"{package}.") and (folder / f"{inside}.py").exists():
                waiting |= {inside} - found
    return found


def test_imports_only_core_the_standard_library_and_pydantic(module: Any) -> None:
    package, _, name = module.__name__.rpartition(".")
    folder = Path(sys.modules[package].__path__[0])

    found = {one for file in reached(package, name) | {"examples"} for one in imports(folder / f"{file}.py")}

    foreign = {
        one
        for one in found
        if one.split(".")[0] not in sys.stdlib_module_names | {"pydantic", "pydantic_core"}
        and not one.startswith(("functions.core.", f"{package}."))
    }
    assert foreign == set()


def test_config_survives_json_and_its_own_schema_names_every_field(module: Any) -> None:
    schema = module.Config.model_json_schema()

    assert schema["type"] == "object"
    assert set(schema.get("properties", {})) == set(module.Config.model_fields)


def test_config_is_frozen_and_refuses_what_it_does_not_know(module: Any) -> None:
    for model in models_of(module.Config):
        assert model.model_config.get("frozen"), model
        assert model.model_config.get("extra") == "forbid", model


def test_every_config_field_is_labelled_in_both_languages(module: Any) -> None:
    unlabelled = {
        f"{model.__name__}.{name}"
        for model in models_of(module.Config)
        for name, field in model.model_fields.items()
        if name != "kind" and not {"zh", "en"} <= set(field.json_schema_extra or {})
    }

    assert unlabelled == set()


def test_every_choice_of_a_field_is_named_in_both_languages(module: Any) -> None:
    for model in models_of(module.Config):
        for name, field in model.model_fields.items():
            values = {value for value in literals(field.annotation) if not value.isupper()}
            if name != "kind":
                named = (field.json_schema_extra or {}).get("choices", {})
                assert set(named) >= values, f"{model.__name__}.{name}"
                assert all(zh and en for zh, en in named.values())


def test_every_kind_of_a_choice_between_models_is_named(module: Any) -> None:
    for model in models_of(module.Config):
        if "kind" in model.model_fields:
            assert {"zh", "en"} <= set(model.model_config.get("json_schema_extra", {})), model.__name__


def literals(annotation: Any) -> set[str]:
    """The values that a Literal in an annotation allows, at any depth."""
    inside = get_args(annotation)
    if get_origin(annotation) is Literal:
        return set(inside)
    return {value for part in inside for value in literals(part)}


def test_every_outcome_has_its_sentence_in_both_languages(module: Any) -> None:
    assert module.TITLE.complete
    assert {code for code, sentence in module.OUTCOMES.items() if not sentence.complete} == set()
    assert {code for code in module.OUTCOMES if not code.replace("_", "").isalpha() or code != code.lower()} == set()


def test_both_languages_of_a_sentence_name_the_same_values(module: Any) -> None:
    differing = {code for code, said in module.OUTCOMES.items() if placeholders(said.zh) < placeholders(said.en)}

    assert differing == set()


def models_of(model: Any) -> set[Any]:
    """A config's model and every model inside it, `Text` aside."""
    from pydantic import BaseModel

    found: set[Any] = set()
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel) and one not in found and one is not Text:
            found.add(one)
            waiting += [field.annotation for field in one.model_fields.values()]
        waiting += getattr(one, "__args__", ())
    return found


def placeholders(sentence: str) -> set[str]:
    """The names in braces of a sentence."""
    return {part.split("}")[0] for part in sentence.split("{")[1:]}

"""The published JSON Schema says what the models say; examples are valid under both."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from functions.core.discovery import discover
from functions.core.parsing import parse
from functions.core.schema import definition_schema
from infra.definition_files import read
from tests.unit.lint_drafts import EXAMPLES, content

PUBLISHED = Path(__file__).parents[2] / "docs" / "definition.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """What an engineer's editor does with the published file."""
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_published_schema_is_that_of_the_code() -> None:
    made = json.loads(json.dumps(definition_schema(discover())))

    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == made, (
        "run: pond schema --to docs/definition.schema.json"
    )


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_example_is_valid_under_the_schema_and_the_models(file: Path, validator: Draft202012Validator) -> None:
    written = read(file)

    assert list(validator.iter_errors(written)) == []
    assert parse(written, discover())[1] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"mechanic": "unheard_of"},
        {"config__dayz": 7},
        {"config__days": 0},
        {"config__proof": {"kind": "song"}},
        {"rewards__0__kind": "gold"},
        {"rewards__1__config__value": {"kind": "amount_off"}},
        {"rewards__1__config": {}},
        {"rules__0__if__0__op": "like"},
        {"page__colour": "green"},
    ],
)
def test_what_the_models_refuse_the_schema_refuses(changes: dict[str, Any], validator: Draft202012Validator) -> None:
    written = content(**changes)

    assert list(validator.iter_errors(written))
    assert parse(written, discover())[1]


def test_every_mechanic_and_reward_has_its_config_in_the_schema() -> None:
    schema = definition_schema(discover())

    assert {name for name in schema["$defs"] if name.endswith(".Config")} == {
        *(f"mechanic.{kind}.Config" for kind in discover().mechanics),
        *(f"kind.{kind}.Config" for kind in discover().rewards),
    }

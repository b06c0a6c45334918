"""Reading template.yaml: the one truth about the cloud, for packaging, deployment and tests."""

import json
from pathlib import Path
from typing import Any

import yaml

from infra.problems import Problem

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "template.yaml"
BODY_LIMIT = 51_200  # bytes CloudFormation takes in a request; a larger template goes by S3


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """YAML with CloudFormation's short tags, turned into their long form."""


def _long_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _long_form)


def load(path: Path = TEMPLATE) -> dict[str, Any]:
    """The template as plain JSON data. Raises `template_unreadable`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Problem("template_unreadable", file=path.name, words=error) from error
    return read(text, path.name)


def read(text: str, name: str) -> dict[str, Any]:
    """A template's text, YAML or JSON, as plain JSON data. Raises `template_unreadable`."""
    try:
        template = yaml.load(text, Loader=_Loader)  # noqa: S506 (it is a SafeLoader)
    except yaml.YAMLError as error:
        raise Problem("template_unreadable", file=name, words=error) from error
    if not isinstance(template, dict):
        raise Problem("template_unreadable", file=name, words="it is not a mapping")
    return template


def with_code(template: dict[str, Any], bucket: str, key: str) -> str:
    """The template as JSON text, its functions' code taken from an object in S3."""
    packaged = json.loads(json.dumps(template))
    packaged["Globals"]["Function"]["CodeUri"] = {"Bucket": bucket, "Key": key}
    return json.dumps(packaged, separators=(",", ":"))


def handlers(template: dict[str, Any]) -> dict[str, str]:
    """Logical id → handler path, of every function."""
    return {
        name: resource["Properties"]["Handler"]
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def routes(template: dict[str, Any]) -> list[str]:
    """Every route key of the HTTP API, such as `GET /health`."""
    return [
        resource["Properties"]["RouteKey"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::ApiGatewayV2::Route"
    ]

"""HTML forms as the same bodies that scripts send, so that every page works before a script runs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from functions.edge.problems import Problem

FIELDS_MAX = 60
DEPTH_MAX = 6


def read_form(text: str) -> dict[str, Any]:
    """A form's fields, `data.proof.text` as nested objects; empty fields are left out. Problem `malformed_form`."""
    try:
        pairs = parse_qsl(text, keep_blank_values=False, max_num_fields=FIELDS_MAX, errors="strict")
    except ValueError as error:
        raise Problem("malformed_form") from error
    content: dict[str, Any] = {}
    for name, value in pairs:
        _place(content, name.split("."), value)
    return content


def _place(content: dict[str, Any], path: list[str], value: str) -> None:
    if len(path) > DEPTH_MAX or not all(path):
        raise Problem("malformed_form")
    for name in path[:-1]:
        content = content.setdefault(name, {})
        if not isinstance(content, dict):
            raise Problem("malformed_form")
    if isinstance(content.get(path[-1]), dict):
        raise Problem("malformed_form")
    content[path[-1]] = value

"""HTML forms as the same bodies that scripts send, so that every page works before a script runs."""

from __future__ import annotations

import base64
from email.parser import BytesParser
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


def has_parts(content_type: str) -> bool:
    """Whether a form comes in parts, as one with a file in it does."""
    return content_type.lower().startswith("multipart/form-data")


def read_parts(body: bytes, content_type: str) -> dict[str, Any]:
    """A form with a file in it (RFC 7578): its fields as text, its files as Base64. Problem `malformed_form`."""
    parts = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not parts.is_multipart() or len(parts.get_payload()) > FIELDS_MAX:
        raise Problem("malformed_form")
    content: dict[str, Any] = {}
    for part in parts.get_payload():
        name = part.get_param("name", "", "content-disposition")
        raw = part.get_payload(decode=True) or b""
        if raw:
            _place(content, str(name).split("."), _said(raw, part.get_filename()))
    return content


def _said(raw: bytes, file: str | None) -> str:
    try:
        return raw.decode() if file is None else base64.b64encode(raw).decode()
    except UnicodeError as error:
        raise Problem("malformed_form") from error


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

"""What is written down about a request: an allow-list. No body, token, phone, address or id of a person."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping
from typing import Any

ALLOWED = frozenset(
    {"level", "message", "service", "route", "status", "code", "outcome", "kind", "campaign", "request_id", "ms"}
    | {"error", "where", "replayed", "records", "failed", "job", "done", "closed"}
)
NAMESPACE = "Pond"
Write = Callable[[str], None]


def line(message: str, level: str = "INFO", **fields: Any) -> str:
    """One line of JSON; a field that is not on the list is a mistake of ours."""
    unknown = fields.keys() - ALLOWED
    assert not unknown, f"not on the list of what may be logged: {sorted(unknown)}"
    return json.dumps({"level": level, "message": message, **fields}, separators=(",", ":"))


def failure(error: BaseException, **fields: Any) -> str:
    """An error of ours: its type and where it was raised. Its words may quote what was sent, so they stay out."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = [f"{frame.filename.rpartition('/functions/')[2]}:{frame.lineno}" for frame in frames]
    return line("error", level="ERROR", error=type(error).__name__, where=where, **fields)


def metric(name: str, value: int, milliseconds: int, dimensions: Mapping[str, str]) -> str:
    """A count in CloudWatch's embedded metric format."""
    described = {"Namespace": NAMESPACE, "Dimensions": [list(dimensions)], "Metrics": [{"Name": name, "Unit": "Count"}]}
    content = {"_aws": {"Timestamp": milliseconds, "CloudWatchMetrics": [described]}, **dimensions, name: value}
    return json.dumps(content, separators=(",", ":"))

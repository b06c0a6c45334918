"""A nickname as a request brings it."""

from __future__ import annotations

from functions.core.faults import Fault
from functions.core.nickname import nickname
from functions.edge.problems import at_place


def called(text: str) -> str:
    """The nickname that was typed, in one form; empty for none. Problem `nickname_refused`."""
    name = nickname(text) if text.strip() else ""
    if isinstance(name, Fault):
        raise at_place(name.path, name.code, name.message, "nickname_refused")
    return name

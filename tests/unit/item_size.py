"""How large a row is by DynamoDB's own counting, which write units follow."""

from __future__ import annotations


def item_bytes(value: object) -> int:
    """The size of a value in DynamoDB: UTF-8 names and text, numbers by two digits a byte, 3 + 1 for nesting."""
    match value:
        case bool():
            return 1
        case int():
            return len(str(value)) // 2 + 2
        case str():
            return len(value.encode())
        case dict():
            return 3 + sum(1 + len(name) + item_bytes(inner) for name, inner in value.items())
        case list() | tuple():
            return 3 + sum(1 + item_bytes(inner) for inner in value)
    raise AssertionError(value)

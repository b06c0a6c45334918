"""Which elements may stand together in a link, in which place and order, with which values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from functions.codes.identifiers import Identifier, identifiers
from functions.codes.values import fault

Element = tuple[str, str]


class BadLink(Exception):
    """Not a GS1 Digital Link URI. `code` is stable, `at` the identifier concerned, empty when there is none."""

    def __init__(self, code: str, at: str = "") -> None:
        super().__init__(code, at)
        self.code, self.at = code, at


def judge(path: Sequence[Element], attributes: Sequence[Element]) -> None:
    """All that a link promises: order, places, values, and which elements go together. Raises BadLink."""
    key, *qualifiers = [name for name, _ in path]
    _judge_order(identifiers()[key], qualifiers)
    _judge_attributes(identifiers()[key], qualifiers, [name for name, _ in attributes])
    elements = [*path, *attributes]
    for name, value in elements:
        if wrong := fault(identifiers()[name], value):
            raise BadLink(wrong, name)
    if misfit := _misfit(tuple(name for name, _ in elements)):
        raise BadLink(*misfit)


def _judge_attributes(key: Identifier, qualifiers: Sequence[str], names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        known = identifiers().get(name)
        if known is None:
            raise BadLink("unknown_identifier", name)
        if name in (key.name, *qualifiers, *names[:place]):
            raise BadLink("duplicate", name)
        if any({*qualifiers, name} <= {*order} for order in key.qualifiers):
            raise BadLink("belongs_in_path", name)
        if not known.is_attribute:
            raise BadLink("not_an_attribute", name)


def _judge_order(key: Identifier, qualifiers: Sequence[str]) -> None:
    for place, name in enumerate(qualifiers):
        if name in qualifiers[:place]:
            raise BadLink("duplicate", name)
        if not any(name in order for order in key.qualifiers):
            raise BadLink("not_a_qualifier", name)
    if qualifiers and not any(_is_part(qualifiers, order) for order in key.qualifiers):
        raise BadLink("qualifier_order", qualifiers[-1])


def _is_part(names: Sequence[str], order: Sequence[str]) -> bool:
    """Whether `names` are some of `order`, in its order."""
    rest = iter(order)
    return all(name in rest for name in names)


@lru_cache(maxsize=1024)  # most links of a stream are of one make
def _misfit(names: tuple[str, ...]) -> Element | None:
    """What is wrong with elements side by side: the code, and the first that may not be, or lacks another."""
    for name in names:
        known = identifiers()[name]
        if any(_has(pattern, [other for other in names if other != name]) for pattern in known.excludes):
            return "excluded", name
        if known.needs and not any(all(_has(pattern, names) for pattern in group) for group in known.needs):
            return "needs_another", name
    return None


def _has(pattern: str, names: Sequence[str]) -> bool:
    return any(_matches(pattern, name) for name in names)


def _matches(pattern: str, name: str) -> bool:
    fixed = pattern.rstrip("n")
    return len(pattern) == len(name) and name.startswith(fixed)

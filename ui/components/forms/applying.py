"""Which fields count at all, by the hint of their model (`only_with` of `functions/core/form.py`). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.components.forms.schema import Spec
from ui.components.forms.values import Path, get


def idle(spec: Spec, plain: Any, path: Path = ()) -> Iterator[Path]:
    """Fields of `spec`, at any depth, that do not count with what `plain`, found at `path`, says beside them."""
    if spec.kind == "list" and spec.item is not None and isinstance(plain, list):
        for place, item in enumerate(plain):
            yield from idle(spec.item, item, (*path, place))
    inside = spec.variants.get(str(get(plain, (spec.tag,))), spec) if spec.kind == "variant" else spec
    for name, one in inside.fields.items():
        if _counts(one, plain):
            yield from idle(one, get(plain, (name,)), (*path, name))
        else:
            yield (*path, name)


def _counts(spec: Spec, beside: Any) -> bool:
    return all(get(beside, tuple(name.split("."))) in values for name, values in spec.only_with.items())

"""A linkset as a page, for who asks for one in a browser (GS1-Conformant Resolver Standard, section 2.10)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from functions.codes import resolver
from functions.codes.link import parse
from functions.core.text import Text
from functions.pages import answers, render
from functions.pages.ask import Ask

LEVELS = {
    "01": Text(zh="商品", en="Product"),
    "22": Text(zh="款式", en="Variant"),
    "10": Text(zh="批次", en="Lot"),
    "21": Text(zh="单件", en="Item"),
}
DEFAULTS = (f"{resolver.VOCABULARY}defaultLink", f"{resolver.VOCABULARY}defaultLinkMulti")


def page(ask: Ask, said: resolver.Answer) -> dict[str, Any]:
    """The links of each level, and the same as JSON-LD for whoever reads pages by program."""
    told = json.loads(said.body)
    levels = [_level(one) for one in told["linkset"]]
    html = render.page("links.html", ask.frame(), levels=levels, linked={"@context": resolver.CONTEXT, **told})
    answer = answers.html(ask, html, said.status)
    return answer | {"headers": answer["headers"] | resolver.EVERYONE | {"Link": said.headers["Link"]}}


def _level(anchored: Mapping[str, Any]) -> dict[str, Any]:
    path = parse(anchored["anchor"]).path
    kinds = [name for name in anchored if name != "anchor" and name not in DEFAULTS]
    return {
        "name": LEVELS[path[-1][0]],
        "identifiers": " ".join(f"({name}) {value}" for name, value in path),
        "targets": [_target(kind, one) for kind in kinds for one in anchored[kind]],
    }


def _target(kind: str, link: Mapping[str, Any]) -> dict[str, Any]:
    zh, _, en = link["title"].partition(" · ")
    return {"href": link["href"], "title": Text(zh=zh, en=en or zh), "kind": _curie(kind, link.get("hreflang", ()))}


def _curie(kind: str, languages: Sequence[str]) -> str:
    return " · ".join(["gs1:" + kind.removeprefix(resolver.VOCABULARY), *languages])

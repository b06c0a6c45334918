"""Where a GS1 Digital Link leads: GS1-Conformant Resolver Standard 1.2, without the network. Pure.

A shelf holds the targets of each identified thing; the most specific level that has what is asked for answers, from the
serial up to the key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote

from pydantic import BaseModel, ConfigDict, Field, model_validator

from functions.codes.asked import ranked
from functions.codes.elements import BadLink, Element
from functions.codes.link import Link, parse
from functions.codes.reasons import NO_LINK, REASONS, UNKNOWN
from functions.core.form import unfit
from functions.core.text import Language

VOCABULARY = "https://ref.gs1.org/voc/"
OLD_VOCABULARY = "https://gs1.org/voc/"
CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context"
LINKSET, LINKED_DATA = "application/linkset+json", "application/ld+json"
EVERYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Expose-Headers": "Link, Location, Content-Type",
}


class Target(BaseModel):
    """One link: its type as a CURIE such as `gs1:pip`, where it leads, and to whom it is fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link_type: str = Field(pattern=r"^gs1:[A-Za-z][A-Za-z0-9]{0,60}$")
    href: str = Field(pattern=r"^https?://[^\s#]{1,1000}$")
    title: str = Field(min_length=1, max_length=200)
    languages: tuple[str, ...] = ()
    media: str = ""


class Shelf(BaseModel):
    """The links of one thing. Exactly one is its default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    targets: tuple[Target, ...] = Field(min_length=1)
    default: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _default_exists(self) -> Shelf:
        if self.default >= len(self.targets):
            raise unfit("default_missing", "要有一个默认链接", "One of the links is the default")
        return self


@dataclass(frozen=True)
class Asked:
    """What a request asks for besides its link: the headers that choose, and the language of what is refused."""

    accept: str = ""
    languages: str = ""
    language: Language = "zh"


@dataclass(frozen=True)
class Answer:
    """What to send: a redirection, a linkset, or a problem."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


def resolve(uri: str, shelves: Mapping[str, Shelf], asked: Asked) -> Answer:
    """Answer a link. `shelves` are by path as `levels` gives them, such as `/01/09520123456788/10/L7`."""
    address, _, query = uri.partition("?")
    try:
        link = parse(address.rstrip("/") + (f"?{query}" if query else ""))
    except BadLink as bad:
        return _refused(bad, asked)
    found = [(level, shelves[level]) for level in levels(link.path) if level in shelves]
    if not found:
        return _missing("unknown_item", asked)
    wanted = _curie(dict(parse_qsl(query)).get("linkType", ""))
    about = _about(link, found[0][0])
    if wanted in ("linkset", "all") or LINKSET in asked.accept:
        return _linkset(200, link.stem, found, asked, about)
    for level, shelf in found:
        chosen = _chosen(shelf, wanted, asked)
        if len(chosen) > 1:
            return _linkset(300, link.stem, [(level, Shelf(targets=tuple(chosen)))], asked, about)
        if chosen:
            return _redirection(chosen[0], query, about)
    return _missing("no_such_link", asked)


def levels(path: Sequence[Element]) -> list[str]:
    """The paths that a link's answer may stand under, the most specific first: serial, lot, variant, key."""
    steps = [f"/{name}/{quote(value, safe='')}" for name, value in path]
    return ["".join(steps[:length]) for length in range(len(steps), 0, -1)]


def description(root: str, name: str) -> dict[str, Any]:
    """What stands at `/.well-known/gs1resolver`."""
    return {
        "name": name,
        "resolverRoot": root,
        "supportedPrimaryKeys": ["01"],
        "supportedLinkType": [{"namespace": VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "jsonLdContextLocation": CONTEXT,
    }


def _chosen(shelf: Shelf, wanted: str, asked: Asked) -> Sequence[Target]:
    """The target that fits best; several that fit alike when a type was asked for; none when there is no such type."""
    default = shelf.targets[shelf.default]
    is_open = wanted in ("", "gs1:defaultLink")
    kind = default.link_type if is_open else wanted
    best = _fittest([one for one in shelf.targets if one.link_type == kind], asked)
    if default in best:
        return [default]
    return best[:1] if is_open else best


def _fittest(targets: Sequence[Target], asked: Asked) -> Sequence[Target]:
    """Those in the first language that any of them speaks, then of the first media type that any of them has."""
    spoken = _first(targets, ranked(asked.languages), lambda one, tag: tag in _spoken(one))
    return _first(spoken, ranked(asked.accept), lambda one, media: one.media == media)


def _first(targets: Sequence[Target], wishes: Sequence[str], fits: Any) -> Sequence[Target]:
    for wish in wishes:
        if some := [one for one in targets if fits(one, wish)]:
            return some
    return targets


def _spoken(target: Target) -> set[str]:
    """The languages of a target, `zh-CN` as `zh` as well."""
    return {tag.lower() for tag in target.languages} | {tag.lower().partition("-")[0] for tag in target.languages}


def _curie(link_type: str) -> str:
    for namespace in (VOCABULARY, OLD_VOCABULARY):
        if link_type.startswith(namespace):
            return "gs1:" + link_type.removeprefix(namespace)
    return link_type


def _redirection(target: Target, query: str, about: str) -> Answer:
    """To a target, with the whole query as it was asked (section 2.12)."""
    mark = "&" if "?" in target.href else "?"
    location = target.href + (mark + query if query else "")
    return Answer(307, EVERYONE | {"Location": location, "Link": about, "Vary": "Accept, Accept-Language"})


def _linkset(status: int, stem: str, found: Sequence[tuple[str, Shelf]], asked: Asked, about: str) -> Answer:
    """Links as JSON, or as JSON-LD that names its context itself (section 2.10)."""
    body: dict[str, Any] = {
        "linkset": [_anchored(stem + level, shelf, is_whole=status == 200) for level, shelf in found]
    }
    is_linked = LINKED_DATA in asked.accept and LINKSET not in asked.accept
    context = f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="{LINKED_DATA}"'
    headers = {"Content-Type": LINKED_DATA if is_linked else LINKSET, "Vary": "Accept"}
    headers["Link"] = about if is_linked else f"{context}, {about}"
    body = {"@context": CONTEXT, **body} if is_linked else body
    return Answer(status, EVERYONE | headers, json.dumps(body, ensure_ascii=False))


def _anchored(anchor: str, shelf: Shelf, *, is_whole: bool) -> dict[str, Any]:
    """The links of one thing as RFC 9264 has them, by type; the default stands apart, without its attributes."""
    said: dict[str, Any] = {"anchor": anchor}
    default = shelf.targets[shelf.default]
    if is_whole:
        said[f"{VOCABULARY}defaultLink"] = [{"href": default.href, "title": default.title}]
    of_default = [one for one in shelf.targets if one.link_type == default.link_type]
    if is_whole and len(of_default) > 1:  # which of them is the answer, the request decides
        said[f"{VOCABULARY}defaultLinkMulti"] = [_told(one) for one in of_default]
    for one in shelf.targets:
        said.setdefault(VOCABULARY + one.link_type.removeprefix("gs1:"), []).append(_told(one))
    return said


def _told(target: Target) -> dict[str, Any]:
    told: dict[str, Any] = {"href": target.href, "title": target.title}
    told |= {"hreflang": list(target.languages)} if target.languages else {}
    return told | ({"type": target.media} if target.media else {})


def _about(link: Link, level: str) -> str:
    """Where all links of the thing are; and what a compressed link says, written out."""
    linkset = f'<{link.stem}{level}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'
    return f'{linkset}, <{link.uncompressed}>; rel="owl:sameAs"' if link.is_compressed else linkset


def _refused(bad: BadLink, asked: Asked) -> Answer:
    detail = REASONS[bad.code].fill(asked.language, {"at": bad.at})
    return _problem(400, bad.code, NO_LINK.in_(asked.language), detail, {"at": bad.at} if bad.at else {})


def _missing(code: str, asked: Asked) -> Answer:
    title, detail = UNKNOWN[code]
    return _problem(404, code, title.in_(asked.language), detail.in_(asked.language), {})


def _problem(status: int, code: str, title: str, detail: str, more: Mapping[str, str]) -> Answer:
    """RFC 9457 problem details; a person's page is made elsewhere."""
    told = {"type": f"urn:pond:problem:{code}", "title": title, "status": status, "code": code, "detail": detail}
    headers = EVERYONE | {"Content-Type": "application/problem+json", "Vary": "Accept, Accept-Language"}
    return Answer(status, headers, json.dumps({**told, **more}, ensure_ascii=False))

"""GS1 Digital Link URIs (URI Syntax 1.6 and 1.7): read, judged, put in canonical form, and built. Pure.

How GS1's own engine reads them is followed: the rightmost key of the path begins the identification, what stands before
it is a stem of the owner's, other query parameters and the fragment say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from functions.codes.elements import BadLink, Element, judge
from functions.codes.identifiers import identifiers
from functions.codes.values import LOOSE_PERCENT, fault

CANONICAL_STEM = "https://id.gs1.org"
URI_MAX = 2048
URI = re.compile(r"(?:https?|HTTPS?)://(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?", re.DOTALL)
OUTSIDE_URIS = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
OUTSIDE_HOSTS = re.compile(r"[_~@!$&'()*+,;=%]")
COMPRESSED = re.compile(r"eh[0-9a-f]{20,}|ex[A-Za-z0-9_\-]{14,}")  # an EPC in hexadecimal or base 64 (epc.py)
TRADE_ITEM = ("22", "10", "21")  # the qualifiers of a GTIN in their order
UNDONE = re.compile(r"(?P<head>(?:/[^/]+)*?/01/[0-9]{14}(?:/22/[^/]+)?)/10/(?P<lot>.+?)(?P<tail>/21/[^/]+)?")


@dataclass(frozen=True)
class Link:
    """What a URI says: its key with qualifiers (`path`) and its data attributes, in the order they were written."""

    stem: str
    path: tuple[Element, ...]
    attributes: tuple[Element, ...]
    is_compressed: bool = False

    @property
    def elements(self) -> tuple[Element, ...]:
        """Every identifier with its value."""
        return self.path + self.attributes

    @property
    def canonical(self) -> str:
        """The one URI of all that say the same: at id.gs1.org, attributes in the order of their identifiers."""
        return _written(CANONICAL_STEM, self.path, sorted(self.attributes))

    @property
    def uncompressed(self) -> str:
        """The same at its own stem, written out."""
        return _written(self.stem, self.path, self.attributes)


def parse(uri: str) -> Link:
    """What a URI says. Raises BadLink with the reason."""
    found = _split(uri)
    *before, last = found["path"].split("/")
    is_compressed = last[:2] in ("eh", "ex") and bool(COMPRESSED.fullmatch(last)) and before[-1] not in identifiers()
    if is_compressed:
        path, told = _unpacked(last, before)
        stem = "/".join(before)
    else:
        pairs, stem = _identification(found["path"])
        path, told = tuple((name, _plain(value, name, "path")) for name, value in pairs), ()
    attributes = (*told, *_attributes(found["query"] or ""))
    scheme = uri[: uri.index(":")].lower()
    judge(path, attributes)
    return Link(f"{scheme}://{found['host'].lower()}{stem}", path, attributes, is_compressed)


def build(stem: str, elements: Sequence[Element]) -> str:
    """The URI of some elements under a stem such as `https://shop.example`, each where it belongs. Raises BadLink."""
    known = dict(elements)
    if len(known) < len(elements):
        raise BadLink("duplicate", next(name for name, _ in elements if [one for one, _ in elements].count(name) > 1))
    key = next((name for name in known if name in identifiers() and identifiers()[name].is_key), None)
    if key is None:
        raise BadLink("no_key")
    order = max(identifiers()[key].qualifiers or ((),), key=lambda names: sum(name in known for name in names))
    path = tuple((name, known[name]) for name in (key, *order) if name in known)
    attributes = tuple((name, value) for name, value in elements if name not in dict(path))
    judge(path, attributes)
    return _written(stem.rstrip("/"), path, attributes)


def encoded(path: str) -> str:
    """A path whose percent-encoding was undone on its way, with its lot encoded again: that may hold slashes.

    API Gateway's HTTP API does so (`rawPath`), with all but `%25`. Other paths are as they were.
    """
    found = UNDONE.fullmatch(path.rstrip("/"))
    return f"{found['head']}/10/{quote(found['lot'], safe='')}{found['tail'] or ''}" if found else path


def _split(uri: str) -> dict[str, str]:
    if len(uri) > URI_MAX:
        raise BadLink("uri_too_long")
    if OUTSIDE_URIS.search(uri):
        raise BadLink("uri_characters")
    found = URI.fullmatch(uri)
    if found is None:
        raise BadLink("scheme")
    if not found["host"] or OUTSIDE_HOSTS.search(found["host"]):
        raise BadLink("host")
    return found.groupdict()


def _identification(path: str) -> tuple[list[Element], str]:
    """The pairs of the path from its rightmost key on, and what stands before that key."""
    steps = path.split("/")[1:]
    pairs: list[Element] = []
    while len(steps) >= 2:
        *rest, name, value = steps
        known = identifiers().get(name)
        if known is None:
            break
        pairs.insert(0, (name, value))
        if known.is_key:
            _refuse_second_key(rest)
            return pairs, "".join(f"/{step}" for step in rest)
        steps = rest
    raise BadLink(*_why_no_key(path))


def _unpacked(text: str, before: Sequence[str]) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """Path and attributes of a compressed link: the trade item that an EPC binary string names."""
    from functions.codes.epc import elements_in  # few links are such, and who opens others need not wait for it

    _refuse_second_key(before)
    told = dict(elements_in(text))
    path = tuple((name, told.pop(name)) for name in ("01", *TRADE_ITEM) if name in told)
    return path, tuple(told.items())


def _refuse_second_key(before: Sequence[str]) -> None:
    """A stem may hold anything, but not a key with a value that is right: then there are two."""
    known = identifiers().get(before[-2]) if len(before) >= 2 else None
    if known is not None and known.is_key and not fault(known, _unquoted(before[-1])):
        raise BadLink("two_keys", known.name)


def _why_no_key(path: str) -> tuple[str, str]:
    """A path that ends after a known identifier, or in a slash, lacks a value; one with an unknown one says so."""
    steps = path.split("/")[1:]
    for place, name in enumerate(steps):
        known = identifiers().get(name)
        if known is not None and known.is_key:
            after = steps[place::2]
            unknown = next((one for one in after if one not in identifiers()), "")
            return ("unknown_identifier", unknown) if unknown else ("value_missing", after[-1])
    return "no_key", ""


def _plain(value: str, name: str, place: str) -> str:
    if not value:
        raise BadLink("value_missing", name)
    if "%" in value and LOOSE_PERCENT.search(value):
        raise BadLink("percent_encoding", name)
    if place == "query":
        value = value.replace("+", " ")
    return _unquoted(value)


def _unquoted(value: str) -> str:
    return unquote_to_bytes(value).decode("latin-1") if "%" in value else value


def _quoted(value: str) -> str:
    return value if value.isalnum() else quote(value, safe="")


def _attributes(query: str) -> Iterator[Element]:
    """The data attributes; parameters with other names belong to somebody else."""
    for parameter in query.split("&"):
        name, told, value = parameter.partition("=")
        if not told or not (name.isascii() and name.isdigit()):
            continue
        if name not in identifiers():
            raise BadLink("unknown_identifier", name)
        plain = _plain(value, name, "query")
        yield name, plain.zfill(14) if name == "01" and len(plain) in (8, 12, 13) else plain


def _written(stem: str, path: Sequence[Element], attributes: Sequence[Element]) -> str:
    steps = "".join(f"/{name}/{_quoted(value)}" for name, value in path)
    query = "&".join(f"{name}={_quoted(value)}" for name, value in attributes)
    return f"{stem}{steps}?{query}" if query else stem + steps

"""GS1 Digital Links under this host, answered as the GS1-Conformant Resolver Standard says. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from functions.codes import resolver
from functions.codes.batch import Batch
from functions.codes.batches import newest_under
from functions.codes.elements import BadLink, Element
from functions.codes.finding import find
from functions.codes.link import Link, encoded, parse
from functions.codes.resolver import Asked, Shelf, Target
from functions.codes.serial import looks_made
from functions.core.text import Text
from functions.pages import items, link_list
from functions.pages.ask import Ask

Answer = dict[str, Any]
CHECK = Text(zh="查真伪", en="Is it genuine?")
PRODUCT = Text(zh="商品页", en="About the product")
CAMPAIGN = Text(zh="活动", en="Campaign")
REDIRECTION = 307
ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}


def digital_link(ask: Ask) -> Answer:
    """`GET /01/…`, `/eh…`, `/ex…`: 307 to where the link leads, its links, or why there is nothing."""
    path = _as_printed(ask)
    uri = f"{ask.base_url}{path}" + (f"?{ask.raw_query}" if ask.raw_query else "")
    asked = Asked(*(ask.headers.get(name, "") for name in ("accept", "accept-language")), ask.language)
    near = _shelves(ask, uri)
    said = resolver.resolve(uri, near, asked)
    if (
        near and said.status != REDIRECTION
    ):  # the product's own links are read where the item's and lot's are not enough
        said = resolver.resolve(uri, _of_product(ask, parse(_bare(uri)), 1) | near, asked)
    return _for_people(ask, said) if "text/html" in asked.accept else _sent(said.status, said.headers, said.body)


def _for_people(ask: Ask, said: resolver.Answer) -> Answer:
    """The same as a page: what is wrong, or links to choose from. A redirection needs none."""
    if said.status in (400, 404):
        return items.unknown(ask, said.status)
    if said.status == REDIRECTION or resolver.LINKSET in ask.headers["accept"]:
        return _sent(said.status, said.headers, said.body)
    return link_list.page(ask, said)


def options(_: Ask, *__: str) -> Answer:
    """`OPTIONS` of a link, or of the description."""
    return _sent(204, resolver.EVERYONE | ALLOWED, "")


def description(ask: Ask) -> Answer:
    """`GET /.well-known/gs1resolver`."""
    body = json.dumps(resolver.description(ask.base_url, "Pond"), ensure_ascii=False)
    return _sent(
        200, resolver.EVERYONE | {"Content-Type": "application/json", "Cache-Control": "public, max-age=3600"}, body
    )


def _as_printed(ask: Ask) -> str:
    """The path of a link, encoded again where a gateway undid that and it then names an item, or a lot that is known.

    A forged serial is taken for one as well: it is answered as forged ones under any other lot are.
    """
    again = encoded(ask.path)
    if again == ask.path or _link(ask, ask.path) or not (link := _link(ask, again)):
        return ask.path
    serial = dict(link.path).get("21", "")
    is_known = looks_made(serial) if serial else newest_under(ask.service.store, _label(link.path)) is not None
    return again if is_known else ask.path


def _link(ask: Ask, path: str) -> Link | None:
    try:
        return parse(ask.base_url + path.rstrip("/"))
    except BadLink:
        return None


def _bare(uri: str) -> str:
    return uri.partition("?")[0].rstrip("/")


def _shelves(ask: Ask, uri: str) -> Mapping[str, Shelf]:
    """The links of the item and its lot, or of what a link without a serial names.

    A serial that was not made here has none, and costs no read.
    """
    try:
        link = parse(_bare(uri))
    except BadLink:
        return {}
    if "21" not in dict(link.path):
        return _of_product(ask, link, len(link.path))
    found = find(ask.service.keys.ring(ask.at), ask.service.batches, link.uncompressed, ask.at)
    if found is None:
        return {}
    page = f"{ask.base_url}{items.path_of(found.link)}"
    shelf = Shelf(targets=(_ours("gs1:verificationService", page, CHECK),))
    return {_level(link, len(link.path)): shelf} | _of_batch(ask, link, found.batch, len(link.path) - 1)


def _of_product(ask: Ask, link: Link, deepest: int) -> dict[str, Shelf]:
    """The links of a product, its variant and its lot, wherever a batch is known of."""
    found: dict[str, Shelf] = {}
    for depth in range(deepest, 0, -1):
        batch = newest_under(ask.service.store, _label(link.path[:depth]))
        found |= _of_batch(ask, link, batch, depth) if batch is not None else {}
    return found


def _label(path: Sequence[Element]) -> str:
    return "/".join(f"{name}/{value}" for name, value in path)


def _of_batch(ask: Ask, link: Link, batch: Batch, depth: int) -> dict[str, Shelf]:
    """What a batch's items have in common, as links of that level."""
    both = ("zh",) if batch.product_page and batch.product_page_en else ()
    pages = [(batch.product_page, both), (batch.product_page_en, ("en",))]
    targets = [_titled("gs1:pip", page, PRODUCT, languages) for page, languages in pages if page]
    targets += [_ours("gs1:promotion", f"{ask.base_url}/c/{batch.campaign}", CAMPAIGN)] if batch.campaign else []
    return {_level(link, depth): Shelf(targets=tuple(targets))} if targets else {}


def _ours(kind: str, href: str, title: Text) -> Target:
    return _titled(kind, href, title, ("zh", "en"), "text/html")


def _titled(kind: str, href: str, title: Text, languages: tuple[str, ...] = (), media: str = "") -> Target:
    return Target(link_type=kind, href=href, title=f"{title.zh} · {title.en}", languages=languages, media=media)


def _level(link: Link, depth: int) -> str:
    return "".join(f"/{name}/{quote(value, safe='')}" for name, value in link.path[:depth])


def _sent(status: int, headers: Mapping[str, str], body: str) -> Answer:
    kept = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", **headers}
    return {"statusCode": status, "headers": kept, "body": body, "isBase64Encoded": False}

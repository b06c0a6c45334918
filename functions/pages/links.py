"""GS1 Digital Links under this host, answered as the GS1-Conformant Resolver Standard says. Reads only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from functions.codes import resolver
from functions.codes.batch import Batch
from functions.codes.batches import newest_under
from functions.codes.elements import BadLink
from functions.codes.finding import find
from functions.codes.item import item_in
from functions.codes.link import Link, parse
from functions.codes.resolver import Asked, Shelf, Target
from functions.core.text import Text
from functions.pages import items
from functions.pages.ask import Ask

Answer = dict[str, Any]
CHECK = Text(zh="查真伪", en="Is it genuine?")
PRODUCT = Text(zh="商品页", en="About the product")
CAMPAIGN = Text(zh="活动", en="Campaign")
ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}


def digital_link(ask: Ask, rest: str) -> Answer:
    """`GET /01/…`: 307 to where the link leads, its linkset, or why there is nothing."""
    uri = f"{ask.base_url}/01/{rest}" + (f"?{ask.raw_query}" if ask.raw_query else "")
    said = resolver.resolve(
        uri, _shelves(ask, uri), Asked(*(ask.headers.get(name, "") for name in ("accept", "accept-language")))
    )
    if said.status in (400, 404) and "text/html" in ask.headers.get("accept", ""):
        return items.unknown(ask, said.status)
    return _sent(said.status, said.headers, said.body)


def options(_: Ask, *__: str) -> Answer:
    """`OPTIONS` of a link, or of the description."""
    return _sent(204, resolver.EVERYONE | ALLOWED, "")


def description(ask: Ask) -> Answer:
    """`GET /.well-known/gs1resolver`."""
    body = json.dumps(resolver.description(ask.base_url, "Pond"), ensure_ascii=False)
    return _sent(
        200, resolver.EVERYONE | {"Content-Type": "application/json", "Cache-Control": "public, max-age=3600"}, body
    )


def _shelves(ask: Ask, uri: str) -> Mapping[str, Shelf]:
    """The links of the item, and of its lot or product. A serial that was not made here has none, and costs no read."""
    try:
        link = parse(uri.partition("?")[0].rstrip("/"))
    except BadLink:
        return {}
    if "21" not in dict(link.path):
        return _of_product(ask, link)
    if item_in(uri) is None:
        return {}
    found = find(ask.service.keys.ring(ask.at), ask.service.batches, uri, ask.at)
    if found is None:
        return {}
    page = f"{ask.base_url}{items.path_of(found.link)}"
    shelf = Shelf(targets=(_titled("gs1:verificationService", page, CHECK),))
    return {_level(link, len(link.path)): shelf} | _of_batch(ask, link, found.batch, len(link.path) - 1)


def _of_product(ask: Ask, link: Link) -> dict[str, Shelf]:
    """The links of a product, lot or variant: the most specific that a batch is known of."""
    for depth in range(len(link.path), 0, -1):
        batch = newest_under(ask.service.store, "/".join(f"{name}/{value}" for name, value in link.path[:depth]))
        if batch is not None:
            return _of_batch(ask, link, batch, depth)
    return {}


def _of_batch(ask: Ask, link: Link, batch: Batch, depth: int) -> dict[str, Shelf]:
    """What a batch's items have in common, as links of that level."""
    told = [("gs1:pip", batch.product_page, PRODUCT)] if batch.product_page else []
    told += [("gs1:promotion", f"{ask.base_url}/c/{batch.campaign}", CAMPAIGN)] if batch.campaign else []
    targets = tuple(_titled(kind, href, title) for kind, href, title in told)
    return {_level(link, depth): Shelf(targets=targets)} if targets else {}


def _titled(kind: str, href: str, title: Text) -> Target:
    said = f"{title.zh} · {title.en}"
    return Target(link_type=kind, href=href, title=said, languages=("zh", "en"), media="text/html")


def _level(link: Link, depth: int) -> str:
    return "".join(f"/{name}/{quote(value, safe='')}" for name, value in link.path[:depth])


def _sent(status: int, headers: Mapping[str, str], body: str) -> Answer:
    kept = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", **headers}
    return {"statusCode": status, "headers": kept, "body": body, "isBase64Encoded": False}

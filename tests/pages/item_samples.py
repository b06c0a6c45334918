"""An item's page in each of its states, as a shop in memory shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from functions.codes.batches import alter_batch
from functions.core.text import Language
from functions.pages import handler as pages_of
from tests.codes.batches import CAMPAIGN, NOW, forged, gift, link, ordered
from tests.edge.world import Context, World
from tests.pages.serve import gateway_event

NONCE = "nonce0123456789a"  # as the other samples have it
PAGE = {
    "title": {"zh": "扫码有礼", "en": "A gift in every box"},
    "subtitle": {
        "zh": "每件得 10 积分，第一件还有减十元券",
        "en": "10 points for each item, and ¥10 off with the first",
    },
}
KEPT = {"zh": "记录你领了哪件商品的奖励", "en": "To know which items' rewards are yours"}
PRIVACY = {"purposes": [{"field": "item", "purpose": KEPT}], "retention_days": 90}
Drawn = Callable[[Language], str]


def pages() -> dict[str, Drawn]:
    """Every state by name."""
    return {
        "item-new": _state(),
        "item-first": _state("a"),
        "item-taken": _state("a", takes=True),
        "item-scanned-before": _state("b", "a"),
        "item-inner-code": _state("a", inner=True),
        "item-not-activated": _state("a", number=600),
        "item-blocked": _state("a", number=7),
        "item-expired": _state("a", expires="2026-02-28"),
        "item-links": _links,
        "item-unknown": _state(number=-1),
    }


def _state(*taps: str, takes: bool = False, number: int = 41, **batch: Any) -> Drawn:
    """What phone `a` sees once these phones have tapped."""

    def draw(language: Language) -> str:
        world = World()
        world.clock.now = NOW
        world.publish(gift(page=PAGE, privacy=PRIVACY))
        made = ordered(world.store, active=False, **{"expires": "2026-12-31", **batch})
        alter_batch(world.store, made, lambda one: one.activated([(0, 499)]).barred([(7, 7)]), "activate", "m", NOW)
        code = link(made, number) if number >= 0 else forged(made)
        path = "/i" + urlsplit(code).path
        for place, name in enumerate(taps):
            fields = {"event_id": f"page-{place:04d}", "code": code, "next": path}
            path_back = world.phone(name).form("/api/items/scan", **fields).headers["Location"]
            path = path_back if name == "a" else path
        if takes:
            fields = {"event_id": "page-take", "data__item": code, "consent": "yes", "next": path.partition("?")[0]}
            path = world.phone().form(f"/api/campaigns/{CAMPAIGN}/events/collect", **fields).headers["Location"]
        session = f"pond_session={world.phone().token}"
        led = {"sec-fetch-site": "same-origin"}  # as after the tap itself
        return _drawn(world, path, {"accept-language": language, "cookie": session, **led})

    return draw


def _links(language: Language) -> str:
    """What a link leads to, for who asks in a browser."""
    world = World()
    world.clock.now = NOW
    code = link(ordered(world.store, product_page="https://shop.example/tea"), 41)
    path = urlsplit(code).path + "?linkType=linkset"
    return _drawn(world, path, {"accept-language": language, "accept": "text/html"})


def _drawn(world: World, path: str, headers: dict[str, str]) -> str:
    """A page, with the nonce that all samples have."""
    answer = pages_of.entry(lambda: world.service)(gateway_event("GET", path, headers, b""), Context())
    own = answer["headers"]["Content-Security-Policy"].partition("nonce-")[2].partition("'")[0]
    return str(answer["body"]).replace(f'nonce="{own}"', f'nonce="{NONCE}"')

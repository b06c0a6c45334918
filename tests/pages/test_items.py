"""An item's page and its links: what a visit shows, that it writes nothing, and how programs are answered."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from functions.codes.batches import alter_batch
from functions.codes.item import serials
from functions.pages import handler as pages
from tests.codes.batches import CAMPAIGN, GTIN, NOW, SHOP, forged, gift, link, ordered, ring
from tests.edge.world import Context, Phone, World
from tests.pages.page_reader import read
from tests.pages.serve import gateway_event
from tests.pages.test_visits import ReadOnly, visit

LINKSET = "application/linkset+json"


@pytest.fixture
def world() -> World:
    made = World(store=ReadOnly())
    made.clock.now = NOW
    made.publish(gift())
    return made


def page_of(code: str) -> str:
    """Where the resolver sends a person."""
    return "/i" + urlsplit(code).path if "/01/" in code else urlsplit(code).path


def call(world: World, method: str, path: str, **headers: str) -> dict[str, Any]:
    event = gateway_event(method, path, {"host": "shop.example", **headers}, b"")
    world.store.opened = True  # type: ignore[attr-defined]
    answer = pages.entry(lambda: world.service)(event, Context())
    world.store.opened = False  # type: ignore[attr-defined]
    return answer


def seen(world: World, path: str, phone: Phone | None = None) -> str:
    answer = visit(world, path, phone, "en")
    assert answer["statusCode"] == 200
    return " ".join(read(answer["body"]).all("main")[0].said.split())


def tap(phone: Phone, code: str, event: str = "scan-0001") -> str:
    """The tap on the page's button, and the page that it leads back to."""
    answer = phone.form("/api/items/scan", event_id=event, code=code, next=page_of(code))
    return answer.headers["Location"]


@pytest.mark.parametrize("kind", [{}, {"gtin": "", "lot": ""}, {"lot": "A/b+c"}])
def test_from_the_first_visit_to_the_reward(world: World, kind: dict[str, Any]) -> None:
    code, phone = link(ordered(world.store, **kind), 41), world.phone()
    here = page_of(code)
    assert "Every item has a code of its own" in seen(world, here, phone)

    told = seen(world, tap(phone, code), phone)

    assert "Genuine, and you are the first to scan it" in told
    assert "First scanned2 Mar 2026, 09:00Scannedonce" in told
    fields = {"event_id": "page-0002", "data__item": code, "consent": "yes", "next": here}
    took = phone.form(f"/api/campaigns/{CAMPAIGN}/events/collect", **fields)
    assert "Claimed! This is your item no. 1 + 10 points+ ¥10 off" in seen(world, took.headers["Location"], phone)
    assert "You have claimed this item's reward" in seen(world, here, phone)


def test_another_persons_scan_is_told_as_a_repeat_and_offers_no_reward(world: World) -> None:
    code = link(ordered(world.store), 41)
    tap(world.phone("a"), code)

    told = seen(world, tap(world.phone("b"), code, "scan-0002"), world.phone("b"))

    assert "scanned before" in told
    assert "Scanned2 times" in told
    assert "belongs to whoever scanned it first" in told


def test_an_address_that_claims_a_first_scan_is_not_believed(world: World) -> None:
    code = link(ordered(world.store), 41)

    assert "Every item has" in seen(world, page_of(code) + "?o=first_scan", world.phone("b"))
    tap(world.phone("a"), code)
    assert "scanned before" in seen(world, page_of(code) + "?o=first_scan", world.phone("b"))


def test_not_activated_blocked_and_expired_items_say_so_after_the_tap(world: World) -> None:
    batch = ordered(world.store, active=False)
    phone = world.phone()

    assert "not been activated yet" in seen(world, tap(phone, link(batch, 600)), phone)
    batch = alter_batch(world.store, batch, lambda one: one.activated([(0, 999)]).barred([(3, 3)]), "x", "m", NOW)
    world.clock.pass_(seconds=6)
    assert "blocked" in seen(world, tap(phone, link(batch, 3), "scan-0002"), phone)


def test_with_an_inner_code_the_page_asks_for_it(world: World) -> None:
    code, phone = link(ordered(world.store, inner=True), 41), world.phone()

    assert "The code under the scratch-off" in seen(world, tap(phone, code), phone)


@pytest.mark.parametrize("path", ["/01/{gtin}/10/L7/21/", "/i/01/{gtin}/10/L7/21/"])
def test_a_forged_code_is_told_in_one_way_and_costs_no_read(world: World, path: str) -> None:
    bad = forged(ordered(world.store))[-20:]
    world.store.reads = 0  # type: ignore[attr-defined]

    answer = call(world, "GET", path.format(gtin=GTIN) + bad, accept="text/html", **{"accept-language": "en"})

    assert answer["statusCode"] == 404
    assert "We do not know this code" in answer["body"]
    assert world.store.reads == 0  # type: ignore[attr-defined]


def test_a_link_leads_to_the_items_page_with_its_query(world: World) -> None:
    code = link(ordered(world.store), 41)

    answer = call(world, "GET", urlsplit(code).path + "?utm_source=pack")

    assert answer["statusCode"] == 307
    assert answer["headers"]["Location"] == f"{SHOP}{page_of(code)}?utm_source=pack"
    assert answer["headers"]["Access-Control-Allow-Origin"] == "*"
    assert f'{urlsplit(code).path}?linkType=linkset>; rel="linkset"' in answer["headers"]["Link"]


def test_links_walk_up_from_the_serial_to_the_lot(world: World) -> None:
    code = link(ordered(world.store, product_page="https://shop.example/tea"), 41)
    path = urlsplit(code).path
    lot = path.partition("/21/")[0]

    product = lot.partition("/10/")[0]

    asked = [(path, "gs1:pip"), (path, "gs1:promotion"), (lot, ""), (lot + "/", "gs1:promotion"), (product, "")]
    asked += [(f"{product}/22/V1/10/unheard-of", "gs1:pip")]
    places = [call(world, "GET", f"{at}?linkType={kind}")["headers"].get("Location") for at, kind in asked]

    pages = [f"{SHOP}/tea", f"{SHOP}/c/{CAMPAIGN}"]
    assert [place.partition("?")[0] for place in places] == [*pages, *pages, pages[0], pages[0]]
    assert call(world, "GET", f"{path}?linkType=gs1:epil")["statusCode"] == 404


@pytest.mark.parametrize(
    ("wish", "there"),
    [("en-GB, zh;q=0.5", "tea/en"), ("zh-CN", "tea"), ("fr", "tea"), ("", "tea")],
)
def test_the_product_page_is_the_readers_languages(world: World, wish: str, there: str) -> None:
    pages_of = {"product_page": f"{SHOP}/tea", "product_page_en": f"{SHOP}/tea/en"}
    lot = urlsplit(link(ordered(world.store, **pages_of), 41)).path.partition("/21/")[0]

    plain, asked = (call(world, "GET", lot + query, **{"accept-language": wish}) for query in ("", "?linkType=gs1:pip"))
    (one, *_) = json.loads(call(world, "GET", lot, accept=LINKSET)["body"])["linkset"]

    assert [each["headers"]["Location"].partition("?")[0] for each in (plain, asked)] == 2 * [f"{SHOP}/{there}"]
    assert [each["hreflang"] for each in one["https://ref.gs1.org/voc/defaultLinkMulti"]] == [["zh"], ["en"]]


@pytest.mark.parametrize("how", [{"query": "?linkType=linkset"}, {"accept": LINKSET}])
def test_the_linkset_of_an_item_names_every_level_with_one_default_each(world: World, how: dict[str, str]) -> None:
    code = link(ordered(world.store), 41)

    answer = call(world, "GET", urlsplit(code).path + how.get("query", ""), accept=how.get("accept", "*/*"))

    anchors = json.loads(answer["body"])["linkset"]
    assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (200, LINKSET)
    assert [one["anchor"] for one in anchors] == [code, code.partition("/21/")[0], code.partition("/10/")[0]]
    assert all(len(one["https://ref.gs1.org/voc/defaultLink"]) == 1 for one in anchors)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"/01/{GTIN[:-1]}9", 400, "check_digit"),
        (f"/01/{GTIN}/21/1/10/L7", 400, "qualifier_order"),
        ("/01/02112345678900/10/L9", 404, "unknown_item"),
        (f"/01/{GTIN}/21/other", 404, "unknown_item"),
    ],
)
def test_what_is_wrong_is_a_problem_to_machines(world: World, path: str, status: int, code: str) -> None:
    ordered(world.store)

    answer = call(world, "GET", path, accept="application/json")

    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (status, code)


def test_head_options_and_the_description_answer_every_site(world: World) -> None:
    path = urlsplit(link(ordered(world.store), 41)).path

    head, options = call(world, "HEAD", path), call(world, "OPTIONS", path)
    description = call(world, "GET", "/.well-known/gs1resolver")

    assert (head["statusCode"], head["body"], options["statusCode"]) == (307, "", 204)
    assert options["headers"]["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert json.loads(description["body"])["resolverRoot"] == SHOP
    assert call(world, "OPTIONS", "/me")["statusCode"] == 404


LOTS = ["A/b", "A/21/b", "<x>&=;!'()*,:.+\"", "A_-b"]


@pytest.mark.parametrize("lot", LOTS)
def test_a_link_is_understood_where_the_gateway_undid_its_percent_encoding(world: World, lot: str) -> None:
    code = link(ordered(world.store, lot=lot), 41)
    here = page_of(code)

    to_page, the_page = as_gateway(world, urlsplit(code).path), as_gateway(world, here)
    to_lot = as_gateway(world, urlsplit(code).path.partition("/21/")[0] if lot != "A/21/b" else f"/01/{GTIN}")

    assert (
        as_gateway(world, urlsplit(code).path[:-20] + forged(ordered(world.store, lot=lot))[-20:])["statusCode"] == 404
    )
    assert (to_page["statusCode"], to_page["headers"]["Location"]) == (307, SHOP + here)
    assert (the_page["statusCode"], "One tap tells" in the_page["body"]) == (200, True)
    assert (to_lot["statusCode"], to_lot["headers"]["Location"]) == (307, f"{SHOP}/c/{CAMPAIGN}")


def as_gateway(world: World, path: str) -> dict[str, Any]:
    """What is answered where `rawPath` comes decoded, as API Gateway's HTTP API sends it."""
    event = gateway_event("GET", path, {"host": "shop.example", "accept-language": "en"}, b"") | {
        "rawPath": unquote(path)
    }
    world.store.opened = True  # type: ignore[attr-defined]
    return pages.entry(lambda: world.service)(event, Context())


@pytest.mark.parametrize("tail", ["/foo", "/10/L7/foo", "/10/L7/21/S1/foo", "/21/S1/10/L7"])
def test_what_is_no_link_is_not_read_as_a_lot_with_slashes(world: World, tail: str) -> None:
    ordered(world.store)

    assert as_gateway(world, f"/01/{GTIN}{tail}")["statusCode"] == 400


def test_who_asks_for_the_links_in_a_browser_gets_a_page(world: World) -> None:
    code = link(ordered(world.store, product_page="https://shop.example/tea"), 41)

    answer = call(
        world, "GET", urlsplit(code).path + "?linkType=linkset", accept="text/html", **{"accept-language": "en"}
    )
    page = read(answer["body"])

    assert answer["statusCode"] == 200
    assert [one.said.strip() for one in page.all("h2")] == ["Item", "Lot", "Product"]
    assert f"{SHOP}{page_of(code)}" in [one.attributes.get("href") for one in page.all("a")]
    assert 'rel="linkset"' in answer["headers"]["Link"]


def test_a_tag_leads_to_its_item(world: World) -> None:
    batch = ordered(world.store, lot="")
    code, other = link(batch, 41), forged(batch, 41)

    answer = call(world, "GET", f"{tag_of(code)}?x=1")

    assert (answer["statusCode"], answer["headers"]["Location"]) == (307, f"{SHOP}{page_of(code)}?x=1")
    assert f'<{code}>; rel="owl:sameAs"' in answer["headers"]["Link"]
    assert (call(world, "HEAD", tag_of(code))["body"], call(world, "OPTIONS", tag_of(code))["statusCode"]) == ("", 204)
    assert call(world, "GET", tag_of(other))["statusCode"] == 404


def tag_of(code: str) -> str:
    """What an NFC tag says of an item without a lot: its SGTIN+."""
    serial = "".join(f"{ord(letter):07b}" for letter in code[-20:])
    bits = f"11110111{'0011'}{int(GTIN, 16):056b}100{20:05b}{serial}"
    return f"/eh{int(bits.ljust(-(-len(bits) // 4) * 4, '0'), 2):x}"


def test_another_tenants_serial_is_nobodys(world: World) -> None:
    batch = ordered(world.store)
    other = serials(ring().roots["k1"], "other", batch.label).seal(1)

    assert call(world, "GET", f"/01/{GTIN}/10/L7/21/{other}")["statusCode"] == 404

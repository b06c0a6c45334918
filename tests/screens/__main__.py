"""`python -m tests.screens [--to docs/screens] [--only home,compose]`: pages in every state, language, size."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, sync_playwright

from functions.drawing import certificates as certificate_sheets
from functions.drawing import codes, posters
from functions.pages import certificates
from functions.pages import posters as pages_posters
from functions.storage import channels
from infra import browser as browser_program
from infra.template import ROOT
from tests import issuer
from tests.cloud import ring_of, standing_cloud
from tests.conftest import CHROMIUM_FLAGS
from tests.gate import gate_before
from tests.pages import samples
from tests.screen_server import screens
from tests.screens import extras, shops
from tests.screens.acts import STRANGER, Stage
from tests.screens.camera import LANGUAGES, Camera, compressed, settle, whole
from tests.screens.demo import fill, store_of
from tests.screens.pages import ADMIN, LIVE, Picture, Shop
from tests.screens.pages import samples as sampled

NOWHERE = "http://127.0.0.1:9"  # the port that discards: nobody listens
SAMPLES = "https://pond.example/"
TENANTS: dict[Shop, str] = {
    "full": "demo",
    "empty": "empty",
    "odd": "odd",
    "away": "demo",
    "door": "demo",
    "shut": "demo",
}


def main() -> None:
    """Bring up the shops that are asked for, walk the pages, keep the pictures; those of no page are removed."""
    told = argparse.ArgumentParser()
    told.add_argument("--to", type=Path, default=ROOT / "docs" / "screens")
    told.add_argument("--only", default="", help="beginnings of names, with commas between")
    arguments = told.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    every = [*ADMIN, *LIVE, *sampled(samples.pages())]
    wanted = [one for one in every if one.name.startswith(tuple(arguments.only.split(",")))]
    began = time.monotonic()
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browser_program.require(), args=CHROMIUM_FLAGS)
        stack.callback(browser.close)
        kept, failed = _walk(stack, wanted, Camera(browser), arguments.to)
    if not arguments.only:
        for old in set(arguments.to.glob("*.png")) - kept:
            old.unlink()
    size = sum(one.stat().st_size for one in arguments.to.glob("*.png"))
    print(f"{len(kept)} pictures in {time.monotonic() - began:.0f} s, {size / 1e6:.1f} MB in all")
    if failed:
        raise SystemExit("not taken: " + ", ".join(failed))


def _walk(stack: ExitStack, wanted: Sequence[Picture], camera: Camera, to: Path) -> tuple[set[Path], list[str]]:
    shops_of, stage = _shops(stack, {one.shop for one in wanted} - {"sample"})
    taken = [take(picture, language, camera, to, shops_of, stage) for picture in wanted for language in LANGUAGES]
    return {file for files, _why in taken for file in files}, [why for _files, why in taken if why]


def take(
    picture: Picture, language: str, camera: Camera, to: Path, shops_of: Mapping[str, str], stage: Stage | None
) -> tuple[list[Path], str]:
    """One picture in each of its sizes: the page is opened once, what is done there is done once, and it is then
    made narrower. Returns the files, and the name of what could not be taken."""
    files = [to / f"{picture.name}.{size}.{language}.png" for size in picture.sizes]
    began = time.monotonic()
    page = camera.page(language, picture.sizes[0])
    try:
        _stand(page, picture, language, shops_of, stage)
        for file, size in zip(files, picture.sizes, strict=True):
            file.write_bytes(compressed(whole(page, size)))
    except Exception as error:  # noqa: BLE001 one page that broke must not cost the other pictures
        print(f"{picture.name}.{language} NOT TAKEN: {str(error).splitlines()[0]}", flush=True)
        return files, f"{picture.name}.{language}"
    finally:
        if stage is not None:
            stage.gate.open()
    sizes = ", ".join(
        f"{size} {file.stat().st_size // 1024} KB" for file, size in zip(files, picture.sizes, strict=True)
    )
    print(f"{picture.name}.{language}: {sizes} in {time.monotonic() - began:.1f} s", flush=True)
    return files, ""


def _shops(stack: ExitStack, wanted: set[Shop]) -> tuple[dict[str, str], Stage | None]:
    """The address of each shop that is wanted, and what acts may reach for."""
    if not wanted:
        return {}, None
    cloud = stack.enter_context(standing_cloud())
    gate = stack.enter_context(gate_before(cloud.table_endpoint))
    now = datetime.now(UTC)
    store, strange = store_of(cloud.environment, "demo"), store_of(cloud.environment, "odd")
    made = fill(store, now)
    known = {name: campaign.id for name, campaign in made.items()} | shops.odd(strange, now)
    known |= shops.people(cloud, store, made, now)
    known["live-code"] = extras.live_code_on_each_door(store, now)
    known["door"] = channels.channels(store, known["seven-mornings"])[0].code
    extras.segments_of_the_team(store, now)
    extras.shops_that_send_orders(store, ring_of(cloud, "demo"), now)
    addresses = {"live": cloud.api}
    for shop in sorted(wanted & TENANTS.keys()):
        door = {"away": NOWHERE, "full": gate.address}.get(shop, cloud.table_endpoint)
        told = {"POND_TENANT": TENANTS[shop], "AWS_ENDPOINT_URL_DYNAMODB": door} | _beside(stack, shop)
        addresses[shop] = stack.enter_context(screens({**os.environ, **cloud.environment}, **told))
    return addresses, Stage(gate, strange, known)


def _beside(stack: ExitStack, shop: Shop) -> dict[str, str]:
    """What else a shop's screens are told: nothing stands of the empty one's own cloud, the odd one's answers nobody
    who deploys; a door has an issuer."""
    if shop == "odd":
        return {"AWS_ENDPOINT_URL_CLOUDFORMATION": NOWHERE}
    if shop == "empty":
        return {"POND_STACK": "pond-empty"}
    if shop == "door":
        eve = {"email": "eve@pond.example", "email_verified": True, "name": "Eve"}
        return {"POND_STAGE": "prod", **stack.enter_context(issuer.standing({STRANGER: eve})).environment()}
    return {"POND_STAGE": "prod"} if shop == "shut" else {}


def _stand(page: Page, picture: Picture, language: str, shops_of: Mapping[str, str], stage: Stage | None) -> None:
    """The page as it is pictured."""
    if picture.shop == "sample":
        drawn = samples.pages()[picture.address](language)  # type: ignore[arg-type]
        page.unroute_all()
        page.route("**/*", lambda route: _answer(route, drawn))
        page.goto(SAMPLES)
        settle(page)
        return
    assert stage is not None
    page.unroute_all()
    page.goto(shops_of[picture.shop] + picture.path(stage.known, language))
    settle(page)
    if picture.act:
        picture.act(page, stage)


def _answer(route: Route, drawn: str) -> None:
    """A sample page, and what it asks for: a code, or a picture."""
    if route.request.url == SAMPLES:
        route.fulfill(body=drawn, content_type="text/html; charset=utf-8")
    elif "qr.svg" in route.request.url:
        route.fulfill(body=codes.coupon_svg("https://pond.example/staff?code=ABCD"), content_type="image/svg+xml")
    elif "/poster.jpg" in route.request.url:
        told = parse_qs(urlsplit(route.request.url).query)["lang"][0]
        hung = pages_posters.poster_of(samples.definition(), told, SAMPLES, lambda _name: b"")  # type: ignore[arg-type]
        route.fulfill(body=posters.jpeg(hung), content_type="image/jpeg")
    elif "/media/" in route.request.url:
        route.fulfill(body=shops.photo(0), content_type="image/jpeg")
    elif "/v/picture.jpg" in route.request.url:
        language = parse_qs(urlsplit(route.request.url).query)["lang"][0]
        sheet = certificates.sheet(language, samples.said(language), "https://pond.example/v/code")  # type: ignore[arg-type]
        route.fulfill(body=certificate_sheets.jpeg(sheet), content_type="image/jpeg")
    else:
        route.abort()


if __name__ == "__main__":
    main()
